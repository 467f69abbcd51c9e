//! `docs/operators.md` and the pages in `docs/operators` are made of the documentation of the operators, clocks and
//! windowers, and `flow-runtime/src/editor.rs` too: this writes them, or says what is out of date.
//!
//! `UPDATE_DOCS=1 cargo test --test operator_pages` writes them.

#[path = "operator_pages/editor.rs"]
mod editor;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The groups of the index, and what they are.
const GROUPS: [(Group, &str, &str); 6] = [
    (Group::Beginning, "At the beginning of a chain", "They stand in front, and take a source or streams."),
    (Group::Any, "On any stream", "They look at one item at a time, unless their page says otherwise."),
    (Group::Keyed, "On keyed streams", "They look at the value under a key, or keep a state for each key."),
    (
        Group::Windows,
        "Windows",
        "They keep a state for each key and window. All of them take the [options of windows](operators/windows.md).",
    ),
    (
        Group::Clock,
        "Clocks",
        "What time it is: the `clock` of a window. Types that implement `Clock` are others.",
    ),
    (
        Group::Windower,
        "Windowers",
        "Which windows there are: the `windower` of a window. Types that implement `Windower` are others.",
    ),
];

const INTRODUCTION: &str = "\
# Operators

<!-- Written by tests/operator_pages.rs out of the documentation of the operators. -->

A page for each word of a block: how it is written, what it means, an example, what it costs, and what it is called in
Bytewax. The same stands in the documentation of the methods, where an editor finds it.

A page shows first how the word is written, with the type of each stream and argument:

* `stream` is a `Stream<T>` and `keyed` a `KeyedStream<K, V>`, where `K` is `Eq + Hash + Clone`.
* Arguments may be written without their names, in the order of the page; named ones may come in any order.
* An argument with a remark `left out: …` may be left out, and means that then.
* `impl FnMut(T) -> U` is a closure or a function. The parameters of a closure need no types.
* A `TimeDelta` is a literal such as `10s`, or an expression of type `chrono::TimeDelta`.

The examples are tests, of which the lines that are the same everywhere are left out: `use flow::prelude::*;`,
`let sink = CollectingSink::new(); let items = sink.collected();`, where `items` has what went into `sink`, as `late_items`
has what went into `late_sink`, and `Ok(())` at the end of a function that may fail. Dates and times are those of the crate
`chrono`. Time is simulated: an example says when each item comes, and, where it matters, when what becomes of it.

What a page calls an error is what this word can refuse besides the mistakes of all words, which
[`reading-the-errors.md`](reading-the-errors.md) shows. A closure that panics ends the run with an error that names the
step.
";

/// Where a word stands in the index.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Beginning,
    Any,
    Keyed,
    Windows,
    Clock,
    Windower,
}

/// A word of the language.
struct Word {
    name: String,
    group: Group,
    /// In the order in which they may stand without their names.
    parameters: Vec<String>,
    /// The file with its documentation, from the root of the project.
    source: String,
    documented: Vec<Documented>,
}

/// A method or a type, and the lines of its documentation.
struct Documented {
    item: String,
    lines: Vec<String>,
}

/// What a text that names methods and types links to: the last part of a path, the link's text if it has another, and
/// the page.
type Links = BTreeMap<String, (Option<String>, String)>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

/// All words, as the macro's catalogue has them.
fn words() -> Vec<Word> {
    files(&root().join("flow-macros/src/operators")).iter().filter_map(|path| word(path)).collect()
}

/// The word of a record in the catalogue.
fn word(path: &Path) -> Option<Word> {
    let record = read(path);
    let stem = path.file_stem()?.to_str()?;
    let is_operator = record.contains("const OPERATOR");
    if !is_operator && !record.contains("const CONSTRUCTOR") {
        return None;
    }
    let name =
        if is_operator { stem.to_owned() } else { quoted_behind(&record, "name: ").next()?.to_owned() };
    let source = if is_operator {
        format!("flow-runtime/src/operators/{stem}.rs")
    } else {
        format!("flow-runtime/src/windows/{}.rs", stem.trim_end_matches("_windower"))
    };
    let mut documented = documented(&read(&root().join(&source)));
    documented.retain(|found| {
        found.item == name || is_operator && found.item.starts_with(&format!("{name}_")) && found.is_variant()
    });
    Some(Word { group: group(&record), parameters: parameters(&record), name, source, documented })
}

