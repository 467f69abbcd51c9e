//! W6: counts of words.

use flow::prelude::*;
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::data::{Random, digest, digest_bytes};
use super::{Contestant, Peers, Workload};

pub(super) const WORKLOADS: &[Workload] = &[Workload {
    name: "w6",
    what: "counts of words, 10 words a line, 10 000 words",
    item: "line",
    items: 1_000_000,
    sample: 10_000,
    contestants,
}];

fn contestants(lines: usize, peers: &dyn Peers) -> Vec<Contestant> {
    let text = text(lines);
    let mut all = vec![Contestant::new("hand", || by_hand(text)), Contestant::new("flow", || as_flow(text))];
    all.extend(peers.words(text));
    all
}

/// Words of three to nine letters; some come more often than others.
fn text(lines: usize) -> &'static str {
    let mut random = Random::new();
    let letters = |random: &mut Random| {
        let letters = 3 + random.below(7);
        (0..letters)
            .map(|_| char::from(b'a' + u8::try_from(random.below(26)).unwrap_or(0)))
            .collect::<String>()
    };
    let words: Vec<String> = (0..10_000).map(|_| letters(&mut random)).collect();
    let mut text = String::new();
    for _ in 0..lines {
        for place in 0..10 {
            let (first, second) = (random.below(100), random.below(100));
            let word = usize::try_from(first * second).unwrap_or(0);
            text.push_str(if place == 0 { "" } else { " " });
            text.push_str(&words[word]);
        }
        text.push('\n');
    }
    text.leak()
}

fn by_hand(text: &str) -> u64 {
    let mut counts: HashMap<&str, u64, FxBuildHasher> = HashMap::default();
    for line in text.lines() {
        for word in line.split_ascii_whitespace() {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts.iter().fold(0, |sum, (word, count)| sum.wrapping_add(word_digest(word, *count)))
}

fn as_flow(text: &str) -> u64 {
    let mut sum = 0_u64;
    let flow = dataflow! {
        let lines = input(IterSource::new(text.lines()));
        let words = lines.flat_map(|line| line.split_ascii_whitespace());
        let counts = words.count_final(|word| word);
        counts.output(|(word, count)| sum = sum.wrapping_add(word_digest(word, count)));
    };
    flow.run().expect("nothing here can fail");
    sum
}

pub(crate) fn word_digest(word: &str, count: u64) -> u64 {
    digest([digest_bytes(word.as_bytes()), count])
}
