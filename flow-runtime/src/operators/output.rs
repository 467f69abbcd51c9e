//! `output(sink)`: where a stream leaves the flow.

use std::marker::PhantomData;

use crate::engine::{Activation, Pass};
use crate::error::{Failure, blaming};
use crate::graph::StepId;
use crate::sinks::{IsSink, Sink};
use crate::stream::{KeyedStream, Stream};

impl<T> Stream<T> {
    /// Hands every item to `sink`, which is flushed at the end of each activation. A closure is a sink; so
    /// are types of your own that implement [`Sink`], [`BatchSink`](crate::sinks::BatchSink) or
    /// [`PartitionedSink`](crate::sinks::PartitionedSink).
    ///
    /// ```text
    /// stream.output(sink = impl Sink<T>);
    /// keyed.output(sink = impl Sink<(K, V)>);
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
    /// let mut seen = Vec::new();
    /// let flow = dataflow! {
    ///     let numbers = input(TimedSource::new((0..4).map(|number| (at(number), number))));
    ///     numbers.output(|number| seen.push((clock.time(), number)));
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(seen, [(at(0), 0), (at(1), 1), (at(2), 2), (at(3), 3)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the sink's own. Bytewax: `op.output`.
    pub fn output<S: IsSink<T, M>, M>(self, sink: S) -> Output<S::Itself, T> {
        Output { step: self.step(), sink: sink.itself(), items: PhantomData }
    }
}

impl<K, V> KeyedStream<K, V> {
    /// Hands every pair of key and value to `sink`: see [`Stream::output`].
    pub fn output<S: IsSink<(K, V), M>, M>(self, sink: S) -> Output<S::Itself, (K, V)> {
        self.pairs().output(sink)
    }
}

/// What `output` leaves behind.
#[derive(Debug)]
pub struct Output<S, T> {
    step: StepId,
    sink: S,
    items: PhantomData<fn(T)>,
}

impl<T, S: Sink<T>> Output<S, T> {
    /// Writes an item.
    ///
    /// # Errors
    /// What the sink says.
    #[inline(always)]
    pub fn write(&mut self, item: T) -> Result<(), Failure> {
        blaming(&self.step, || self.sink.write(item)).map_err(|cause| Failure::sink(self.step, cause))
    }

    /// What the sink does in a pass behind all items: opens, flushes, or closes, as the activation does.
    ///
    /// # Errors
    /// What the sink says.
    #[inline]
    pub fn flush(&mut self, activation: &Activation) -> Result<(), Failure> {
        let Self { step, sink, .. } = self;
        match activation.pass {
            Pass::Open => blaming(step, || sink.open()).map_err(|cause| Failure::start(*step, cause)),
            Pass::Source(_) => Ok(()),
            Pass::Settle => blaming(step, || sink.flush()).map_err(|cause| Failure::sink(*step, cause)),
            Pass::Close => blaming(step, || sink.close()).map_err(|cause| Failure::sink(*step, cause)),
        }
    }
}
