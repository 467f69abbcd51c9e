//! What the comparison has come to.

use std::collections::BTreeMap;
use std::fmt;

use crate::case::Operator;

/// What a case has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The same as Bytewax.
    Equal,
    /// The same as Bytewax with these rules replaced, and not the same without.
    Explained(Vec<String>),
    /// Something else.
    Different,
}

/// How many cases of each operator have come to what.
#[derive(Debug, Default)]
pub(crate) struct Report {
    operators: BTreeMap<Operator, Counts>,
    rules: BTreeMap<String, u64>,
}

#[derive(Debug, Default)]
struct Counts {
    equal: u64,
    explained: u64,
    different: u64,
}

impl Report {
    pub(crate) fn count(&mut self, operator: Operator, verdict: &Verdict) {
        let counts = self.operators.entry(operator).or_default();
        match verdict {
            Verdict::Equal => counts.equal += 1,
            Verdict::Different => counts.different += 1,
            Verdict::Explained(rules) => {
                counts.explained += 1;
                for rule in rules {
                    *self.rules.entry(rule.clone()).or_default() += 1;
                }
            }
        }
    }

    pub(crate) fn different(&self) -> u64 {
        self.operators.values().map(|counts| counts.different).sum()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<20} {:>8} {:>8} {:>10} {:>10}",
            "operator", "cases", "equal", "explained", "different"
        )?;
        let mut total = Counts::default();
        for (operator, counts) in &self.operators {
            row(f, &operator.name(), counts)?;
            total.equal += counts.equal;
            total.explained += counts.explained;
            total.different += counts.different;
        }
        row(f, "all", &total)?;
        writeln!(f, "\nexplained by")?;
        for (rule, cases) in &self.rules {
            writeln!(f, "  {rule:<28} {cases:>8}")?;
        }
        Ok(())
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, counts: &Counts) -> fmt::Result {
    let Counts { equal, explained, different } = counts;
    let cases = equal + explained + different;
    writeln!(f, "{name:<20} {cases:>8} {equal:>8} {explained:>10} {different:>10}")
}