fn group(record: &str) -> Group {
    let is = |text: &str| record.contains(text);
    match () {
        () if is("makes: Kind::Clock") => Group::Clock,
        () if is("makes: Kind::Windower") => Group::Windower,
        () if is("gives: WINDOW_PORTS") => Group::Windows,
        () if is("Takes::Nothing") || is("Takes::Streams") || is("Takes::Sides") => Group::Beginning,
        () if is("Takes::Keyed") => Group::Keyed,
        () => Group::Any,
    }
}

fn parameters(record: &str) -> Vec<String> {
    let functions = ["required(", "optional(", "endless(", "choosing(", "option(", "Parameter { name: "];
    let own = functions.iter().flat_map(|function| quoted_behind(record, function)).map(str::to_owned);
    let shared = ["ORDERED", "BOUNDS", "LATE_WHEN", "FORGET_KEYS_AFTER", "EARLY"];
    own.chain(shared.iter().filter(|shared| record.contains(*shared)).map(|shared| shared.to_lowercase()))
        .collect()
}

/// Each text in quotation marks that stands behind `mark`.
fn quoted_behind<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    let behind = text.split(mark).skip(1);
    behind.filter_map(|behind| behind.trim_start().strip_prefix('"')?.split('"').next())
}

/// The methods and types with documentation, in their order.
fn documented(source: &str) -> Vec<Documented> {
    let mut found = Vec::new();
    let mut lines = Vec::new();
    for line in source.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("///") {
            lines.push(doc.strip_prefix(' ').unwrap_or(doc).to_owned());
        } else if !line.starts_with("#[") {
            let item = line.strip_prefix("pub fn ").or_else(|| line.strip_prefix("pub struct "));
            let name = item.and_then(|item| item.split(|c: char| !c.is_alphanumeric() && c != '_').next());
            let lines = std::mem::take(&mut lines);
            found.extend(name.map(|name| Documented { item: name.to_owned(), lines }));
        }
    }
    found.retain(|found| !found.lines.is_empty());
    found
}

impl Documented {
    /// What stands between backticks in front of a `:` on the first line, and the text behind that.
    fn form(&self) -> Option<(&str, &str)> {
        self.lines[0].strip_prefix('`')?.split_once("`: ")
    }

    /// Whether this is the same word with other arguments.
    fn is_variant(&self) -> bool {
        self.form().is_some()
    }
}

impl Word {
    /// The paragraph that says what the word costs and how Bytewax calls it, in these two parts.
    fn cost_and_bytewax(&self) -> Option<(String, String)> {
        let lines = &self.documented.first()?.lines;
        let first = lines.iter().position(|line| line.starts_with("Cost: "))?;
        cost_and_bytewax(&paragraph(&lines[first..]))
    }

    /// What it does: the first sentence.
    fn summary(&self, links: &Links) -> String {
        let text = self.documented.first().map(|main| paragraph(&main.lines)).unwrap_or_default();
        let end = text.find(". ").map_or(text.len(), |end| end + 1);
        linked(&text[..end], links).trim_end_matches('.').replace('|', "\\|")
    }

    fn bytewax_name(&self) -> String {
        let text = self.cost_and_bytewax().map(|(_, bytewax)| bytewax).unwrap_or_default();
        match text.strip_prefix('`').and_then(|text| text.split('`').next()) {
            Some(name) => format!("`{name}`"),
            None => "–".to_owned(),
        }
    }

    fn page(&self, links: &Links) -> String {
        let mut page = format!(
            "# `{}`\n\n<!-- Written by tests/operator_pages.rs out of {}. -->\n\n",
            self.name, self.source
        );
        for (place, documented) in self.documented.iter().enumerate() {
            match documented.form() {
                Some((form, text)) if place > 0 => {
                    let mut lines = documented.lines.clone();
                    lines[0] = capitalized(text);
                    write!(page, "\n## `{form}`\n\n{}", rendered(&lines, "###", links))
                }
                None if place > 0 => {
                    write!(page, "\n## On a keyed stream\n\n{}", rendered(&documented.lines, "###", links))
                }
                _ => write!(page, "{}", rendered(&documented.lines, "##", links)),
            }
            .expect("a string can be written to");
        }
        page + "\n[All operators, and how to read their pages](../operators.md)\n"
    }

