//! Reads the file of stations by blocks, for the peers that have no source for that: what comes out are measurements.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::shared::workloads::{Name, parse_measurement};

const BLOCK: usize = 1 << 18;

/// Stations, and what was measured there in tenths of a degree.
pub(crate) struct Measurements {
    file: File,
    block: Vec<u8>,
    /// What of the block is still to be given.
    begin: usize,
    end: usize,
}

impl Measurements {
    pub(crate) fn of(path: &Path) -> Self {
        let file = File::open(path).expect("the file is there");
        Self { file, block: vec![0; BLOCK], begin: 0, end: 0 }
    }

    /// Puts more behind the line that is there in part. False at the end of the file.
    fn read(&mut self) -> bool {
        self.block.copy_within(self.begin..self.end, 0);
        (self.begin, self.end) = (0, self.end - self.begin);
        let read = self.file.read(&mut self.block[self.end..]).expect("the file can be read");
        self.end += read;
        read > 0
    }
}

impl Iterator for Measurements {
    type Item = (Name, i64);

    #[inline]
    fn next(&mut self) -> Option<(Name, i64)> {
        loop {
            let rest = &self.block[self.begin..self.end];
            if let Some(length) = memchr::memchr(b'\n', rest) {
                let (station, tenths) = parse_measurement(&rest[..length]);
                let measurement = (Name::new(station), tenths);
                self.begin += length + 1;
                return Some(measurement);
            }
            if !self.read() {
                return None;
            }
        }
    }
}
