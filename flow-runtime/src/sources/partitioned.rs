//! Sources that are made of several, each with a position of its own.

use std::fmt::{self, Debug};

use chrono::{DateTime, Utc};

use super::{Batch, IsSource, Source, SourceStatus};
use crate::error::BoxError;

/// How many items a partition gives before it is the next one's turn, unless the owner says otherwise.
const TURN: usize = 256;

/// A place in a partition, from which reading can go on: a number of bytes, the last key that was seen.
///
/// Plain data that belongs to nobody: a run that goes on where another has stopped will write positions down
/// and read them back. Nothing does so yet, so nothing but what is needed to keep and compare them is asked
/// for here; recovery will ask for `serde::Serialize` and `serde::Deserialize` besides, which a type made of
/// numbers and strings can derive.
pub trait Position: Clone + PartialEq + Debug {}

impl<P: Clone + PartialEq + Debug> Position for P {}

/// A source that knows where it is: one of the parts of a [`PartitionedSource`].
///
/// Bytewax: `StatefulSourcePartition`. Its `next_batch` and `next_awake` are [`Source::next_batch`], its
/// `snapshot` is [`position`](Partition::position), and its `close` is `Drop`: a partition is dropped as soon
/// as it has ended.
pub trait Partition: Source {
    /// Where it can be.
    type Position: Position;

    /// Where to go on so that what comes next is what would have come next: behind the last item that
    /// [`next_batch`](Source::next_batch) has put into a batch, not at it.
    fn position(&self) -> Self::Position;
}

/// A source made of named partitions. What it gives can go straight into `input`, or through
/// [`Partitioned`], which says how.
///
/// ```
/// use flow_runtime::error::BoxError;
/// use flow_runtime::sources::{Batch, Partition, PartitionedSource, Source, SourceStatus};
///
/// /// The words of several books.
/// struct Library(Vec<(&'static str, Vec<&'static str>)>);
///
/// /// A book, open at a word.
/// struct Book {
///     words: Vec<&'static str>,
///     next: usize,
/// }
///
/// impl PartitionedSource for Library {
///     type Part = Book;
///
///     fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
///         Ok(self.0.iter().map(|(title, _)| (*title).to_owned()).collect())
///     }
///
///     fn build_part(&mut self, name: &str, position: Option<usize>) -> Result<Book, BoxError> {
///         let book = self.0.iter().find(|(title, _)| *title == name).ok_or("no such book")?;
///         Ok(Book { words: book.1.clone(), next: position.unwrap_or(0) })
///     }
/// }
///
/// impl Source for Book {
///     type Item = &'static str;
///
///     fn next_batch(&mut self, batch: &mut Batch<'_, &'static str>) -> Result<SourceStatus, BoxError> {
///         while let Some(word) = self.words.get(self.next) {
///             if batch.is_full() {
///                 return Ok(SourceStatus::Ready);
///             }
///             batch.push(*word);
///             self.next += 1;
///         }
///         Ok(SourceStatus::Ended)
///     }
/// }
///
/// impl Partition for Book {
///     type Position = usize;
///
///     fn position(&self) -> usize {
///         self.next
///     }
/// }
/// ```
///
/// Bytewax: `FixedPartitionedSource`.
pub trait PartitionedSource {
    /// One of the parts.
    type Part: Partition;

    /// The names of the partitions, each once. Called once, when the flow starts. Names are what positions
    /// are kept by: the same partition has the same name on every run.
    ///
    /// # Errors
    /// What keeps the source from starting. The run ends with it.
    fn list_parts(&mut self) -> Result<Vec<String>, BoxError>;

    /// Makes the partition `name`, which begins at `position` or, where there is none, at its beginning.
    /// Called once for each name; the partition is opened at once.
    ///
    /// # Errors
    /// What keeps the source from starting. The run ends with it.
    fn build_part(
        &mut self,
        name: &str,
        position: Option<<Self::Part as Partition>::Position>,
    ) -> Result<Self::Part, BoxError>;
}

type PositionOf<S> = <<S as PartitionedSource>::Part as Partition>::Position;

type ItemOf<S> = <<S as PartitionedSource>::Part as Source>::Item;

/// A [`PartitionedSource`] as a [`Source`] that gives the items of all partitions, in turns.
///
/// Partitions are asked in the order in which they are listed, each until it has given its turn's items, 256
/// unless said otherwise, or has nothing at hand; when none has anything, the first is asked first again. So
/// the order of the items does not depend on how many a batch takes. One that is idle is passed over: nobody
/// waits for it, and one that is idle until a time is not asked before. The source ends when all partitions
/// have.
///
/// Cost: a few instructions for each batch and partition, and nothing for each item.
pub struct Partitioned<S: PartitionedSource> {
    source: S,
    turn_length: usize,
    from: Vec<(String, PositionOf<S>)>,
    parts: Vec<Part<S::Part>>,
    /// Whose turn it is, and how many items it may still give.
    turn: usize,
    left: usize,
}

impl<S: PartitionedSource> Partitioned<S> {
    /// The items of all of `source`'s partitions, each from its beginning.
    pub fn new(source: S) -> Self {
        Self { source, turn_length: TURN, from: Vec::new(), parts: Vec::new(), turn: 0, left: TURN }
    }

    /// Takes `items` from a partition before it is the next one's turn; at least one. With `usize::MAX` the
    /// first partition is read until it has nothing at hand, then the second.
    #[must_use]
    pub fn turns_of(mut self, items: usize) -> Self {
        self.turn_length = items.max(1);
        self.left = self.turn_length;
        self
    }

