//! What blocks of many operators cost to compile.
//!
//! The aim is that this grows with the number of operators and not faster. The compiler's check of what borrows what
//! does grow so, since it looks at each stage alone. Its inference of types does not quite: all closures of a block are
//! inferred in one function, and until its end the compiler goes through all of them again and again. From 200 to 400
//! operators it grows 1.9 to 2.5 times, from 400 to 800 it grows 2.2 to 3.4 times; windows, with five closures in three
//! operators, are the worst. The test fails where doubling costs more than four times, which is what types that contain
//! each other lead to, and a pass of 800 operators that is one long closure.
//!
//! Each block is written into a crate of its own, and what `cargo check` takes for it beyond an empty
//! block is compared. On Linux that is processor time, so that a busy machine does not count.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const SIZES: [usize; 4] = [100, 200, 400, 800];

/// What a block of 400 operators may take beyond an empty one.
const MOST: Duration = Duration::from_secs(3);

/// What a block of some twenty operators may, among them joins and windows of each kind.
const MOST_OF_A_PROGRAM: Duration = Duration::from_millis(500);

/// How often what takes too long is measured again.
const MOST_AGAIN: usize = 8;

/// What is lost in the noise of a measurement.
const NOISE: Duration = Duration::from_millis(150);

#[test]
fn large_blocks_compile_in_little_time() {
    let probe = Probe::new();
    let empty = probe.time(&chain(1));
    let shapes: [(&str, fn(usize) -> String); 7] = [
        ("chain", chain),
        ("diamonds", diamonds),
        ("item by item", meeting_ways),
        ("keyed chain", keyed),
        ("joins", joins),
        ("windows", |operators| windows(operators, "")),
        ("windows with options", |operators| windows(operators, "ordered = false, forget_keys_after = 1h")),
    ];
    for (shape, block) in shapes {
        let mut costs = SIZES.map(|size| probe.time(&block(size)));
        // A machine that others keep busy may take twice as long for some time.
        for _ in 0..MOST_AGAIN {
            if complaint(costs.map(|cost| cost.saturating_sub(empty))).is_none() {
                break;
            }
            for (cost, size) in costs.iter_mut().zip(SIZES) {
                *cost = probe.time(&block(size)).min(*cost);
            }
        }
        let costs = costs.map(|cost| cost.saturating_sub(empty));
        println!("{shape}: {SIZES:?} operators take {costs:?} beyond an empty block");
        assert_eq!(complaint(costs), None, "{shape}");
    }
    let cost = probe.time(PROGRAM).saturating_sub(empty);
    println!("a program with joins and windows takes {cost:?} beyond an empty block");
    assert!(cost <= MOST_OF_A_PROGRAM, "{cost:?} for a program with joins and windows");
}

/// What is wrong with what blocks of these sizes take.
fn complaint(costs: [Duration; SIZES.len()]) -> Option<String> {
    let grows = |(pair, size): (&[Duration], &usize)| {
        let grows_faster = pair[1] > 4 * pair[0].max(NOISE);
        grows_faster.then(|| format!("from {size} operators on it grows faster: {costs:?}"))
    };
    let takes_long = || (costs[2] > MOST).then(|| format!("{:?} for 400 operators", costs[2]));
    costs.windows(2).zip(&SIZES).find_map(grows).or_else(takes_long)
}

/// `map` behind `filter` behind `map` …
fn chain(operators: usize) -> String {
    let mut block = "let s0 = input(IterSource::new(0..9_u64));\n".to_owned();
    for number in 1..operators.max(2) - 1 {
        let operator = if number % 2 == 0 { "filter(|item| *item > 1)" } else { "map(|item| item + 1)" };
        let _ = writeln!(block, "let s{number} = s{}.{operator};", number - 1);
    }
    let _ = writeln!(block, "s{}.output(StdOutSink);", operators.max(2) - 2);
    block
}

/// A `branch` whose two ways meet in a `merge`, and again.
fn diamonds(operators: usize) -> String {
    let mut block = "let s0 = input(IterSource::new(0..9_u64));\n".to_owned();
    let diamonds = operators / 4;
    for number in 1..=diamonds {
        let _ = writeln!(
            block,
            "let (a{number}, b{number}) = s{}.branch(|item| item % 2 == 0);\n\
             let c{number} = a{number}.map(|item| item + 1);\n\
             let d{number} = b{number}.filter(|item| *item > 1);\n\
             let s{number} = merge(c{number}, d{number});",
            number - 1,
        );
    }
    let _ = writeln!(block, "s{diamonds}.output(StdOutSink);");
    block
}

