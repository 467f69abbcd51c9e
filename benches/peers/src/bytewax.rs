//! Bytewax, by a script: it is handed the items in a file, and the time that it took is its own.

use std::fs;
use std::io::{BufWriter, Write};
use std::process::Command;
use std::time::Duration;

use crate::shared::workloads::Contestant;

/// Writes the items to a file, one a line, and runs the script on it.
pub(crate) fn contestant(
    python: &str,
    work: &'static str,
    lines: impl Iterator<Item = String>,
) -> Contestant {
    let path = std::env::temp_dir().join(format!("flow-peers-{work}-{}.txt", std::process::id()));
    let mut file =
        BufWriter::new(fs::File::create(&path).expect("the directory for temporary files is there"));
    for line in lines {
        writeln!(file, "{line}").expect("there is room on the disk");
    }
    file.flush().expect("there is room on the disk");
    let python = python.to_owned();
    Contestant::elsewhere("bytewax", move || {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/bytewax_workloads.py");
        let output =
            Command::new(&python).args([script, work]).arg(&path).output().expect("there is such a Python");
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
