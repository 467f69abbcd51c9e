//! Tests of flows: a time that the test moves, inputs that it fills and outputs that it reads.
//!
//! A [`Kit`] gives the ends of a flow and starts it. Each [`input`](Kit::input) is a source and the handle
//! that pushes items into it; each [`output`](Kit::output) is a sink and the handle that says what has come
//! out. The [`Run`] moves the time. Nothing sleeps, and there are no threads: the test goes through an hour
//! at once, and the same way every time.
//!
//! ```
//! use chrono::{TimeDelta, TimeZone, Utc};
//! use flow::prelude::*;
//! use flow::testing::Kit;
//!
//! /// What is tested: who has ordered how much, when they have not ordered for a minute.
//! fn baskets(
//!     orders: impl flow::sources::Source<Item = (&'static str, u32)>,
//!     baskets: impl flow::sinks::Sink<(&'static str, u32)>,
//! ) -> impl Dataflow {
//!     dataflow! {
//!         let orders = input(orders);
//!         let by_customer = orders.key_on(|(customer, _)| *customer);
//!         let amounts = by_customer.map_value(|(_, amount)| amount);
//!         let lists = amounts.collect(timeout = 1min, max_size = 3);
//!         lists.map_value(|amounts| amounts.iter().sum()).output(baskets);
//!     }
//! }
//!
//! # fn main() -> Result<(), flow::Error> {
//! let start = Utc.with_ymd_and_hms(2022, 1, 1, 12, 0, 0).unwrap();
//! let kit = Kit::starting_at(start);
//! let (orders, orders_source) = kit.input();
//! let (baskets_sink, out) = kit.output();
//! let mut run = kit.start(baskets(orders_source, baskets_sink));
//!
//! orders.push(("ann", 20));
//! run.advance(TimeDelta::seconds(30))?;
//! orders.push(("bob", 5));
//! orders.push(("ann", 1));
//! run.advance(TimeDelta::seconds(29))?;
//! assert!(out.take().is_empty());
//!
//! // A minute after the first order of ann's. What is due next is bob's list.
//! run.advance(TimeDelta::seconds(1))?;
//! assert_eq!(out.take(), [("ann", 21)]);
//! assert_eq!(run.next_due(), Some(start + TimeDelta::seconds(90)));
//!
//! // Items can be pushed for later; what comes out knows when it did.
//! orders.push_all_at(start + TimeDelta::minutes(5), [("cid", 1), ("cid", 2), ("cid", 3)]);
//! run.advance_to(start + TimeDelta::minutes(10))?;
//! let expected = [
//!     (start + TimeDelta::seconds(90), ("bob", 5)),
//!     (start + TimeDelta::minutes(5), ("cid", 6)),
//! ];
//! assert_eq!(out.take_timed(), expected);
//!
//! // At the end of the input, what is left comes out.
//! orders.push(("ann", 7));
//! let report = run.finish()?;
//! assert_eq!(out.take(), [("ann", 7)]);
//! assert_eq!(report.step("orders").map(|step| step.items_out), Some(7));
//! # Ok(())
//! # }
//! ```
//!
//! # When things happen
//!
//! * Nothing happens until the run is told to: [`settle`](Run::settle) takes in what has been pushed for the
//!   present time or an earlier one, and does what is due; [`advance`](Run::advance) does that first, and
//!   then stops at each time in between at which something was pushed or falls due, in order.
//! * At such a time the rules are those of every run: an item that comes at the very time at which something
//!   falls due goes ahead of that; of several, the first does. So an item that is to be ahead of what is due
//!   in ten seconds has to be pushed *for* that time, with [`push_at`](Input::push_at), before the time is
//!   reached.
//! * Several inputs take turns, in the order in which the block has them.
//! * A batch takes as many items as the kit says, [`batch_limit`](Kit::batch_limit). What comes out must not
//!   depend on it, and [`with_each_batch_limit`] runs a test with several.
//!
//! # What goes wrong
//!
//! What a flow can do wrong, its errors and its panics, is a [`Result`] of the call during which it happened.
//! What only a test can do wrong is a panic at the line of the test that did it: to move the time back, to
//! push into an input that has ended, to finish a run that waits for something that the kit does not know.
//!
//! Sources that are fed from elsewhere, such as a [`channel`](crate::sources::channel), may stand in the same
//! flow: they are asked whenever the run is told to do something, and nobody waits for them.

mod input;
mod output;
mod run;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::task::Waker;
use std::thread;

use chrono::{DateTime, Utc};

use crate::engine::Dataflow;
use crate::error::BoxError;
use crate::sources::{Batch, Source, SourceStatus};
use crate::time::{SimulatedTime, Timestamp};

pub use input::{Input, InputSource};
pub use output::{Output, OutputSink};
pub use run::Run;

/// The sizes of batches that [`with_each_batch_limit`] tries: one item, few, some that divide nothing, and
/// all.
const BATCH_LIMITS: [usize; 4] = [1, 2, 7, 1000];

/// What a test needs around a flow: its time, its inputs and its outputs. The module's documentation shows
/// one at work.
#[derive(Debug)]
pub struct Kit {
    time: SimulatedTime,
    batch_limit: Option<usize>,
    /// Set when the run is to end: every input ends then.
    finished: Arc<AtomicBool>,
}

