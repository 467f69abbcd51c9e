//! The process that runs Bytewax.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use crate::case::Case;

/// What came out: by stream, by key, in order.
pub(crate) type Streams = BTreeMap<String, BTreeMap<String, Vec<Value>>>;

/// What Bytewax makes of a case.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    Ran {
        /// Bytewax as it is.
        bytewax: Streams,
        /// Bytewax with the rules replaced in which `flow` differs on purpose.
        expected: Streams,
        /// Which of these make a difference here.
        rules: Vec<String>,
    },
    Failed {
        error: String,
    },
}

/// A running `reference.py`.
#[derive(Debug)]
pub(crate) struct Reference {
    child: Child,
    cases: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Reference {
    /// Starts it with the Python at `python`.
    pub(crate) fn start(python: &str) -> Result<Self, Box<dyn Error>> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference.py");
        let mut child = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start `{python}`: {error}"))?;
        let (Some(cases), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("no pipes to the reference".into());
        };
        Ok(Self { child, cases, answers: BufReader::new(answers) })
    }

    /// Hands a case over. The answer has to be fetched before the next.
    pub(crate) fn send(&mut self, case: &Case) -> Result<(), Box<dyn Error>> {
        serde_json::to_writer(&mut self.cases, case)?;
        self.cases.write_all(b"\n")?;
        self.cases.flush()?;
        Ok(())
    }

    /// Waits for the answer to the last case.
    pub(crate) fn answer(&mut self) -> Result<Answer, Box<dyn Error>> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err(format!("the reference has ended: {}", self.child.wait()?).into());
        }
        Ok(serde_json::from_str(&line)?)
    }
}