/// Two ways that part and meet in different stages, and again: each item goes to its end before the next one.
fn meeting_ways(operators: usize) -> String {
    let mut block = "let s0 = input(IterSource::new(0..9_u64));\n".to_owned();
    let rounds = operators / 5;
    for number in 1..=rounds {
        let _ = writeln!(
            block,
            "let a{number} = s{before}.key_on(|item| item % 7);\n\
             let b{number} = a{number}.stateful_map(|sum, item| (Some(sum.unwrap_or(0) + item), item));\n\
             let c{number} = b{number}.key_rm();\n\
             let d{number} = s{before}.map(|item| item + 1);\n\
             let s{number} = merge(c{number}, d{number});",
            before = number - 1,
        );
    }
    let _ = writeln!(block, "s{rounds}.output(StdOutSink);");
    block
}

/// A `key_on`, a `stateful_map` and a `key_rm`, and again: each a stage of its own.
fn keyed(operators: usize) -> String {
    let mut block = "let s0 = input(IterSource::new(0..9_u64));\n".to_owned();
    let rounds = operators / 4;
    for number in 1..=rounds {
        let _ = writeln!(
            block,
            "let a{number} = s{}.key_on(|item| item % 7);\n\
             let b{number} = a{number}.stateful_map(|sum, item| (Some(sum.unwrap_or(0) + item), item));\n\
             let c{number} = b{number}.key_rm();\n\
             let s{number} = c{number}.map(|item| item + 1);",
            number - 1,
        );
    }
    let _ = writeln!(block, "s{rounds}.output(StdOutSink);");
    block
}

/// A `join` with what comes from a source of its own, and again.
fn joins(operators: usize) -> String {
    let mut block = "let s0 = input(IterSource::new(0..9_u64));\n".to_owned();
    let rounds = operators / 5;
    for number in 1..=rounds {
        let _ = writeln!(
            block,
            "let a{number} = s{}.key_on(|item| item % 7);\n\
             let b{number} = input(IterSource::new(0..9_u64));\n\
             let c{number} = b{number}.key_on(|item| item % 7);\n\
             let d{number} = join(a{number}, c{number}, insert_mode = last, emit_mode = complete);\n\
             let s{number} = d{number}.map(|(_, (one, other))| one + other);",
            number - 1,
        );
    }
    let _ = writeln!(block, "s{rounds}.output(StdOutSink);");
    block
}

/// A `key_on`, a `fold_window`, and a `map` of what each window gives, and again.
fn windows(operators: usize, options: &str) -> String {
    let mut block = "let s0 = input(IterSource::new(0..9_i64));\n".to_owned();
    let rounds = operators / 3;
    for number in 1..=rounds {
        let _ = writeln!(
            block,
            "let a{number} = s{}.key_on(|item| item % 7);\n\
             let b{number} = a{number}.fold_window(\n\
                 clock = EventClock(|item| time::Timestamp::from_nanoseconds(*item), wait_for_system_duration = 5s),\n\
                 windower = TumblingWindower(length = 1min, align_to = time::Timestamp::from_nanoseconds(0).into()),\n\
                 builder = || 0,\n\
                 folder = |sum, item| sum + item,\n\
                 merger = |sum, other| sum + other,\n\
                 {options}\n\
             );\n\
             let s{number} = b{number}.down.map(|(_, (_, sum))| sum);",
            number - 1,
        );
    }
    let _ = writeln!(block, "s{rounds}.output(StdOutSink);");
    block
}

