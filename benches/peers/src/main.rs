//! Our flows, loops written by hand, and other stream processors: the same work on the same data in one run.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml` prints nanoseconds per item, the ratio to the loop by
//! hand, allocations per item and peak memory. It takes the arguments of `cargo bench --bench throughput`:
//! `-- --rounds 5 --items 1000000 --only w3`. `--bytewax python3` lets a Python that has Bytewax take part.
//!
//! A peer is left out with `--no-default-features --features timely,renoir`.

mod bytewax;
#[cfg(feature = "dfir")]
mod dfir;
mod heap;
#[cfg(any(feature = "timely", feature = "renoir", feature = "dfir"))]
mod operators;
#[cfg(feature = "renoir")]
mod renoir;
#[cfg(feature = "timely")]
mod timely;

/// What is shared with the benchmark of the workspace.
#[path = "../.."]
mod shared {
    pub(crate) mod race;
    pub(crate) mod workloads;
}

use std::path::Path;

use shared::race::{self, Arguments};
use shared::workloads::{Contestant, Event, Order, Peers};

fn main() {
    let arguments = Arguments::read();
    let python = arguments.value("--bytewax").map(str::to_owned);
    race::run(&arguments, &All { python }, Some(heap::measure));
}

/// All peers that were built.
struct All {
    python: Option<String>,
}

/// `from!(chain(items))`: that contestant of each peer.
macro_rules! from {
    ($($name:ident)::+($($argument:expr),*)) => {
        vec![
            #[cfg(feature = "timely")]
            Contestant::new("timely", move || timely::$($name)::+($($argument),*)),
            #[cfg(feature = "renoir")]
            Contestant::new("renoir", move || renoir::$($name)::+($($argument),*)),
            #[cfg(feature = "dfir")]
            Contestant::new("dfir", move || dfir::$($name)::+($($argument),*)),
        ]
    };
}

/// `query_from!(query, events, q0 q1)`: those who have the query of that name.
macro_rules! query_from {
    ($query:ident, $events:ident, $($name:ident)*) => {
        match $query {
            $(stringify!($name) => from!(nexmark::$name($events)),)*
            _ => Vec::new(),
        }
    };
}

impl All {
    fn with_bytewax(
        &self,
        mut all: Vec<Contestant>,
        work: impl Into<String>,
        lines: impl Iterator<Item = String>,
    ) -> Vec<Contestant> {
        all.extend(self.python.as_ref().map(|python| bytewax::contestant(python, work.into(), lines)));
        all
    }

    fn events_with_bytewax(
        &self,
        all: Vec<Contestant>,
        work: impl Into<String>,
        events: &'static [Event],
    ) -> Vec<Contestant> {
        let lines = events.iter().map(|event| format!("{} {} {}", event.key, event.time, event.value));
        self.with_bytewax(all, work, lines)
    }
}

impl Peers for All {
    fn chain(&self, items: &'static [u64]) -> Vec<Contestant> {
        self.with_bytewax(from!(chain(items)), "w1", items.iter().map(u64::to_string))
    }

    fn lists(&self, items: &'static [u64], keys: u64) -> Vec<Contestant> {
        let pairs = items.iter().map(move |item| format!("{} {item}", item % keys));
        self.with_bytewax(from!(lists(items, keys)), "w2", pairs)
    }

    fn string_lists(&self, orders: &'static [Order]) -> Vec<Contestant> {
        let pairs = orders.iter().map(|order| format!("{} {}", order.user, order.amount));
        self.with_bytewax(from!(string_lists(orders)), "w2-strings", pairs)
    }

    fn tumbling_lists(&self, events: &'static [Event]) -> Vec<Contestant> {
        self.events_with_bytewax(from!(tumbling_lists(events)), "w3", events)
    }

    fn tumbling_counts(&self, events: &'static [Event]) -> Vec<Contestant> {
        self.events_with_bytewax(from!(tumbling_counts(events)), "w3b", events)
    }

    fn sliding_sums(&self, events: &'static [Event], overlap: i64) -> Vec<Contestant> {
        self.events_with_bytewax(from!(sliding_sums(events, overlap)), format!("w4-{overlap}"), events)
    }

    fn sessions(&self, events: &'static [Event]) -> Vec<Contestant> {
        self.events_with_bytewax(from!(sessions(events)), "w5", events)
    }

    fn words(&self, text: &'static str) -> Vec<Contestant> {
        self.with_bytewax(from!(words(text)), "w6", text.lines().map(str::to_owned))
    }

    fn stations(&self, file: &Path) -> Vec<Contestant> {
        // The peers' data lives as long as the program.
        let file: &'static Path = Box::leak(file.into());
        let mut all = from!(stations(file));
        let bytewax = |python: &String| bytewax::contestant_of(python, "w7".to_owned(), file);
        all.extend(self.python.as_ref().map(bytewax));
        all
    }

    fn nexmark(&self, query: &str, events: &'static [nexmark::event::Event]) -> Vec<Contestant> {
        let all = query_from!(query, events, q0 q1 q2 q3 q4 q5 q7 q8 q11 q12 q18 q19);
        self.with_bytewax(all, format!("w8-{query}"), events.iter().map(bytewax::nexmark_line))
    }
}