    /// What its documentation owes.
    fn missing(&self) -> Vec<String> {
        let Some(main) = self.documented.first() else {
            return vec![format!("`{}` has no documentation in {}", self.name, self.source)];
        };
        let mut missing = Vec::new();
        let mut owe = |is_there: bool, what: &str| {
            if !is_there {
                missing.push(format!("the documentation of `{}` in {} needs {what}", self.name, self.source));
            }
        };
        let text = main.lines.join("\n");
        let signature =
            text.split("```text\n").nth(1).and_then(|text| text.split("```").next()).unwrap_or_default();
        owe(signature.contains(&format!("{}(", self.name)), "how it is written, in a block of `text`");
        for parameter in &self.parameters {
            owe(
                signature.contains(&format!("{parameter} = ")),
                &format!("`{parameter} = …` where it is written"),
            );
        }
        owe(main.lines.iter().any(|line| line == "```"), "an example");
        owe(text.contains("TimeDelta::"), "time in its example");
        owe(self.cost_and_bytewax().is_some(), "a paragraph `Cost: … Bytewax: …`");
        missing
    }
}

/// The first paragraph, in one line.
fn paragraph(lines: &[String]) -> String {
    let lines: Vec<_> = lines.iter().take_while(|line| !line.is_empty()).map(String::as_str).collect();
    lines.join(" ")
}

fn cost_and_bytewax(paragraph: &str) -> Option<(String, String)> {
    let text = paragraph.strip_prefix("Cost: ")?;
    let (cost, bytewax) = text.split_at(text.find(" Bytewax")?);
    let bytewax = bytewax.trim_start();
    Some((capitalized(cost), capitalized(bytewax.strip_prefix("Bytewax: ").unwrap_or(bytewax))))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The documentation as a page shows it: without hidden lines, with links between pages and headings of this level.
fn rendered(lines: &[String], level: &str, links: &Links) -> String {
    let mut text = String::new();
    let mut fence: Option<&str> = None;
    let mut rest = lines;
    while let Some(line) = rest.first() {
        let mut taken = 1;
        let shown = match (line.strip_prefix("```"), fence) {
            (Some(kind), None) => {
                let kind = if kind == "text" { kind } else { "rust" };
                fence = Some(kind);
                format!("```{kind}\n")
            }
            (Some(_), Some(_)) => {
                fence = None;
                "```\n".to_owned()
            }
            (None, Some("rust")) if line == "#" || line.starts_with("# ") => String::new(),
            (None, Some(_)) => format!("{line}\n"),
            (None, None) if line.starts_with("# ") => {
                taken += usize::from(rest.get(1).is_some_and(String::is_empty));
                format!("{level}{}\n\n", &line[1..])
            }
            (None, None) if line.starts_with("Cost: ") => {
                taken = rest.iter().take_while(|line| !line.is_empty()).count();
                last_sections(&linked(&paragraph(rest), links), level)
            }
            (None, None) => format!("{}\n", linked(line, links)),
        };
        text += &shown;
        rest = &rest[taken..];
    }
    text
}

fn last_sections(paragraph: &str, level: &str) -> String {
    let (cost, bytewax) = cost_and_bytewax(paragraph).unwrap_or_default();
    format!("{level} Cost\n\n{}\n{level} In Bytewax\n\n{}", wrapped(&cost), wrapped(&bytewax))
}

/// The text in lines.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + word.chars().count() < 110 {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// What links lead to: each word's page, and the words of which a method is a variant.
fn links(words: &[Word]) -> Links {
    let mut links = Links::from([("windows".to_owned(), (None, "windows.md".to_owned()))]);
    for word in words {
        let page = format!("{}.md", word.name);
        links.insert(word.name.clone(), (None, page.clone()));
        for documented in &word.documented {
            if let Some((form, _)) = documented.form() {
                links.entry(documented.item.clone()).or_insert((Some(format!("`{form}`")), page.clone()));
            }
        }
    }
    links
}

/// The text with links to pages instead of those to methods and types; what has no page is no link.
fn linked(text: &str, links: &Links) -> String {
    let Some((front, behind)) = text.split_once('[') else {
        return text.to_owned();
    };
    let Some((label, behind)) = behind.split_once(']').filter(|_| !front.ends_with('!')) else {
        return text.to_owned();
    };
    let (target, behind) = match behind.strip_prefix('(').and_then(|behind| behind.split_once(')')) {
        Some((target, behind)) => (target, behind),
        // A label alone is a link only where it is code: there are arrays in the examples.
        None if label.starts_with('`') => (label.trim_matches('`'), behind),
        None => return format!("{front}[{label}]{}", linked(behind, links)),
    };
    let link = match links.get(target.rsplit("::").next().unwrap_or(target)) {
        Some((other, page)) => format!("[{}]({page})", other.as_deref().unwrap_or(label)),
        None if target.starts_with("http") => format!("[{label}]({target})"),
        None => label.to_owned(),
    };
    format!("{front}{link}{}", linked(behind, links))
}

fn index(words: &[Word], links: &Links) -> String {
    let mut index = INTRODUCTION.to_owned();
    let links = links
        .iter()
        .map(|(target, (label, page))| (target.clone(), (label.clone(), format!("operators/{page}"))));
    let links: Links = links.collect();
    for (group, heading, about) in GROUPS {
        write!(index, "\n## {heading}\n\n{about}\n\n| | | Bytewax |\n|---|---|---|\n")
            .expect("a string can be written to");
        for word in words.iter().filter(|word| word.group == group) {
            let (name, summary, bytewax) = (&word.name, word.summary(&links), word.bytewax_name());
            writeln!(index, "| [`{name}`](operators/{name}.md) | {summary} | {bytewax} |")
                .expect("a string can be written to");
        }
    }
    index
}

/// What can be asked of all windows: the documentation of the module.
fn options(links: &Links) -> String {
    let source = "flow-runtime/src/windows.rs";
    let text = read(&root().join(source));
    let lines = text.lines().filter_map(|line| line.strip_prefix("//!"));
    let lines: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned()).collect();
    let text = rendered(&lines, "##", links);
    format!(
        "# Windows\n\n<!-- Written by tests/operator_pages.rs out of {source}. -->\n\n{text}\n[All operators, and how to read their pages](../operators.md)\n"
    )
}

