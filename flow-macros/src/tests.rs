//! Snapshots of what blocks expand to: for review, because an expansion is code that people read.

use proc_macro2::TokenStream;

/// What a block expands to, as `rustfmt` would have it.
fn expansion(block: &str) -> String {
    let tokens = format!("[::flow] {block}").parse().expect("the block is made of tokens");
    let code: TokenStream = crate::compile(tokens);
    let file = format!("fn main() {{ let flow = {code}; }}");
    let file = syn::parse_file(&file).expect("the expansion is Rust");
    prettyplease::unparse(&file)
}

#[test]
fn collect() {
    insta::assert_snapshot!(expansion(
        r#"
        let stream = input(TestingSource::new(0..10));
        let keyed = stream.key_on(|_| "ALL");
        let collected = keyed.collect(timeout = 10s, max_size = 3);
        collected.output(StdOutSink);
        "#
    ));
}

#[test]
fn windows() {
    insta::assert_snapshot!(expansion(
        r#"
        let events = input(TestingSource::new(readings));
        let by_user = events.key_on(|event| event.user);
        let windows = by_user.collect_window(
            clock = EventClock(|event| event.time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 10s, align_to = start),
        );
        windows.down.output(StdOutSink);
        windows.late.inspect(|(user, _)| eprintln!("late: {user}"));
        "#
    ));
}

#[test]
fn chain_with_a_fork_and_a_branch() {
    insta::assert_snapshot!(expansion(
        r"
        let lines = input(FileLines::new(path));
        let numbers = lines.try_map(|line| line.parse::<u32>());
        let parts = numbers.ok.filter(|number| *number > 1).flat_map(|number| 0..number);
        let (odd, even) = parts.branch(|part| part % 2 != 0);
        odd.output(odd_sink);
        odd.inspect(|part| drop(part));
        let all = merge(even, odd);
        all.output(|part| sum += part);
        numbers.err.output(errors);
        "
    ));
}

#[test]
fn ways_that_meet_again_go_item_by_item() {
    insta::assert_snapshot!(expansion(
        r"
        let numbers = input(IterSource::new(0..9));
        let keyed = numbers.key_on(|number| number % 2);
        let sums = keyed.stateful_map(|sum, number| (Some(sum.unwrap_or(0) + number), number));
        let plain = sums.key_rm();
        let all = merge(numbers, plain);
        all.output(sink);
        "
    ));
}

#[test]
fn a_block_with_errors_is_still_a_flow() {
    insta::assert_snapshot!(expansion(
        r"
        let numbers = input(IterSource::new(0..9));
        let odd = nunbers.filter(|number| number % 2 != 0);
        odd.output(sink);
        "
    ));
}
