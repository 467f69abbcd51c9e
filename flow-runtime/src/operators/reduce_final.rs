//! `reduce_final(|value, next| …)`: one value of all values of a key, at the end of the input.

use std::fmt;

use crate::finals::{FinalLogic, Fold};
use crate::key::Key;
use crate::keyed::Keyed;
use crate::known::{Known, Never, Unknown};
use crate::stream::KeyedStream;

impl<K: Key, V> KeyedStream<K, V> {
    /// Makes one value of all the values of each key, two at a time, and gives each key with it when the input
    /// ends. Keys go in the order in which their first items came.
    ///
    /// ```text
    /// let reduced: KeyedStream<K, V> = keyed.reduce_final(reducer = impl FnMut(V, V) -> V);
    /// ```
    ///
    /// * `reducer`: makes one value of two, of which the first is older: `|value, next| …`. A key's only value
    ///   is given as it is.
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
    ///     let numbers = input(TimedSource::new((1..6).map(|number| (at(number), number))));
    ///     let keyed = numbers.key_on(|number| number % 2);
    ///     let products = keyed.reduce_final(|product, number| product * number);
    ///     products.map_value(|value| (clock.time(), value)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// // The input ends with its last item.
    /// assert_eq!(items.take(), [(1, (at(5), 15)), (0, (at(5), 8))]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: one look-up per item; per key, the key and one value until the input ends. Bytewax:
    /// `op.reduce_final`.
    pub fn reduce_final<F: IsReducer<V, M>, M>(
        self,
        reducer: F,
    ) -> (KeyedStream<K, V>, Keyed<K, FinalLogic<V, ReduceFinal<F::Itself>>>) {
        let logic = FinalLogic::new(ReduceFinal { reducer: reducer.itself() });
        (KeyedStream::new(), Keyed::new(self.step(), logic))
    }
}

/// What `reduce_final` makes of a key's values.
pub struct ReduceFinal<F> {
    reducer: F,
}

impl<V, F: FnMut(V, V) -> V> Fold<V> for ReduceFinal<F> {
    type Accumulator = V;
    type Output = V;

    #[inline]
    fn add(&mut self, reduced: &mut Option<V>, value: V) {
        *reduced = Some(match reduced.take() {
            Some(before) => (self.reducer)(before, value),
            None => value,
        });
    }

    fn give(&mut self, reduced: V) -> V {
        reduced
    }
}

impl<F> fmt::Debug for ReduceFinal<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReduceFinal")
    }
}

/// What `reduce_final` and `reduce_window` take.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this function does not make one `{V}` of two",
    label = "the values of this stream are of type `{V}`",
    note = "`|value, next| …` gives a value of the same type"
)]
pub trait IsReducer<V, M>: FnMut(V, V) -> V {
    /// The function.
    type Itself: FnMut(V, V) -> V;

    /// Gives the function.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<V, F: FnMut(V, V) -> V> IsReducer<V, Known> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V, F: Never + FnMut(V, V) -> V> IsReducer<V, Unknown> for F {
    type Itself = F;

    fn itself(self) -> F {
        self
    }
}
