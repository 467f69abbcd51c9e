//! The instructions that are written down, and what is too far from them.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Instructions an item, by contestant.
pub(crate) type Counts = BTreeMap<String, f64>;

/// How far a count may be from the one that is written down, as a part of it. Seeds of hash tables are random, so
/// that look-ups differ a little from run to run.
const TOLERANCE: f64 = 0.02;

/// What is written down.
pub(crate) struct Table {
    counts: Counts,
}

/// Whether a count is not what is written down.
fn differs(count: f64, written: f64) -> bool {
    (count - written).abs() > written * TOLERANCE
}

impl Table {
    /// Reads lines such as `w1/flow = 35.01`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let counts = lines.map(|line| {
            let (name, count) = line.split_once(" = ").ok_or_else(|| format!("this is no count: {line}"))?;
            let count = count.trim().parse().map_err(|error| format!("{line}: {error}"))?;
            Ok((name.trim().to_owned(), count))
        });
        Ok(Self { counts: counts.collect::<Result<_, String>>()? })
    }

    pub(crate) fn print(counts: &Counts) -> String {
        let mut text = "# Instructions an item, counted by callgrind. To write them anew:\n\
                        # cargo bench --bench throughput -- --instructions write\n\n"
            .to_owned();
        for (name, count) in counts {
            writeln!(text, "{name} = {count:.2}").expect("a string takes all");
        }
        text
    }

    /// Those counts that are not as they are written down.
    pub(crate) fn different<'a>(&self, counts: &'a mut Counts) -> Vec<(&'a String, &'a mut f64)> {
        let differs =
            |name: &String, count: f64| self.counts.get(name).is_some_and(|written| differs(count, *written));
        counts.iter_mut().filter(|(name, count)| differs(name, **count)).collect()
    }

    /// One complaint for each contestant whose count is not the one that is written down. Too few are one too:
    /// what was won is to be kept.
    pub(crate) fn compare(&self, counts: &Counts) -> Vec<String> {
        let known = counts.iter().filter_map(|(name, count)| match self.counts.get(name) {
            None => Some(format!("{name}: {count:.2} instructions an item, and none written down")),
            Some(written) if differs(*count, *written) => {
                let percent = (count / written - 1.0) * 100.0;
                Some(format!(
                    "{name}: {count:.2} instructions an item instead of {written:.2}, {percent:+.1} %"
                ))
            }
            Some(_) => None,
        });
        let gone = self.counts.keys().filter(|name| !counts.contains_key(*name));
        known.chain(gone.map(|name| format!("{name}: written down, and not counted"))).collect()
    }
}
