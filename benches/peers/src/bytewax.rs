//! Bytewax, by a script: it is handed the items in a file, and the time that it took is its own.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use nexmark::event::Event;

use crate::shared::workloads::Contestant;

/// Writes the items to a file, one a line, and runs the script on it.
pub(crate) fn contestant(python: &str, work: String, lines: impl Iterator<Item = String>) -> Contestant {
    let items = Items::written(&work, lines);
    contestant_of(python, work, items)
}

/// Runs the script on a file that is there.
pub(crate) fn contestant_of(python: &str, work: String, file: impl AsRef<Path> + 'static) -> Contestant {
    let python = python.to_owned();
    Contestant::elsewhere("bytewax", move || {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/bytewax_workloads.py");
        let output = (Command::new(&python).args(["-B", script, &work]).arg(file.as_ref()).output())
            .expect("there is such a Python");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        let mut words = said.split_whitespace();
        let seconds: f64 =
            words.next().and_then(|word| word.parse().ok()).expect("the script says its seconds");
        let checksum: u64 =
            words.next().and_then(|word| word.parse().ok()).expect("the script says its checksum");
        (checksum, Duration::from_secs_f64(seconds))
    })
}

/// An event of Nexmark as a line, with what the queries look at.
pub(crate) fn nexmark_line(event: &Event) -> String {
    match event {
        Event::Person(person) => format!(
            "person\t{}\t{}\t{}\t{}\t{}",
            person.id, person.date_time, person.name, person.city, person.state
        ),
        Event::Auction(auction) => format!(
            "auction\t{}\t{}\t{}\t{}\t{}",
            auction.id, auction.date_time, auction.seller, auction.category, auction.expires
        ),
        Event::Bid(bid) => {
            format!("bid\t{}\t{}\t{}\t{}", bid.auction, bid.date_time, bid.bidder, bid.price)
        }
    }
}

/// A file that goes when nobody needs it any more.
struct Items(PathBuf);

impl Items {
    fn written(work: &str, lines: impl Iterator<Item = String>) -> Self {
        let path = std::env::temp_dir().join(format!("flow-peers-{work}-{}.txt", std::process::id()));
        let mut file =
            BufWriter::new(fs::File::create(&path).expect("the directory for temporary files is there"));
        for line in lines {
            writeln!(file, "{line}").expect("there is room on the disk");
        }
        file.flush().expect("there is room on the disk");
        Self(path)
    }
}

impl AsRef<Path> for Items {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Items {
    fn drop(&mut self) {
        // A file that is left behind does no harm.
        let _ = fs::remove_file(&self.0);
    }
}
