//! Counts instructions under callgrind, and compares them with those that are written down.
//!
//! Instructions are the same on every run, whatever else the machine does, so that they can keep a change from
//! making a flow slower. They are not time: a cache miss is no instruction. Where the random seed of a hash table is one
//! that spreads a workload's keys badly, they are more: what differs from the table is counted again, a few times where it
//! is checked.

pub(crate) mod table;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::workloads::{Nobody, Workload, all};
use table::{Counts, Table};

/// How often what differs is counted again where it is checked.
const MOST_AGAIN: usize = 4;

/// Counts each contestant, and says what differs from the table; or writes the table anew.
pub(crate) fn run(write: bool) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.txt");
    let mut counts = Counts::new();
    for work in all() {
        for contestant in (work.contestants)(0, &Nobody).iter().filter(|contestant| !contestant.only_checks) {
            let name = format!("{}/{}", work.name, contestant.name);
            let count = count(work, &name);
            println!("{name:40} {count:10.2} instructions an item");
            counts.insert(name, count);
        }
    }
    let table = fs::read_to_string(&path).map_err(|error| format!("the table cannot be read: {error}"));
    let table = table.and_then(|table| Table::parse(&table));
    if let Ok(table) = &table {
        for _ in 0..if write { 1 } else { MOST_AGAIN } {
            for (name, known) in table.different(&mut counts) {
                let again = work_of(name).map_or(*known, |work| count(work, name));
                *known = known.min(again);
            }
        }
    }
    if write {
        fs::write(&path, Table::print(&counts)).expect("the table can be written");
        return;
    }
    let complaints = table.map_or_else(|error| vec![error], |table| table.compare(&counts));
    for complaint in &complaints {
        println!("{complaint}");
    }
    assert!(
        complaints.is_empty(),
        "the instructions are not those of `benches/instructions.txt`; where this is meant, \
         `cargo bench --bench throughput -- --instructions write` writes them anew"
    );
}

/// The work that a contestant does, by its name in the table.
fn work_of(name: &str) -> Option<&'static Workload> {
    all().find(|work| name.split_once('/').is_some_and(|(name, _)| name == work.name))
}

/// Runs this program again under callgrind with one contestant, and gives the instructions an item.
#[expect(clippy::cast_precision_loss, reason = "these are few enough")]
fn count(work: &Workload, name: &str) -> f64 {
    let program = std::env::current_exe().expect("a program knows where it is");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"])
        .arg("--toggle-collect=*Contestant*compete*")
        .arg(program)
        .args(["--rounds", "1", "--items", &work.sample.to_string(), "--only", name])
        .output()
        .expect("valgrind is there");
    let said = String::from_utf8_lossy(&output.stderr);
    let collected =
        said.lines().find_map(|line| line.split_once("Collected :")).map(|(_, count)| count.trim());
    let count: Option<u64> = collected.and_then(|count| count.parse().ok()).filter(|count| *count > 0);
    let count = count.unwrap_or_else(|| panic!("callgrind counted nothing of {name}:\n{said}"));
    count as f64 / work.sample as f64
}
