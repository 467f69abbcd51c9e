//! The gate on instruction counts can fail: its table is read, written and compared here without callgrind.

#[path = "../benches/instructions/table.rs"]
mod table;

use table::{Counts, Table};

fn counts(counts: &[(&str, f64)]) -> Counts {
    counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

fn complaints(written: &str, counted: &[(&str, f64)]) -> Vec<String> {
    Table::parse(written).expect("the table is well formed").compare(&counts(counted))
}

#[test]
fn what_is_within_two_percent_passes() {
    let written = "# a comment\n\nw1/flow = 100.00\nw1/hand = 50.00\n";
    assert_eq!(complaints(written, &[("w1/flow", 101.9), ("w1/hand", 49.1)]), [""; 0]);
}

#[test]
fn more_instructions_are_refused() {
    let complaint = "w1/flow: 102.10 instructions an item instead of 100.00, +2.1 %";
    assert_eq!(complaints("w1/flow = 100.00\n", &[("w1/flow", 102.1)]), [complaint]);
}

#[test]
fn fewer_are_refused_too_so_that_they_are_written_down() {
    let complaint = "w1/flow: 90.00 instructions an item instead of 100.00, -10.0 %";
    assert_eq!(complaints("w1/flow = 100.00\n", &[("w1/flow", 90.0)]), [complaint]);
}

#[test]
fn what_is_new_or_gone_is_refused() {
    let expected = [
        "w2/flow: 7.00 instructions an item, and none written down",
        "w1/flow: written down, and not counted",
    ];
    assert_eq!(complaints("w1/flow = 100.00\n", &[("w2/flow", 7.0)]), expected);
}

#[test]
fn what_differs_is_counted_again() {
    let mut counts = counts(&[("w1/flow", 99.0), ("w2/flow", 7.0), ("w3/flow", 90.0)]);
    let table = Table::parse("w1/flow = 100.00\nw3/flow = 100.00\n").expect("the table is well formed");
    let different: Vec<_> = table.different(&mut counts).into_iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(different, ["w3/flow"]);
}

#[test]
fn a_table_that_cannot_be_read_is_refused() {
    assert_eq!(Table::parse("w1/flow 100\n").err().as_deref(), Some("this is no count: w1/flow 100"));
    assert!(Table::parse("w1/flow = many\n").is_err());
}

#[test]
fn what_is_written_can_be_read() {
    let counts = counts(&[("w1/flow", 35.25), ("w2/hand, fresh lists", 61.0)]);
    let table = Table::parse(&Table::print(&counts)).expect("the table is well formed");
    assert_eq!(table.compare(&counts), [""; 0]);
}
