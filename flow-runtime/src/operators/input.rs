//! `input(source)`: where a flow begins.

use crate::engine::Activation;
use crate::error::{Failure, blaming};
use crate::graph::StepId;
use crate::sources::{Batch, IsSource, Source, SourceStatus};
use crate::stream::Stream;

/// Where chains begin.
#[derive(Clone, Copy, Debug)]
pub struct Beginning;

impl Beginning {
    /// The items of `source`, in the order in which it gives them. A flow may have several inputs.
    ///
    /// ```
    /// # use flow::prelude::*;
    /// let sink = CollectingSink::new();
    /// let items = sink.collected();
    /// let flow = dataflow! {
    ///     let numbers = input(TestingSource::new(0..3));
    ///     numbers.output(sink);
    /// };
    /// flow.run()?;
    /// assert_eq!(items.take(), [0, 1, 2]);
    /// # Ok::<(), flow::Error>(())
    /// ```
    ///
    /// Cost: the source's own. Bytewax: `op.input`.
    pub fn input<S: IsSource<M>, M>(
        self,
        step: u32,
        number: usize,
        source: S,
    ) -> (Stream<S::Item>, Input<S::Itself>) {
        (Stream::new(), Input { step: StepId(step), number, source: source.itself(), failed: None })
    }
}

/// What `input` leaves behind.
#[derive(Debug)]
pub struct Input<S> {
    step: StepId,
    number: usize,
    source: S,
    failed: Option<Failure>,
}

impl<S: Source> Input<S> {
    /// Opens the source.
    ///
    /// # Errors
    /// What the source says.
    #[inline]
    pub fn open(&mut self, _: &Activation) -> Result<(), Failure> {
        blaming(self.step, || self.source.open()).map_err(|cause| Failure::start(self.step, cause))
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
        if let Some(failure) = self.failed.take() {
            return Err(failure);
        }
        let mut batch = Batch::new(items, activation.limit, activation.now, &activation.waker);
        activation.sources[self.number] = match blaming(self.step, || self.source.next_batch(&mut batch)) {
            Ok(status) => status,
            Err(cause) => {
                self.failed = Some(Failure::source(self.step, cause));
                SourceStatus::Ready
            }
        };
        Ok(())
    }
}
