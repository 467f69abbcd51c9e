//! `flow-runtime/src/editor.rs`: what an editor shows of the arguments in a block, out of the documentation of the
//! operators.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Documented, Group, Word, capitalized, documented, paragraph, read, root, wrapped};

const BEGINNING: &str = "\
//! What an editor shows of the names of arguments and of the words that begin a chain: the compiler sees none of this.
//! Written by tests/operator_pages.rs out of the documentation of the operators.

#![allow(non_camel_case_types, reason = \"an operator is named as in a block\")]

/// An argument: its documentation says of which type.
#[derive(Debug)]
pub struct Argument;

/// What begins a chain.
#[derive(Debug)]
pub struct Heads;

/// A value of any type, which nobody asks for.
pub fn any<T>() -> T {
    unreachable!(\"only an editor sees this\")
}
";

/// The whole file.
pub(super) fn file(words: &[Word]) -> String {
    let mut file = BEGINNING.to_owned();
    file.push_str("\nimpl Heads {\n");
    let begins = |word: &&Word| word.group == Group::Beginning || word.name.starts_with("join");
    let heads = words.iter().filter(begins);
    let heads: Vec<_> = heads.map(head).collect();
    file.push_str(&heads.join("\n"));
    file.push_str("}\n");
    file += &constructors(words);
    file += &modes(words);
    for word in words.iter().filter(|word| !word.parameters.is_empty()) {
        write!(file, "\n/// The arguments of `{0}`.\n#[derive(Debug)]\npub struct {0} {{\n", word.name)
            .expect("a string can be written to");
        for parameter in &word.parameters {
            let lines = documentation(word, parameter);
            file.push_str(&commented(&lines));
            writeln!(file, "    pub {parameter}: Argument,").expect("a string can be written to");
        }
        file.push_str("}\n");
    }
    file
}

/// The clocks and windowers.
fn constructors(words: &[Word]) -> String {
    let mut module =
        "\n/// Clocks and windowers.\n#[allow(non_snake_case)]\npub mod constructors {\n    use super::Argument;\n"
            .to_owned();
    for word in words.iter().filter(|word| matches!(word.group, Group::Clock | Group::Windower)) {
        let arguments: Vec<_> =
            word.parameters.iter().map(|parameter| format!("_{parameter}: Argument")).collect();
        let lines = &word.documented.first().expect("a word is documented").lines;
        let function = format!("pub fn {}({}) {{}}", word.name, arguments.join(", "));
        write!(module, "\n{}    {function}\n", commented(until_example(lines)))
            .expect("a string can be written to");
    }
    module + "}\n"
}

/// The words that some arguments are one of.
fn modes(words: &[Word]) -> String {
    let mut parameters = BTreeMap::new();
    for word in words {
        for parameter in &word.parameters {
            if let Some(found) = choices(word, parameter) {
                parameters.entry(parameter).or_insert((word, found));
            }
        }
    }
    let mut module =
        "\n/// The words that arguments may be.\n#[allow(non_upper_case_globals)]\npub mod words {\n"
            .to_owned();
    for (place, (parameter, (word, choices))) in parameters.iter().enumerate() {
        let empty = if place > 0 { "\n" } else { "" };
        write!(
            module,
            "{empty}    /// The words that `{parameter}` may be.\n    pub mod {parameter} {{\n        use super::super::Argument;\n"
        )
        .expect("a string can be written to");
        let lines = documentation(word, parameter);
        for choice in choices {
            let name = if choice == "final" { "r#final" } else { choice.as_str() };
            let comment = commented(&lines).replace("    ///", "        ///");
            write!(module, "\n{comment}        pub const {name}: Argument = Argument;\n")
                .expect("a string can be written to");
        }
        module += "    }\n";
    }
    module + "}\n"
}

/// The words between which an argument is a choice.
fn choices(word: &Word, parameter: &str) -> Option<Vec<String>> {
    let (form, _) = word.documented.iter().find_map(|documented| written(documented, parameter))?;
    let (_, value) = form.split_once(" = ")?;
    let choices: Vec<_> = value.split(" | ").map(str::to_owned).collect();
    let is_word = |choice: &String| {
        choice.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
            && !["bool", "false", "true", "u64", "usize"].contains(&choice.as_str())
    };
    (choices.len() > 1 && choices.iter().all(is_word)).then_some(choices)
}

/// The documentation as far as it shows how a word is written.
fn until_example(lines: &[String]) -> &[String] {
    let end = lines.iter().position(|line| line == "```").map_or(lines.len(), |end| end + 1);
    &lines[..end]
}

/// A word that begins a chain, with its documentation as far as it shows how the word is written.
fn head(word: &Word) -> String {
    let lines = &word.documented.first().expect("a word is documented").lines;
    let arguments = match word.name.as_str() {
        "input" => "_source: Argument",
        _ => "_a: Argument, _b: Argument",
    };
    format!("{}    pub fn {}(self, {arguments}) {{}}\n", commented(until_example(lines)), word.name)
}

fn commented(lines: &[String]) -> String {
    let line =
        |line: &String| if line.is_empty() { "    ///\n".to_owned() } else { format!("    /// {line}\n") };
    lines.iter().map(line).collect()
}

/// What an option of all windows means.
fn option(parameter: &str) -> Option<Vec<String>> {
    let options = documented(&read(&root().join("flow-runtime/src/windows/options.rs")));
    let option = options.iter().find_map(|documented| {
        let (form, text) = documented.form()?;
        form.starts_with(&format!("{parameter} = ")).then(|| capitalized(text))
    });
    option.map(|text| vec![text, String::new(), "See [the options of windows](crate::windows).".to_owned()])
}

/// How an argument is written, and what it means.
fn documentation(word: &Word, parameter: &str) -> Vec<String> {
    let written = word.documented.iter().find_map(|documented| written(documented, parameter));
    let mut lines = vec![match written {
        Some((form, Some(remark))) => format!("`{form}`, {remark}"),
        Some((form, None)) => format!("`{form}`"),
        None => format!("`{parameter} = …`"),
    }];
    let own = word.documented.iter().find_map(|documented| meaning(documented, parameter));
    let is_reference = own.as_ref().is_some_and(|lines| lines[0].starts_with("See [the options"));
    let meaning = if is_reference { option(parameter).or(own) } else { own };
    lines.push(String::new());
    lines.extend(meaning.unwrap_or_else(|| {
        let main = word.documented.first().expect("a word is documented");
        wrapped(&paragraph(&main.lines)).lines().map(str::to_owned).collect()
    }));
    lines
}

/// `timeout = TimeDelta`, and the remark behind it.
fn written(documented: &Documented, parameter: &str) -> Option<(String, Option<String>)> {
    let mark = format!("{parameter} = ");
    let line = documented.lines.iter().find(|line| line.contains(&mark))?;
    let behind = &line[line.find(&mark)?..];
    let (form, remark) = match behind.split_once("//") {
        Some((form, remark)) => (form, Some(remark.trim().to_owned())),
        None => (behind, None),
    };
    let form = form.trim().trim_end_matches([';', ',']);
    // A word that is written in one line ends with its own parenthesis.
    let closing = form.matches(')').count().saturating_sub(form.matches('(').count());
    let form = (0..closing).fold(form, |form, _| form.strip_suffix(')').unwrap_or(form));
    Some((form.to_owned(), remark.filter(|remark| remark.starts_with("left out"))))
}

/// What stands behind the argument's name in the list of arguments.
fn meaning(documented: &Documented, parameter: &str) -> Option<Vec<String>> {
    let name = format!("`{parameter}`");
    let is_about = |line: &String| {
        let about = line.strip_prefix("* ").and_then(|line| line.split_once(": "));
        about
            .is_some_and(|(names, _)| names.contains(&name) || names.starts_with(&format!("`{parameter} = ")))
    };
    let first = documented.lines.iter().position(is_about)?;
    let (_, text) = documented.lines[first].split_once(": ")?;
    let mut lines = vec![capitalized(text)];
    let further = documented.lines[first + 1..].iter().map_while(|line| line.strip_prefix("  "));
    lines.extend(further.map(str::to_owned));
    Some(lines)
}
