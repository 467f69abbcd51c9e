//! Where items go.

mod batch;
mod collecting;
mod dir;
mod file;
mod partitioned;
mod std_out;

use crate::error::BoxError;
use crate::known::{Known, Never, Unknown};

pub use batch::{BatchSink, InBatches};
pub use collecting::{Collected, CollectingSink};
pub use dir::{AssignFile, ByFunction, ByText, DirSink, ValueFile, adler32};
pub use file::FileSink;
pub use partitioned::{Partitioned, PartitionedSink};
pub use std_out::StdOutSink;

/// Where a flow's items go. A closure or a function of one item is a sink.
///
/// The engine calls [`open`](Sink::open), then any number of times [`write`](Sink::write) and, at the end of
/// each activation, [`flush`](Sink::flush), and [`close`](Sink::close) at the end. A sink that takes many
/// items at once implements [`BatchSink`] instead, and one that is made of several implements
/// [`PartitionedSink`].
///
/// ```
/// use flow_runtime::error::BoxError;
/// use flow_runtime::sinks::Sink;
///
/// /// Adds up what comes, and says the sum after each activation.
/// struct Sum(u64);
///
/// impl Sink<u64> for Sum {
///     fn write(&mut self, item: u64) -> Result<(), BoxError> {
///         self.0 = self.0.checked_add(item).ok_or("the sum is too large")?;
///         Ok(())
///     }
///
///     fn flush(&mut self) -> Result<(), BoxError> {
///         println!("{}", self.0);
///         Ok(())
///     }
/// }
/// ```
pub trait Sink<T> {
    /// Called once, before the first item: the place to open files and connections.
    ///
    /// # Errors
    /// What keeps the sink from starting. The run ends with it.
    fn open(&mut self) -> Result<(), BoxError> {
        Ok(())
    }

    /// Takes one item.
    ///
    /// # Errors
    /// What went wrong. The run ends with it.
    fn write(&mut self, item: T) -> Result<(), BoxError>;

    /// Called at the end of every activation: what has been written is to be out when this returns.
    ///
    /// # Errors
    /// What went wrong. The run ends with it.
    fn flush(&mut self) -> Result<(), BoxError> {
        Ok(())
    }

    /// Called once, when the run ends well: all sources have ended, and every sink has been flushed for the
    /// last time. The place to write a last line, to commit, to give a finished file its name.
    ///
    /// A run that ends with an error, or that its owner gives up, drops its sinks without this: so what has
    /// not been closed is known to be unfinished, and what has to be cleaned up in any case belongs in
    /// `Drop`.
    ///
    /// Bytewax: `close`, which is called under the same condition.
    ///
    /// # Errors
    /// What went wrong. The run ends with it.
    fn close(&mut self) -> Result<(), BoxError> {
        Ok(())
    }
}

impl<T, F: FnMut(T)> Sink<T> for F {
    #[inline]
    fn write(&mut self, item: T) -> Result<(), BoxError> {
        self(item);
        Ok(())
    }
}

/// What `output` takes: a [`Sink`], or what an adaptor makes one. Where it is none, rustc knows of no
/// `Itself`, and says so only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a sink for items of type `{T}`",
    label = "these items cannot go here",
    note = "a closure `|item| …` is a sink; a type of your own implements `Sink<{T}>`"
)]
pub trait IsSink<T, M> {
    /// The sink.
    type Itself: Sink<T>;

    /// Gives the sink.
    fn itself(self) -> Self::Itself;
}

#[diagnostic::do_not_recommend]
impl<T, S: Sink<T>> IsSink<T, Known> for S {
    type Itself = S;

    fn itself(self) -> S {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T, S: Never + Sink<T>> IsSink<T, Unknown> for S {
    type Itself = S;

    fn itself(self) -> S {
        self
    }
}
