//! Sinks that are made of several, of which each item goes to one.

use std::fmt;

use super::{IsSink, Sink};
use crate::error::BoxError;

/// A sink made of named parts, each a sink of its own; an item goes to the part that a function of it says.
/// It can go straight into `output`.
///
/// ```
/// use flow_runtime::error::BoxError;
/// use flow_runtime::sinks::{CollectingSink, PartitionedSink};
///
/// /// Even numbers here, odd ones there.
/// struct TwoBins([CollectingSink<u64>; 2]);
///
/// impl PartitionedSink<u64> for TwoBins {
///     type Part = CollectingSink<u64>;
///
///     fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
///         Ok(vec!["even".to_owned(), "odd".to_owned()])
///     }
///
///     fn build_part(&mut self, name: &str) -> Result<CollectingSink<u64>, BoxError> {
///         Ok(self.0[usize::from(name == "odd")].clone())
///     }
///
///     fn part_of(&self, number: &u64) -> u64 {
///         number % 2
///     }
/// }
/// ```
///
/// Bytewax: `FixedPartitionedSink`, whose parts get the values of pairs, and whose `part_fn` counts parts in
/// the order of their names' letters; here it is the order in which they are listed. Its `snapshot` belongs
/// to recovery, which does not exist yet.
pub trait PartitionedSink<T> {
    /// One of the parts.
    type Part: Sink<T>;

    /// The names of the parts, at least one and each once. Called once, when the flow starts.
    ///
    /// # Errors
    /// What keeps the sink from starting. The run ends with it.
    fn list_parts(&mut self) -> Result<Vec<String>, BoxError>;

    /// Makes the part `name`. Called once for each name; the part is opened at once.
    ///
    /// # Errors
    /// What keeps the sink from starting. The run ends with it.
    fn build_part(&mut self, name: &str) -> Result<Self::Part, BoxError>;

    /// Which part an item goes to: parts are counted from 0 in the order in which they are listed, and a
    /// number that is too large starts again from there. The same item must go to the same part on every run,
    /// so this must not be a hash with a random seed; [`adler32`](super::adler32) is one without.
    fn part_of(&self, item: &T) -> u64;
}

/// A [`PartitionedSink`] as a [`Sink`]: what `output` makes of it.
///
/// Cost: [`part_of`](PartitionedSink::part_of) and a division per item; each activation flushes every part.
pub struct Partitioned<S: PartitionedSink<T>, T> {
    sink: S,
    parts: Vec<(String, S::Part)>,
}

impl<T, S: PartitionedSink<T>> Partitioned<S, T> {
    /// The parts of `sink`, which are not made yet.
    pub fn new(sink: S) -> Self {
        Self { sink, parts: Vec::new() }
    }

    fn each(&mut self, mut call: impl FnMut(&mut S::Part) -> Result<(), BoxError>) -> Result<(), BoxError> {
        self.parts.iter_mut().try_for_each(|(name, part)| call(part).map_err(|error| named(name, &error)))
    }
}

impl<T, S: PartitionedSink<T>> Sink<T> for Partitioned<S, T> {
    fn open(&mut self) -> Result<(), BoxError> {
        let names = self.sink.list_parts()?;
        if let Some((index, name)) =
            names.iter().enumerate().find(|(index, name)| names[..*index].contains(name))
        {
            return Err(format!("two parts are called `{name}`, the last of them is number {index}").into());
        }
        if names.is_empty() {
            return Err("there is no part for any item to go to".into());
        }
        for name in names {
            let built = self.sink.build_part(&name).and_then(|mut part| part.open().map(|()| part));
            let part = built.map_err(|error| named(&name, &error))?;
            self.parts.push((name, part));
        }
        Ok(())
    }

    fn write(&mut self, item: T) -> Result<(), BoxError> {
        let index = self.sink.part_of(&item) % (self.parts.len() as u64).max(1);
        let part = usize::try_from(index).ok().and_then(|index| self.parts.get_mut(index));
        let Some((name, part)) = part else { return Err("the sink is not open".into()) };
        part.write(item).map_err(|error| named(name, &error))
    }

    fn flush(&mut self) -> Result<(), BoxError> {
        self.each(S::Part::flush)
    }

    fn close(&mut self) -> Result<(), BoxError> {
        self.each(S::Part::close)
    }
}

/// An error with the name of the part that it is about.
fn named(name: &str, error: &BoxError) -> BoxError {
    format!("part `{name}`: {error}").into()
}

impl<T, S: PartitionedSink<T>> fmt::Debug for Partitioned<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parts.iter().map(|(name, _)| name).collect();
        f.debug_struct("Partitioned").field("parts", &names).finish_non_exhaustive()
    }
}

/// The impl for sinks made of parts.
#[doc(hidden)]
#[derive(Debug)]
pub enum OfParts {}

#[diagnostic::do_not_recommend]
impl<T, S: PartitionedSink<T>> IsSink<T, OfParts> for S {
    type Itself = Partitioned<S, T>;

    fn itself(self) -> Partitioned<S, T> {
        Partitioned::new(self)
    }
}
