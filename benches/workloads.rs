//! Pieces of work, and who does them: our flow, the loop that one would write by hand, and whoever else is there.

mod chain;
mod data;
mod lists;
mod nexmark;
mod sessions;
mod sliding;
mod stations;
mod tumbling;
mod words;

use std::path::Path;
use std::time::Duration;

pub(crate) use data::{Event, Order};
/// What the peers share with our own contestants.
#[allow(unused_imports, reason = "where there are no peers")]
pub(crate) use {
    data::{digest, digest_bytes, step},
    lists::{give as give_list, name},
    nexmark::{bid, bid_digest, seller_digest, sells_from_there},
    sessions::GAP,
    sliding::{Panes, SLIDE, window_digest as result_digest},
    stations::{Name, Summary, parse as parse_measurement},
    tumbling::{LENGTH, WAIT, list_digest},
    words::word_digest,
};

/// One way to do a piece of work.
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    run: Box<dyn Fn() -> Outcome>,
    /// Whether it works in another process.
    pub(crate) is_elsewhere: bool,
    /// Whether it only says what is right, and is not measured.
    pub(crate) only_checks: bool,
}

impl Contestant {
    pub(crate) fn new(name: &'static str, run: impl Fn() -> u64 + 'static) -> Self {
        let run = move || Outcome { checksum: run(), took: None };
        Self { name, run: Box::new(run), is_elsewhere: false, only_checks: false }
    }

    /// One who works in another process, and says how long that took.
    #[allow(dead_code, reason = "where there are no peers")]
    pub(crate) fn elsewhere(name: &'static str, run: impl Fn() -> (u64, Duration) + 'static) -> Self {
        let run = move || {
            let (checksum, took) = run();
            Outcome { checksum, took: Some(took) }
        };
        Self { name, run: Box::new(run), is_elsewhere: true, only_checks: false }
    }

    fn checking(name: &'static str, run: impl Fn() -> u64 + 'static) -> Self {
        Self { only_checks: true, ..Self::new(name, run) }
    }

    /// What the work needs stays there as long as the contestant.
    fn keeping<T: 'static>(self, kept: T) -> Self {
        let run = move || {
            let _ = &kept;
            (self.run)()
        };
        Self { run: Box::new(run), ..self }
    }

    /// Does the work. Instructions are counted in here.
    #[inline(never)]
    pub(crate) fn compete(&self) -> Outcome {
        (self.run)()
    }
}

/// What somebody has done.
pub(crate) struct Outcome {
    /// Of what came out.
    pub(crate) checksum: u64,
    /// How long it took, where that has to be said.
    pub(crate) took: Option<Duration>,
}

/// A piece of work.
pub(crate) struct Workload {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    /// What is counted as an item.
    pub(crate) item: &'static str,
    /// How many items there are, unless the command line says otherwise.
    pub(crate) items: usize,
    /// How many are enough where instructions are counted.
    #[allow(dead_code, reason = "where only times are taken")]
    pub(crate) sample: usize,
    /// Makes the data and those who work on it. The first is the loop by hand that the others are compared
    /// with.
    pub(crate) contestants: fn(usize, &dyn Peers) -> Vec<Contestant>,
}

/// Other stream processors. Data lives as long as the program, because they ask for that.
pub(crate) trait Peers {
    fn chain(&self, _items: &'static [u64]) -> Vec<Contestant> {
        Vec::new()
    }

    fn lists(&self, _items: &'static [u64], _keys: u64) -> Vec<Contestant> {
        Vec::new()
    }

    fn string_lists(&self, _orders: &'static [Order]) -> Vec<Contestant> {
        Vec::new()
    }

    fn tumbling_lists(&self, _events: &'static [Event]) -> Vec<Contestant> {
        Vec::new()
    }

    fn tumbling_counts(&self, _events: &'static [Event]) -> Vec<Contestant> {
        Vec::new()
    }

    fn sliding_sums(&self, _events: &'static [Event], _overlap: i64) -> Vec<Contestant> {
        Vec::new()
    }

    fn sessions(&self, _events: &'static [Event]) -> Vec<Contestant> {
        Vec::new()
    }

    fn words(&self, _text: &'static str) -> Vec<Contestant> {
        Vec::new()
    }

    fn stations(&self, _file: &Path) -> Vec<Contestant> {
        Vec::new()
    }

    fn nexmark(&self, _query: &str, _events: &'static [::nexmark::event::Event]) -> Vec<Contestant> {
        Vec::new()
    }
}

/// Nobody but ourselves.
#[allow(dead_code, reason = "where there are others")]
pub(crate) struct Nobody;

impl Peers for Nobody {}

/// All pieces of work.
pub(crate) fn all() -> impl Iterator<Item = &'static Workload> {
    [
        chain::WORKLOADS,
        lists::WORKLOADS,
        tumbling::WORKLOADS,
        sliding::WORKLOADS,
        sessions::WORKLOADS,
        words::WORKLOADS,
        stations::WORKLOADS,
        nexmark::WORKLOADS,
    ]
    .into_iter()
    .flatten()
}