impl Kit {
    /// A test that begins at `start`.
    ///
    /// # Panics
    /// When `start` is before 1678 or after 2261.
    #[must_use]
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        Self { time: SimulatedTime::starting_at(start), batch_limit: None, finished: Arc::default() }
    }

    /// Takes at most `items` from a source at a time, at least one: see
    /// [`Running::batch_limit`](crate::engine::Running::batch_limit).
    #[must_use]
    pub fn batch_limit(mut self, items: usize) -> Self {
        self.batch_limit = Some(items);
        self
    }

    /// The time of the test, for closures that want to know it. The run moves it; a test that moves it by
    /// itself passes over what falls due in between.
    #[must_use]
    pub fn time(&self) -> SimulatedTime {
        self.time.clone()
    }

    /// An input: what pushes items, and the source that gives them to the flow. A block has to know the type
    /// of its items: where nothing else says it, `kit.input::<u32>()` does.
    #[must_use]
    pub fn input<T>(&self) -> (Input<T>, InputSource<T>) {
        input::pair(&self.time, &self.finished)
    }

    /// An output: the sink that takes items from the flow, and what says which it took.
    #[must_use]
    pub fn output<T>(&self) -> (OutputSink<T>, Output<T>) {
        output::pair(&self.time)
    }

    /// Makes a flow ready to run in the time of the test. Nothing happens yet: also that a source cannot be
    /// opened is found when the run is told to do something.
    pub fn start<F: Dataflow>(self, flow: F) -> Run<F> {
        let running = flow.start(self.time.clone());
        let running = match self.batch_limit {
            Some(items) => running.batch_limit(items),
            None => running,
        };
        Run::new(running, self.time, self.finished)
    }
}

/// Runs a test with batches of at most 1, 2, 7 and 1000 items, each time with a new kit that begins at
/// `start`. Where the test fails, the size of the batches is printed.
///
/// # Errors
/// The first error of the test.
///
/// # Panics
/// When `start` is before 1678 or after 2261, and when the test does.
///
/// ```
/// use chrono::DateTime;
/// use flow::prelude::*;
/// use flow::testing::with_each_batch_limit;
///
/// with_each_batch_limit(DateTime::UNIX_EPOCH, |kit| {
///     let (letters, source) = kit.input();
///     let (sink, counts) = kit.output();
///     let mut run = kit.start(dataflow! {
///         let letters = input(source);
///         let keyed = letters.key_on(|_| ());
///         let counts = keyed.stateful_map(|count, _| (Some(count.unwrap_or(0) + 1), count.unwrap_or(0) + 1));
///         counts.key_rm().output(sink);
///     });
///     letters.push_all(['a', 'b', 'c']);
///     run.settle()?;
///     assert_eq!(counts.take(), [1, 2, 3]);
///     Ok::<(), flow::Error>(())
/// })?;
/// # Ok::<(), flow::Error>(())
/// ```
pub fn with_each_batch_limit<E>(
    start: DateTime<Utc>,
    mut test: impl FnMut(Kit) -> Result<(), E>,
) -> Result<(), E> {
    BATCH_LIMITS.into_iter().try_for_each(|items| {
        let _saying = SayWhenPanicking(items);
        test(Kit::starting_at(start).batch_limit(items))
    })
}

/// Says of what size batches were when a test failed.
struct SayWhenPanicking(usize);

impl Drop for SayWhenPanicking {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("with batches of at most {} items", self.0);
        }
    }
}

/// Asks a source once, as an engine does, for tests of sources alone: gives what it gave, at most `limit`
/// items unless it gives more, and when it wants to be asked again. The source has to be open.
///
/// ```
/// use chrono::DateTime;
/// use flow::sources::{FilesLines, Partitioned, Source, SourceStatus};
/// use flow::testing::next_batch;
///
/// # let directory = std::env::temp_dir().join("flow_testing_next_batch");
/// # std::fs::create_dir_all(&directory)?;
/// std::fs::write(directory.join("a.txt"), "one\ntwo\n")?;
/// let mut lines = Partitioned::new(FilesLines::in_directory(&directory));
/// lines.open()?;
/// let (items, status) = next_batch(&mut lines, 1, DateTime::UNIX_EPOCH)?;
/// assert_eq!((items, status), (vec!["one".to_owned()], SourceStatus::Ready));
/// assert_eq!(lines.positions(), [("a.txt".to_owned(), 4)]);
/// # Ok::<(), flow::error::BoxError>(())
/// ```
///
/// # Errors
/// What the source says.
///
/// # Panics
/// When `now` is before 1678 or after 2261.
#[track_caller]
pub fn next_batch<S: Source>(
    source: &mut S,
    limit: usize,
    now: DateTime<Utc>,
) -> Result<(Vec<S::Item>, SourceStatus), BoxError> {
    let mut items = Vec::new();
    let status = source.next_batch(&mut Batch::new(&mut items, limit, instant(now), Waker::noop()))?;
    Ok((items, status))
}

/// A time of the test's as an instant.
#[track_caller]
fn instant(time: DateTime<Utc>) -> Timestamp {
    Timestamp::try_from(time).unwrap_or_else(|error| panic!("{error}"))
}
