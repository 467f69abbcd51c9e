//! `input(source)`: where a flow begins.

use std::collections::VecDeque;
use std::fmt;
use std::mem;
use std::task::Waker;

use crate::engine::Activation;
use crate::error::{BoxError, Failure, blaming};
use crate::graph::StepId;
use crate::sources::{Batch, IsSource, Source, SourceStatus};
use crate::stream::Stream;

/// Where chains begin.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    step: StepId,
    /// The number of the source, where it is one.
    source: usize,
}

impl Beginning {
    /// Where the chain of this step begins.
    #[doc(hidden)]
    #[must_use]
    pub fn at(step: u32) -> Self {
        Self { step: StepId(step), source: 0 }
    }

    /// The step is that of the source of this number.
    #[doc(hidden)]
    #[must_use]
    pub fn source(self, source: usize) -> Self {
        Self { source, ..self }
    }

    /// The step that a method is to make.
    pub(super) fn step(self) -> StepId {
        self.step
    }

    /// The items of `source`, in the order in which it gives them. A flow may have several inputs. Types of
    /// your own that implement [`Source`] or [`PartitionedSource`](crate::sources::PartitionedSource) are
    /// sources.
    ///
    /// ```text
    /// let items: Stream<T> = input(source = impl Source<Item = T>);
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
    /// let sink = CollectingSink::new();
    /// let items = sink.collected();
    /// let flow = dataflow! {
    ///     let numbers = input(TimedSource::new((0..3).map(|number| (at(number), number))));
    ///     numbers.map(|item| (clock.time(), item)).output(sink);
    /// };
    /// flow.run_in(time)?;
    /// assert_eq!(items.take(), [(at(0), 0), (at(1), 1), (at(2), 2)]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the source's own. Bytewax: `op.input`.
    pub fn input<S: IsSource<M>, M>(self, source: S) -> (Stream<S::Item>, Input<S::Itself>) {
        let input = Input {
            step: self.step,
            number: self.source,
            source: source.itself(),
            ahead: VecDeque::new(),
            status: SourceStatus::Ready,
            failed: None,
        };
        (Stream::new(), input)
    }
}

/// What `input` leaves behind.
pub struct Input<S: Source> {
    step: StepId,
    number: usize,
    source: S,
    /// What the source has given and its turn has not come for.
    ahead: VecDeque<S::Item>,
    /// What the source said when it gave that.
    status: SourceStatus,
    failed: Option<Failure>,
}

impl<S: Source> Input<S> {
    /// Opens the source.
    ///
    /// # Errors
    /// What the source says.
    #[inline]
    pub fn open(&mut self, _: &Activation) -> Result<(), Failure> {
        blaming(&self.step, || self.source.open()).map_err(|cause| Failure::start(self.step, cause))
    }

    /// Puts a batch into `items` when it is this source's turn.
    ///
    /// # Errors
    /// What the source said the time before: the items that it gave until then have gone by.
    #[inline]
    pub fn poll(&mut self, activation: &mut Activation, items: &mut Vec<S::Item>) -> Result<(), Failure> {
        if !activation.is_turn_of(self.number) {
            return Ok(());
        }
        if activation.takes_turns {
            return self.take_turn(activation, items);
        }
        activation.sources[self.number] = self.ask(activation, items)?;
        Ok(())
    }

    /// Hands each item of a batch to `each` when it is this source's turn, and counts them.
    ///
    /// # Errors
    /// What the source said the time before, as `poll` does, and what `each` says.
    #[inline(always)]
    pub fn each(
        &mut self,
        activation: &mut Activation,
        counter: usize,
        items: &mut Vec<S::Item>,
        mut each: impl FnMut(&mut Activation, S::Item) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if !activation.is_turn_of(self.number) {
            return Ok(());
        }
        if let Some(failure) = self.failed.take() {
            return Err(failure);
        }
        let waker = mem::replace(&mut activation.waker, Waker::noop().clone());
        let mut batch = Batch::new(items, activation.limit, activation.now, &waker);
        let (given, outcome) = self.source.give_each(self.step, &mut batch, |item| each(activation, item))?;
        activation.count(counter, given);
        activation.waker = waker;
        activation.sources[self.number] = self.status_of(outcome);
        Ok(())
    }

    /// Hands out one item, and asks the source only when none is left: so the sources' turns do not depend
    /// on how each groups its items. A source that has no more says so when its next turn comes.
    fn take_turn(&mut self, activation: &mut Activation, items: &mut Vec<S::Item>) -> Result<(), Failure> {
        if self.ahead.is_empty() && self.status == SourceStatus::Ready {
            self.status = self.ask(activation, items)?;
            self.ahead.extend(items.drain(..));
        }
        let item = self.ahead.pop_front();
        activation.sources[self.number] = match item {
            Some(_) => SourceStatus::Ready,
            None => mem::replace(&mut self.status, SourceStatus::Ready),
        };
        items.extend(item);
        Ok(())
    }

    fn ask(&mut self, activation: &Activation, items: &mut Vec<S::Item>) -> Result<SourceStatus, Failure> {
        if let Some(failure) = self.failed.take() {
            return Err(failure);
        }
        let mut batch = Batch::new(items, activation.limit, activation.now, &activation.waker);
        let outcome = blaming(&self.step, || self.source.next_batch(&mut batch));
        Ok(self.status_of(outcome))
    }

    /// What the source said; that it has failed is said when it is asked again, behind what it gave.
    fn status_of(&mut self, outcome: Result<SourceStatus, BoxError>) -> SourceStatus {
        outcome.unwrap_or_else(|cause| {
            self.failed = Some(Failure::source(self.step, cause));
            SourceStatus::Ready
        })
    }
}

impl<S: Source> fmt::Debug for Input<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input")
            .field("step", &self.step)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
