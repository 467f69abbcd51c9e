//! What every expected error of `tests/ui` has to keep to: one mistake, one error, at the user's own word.

use std::fs;
use std::path::{Path, PathBuf};

/// A case and the errors it must give.
struct Case {
    name: String,
    code: String,
    errors: Vec<Error>,
}

/// An error's first line, and where it points.
struct Error {
    message: String,
    line: usize,
    column: usize,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut paths: Vec<PathBuf> = kinds().iter().flat_map(|kind| files(&root.join(kind))).collect();
    paths.sort();
    paths.iter().map(|path| case(&root, path)).collect()
}

/// The folders, whatever they are.
fn kinds() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let entries = fs::read_dir(root).expect("there are cases");
    let entries = entries.map(|entry| entry.expect("the directory can be read"));
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut kinds: Vec<_> = folders.map(|folder| folder.file_name().display().to_string()).collect();
    kinds.sort();
    kinds
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("each kind has a directory");
    let paths = entries.map(|entry| entry.expect("the directory can be read").path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn case(root: &Path, path: &Path) -> Case {
    let read =
        |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.strip_prefix(root).expect("it is in there").display().to_string();
    Case { code: read(path), errors: errors(&read(&path.with_extension("stderr"))), name }
}

fn errors(stderr: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut lines = stderr.lines();
    while let Some(message) = lines.find(|line| line.starts_with("error")) {
        let place = lines.find(|line| line.trim_start().starts_with("--> ")).expect("an error has a place");
        let mut numbers = place.rsplit(':').map(|number| number.parse().expect("a place has numbers"));
        let column = numbers.next().expect("a place has a column");
        let line = numbers.next().expect("a place has a line");
        errors.push(Error { message: message.to_owned(), line, column });
    }
    errors
}

/// The lines between the braces of the block; where there are several blocks, all that they span.
fn block(code: &str) -> (usize, usize) {
    let begins = code.lines().position(|line| line.contains("dataflow!")).expect("a case has a block");
    let ends =
        code.lines().collect::<Vec<_>>().iter().rposition(|line| line.trim() == "};").unwrap_or(begins);
    (begins + 1, ends + 1)
}

#[test]
fn cases_are_of_the_four_kinds() {
    assert_eq!(kinds(), ["language", "operators", "types", "wiring"]);
}

#[test]
fn there_are_enough_cases() {
    assert!(cases().len() >= 200, "only {}", cases().len());
}

#[test]
fn one_mistake_is_one_error() {
    for Case { name, errors, .. } in cases() {
        let several = name.contains("/several_");
        assert_eq!(errors.len() > 1, several, "{name} has {} errors", errors.len());
        assert!(!errors.is_empty(), "{name} has no error");
    }
}

#[test]
fn no_two_errors_say_the_same_at_the_same_place() {
    for Case { name, errors, .. } in cases() {
        let mut places: Vec<_> = errors.iter().map(|error| (error.line, error.column)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), errors.len(), "{name}");
    }
}

#[test]
fn errors_stand_inside_the_block() {
    for Case { name, code, errors } in cases() {
        let (begins, ends) = block(&code);
        let is_empty = begins == ends;
        for Error { line, message, .. } in errors {
            let is_inside = (begins + 1..ends).contains(&line);
            assert!(is_inside || is_empty && line == begins, "{name}:{line}: {message}");
        }
    }
}

#[test]
fn errors_speak_of_nothing_that_is_hidden() {
    // The traits that turn a wrong argument into one error are all named `Is…` or `Has…`.
    let hidden = ["__private", "known::", "::Is", "`Is", "::Has", "`Has", "impl ", "_op"];
    for Case { name, errors, .. } in cases() {
        for Error { message, .. } in errors {
            assert!(!hidden.iter().any(|word| message.contains(word)), "{name}: {message}");
        }
    }
}
