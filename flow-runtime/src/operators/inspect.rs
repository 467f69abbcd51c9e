//! `inspect(|item| …)`: a look at each item.

use crate::error::blaming;
use crate::graph::StepId;
use crate::known::{Known, Never, Unknown};
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Shows each item to `inspector`, and lets it through.
    ///
    /// ```text
    /// let same: Stream<T> = stream.inspect(inspector = impl FnMut(&T));
    /// let same: KeyedStream<K, V> = keyed.inspect(inspector = impl FnMut(&(K, V)));
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
    ///     let numbers = input(TimedSource::new((0..3).map(|number| (at(number), number))));
    ///     let seen = numbers.inspect(|number| println!("{number}"));
    ///     seen.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), 0), (at(1), 1), (at(2), 2)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// A stream may end here: an `inspect` counts as an output.
    ///
    /// Cost: the closure's own, per item; nothing is kept, and an item goes on at once.
    /// Bytewax: `op.inspect`.
    pub fn inspect<F: IsInspector<T, M>, M>(self, inspector: F) -> (Stream<T>, Inspect<F::Itself>) {
        (Stream::new(), Inspect { step: self.step(), inspector: inspector.itself() })
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Shows each pair of key and value to `inspector`, and lets it through.
    pub fn inspect<F: IsInspector<(K, V), M>, M>(
        self,
        inspector: F,
    ) -> (KeyedStream<K, V>, Inspect<F::Itself>) {
        (KeyedStream::new(), Inspect { step: self.step(), inspector: inspector.itself() })
    }
}

/// What `inspect` leaves behind.
#[derive(Debug)]
pub struct Inspect<F> {
    step: StepId,
    inspector: F,
}

impl<F> Inspect<F> {
    /// Takes an item through.
    #[inline(always)]
    pub fn call<T>(&mut self, item: T) -> T
    where
        F: FnMut(&T),
    {
        blaming(&self.step, || (self.inspector)(&item));
        item
    }
}

/// What looks at an item.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not look at items of type `{T}`",
    label = "the items of this stream are of type `{T}`"
)]
pub trait IsInspector<T, M>: FnMut(&T) {
    /// The function.
    type Itself: FnMut(&T);

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<T, F: FnMut(&T)> IsInspector<T, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T, F: Never + FnMut(&T)> IsInspector<T, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}
