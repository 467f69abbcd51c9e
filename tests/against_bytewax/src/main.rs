//! Compares `flow` with Bytewax on random cases. The README beside it says how to run it.

mod case;
mod generate;
mod ours;
mod random;
mod reference;
mod report;

use std::error::Error;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use case::{Case, Operator};
use reference::{Answer, Reference, Streams};
use report::{Report, Verdict};

/// How many differences are printed in full.
const MOST_PRINTED: u64 = 5;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let mut reference = Reference::start(&arguments.python)?;
    let mut report = Report::default();
    for number in arguments.numbers() {
        let case = generate::case(arguments.seed, number, arguments.operator);
        reference.send(&case)?;
        let ours = run(&case);
        let answer = reference.answer()?;
        let verdict = judge(&ours, &answer);
        report.count(case.operator, &verdict);
        let is_to_be_seen = verdict == Verdict::Different && report.different() <= MOST_PRINTED;
        if arguments.only.is_some() || is_to_be_seen {
            println!("== {}", arguments.leading_to(number));
            show(&case, &ours, &answer);
        }
    }
    print!("{report}");
    Ok(if report.different() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a case on `flow`. What goes wrong becomes a text.
fn run(case: &Case) -> Result<Streams, String> {
    match panic::catch_unwind(AssertUnwindSafe(|| ours::run(case))) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("it has panicked".to_owned()),
    }
}

fn judge(ours: &Result<Streams, String>, answer: &Answer) -> Verdict {
    let (Ok(ours), Answer::Ran { bytewax, expected, rules }) = (ours, answer) else {
        return Verdict::Different;
    };
    if without_empty(ours) != without_empty(expected) {
        Verdict::Different
    } else if bytewax == expected {
        Verdict::Equal
    } else if rules.is_empty() {
        Verdict::Explained(vec!["several rules, each enough".to_owned()])
    } else {
        Verdict::Explained(rules.clone())
    }
}

/// A stream without items may be there or not.
fn without_empty(streams: &Streams) -> Streams {
    let mut streams = streams.clone();
    for keys in streams.values_mut() {
        keys.retain(|_, items| !items.is_empty());
    }
    streams.retain(|_, keys| !keys.is_empty());
    streams
}

fn show(case: &Case, ours: &Result<Streams, String>, answer: &Answer) {
    println!("{}", serde_json::to_string(case).unwrap_or_default());
    println!("batch {}, partitions {}", case.batch, case.partitions);
    match (ours, answer) {
        (Ok(ours), Answer::Ran { bytewax, expected, rules }) => {
            println!("replaced rules that matter: {rules:?}");
            show_streams(ours, expected, bytewax);
        }
        (ours, Answer::Failed { error }) => println!("ours:      {ours:?}\nreference: {error}"),
        (Err(error), answer) => println!("ours:      {error}\nreference: {answer:?}"),
    }
    println!();
}

fn show_streams(ours: &Streams, expected: &Streams, bytewax: &Streams) {
    let text = |streams: &Streams, name: &str, key: &str| {
        let items = streams.get(name).and_then(|keys| keys.get(key));
        serde_json::to_string(&items.cloned().unwrap_or_default()).unwrap_or_default()
    };
    let mut places = Vec::new();
    for streams in [ours, expected, bytewax] {
        places.extend(streams.iter().flat_map(|(name, keys)| keys.keys().map(move |key| (name, key))));
    }
    places.sort_unstable();
    places.dedup();
    for (name, key) in places {
        let [ours, expected, bytewax] = [ours, expected, bytewax].map(|streams| text(streams, name, key));
        let mark = if ours == expected { " " } else { "!" };
        println!("{mark} {name} of key {key:?}\n    ours     {ours}\n    expected {expected}");
        if bytewax != expected {
            println!("    bytewax  {bytewax}");
        }
    }
}

/// The command line.
#[derive(Debug)]
struct Arguments {
    python: String,
    cases: u64,
    seed: u64,
    only: Option<u64>,
    operator: Option<Operator>,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let python = concat!(env!("CARGO_MANIFEST_DIR"), "/venv/bin/python").to_owned();
        let mut arguments = Self { python, cases: 10_000, seed: 1, only: None, operator: None };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
            match word.as_str() {
                "--python" => arguments.python = value()?,
                "--cases" => arguments.cases = value()?.parse()?,
                "--seed" => arguments.seed = value()?.parse()?,
                "--only" => arguments.only = Some(value()?.parse()?),
                "--operator" => arguments.operator = Some(Operator::named(&value()?)?),
                other => return Err(format!("unknown argument `{other}`").into()),
            }
        }
        Ok(arguments)
    }

    /// The arguments that lead back to case `number`.
    fn leading_to(&self, number: u64) -> String {
        let operator = self.operator.map(|operator| format!(" --operator {}", operator.name()));
        format!("--seed {} --only {number}{}", self.seed, operator.unwrap_or_default())
    }

    fn numbers(&self) -> std::ops::Range<u64> {
        self.only.map_or(0..self.cases, |number| number..number + 1)
    }
}