/// What a program of some size does.
const PROGRAM: &str = "
    let users = input(IterSource::new(0..9_i64));
    let orders = input(IterSource::new(0..9_i64));
    let prices = input(IterSource::new(0..9_i64));
    let some = users.filter(|user| *user > 1).map(|user| user + 1);
    let by_user = some.key_on(|user| user % 7);
    let by_order = orders.map(|order| order + 1).key_on(|order| order % 7);
    let by_price = prices.key_on(|price| price % 7);
    let pairs = join(by_user, by_order, insert_mode = last, emit_mode = complete);
    let rows = join(pairs, by_price, insert_mode = product, emit_mode = running);
    let sums = rows.map_value(|(pair, price)| {
        pair.map_or(0, |(user, order)| user + order) + price.unwrap_or(0)
    });
    let lists = sums.collect_window(
        clock = EventClock(|sum| time::Timestamp::from_nanoseconds(*sum), wait_for_system_duration = 5s),
        windower = TumblingWindower(length = 1min, align_to = time::Timestamp::from_nanoseconds(0).into()),
        forget_keys_after = 1h,
    );
    let lengths = lists.down.map_value(|(_, list)| list.len() as i64);
    let joined = join_window(
        lengths,
        by_price,
        clock = EventClock(
            |length| time::Timestamp::from_nanoseconds(*length),
            |price| time::Timestamp::from_nanoseconds(*price),
            wait_for_system_duration = 5s,
        ),
        windower = TumblingWindower(length = 1min, align_to = time::Timestamp::from_nanoseconds(0).into()),
    );
    let totals = sums.fold_window(
        clock = EventClock(|sum| time::Timestamp::from_nanoseconds(*sum), wait_for_system_duration = 5s),
        windower = SlidingWindower(
            length = 1min,
            offset = 10s,
            align_to = time::Timestamp::from_nanoseconds(0).into(),
        ),
        builder = || 0,
        folder = |total, sum| total + sum,
        merger = |total, other| total + other,
    );
    let counts = sums.count_window(clock = SystemClock(), windower = SessionWindower(gap = 1min));
    joined.down.output(StdOutSink);
    totals.down.output(StdOutSink);
    counts.down.output(StdOutSink);
    lists.late.output(StdOutSink);
";

/// A crate that depends on `flow`, to be checked with one block after the other.
struct Probe {
    root: PathBuf,
}

impl Probe {
    /// The crate calls its dependency `streams`: the code that the macro makes finds it all the same.
    fn new() -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
        let flow = env!("CARGO_MANIFEST_DIR");
        fs::create_dir_all(root.join("src")).expect("the target directory can be written");
        let manifest = format!(
            "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nstreams = {{ package = \"flow\", path = {flow:?} }}\n\n[workspace]\n"
        );
        fs::write(root.join("Cargo.toml"), manifest).expect("the target directory can be written");
        fs::copy(Path::new(flow).join("Cargo.lock"), root.join("Cargo.lock")).expect("there is a lock file");
        let probe = Self { root };
        probe.check(&chain(1));
        probe
    }

    /// The least of a few measurements: what the machine adds is never negative.
    fn time(&self, block: &str) -> Duration {
        (0..2).map(|_| self.check(block)).min().unwrap_or_default()
    }

    fn check(&self, block: &str) -> Duration {
        let code = format!(
            "#![allow(unused)]\nuse streams::prelude::*;\nuse streams::time;\n\nfn main() {{\n    let flow = dataflow! {{\n{block}}};\n    \
             flow.run().unwrap();\n}}\n"
        );
        // Written anew each time, so that cargo has to check it again.
        fs::write(self.root.join("src/main.rs"), code).expect("the target directory can be written");
        let before = clock::children();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline"])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env_remove("RUSTFLAGS")
            // What is remembered from one check would be left out of the next.
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        clock::children().saturating_sub(before)
    }
}

/// The processor time of the processes that were started and have ended.
#[cfg(target_os = "linux")]
mod clock {
    use std::fs;
    use std::time::Duration;

    /// Fields 16 and 17 of `/proc/self/stat`, in hundredths of a second.
    pub(super) fn children() -> Duration {
        let stat = fs::read_to_string("/proc/self/stat").expect("Linux has it");
        // The second field is the program's name in parentheses, and may hold spaces.
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let ticks =
            fields.split_whitespace().skip(13).take(2).map(|field| field.parse::<u64>().expect("a number"));
        Duration::from_millis(10 * ticks.sum::<u64>())
    }
}

/// Elsewhere the time on the wall has to do.
#[cfg(not(target_os = "linux"))]
mod clock {
    use std::sync::OnceLock;
    use std::time::{Duration, Instant};

    #[expect(clippy::disallowed_methods, reason = "this measures the compiler")]
    pub(super) fn children() -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}
