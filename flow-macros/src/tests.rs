//! Snapshots of what blocks expand to: for review, because an expansion is code that people read.

mod editor;
mod half_written;

use proc_macro2::{TokenStream, TokenTree};

/// What a block expands to, as `rustfmt` would have it.
fn expansion(block: &str) -> String {
    let tokens = format!("[::flow] {block}").parse().expect("the block is made of tokens");
    let parts = parts(crate::compile(tokens));
    let code = parts.last().expect("there is one");
    let file = format!("fn main() {{ let flow = {code}; }}");
    let file = syn::parse_file(&file).expect("the expansion is Rust");
    prettyplease::unparse(&file)
}

/// What stands in `block! { … }`: the block, or the one for an editor and the one for the compiler.
fn parts(code: TokenStream) -> Vec<TokenStream> {
    let Some(TokenTree::Group(block)) = code.into_iter().last() else { panic!("this is no macro") };
    let parts = block.stream().into_iter().filter(|tree| matches!(tree, TokenTree::Group(_)));
    parts.map(TokenStream::from).collect()
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
fn joins() {
    insta::assert_snapshot!(expansion(
        r"
        let users = input(IterSource::new(users));
        let orders = input(IterSource::new(orders));
        let users_by_id = users.key_on(|user| user.id);
        let orders_by_user = orders.key_on(|order| order.user);
        let rows = join(users_by_id, orders_by_user, emit_mode = final);
        rows.output(sink);
        let hours = join_window(
            users_by_id,
            orders_by_user,
            clock = EventClock(|user| user.time, |order| order.time, wait_for_system_duration = 10s),
            windower = TumblingWindower(length = 1h, align_to = start),
        );
        hours.down.output(other_sink);
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
fn a_stateful_step_that_makes_its_keys() {
    insta::assert_snapshot!(expansion(
        r"
        let words = input(FileLines::new(path));
        let counts = words.count_final(|word| word);
        let all = counts.key_on(|_| ());
        all.max_final(by = |(_, count)| *count).output(sink);
        "
    ));
}

#[test]
fn steps_that_take_batches_or_ask_for_the_time() {
    insta::assert_snapshot!(expansion(
        r"
        let words = input(FileLines::new(path));
        let known = words.enrich_cached(getter = |word: &String| ask(word), mapper = |cache, word| *cache.get(&word));
        let sent = known.flat_map_batch(|batch| send(batch));
        let lists = sent.key_on(|_| ()).collect(idle_timeout = 1s, max_size = 9);
        lists.inspect_debug();
        "
    ));
}

#[test]
fn a_batch_in_a_flow_that_goes_item_by_item() {
    insta::assert_snapshot!(expansion(
        r"
        let numbers = input(IterSource::new(0..9));
        let same = numbers.flat_map_batch(|batch| batch);
        merge(numbers, same).output(sink);
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

/// What a half-written or wild block is made of.
const PIECES: &[&str] = &[
    "let",
    "let",
    "mut",
    "a",
    "b",
    "c",
    "windows",
    "r#type",
    "größe",
    "_",
    "self",
    "=",
    "=",
    ";",
    ";",
    ";",
    ".",
    ".",
    ",",
    ":",
    "::",
    "|x| x + 1",
    "||",
    "?",
    "!",
    "&",
    "#[x]",
    "'l",
    "if",
    "else",
    "match",
    "for",
    "return",
    "async",
    "10s",
    "10m",
    "1.5h",
    "0",
    "-3",
    "3",
    "\"s\"",
    "99999999999999999999999d",
    "input",
    "merge",
    "map",
    "filter",
    "branch",
    "key_on",
    "collect",
    "collect_window",
    "fold_window",
    "output",
    "inspect",
    "try_map",
    "flatten",
    "down",
    "late",
    "ok",
    "trues",
    "timeout =",
    "max_size =",
    "clock =",
    "windower =",
    "EventClock",
    "TumblingWindower",
    "length =",
    "Stream<u64>",
    "()",
    "(a)",
    "(b, c)",
    "(a, b.down)",
    "(|x| x)",
    "(source)",
    "(timeout = 1s, max_size = 2)",
    "(EventClock(|x| x, 0s))",
    "[1]",
    "{ a }",
    "{}",
    "join",
    "join_window",
    "join_interval",
    "insert_mode = last",
    "emit_mode = product",
    "before = 1s",
    "sum_window",
    "top_k_window",
    "stateful",
    "enrich_cached",
    "dedup",
    "SlidingWindower",
    "SessionWindower(gap = 5s)",
    "CountWindower(count = 3)",
    "windower = TumblingWindower(length = 10s, align_to = t)",
    "clock = SystemClock",
    "early = 3",
    "bounds = true",
    "late_when = window_closed",
    "ordered = false",
    "(async |x| x)",
    "loop",
    "while",
    "let Some(x) =",
    "println!(1)",
    "macro_rules!",
    "$",
    "=>",
    "->",
    "..",
    "<",
    ">",
    "'c'",
    "b\"b\"",
    "0s",
    "#![y]",
    "unsafe",
    "fn f() {}",
];

/// How many blocks are tried: more where the environment says so.
fn cases() -> u32 {
    std::env::var("FLOW_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(5_000)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(cases()))]

    /// Whatever stands in a block, the macro answers with code that can be read or with errors.
    #[test]
    fn no_block_makes_the_macro_panic(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        if let Ok(tokens) = format!("[::flow] {}", pieces.join(" ")).parse() {
            let parts = parts(crate::compile(tokens));
            let code = parts.last().expect("there is one");
            let code = format!("fn main() {{ let flow = {code}; }}");
            proptest::prop_assert!(syn::parse_file(&code).is_ok(), "{code}");
        }
        // Outside a compiler all text that was ever read is kept for the sake of spans. Ten million blocks would be
        // more than there are places for.
        proc_macro2::extra::invalidate_current_thread_spans();
    }
}