/// All pages with their paths.
fn pages() -> BTreeMap<PathBuf, String> {
    let words = words();
    let links = links(&words);
    let folder = root().join("docs/operators");
    let mut pages: BTreeMap<_, _> =
        words.iter().map(|word| (folder.join(format!("{}.md", word.name)), word.page(&links))).collect();
    pages.insert(folder.join("windows.md"), options(&links));
    pages.insert(root().join("docs/operators.md"), index(&words, &links));
    pages.insert(root().join("flow-runtime/src/editor.rs"), editor::file(&words));
    pages
}

/// Writes the pages, and takes away those of words that are gone.
fn write(pages: &BTreeMap<PathBuf, String>) {
    let folder = root().join("docs/operators");
    fs::create_dir_all(&folder).expect("the folder can be made");
    for gone in files(&folder).iter().filter(|path| !pages.contains_key(*path)) {
        fs::remove_file(gone).expect("a page can be taken away");
    }
    for (path, page) in pages {
        fs::write(path, page).expect("a page can be written");
    }
}

#[test]
fn the_pages_are_what_the_documentation_says() {
    let pages = pages();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        write(&pages);
    }
    let mut stale: Vec<_> = files(&root().join("docs/operators"));
    stale.retain(|path| !pages.contains_key(path));
    stale.extend(
        pages
            .iter()
            .filter(|(path, page)| fs::read_to_string(path).ok().as_ref() != Some(page))
            .map(|(path, _)| path.clone()),
    );
    assert!(
        stale.is_empty(),
        "out of date: {stale:?}: `UPDATE_DOCS=1 cargo test --test operator_pages` writes them"
    );
}

#[test]
fn each_word_says_how_it_is_written_what_it_costs_and_what_bytewax_calls_it() {
    let words = words();
    assert!(words.len() > 40, "the catalogue was not found: {}", words.len());
    let missing: Vec<_> = words.iter().flat_map(Word::missing).collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn each_word_stands_in_the_readme_and_in_the_guide() {
    for page in ["README.md", "docs/coming-from-bytewax.md"] {
        let text = read(&root().join(page));
        let is_there = |word: &Word| {
            text.contains(&format!("`{}`", word.name)) || text.contains(&format!("`{}(", word.name))
        };
        let missing: Vec<_> =
            words().into_iter().filter(|word| !is_there(word)).map(|word| word.name).collect();
        assert!(missing.is_empty(), "{page} does not name {missing:?}");
    }
}

/// The checks above find what is missing: one that cannot fail would be worth nothing.
#[test]
fn a_word_without_its_parts_is_found() {
    let main = Documented { item: "odd".to_owned(), lines: vec!["Gives odd items.".to_owned()] };
    let word = Word {
        name: "odd".to_owned(),
        group: Group::Any,
        parameters: vec!["by".to_owned()],
        source: "odd.rs".to_owned(),
        documented: vec![main],
    };
    let needs = [
        "how it is written, in a block of `text`",
        "`by = …` where it is written",
        "an example",
        "time in its example",
        "a paragraph `Cost: … Bytewax: …`",
    ];
    assert_eq!(
        word.missing(),
        needs.map(|need| format!("the documentation of `odd` in odd.rs needs {need}"))
    );
}