    /// Begins partitions at positions, as [`positions`](Partitioned::positions) gives them. Those that are
    /// not named begin at their beginning. A position for a partition that is not there is refused when the
    /// flow starts.
    #[must_use]
    pub fn from_positions<N: Into<String>>(
        mut self,
        positions: impl IntoIterator<Item = (N, PositionOf<S>)>,
    ) -> Self {
        self.from.extend(positions.into_iter().map(|(name, position)| (name.into(), position)));
        self
    }

    /// Where each partition is, in the order in which they are listed, those that have ended included: where
    /// to go on after what has been given so far. Nothing before the source is open.
    pub fn positions(&self) -> Vec<(String, PositionOf<S>)> {
        self.parts.iter().map(|part| (part.name.clone(), part.position())).collect()
    }

    fn build(&mut self, name: &str) -> Result<S::Part, BoxError> {
        let found = self.from.iter().position(|(of, _)| of == name);
        let position = found.map(|index| self.from.swap_remove(index).1);
        let mut part = self.source.build_part(name, position)?;
        part.open()?;
        Ok(part)
    }

    fn begin_turn(&mut self, of: usize) {
        self.turn = of;
        self.left = self.turn_length;
    }

    /// When the next of all partitions wants to be asked.
    fn status(&self, now: DateTime<Utc>) -> SourceStatus {
        let statuses = || self.parts.iter().map(|part| part.status);
        let until = statuses().filter_map(|status| match status {
            SourceStatus::IdleUntil(time) | SourceStatus::IdleAtMostUntil(time) => Some(time),
            SourceStatus::Ready | SourceStatus::Idle | SourceStatus::Ended => None,
        });
        let until = until.min();
        if statuses().any(|status| status == SourceStatus::Ready) || until.is_some_and(|time| time <= now) {
            return SourceStatus::Ready;
        }
        match (until, statuses().any(SourceStatus::may_wake)) {
            (Some(time), true) => SourceStatus::IdleAtMostUntil(time),
            (Some(time), false) => SourceStatus::IdleUntil(time),
            (None, true) => SourceStatus::Idle,
            (None, false) => SourceStatus::Ended,
        }
    }
}

impl<S: PartitionedSource> Source for Partitioned<S> {
    type Item = ItemOf<S>;

    fn open(&mut self) -> Result<(), BoxError> {
        for name in self.source.list_parts()? {
            if self.parts.iter().any(|part| part.name == name) {
                return Err(format!("two partitions are called `{name}`").into());
            }
            let part = self.build(&name).map_err(|error| named(&name, &error))?;
            self.parts.push(Part::new(name, part));
        }
        match self.from.first() {
            Some((name, _)) => Err(format!("a position is for partition `{name}`, and there is none").into()),
            None => Ok(()),
        }
    }

    fn next_batch(&mut self, batch: &mut Batch<'_, Self::Item>) -> Result<SourceStatus, BoxError> {
        let now = batch.now();
        // Once all have been asked in vain, or have been left alone, there is nothing at hand.
        let mut in_vain = 0;
        while !batch.is_full() && in_vain < self.parts.len() {
            let given = self.parts[self.turn].ask(&mut batch.at_most(self.left), now)?;
            in_vain = if given == 0 { in_vain + 1 } else { 0 };
            self.left = self.left.saturating_sub(given);
            if given == 0 || self.left == 0 || self.parts[self.turn].status != SourceStatus::Ready {
                self.begin_turn((self.turn + 1) % self.parts.len());
            }
        }
        let status = self.status(now);
        if status != SourceStatus::Ready {
            // Whether the last batch had room for more must not decide who is first in the next.
            self.begin_turn(0);
        }
        Ok(status)
    }
}

impl<S: PartitionedSource> Debug for Partitioned<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Partitioned").field("positions", &self.positions()).finish_non_exhaustive()
    }
}

/// A partition and what it said last.
struct Part<P: Partition> {
    name: String,
    state: State<P>,
    status: SourceStatus,
}

enum State<P: Partition> {
    Open(P),
    Ended(P::Position),
}

impl<P: Partition> Part<P> {
    fn new(name: String, part: P) -> Self {
        Self { name, state: State::Open(part), status: SourceStatus::Ready }
    }

    fn position(&self) -> P::Position {
        match &self.state {
            State::Open(part) => part.position(),
            State::Ended(position) => position.clone(),
        }
    }

    /// Asks the partition if it wants to be asked at this time; says how many items it gave.
    fn ask(&mut self, batch: &mut Batch<'_, P::Item>, now: DateTime<Utc>) -> Result<usize, BoxError> {
        let State::Open(part) = &mut self.state else { return Ok(0) };
        if matches!(self.status, SourceStatus::IdleUntil(time) if time > now) {
            return Ok(0);
        }
        let before = batch.given();
        self.status = part.next_batch(batch).map_err(|error| named(&self.name, &error))?;
        if self.status == SourceStatus::Ended {
            self.state = State::Ended(part.position());
        }
        Ok(batch.given() - before)
    }
}

/// An error with the name of the partition that it is about.
fn named(name: &str, error: &BoxError) -> BoxError {
    format!("partition `{name}`: {error}").into()
}

/// The impl for sources made of partitions.
#[doc(hidden)]
#[derive(Debug)]
pub enum OfPartitions {}

#[diagnostic::do_not_recommend]
impl<S: PartitionedSource> IsSource<OfPartitions> for S {
    type Item = ItemOf<S>;
    type Itself = Partitioned<S>;

    fn itself(self) -> Partitioned<S> {
        Partitioned::new(self)
    }
}
