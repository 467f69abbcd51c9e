//! `inspect_debug()` and `inspect_debug(|step, item, epoch, worker| …)`: a look at each item, where it is and when.

use std::fmt::Debug;
use std::io::{self, Write};

use crate::engine::Activation;
use crate::error::{Failure, blaming};
use crate::graph::StepId;
use crate::known::{Known, Never, Unknown};
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Prints each item to standard error, and lets it through: `flow.step W0 @1: item`, with the number of the
    /// worker behind the `W` and that of the activation behind the `@`.
    ///
    /// ```text
    /// let same: Stream<T> = stream.inspect_debug(
    ///     inspector = impl FnMut(&str, &T, u64, usize),  // left out: prints, for which T: Debug
    /// );
    /// let same: KeyedStream<K, V> = keyed.inspect_debug(inspector = impl FnMut(&str, &(K, V), u64, usize));
    /// ```
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// let time = SimulatedTime::starting_at(start);
    /// let clock = time.clone();
    /// # let sink = CollectingSink::new();
    /// # let items = sink.collected();
    /// let flow = dataflow! {
    ///     let letters = input(TimedSource::new([(at(0), "a"), (at(5), "b")]));
    ///     let seen = letters.inspect_debug();
    ///     seen.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// // Prints `letters.seen W0 @1: "a"` and `letters.seen W0 @2: "b"`.
    /// flow.named("letters").run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), "a"), (at(5), "b")]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// A stream may end here. To print something else, or elsewhere, see
    /// [`inspect_debug_with`](Stream::inspect_debug_with), which says what the numbers mean.
    ///
    /// Cost: a line of text per item, written at once. What cannot be written is lost: standard error has no
    /// other place to say so. Bytewax: `op.inspect_debug`.
    pub fn inspect_debug(self) -> (Stream<T>, InspectDebug<fn(&str, &T, u64, usize)>)
    where
        T: Printable,
    {
        (Stream::new(), InspectDebug::new(self.step(), print))
    }

    /// `inspect_debug(|step, item, epoch, worker| …)`: shows each item to `inspector`, and lets it through.
    ///
    /// * `step`: the names of the flow and of this step, as in `flow.step`.
    /// * `epoch`: the number of the activation, of which the first is 1. How many items are in one depends on
    ///   what the sources have at hand and on [`batch_limit`](crate::engine::Running::batch_limit); one in which
    ///   nothing comes counts too.
    /// * `worker`: the number of the worker, which is 0: the embedded engine has one.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// use chrono::{TimeDelta, TimeZone, Utc};
    /// use flow::time::SimulatedTime;
    ///
    /// let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
    /// let at = |second| start + TimeDelta::seconds(second);
    /// let mut seen = Vec::new();
    /// let flow = dataflow! {
    ///     let letters = input(TimedSource::new([(at(0), 'a'), (at(0), 'b'), (at(9), 'c')]));
    ///     letters.inspect_debug(|step, item, epoch, worker| seen.push(format!("{step} {item} {epoch} {worker}")));
    /// };
    /// flow.named("f").run_in(SimulatedTime::starting_at(start))?;
    /// let step = "f.letters.inspect_debug";
    /// assert_eq!(seen, [format!("{step} a 1 0"), format!("{step} b 1 0"), format!("{step} c 2 0")]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.inspect_debug` with `inspector`, where an epoch is a length of time
    /// of the user's choice, ten seconds as it comes.
    pub fn inspect_debug_with<F, M>(self, inspector: F) -> (Stream<T>, InspectDebug<F::Itself>)
    where
        F: IsDebugInspector<T, M>,
    {
        (Stream::new(), InspectDebug::new(self.step(), inspector.itself()))
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Prints each pair of key and value to standard error, and lets it through.
    pub fn inspect_debug(self) -> (KeyedStream<K, V>, InspectDebug<fn(&str, &(K, V), u64, usize)>)
    where
        (K, V): Printable,
    {
        (KeyedStream::new(), InspectDebug::new(self.step(), print))
    }

    /// `inspect_debug(|step, pair, epoch, worker| …)`: shows each pair of key and value to `inspector`, and lets
    /// it through.
    pub fn inspect_debug_with<F, M>(self, inspector: F) -> (KeyedStream<K, V>, InspectDebug<F::Itself>)
    where
        F: IsDebugInspector<(K, V), M>,
    {
        (KeyedStream::new(), InspectDebug::new(self.step(), inspector.itself()))
    }
}

/// What `inspect_debug` leaves behind.
#[derive(Debug)]
pub struct InspectDebug<F> {
    step: StepId,
    inspector: F,
    name: String,
}

impl<F> InspectDebug<F> {
    fn new(step: StepId, inspector: F) -> Self {
        Self { step, inspector, name: String::new() }
    }

    /// Makes the step ready to run.
    ///
    /// # Errors
    /// None.
    pub fn open(&mut self, activation: &Activation) -> Result<(), Failure> {
        self.name = activation.full_name(self.step);
        Ok(())
    }

    /// Takes an item through.
    #[inline(always)]
    pub fn call<T>(&mut self, activation: &Activation, item: T) -> T
    where
        F: FnMut(&str, &T, u64, usize),
    {
        blaming(&self.step, || (self.inspector)(&self.name, &item, activation.number(), 0));
        item
    }
}

fn print<T: Printable>(step: &str, item: &T, epoch: u64, worker: usize) {
    // Where standard error is gone, nobody is there to be told.
    let _ = print_to(&mut io::stderr(), step, item, epoch, worker);
}

fn print_to<T: Printable>(
    out: &mut impl Write,
    step: &str,
    item: &T,
    epoch: u64,
    worker: usize,
) -> io::Result<()> {
    writeln!(out, "{step} W{worker} @{epoch}: {item:?}")
}

/// What `inspect_debug()` prints.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`inspect_debug()` prints items in their `Debug` form, and `{Self}` has none",
    label = "the items of this stream are of type `{Self}`",
    note = "derive `Debug` for it, or print something else: `inspect_debug(|step, item, epoch, worker| …)`"
)]
pub trait Printable: Debug {}

#[diagnostic::do_not_recommend]
impl<T: Debug> Printable for T {}

/// What `inspect_debug` takes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not look at items of type `{T}`",
    label = "the items of this stream are of type `{T}`",
    note = "`|step, item, epoch, worker| …` is given a `&str`, a `&{T}`, a `u64` and a `usize`"
)]
pub trait IsDebugInspector<T, M>: FnMut(&str, &T, u64, usize) {
    /// The function.
    type Itself: FnMut(&str, &T, u64, usize);

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<T, F: FnMut(&str, &T, u64, usize)> IsDebugInspector<T, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T, F: Never + FnMut(&str, &T, u64, usize)> IsDebugInspector<T, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_where_and_when() {
        let mut line = Vec::new();
        print_to(&mut line, "flow.step", &("key", 7), 3, 0).unwrap();
        assert_eq!(line, b"flow.step W0 @3: (\"key\", 7)\n");
    }
}
