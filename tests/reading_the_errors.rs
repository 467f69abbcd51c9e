//! `docs/reading-the-errors.md` is made of the cases in `tests/ui`: this writes it, or says that it is out of date.
//!
//! `UPDATE_DOCS=1 cargo test --test reading_the_errors` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The kinds of mistakes: the folder, the heading, and what they are.
const KINDS: [(&str, &str, &str); 4] = [
    (
        "language",
        "Language",
        "A block is made of streams. Rust that has no meaning there is refused, with what to write instead.",
    ),
    (
        "wiring",
        "Wiring",
        "Each stream has a name of its own, is defined before it is used, and leads to an output.",
    ),
    (
        "operators",
        "Operators",
        "Each operator has its arguments, and stands on the kind of stream that it needs.",
    ),
    (
        "types",
        "Types",
        "Types are the compiler's. It looks at each closure and each argument with the types that come from the \
         stream in front.",
    ),
];

const INTRODUCTION: &str = "\
# Reading the errors

<!-- Written by tests/reading_the_errors.rs out of the cases in tests/ui. -->

Each mistake gives one error, on the word that is wrong. It says what is wrong and what to write instead. Several
mistakes in one block are reported together, and a block with mistakes is still a flow, so that the code around it has
no errors of its own.

Below are the mistakes that the tests hold, each with the line that is wrong and what the compiler says of it.
";

/// An error: its first line, and the number of the line where it points.
struct Error {
    message: String,
    line: usize,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn cases(kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/ui").join(kind)).expect("each kind has a folder");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    paths.sort();
    paths
}

fn errors(stderr: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut lines = stderr.lines();
    while let Some(message) = lines.find(|line| line.starts_with("error")) {
        let place = lines.find(|line| line.trim_start().starts_with("--> ")).expect("an error has a place");
        let line = place.rsplit(':').nth(1).and_then(|line| line.parse().ok()).expect("a place has a line");
        errors.push(Error { message: message.to_owned(), line });
    }
    errors
}

/// What the case is about: its first line.
fn title(code: &str) -> &str {
    code.lines()
        .next()
        .and_then(|line| line.strip_prefix("//! "))
        .expect("a case says what it is")
        .trim_end_matches('.')
}

fn section(path: &Path) -> String {
    let code = read(path);
    let lines: Vec<_> = code.lines().collect();
    let mut text = format!("\n### {}\n\n```text\n", title(&code));
    for Error { message, line } in errors(&read(&path.with_extension("stderr"))) {
        let offending = lines.get(line - 1).map_or("", |line| line.trim());
        writeln!(text, "{offending}\n    {message}").expect("a string can be written to");
    }
    text + "```\n"
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for (kind, heading, about) in KINDS {
        write!(page, "\n## {heading}\n\n{about}\n").expect("a string can be written to");
        page.extend(cases(kind).iter().map(|path| section(path)));
    }
    page
}

#[test]
fn the_page_shows_the_cases() {
    let path = root().join("docs/reading-the-errors.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(root().join("docs")).expect("the folder can be made");
        fs::write(&path, &page).expect("the page can be written");
    }
    assert!(
        read(&path) == page,
        "docs/reading-the-errors.md is out of date: `UPDATE_DOCS=1 cargo test --test reading_the_errors` writes it"
    );
}
