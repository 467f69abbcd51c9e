//! The host of every stateful operator: one state per key, and when each comes due.
//!
//! An operator is a [`Logic`], which knows one key's state and nothing of keys, tables or engines.
//! A [`Keyed`] step owns the states, finds them for a whole batch at once, and calls the logic: for
//! items first, then for what has come due, then, when its input has ended, for the end.

mod attic;
mod dues;
mod emissions;
mod index;
mod marks;
mod partition;
mod table;

use std::fmt;
use std::iter;

use crate::engine::{Activation, Pass};
use crate::error::{Failure, blaming};
use crate::graph::StepId;
use crate::key::Key;
use crate::list::List;
use crate::queue::{Fifo, Inbox};
use crate::sides::Entry;
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};
use emissions::Emissions;
use partition::Partition;

pub use marks::{Marked, Marks, Unmarked};

/// What a stateful operator does with one key. A pure state machine: state, item and time go in,
/// events come out.
pub trait Logic {
    /// The items of a key.
    type Value;
    /// What is kept for a key.
    type State;
    /// What must not be forgotten of a key that [is idle](Logic::is_idle). `()` where none is.
    type Rest;
    /// What goes out.
    type Event: Event;
    /// What a [`look`](Logic::look) at an item finds out. `()` for nothing.
    type Reading;
    /// What is kept besides the state: [`Marked`], or [`Unmarked`] where states stay until the input ends and never
    /// come due.
    type Marks: Marks;

    /// Whether items are looked at first: where most of them need little.
    const LOOKS: bool = false;

    /// Whether items are taken where they are made, while there are few keys: where most need little. No look then begins
    /// a state.
    const AT_ONCE: bool = Self::LOOKS;

    /// Refuses argument values that cannot be.
    ///
    /// # Errors
    /// Which one, and why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// The time is `now` until this is called again.
    fn begin(&mut self, _now: Timestamp) {}

    /// The state of a key that has none, when an item comes for it.
    fn create(&mut self, now: Timestamp) -> Self::State;

    /// Looks at an item that has come, and takes it where there is a state and it needs little. The key's due time will be
    /// looked at by `looked_at`, which is later than `now`: an item is left that makes it come due before that, or
    /// [`Look::Taken`] says when.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    #[inline(always)]
    fn look(
        &mut self,
        _state: &mut Option<Self::State>,
        value: Self::Value,
        (_now, _looked_at): (Timestamp, Timestamp),
        _out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Look<Self::Value, Self::Reading>, OutOfRange> {
        Ok(Look::Left(value, None))
    }

    /// Takes one item. `reading` is there where it was looked at before.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    fn on_item(
        &mut self,
        state: &mut Self::State,
        value: Self::Value,
        reading: Option<Self::Reading>,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange>;

    /// Whether this state is as good as none: the key has nothing that is to come out. Such a state is
    /// dropped only when its room is needed, and is made ready for the key's next item until then.
    #[inline]
    fn is_resting(&self, _state: &Self::State) -> bool {
        false
    }

    /// Whether nothing is left of the key but what must not be forgotten. Where room is needed only [that](Logic::rest)
    /// is kept of it, and nobody can tell. Such a key never comes due.
    #[inline]
    fn is_idle(&self, _state: &Self::State) -> bool {
        false
    }

    /// What must not be forgotten of a state that is idle.
    fn rest(&mut self, _state: Self::State) -> Option<Self::Rest> {
        None
    }

    /// Takes a state back that is not needed any more: what it keeps elsewhere may serve another.
    #[inline]
    fn take_back(&mut self, _state: Self::State) {}

    /// The state of a key of which only `rest` was kept, when an item comes for it.
    fn wake(&mut self, _rest: Self::Rest, now: Timestamp) -> Self::State {
        self.create(now)
    }

    /// The time at which this key wants to be called, [`Timestamp::MAX`] for never.
    #[inline]
    fn due(&self, _state: &Self::State) -> Timestamp {
        Timestamp::MAX
    }

    /// The due time is reached.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    fn on_due(
        &mut self,
        _state: &mut Self::State,
        _now: Timestamp,
        _out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        Ok(Fate::Keep)
    }

    /// The step's input has ended.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    fn on_end(
        &mut self,
        _state: &mut Self::State,
        _now: Timestamp,
        _out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        Ok(Fate::Keep)
    }

    /// Which of the step's side streams, `late` and `meta`, anybody takes. Only steps that go by a clock have any.
    fn taken(&mut self) -> Option<&mut Taken> {
        None
    }
}

/// Which of a step's side streams anybody takes, and what was lost where nobody does.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Whether anybody takes the late items.
    late: bool,
    /// Whether anybody takes the windows' bounds.
    meta: bool,
    /// How many late items came that nobody takes.
    late_untaken: u64,
}

impl Taken {
    /// All are taken.
    pub(crate) fn all() -> Self {
        Self { late: true, meta: true, late_untaken: 0 }
    }

    /// Whether the late item at hand is to be emitted. It is counted where it is not.
    pub(crate) fn takes_late(&mut self) -> bool {
        self.late_untaken += u64::from(!self.late);
        self.late
    }

    /// Whether bounds are to be emitted.
    pub(crate) fn takes_meta(&self) -> bool {
        self.meta
    }
}

/// What a look at an item has led to.
#[derive(Clone, Copy, Debug)]
pub enum Look<V, R> {
    /// It was taken.
    Taken {
        /// Whether the key's state was resting before.
        begins: bool,
        /// When its key comes due, in system time; or [`Timestamp::MAX`] where it will be looked at before that.
        due: Timestamp,
    },
    /// It was not: it needs all that [`on_item`](Logic::on_item) does.
    Left(V, Option<R>),
}

/// What becomes of a key's state after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Keep,
    /// It goes; the next item of the key finds none.
    Drop,
}

/// What a logic emits, and what that is once the key is with it.
pub trait Event {
    /// The event with its key.
    type Keyed<K>;

    /// Puts the key in.
    fn with_key<K>(self, key: K) -> Self::Keyed<K>;
}

/// The event of an operator with one port.
#[derive(Debug)]
pub struct Item<V>(pub V);

impl<V> Event for Item<V> {
    type Keyed<K> = (K, V);

    #[inline(always)]
    fn with_key<K>(self, key: K) -> (K, V) {
        (key, self.0)
    }
}

impl<V> Event for List<V> {
    type Keyed<K> = (K, Self);

    #[inline(always)]
    fn with_key<K>(self, key: K) -> (K, Self) {
        (key, self)
    }
}

/// The place of a key in its step: which partition, and where in it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    partition: u32,
    slot: u32,
}

/// An event on its way out of a step. It carries its key's place until somebody needs the key.
pub type Emission<E> = (Place, E);

/// Where a logic puts what it emits for one key.
#[derive(Debug)]
pub struct Emitter<'a, E> {
    place: Place,
    events: &'a mut Vec<Emission<E>>,
}

impl<E> Emitter<'_, E> {
    /// Emits `event` for the key at hand.
    #[inline(always)]
    pub fn emit(&mut self, event: E) {
        self.events.push((self.place, event));
    }
}

impl<V> Emitter<'_, List<V>> {
    /// Adds an item to `list`. Where there are `most` then, emits them for the key at hand, and leaves none. There is no
    /// branch on that. Says whether the list had no items.
    #[inline(always)]
    pub(crate) fn gather(&mut self, list: &mut List<V>, most: usize, item: V) -> bool {
        list.push_up_to(most, item, self.place, self.events)
    }
}

/// A stateful step: a logic and the states of its keys. Where it makes the keys itself, `F` does that.
pub struct Keyed<K, L: Logic, F = ()> {
    step: StepId,
    key: F,
    logic: L,
    /// The keys of the first worker.
    own: Partition<K, L>,
    /// Those of the others.
    others: Vec<Partition<K, L>>,
    /// What waits for the rest of its batch.
    inbox: Inbox<K, L::Value>,
    /// What has come out, and waits for the stage behind the step.
    events: Emissions<L::Event>,
    /// Whether the step has done anything in the pass at hand.
    has_begun: bool,
    /// Whether it takes items at once in this pass, and they do not wait for all of their batch.
    at_once: bool,
    /// How many workers' keys have settled, while they do.
    settled: usize,
    ended: bool,
}

impl<K: Key, L: Logic> Keyed<K, L> {
    pub(crate) fn new(step: StepId, logic: L) -> Self {
        Self::making_keys(step, (), logic)
    }
}

impl<K: Key, L: Logic<Value = ()>, F> Keyed<K, L, F> {
    /// Makes the pair that waits for its key's state of an item that had no key.
    #[inline(always)]
    pub fn call<T>(&mut self, item: T) -> (K, ())
    where
        F: FnMut(T) -> K,
    {
        (blaming(&self.step, || (self.key)(item)), ())
    }
}

impl<K: Key, L: Logic, F> Keyed<K, L, F> {
    pub(crate) fn making_keys(step: StepId, key: F, logic: L) -> Self {
        Self {
            step,
            key,
            logic,
            own: Partition::new(0),
            others: Vec::new(),
            inbox: Inbox::new(),
            events: Emissions::new(),
            has_begun: false,
            at_once: false,
            settled: 0,
            ended: false,
        }
    }

    /// Refuses argument values that cannot be, and makes the step ready to run.
    fn open(&mut self, activation: &Activation) -> Result<(), Failure> {
        self.logic.check().map_err(|why| Failure::start(self.step, why))?;
        self.others = (1..activation.partitions()).map(Partition::new).collect();
        if let Some(taken) = self.logic.taken() {
            taken.late = activation.is_taken(self.step, "late");
            taken.meta = activation.is_taken(self.step, "meta");
        }
        Ok(())
    }

    /// Gets ready for a pass, of which nothing has come out yet.
    #[cold]
    #[inline(never)]
    fn begin(&mut self, activation: &Activation) {
        self.logic.begin(activation.now());
        self.has_begun = true;
        let Self { logic, own, others, .. } = self;
        let now = activation.now();
        for other in &mut *others {
            other.begin(logic, now);
        }
        self.at_once = own.begin(logic, now) && others.is_empty();
    }

    /// Takes an item, or leaves it until all of the batch have come.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    #[inline(always)]
    pub fn item(&mut self, activation: &Activation, item: (K, L::Value)) -> Result<(), Failure> {
        // What is asked here is known as the flow is compiled where no item is ever taken at once.
        if !L::AT_ONCE {
            self.inbox.push(item);
            return Ok(());
        }
        if !self.at_once {
            if !self.has_begun {
                self.begin(activation);
            }
            if !self.at_once {
                self.inbox.push(item);
                return Ok(());
            }
        }
        let Self { step, logic, own, events, .. } = self;
        blaming(step, || own.item(logic, activation.now(), item, events))
            .map_err(|cause| Failure::time(*step, cause))
    }

    /// Takes the items that wait.
    #[inline]
    fn take_waiting(&mut self, activation: &Activation) -> Result<(), Failure> {
        if self.inbox.is_empty() {
            return Ok(());
        }
        if !self.has_begun {
            self.begin(activation);
        }
        let Self { step, logic, own, others, inbox, events, .. } = self;
        let now = activation.now();
        let outcome = blaming(step, || {
            if others.is_empty() {
                return own.items(logic, now, inbox, events);
            }
            let mut all: Vec<_> = iter::once(own).chain(others).collect();
            inbox.distribute(all.iter_mut().map(|partition| &mut partition.inbox));
            all.into_iter().try_for_each(|partition| {
                let mut inbox = std::mem::take(&mut partition.inbox);
                let outcome = partition.items(logic, now, &mut inbox, events);
                partition.inbox = inbox;
                outcome
            })
        });
        outcome.map_err(|cause| Failure::time(*step, cause))
    }

    /// All that a step does in a pass, once its items have come: takes those that wait, opens or settles where the
    /// activation does, and hands what comes of that to `each`, with its key.
    ///
    /// # Errors
    /// When the value of an argument is refused, when a time computation leaves the range of time, and what `each` says.
    #[inline(always)]
    pub fn each(
        &mut self,
        activation: &mut Activation,
        sources: &[usize],
        mut each: impl FnMut(&mut Activation, <L::Event as Event>::Keyed<K>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.take_waiting(activation)?;
        loop {
            let has_more = self.go_on(activation, sources)?;
            let Self { own, others, events, .. } = self;
            for emission in events.drain() {
                each(activation, keyed(own, others, emission))?;
            }
            if !has_more {
                return Ok(());
            }
        }
    }

    /// Takes items one by one: the next of those that wait. What comes of it goes to the end of `next`.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    pub fn take(
        &mut self,
        activation: &Activation,
        item: (K, L::Value),
        next: &mut Fifo<Emission<L::Event>>,
    ) -> Result<(), Failure> {
        self.item(activation, item)?;
        self.take_waiting(activation)?;
        next.append(&mut self.events);
        Ok(())
    }

    /// Opens or settles where the activation does. What comes of it goes to the end of `next`. Says whether there is more
    /// to come once that has been taken.
    ///
    /// # Errors
    /// When the value of an argument is refused, and when a time computation leaves the range of time.
    pub fn settle(
        &mut self,
        activation: &mut Activation,
        sources: &[usize],
        next: &mut Fifo<Emission<L::Event>>,
    ) -> Result<bool, Failure> {
        let has_more = self.go_on(activation, sources)?;
        next.append(&mut self.events);
        Ok(has_more)
    }

    /// Opens where the activation does. Where it settles, fires what has come due, and ends once all of `sources` have.
    /// Says whether there is more to come, once what has come out has been taken.
    fn go_on(&mut self, activation: &mut Activation, sources: &[usize]) -> Result<bool, Failure> {
        let has_more = match activation.pass {
            Pass::Open => {
                self.open(activation)?;
                false
            }
            Pass::Settle => self.settle_some(activation, sources)?,
            Pass::Source(_) | Pass::Close => false,
        };
        if !has_more {
            (self.has_begun, self.at_once) = (false, false);
        }
        Ok(has_more)
    }

    fn settle_some(&mut self, activation: &mut Activation, sources: &[usize]) -> Result<bool, Failure> {
        if !self.has_begun {
            self.begin(activation);
        }
        let ends = !self.ended && activation.have_ended(sources);
        let Self { step, logic, own, others, settled, events, .. } = self;
        let now = activation.now();
        let has_more = blaming(step, || {
            for partition in iter::once(&mut *own).chain(&mut *others).skip(*settled) {
                if partition.settle(logic, now, ends, events)? {
                    return Ok(true);
                }
                *settled += 1;
            }
            Ok(false)
        })
        .map_err(|cause| Failure::time(*step, cause))?;
        if has_more {
            return Ok(true);
        }
        *settled = 0;
        self.ended |= ends;
        let mut would_move = false;
        for partition in iter::once(own).chain(others) {
            if self.ended
                && let Some(would_go) = partition.finish(events.is_empty())
            {
                would_move |= would_go;
                continue;
            }
            if activation.may_wait {
                would_move |= partition.tidy(logic, events.is_empty());
            }
            activation.wake_at(partition.next_due(logic, activation.may_wait));
        }
        let late_untaken = self.logic.taken().map_or(0, |taken| taken.late_untaken);
        activation.report_late(self.step, late_untaken);
        Ok(would_move)
    }

    /// Puts its key into what the step has emitted.
    #[inline(always)]
    pub fn emitted(&self, emission: Emission<L::Event>) -> <L::Event as Event>::Keyed<K> {
        keyed(&self.own, &self.others, emission)
    }

    /// What takes the items of `_stream` to their side of a step with several.
    #[must_use]
    pub fn side<const SIDE: usize, J, V>(
        &self,
        _stream: KeyedStream<J, V>,
    ) -> Entry<J, V, K, L::Value, SIDE> {
        Entry::new()
    }

    /// Somewhere to keep the pairs of a step with several sides until it takes them one by one.
    #[must_use]
    pub fn waiting(&self) -> Fifo<(K, L::Value)> {
        Fifo::new()
    }

    /// Somewhere to keep what this step emits until the stage behind it takes it one by one.
    #[must_use]
    pub fn fifo(&self) -> Fifo<Emission<L::Event>> {
        Fifo::new()
    }
}

/// An emission with its key.
#[inline(always)]
fn keyed<K: Key, L: Logic>(
    own: &Partition<K, L>,
    others: &[Partition<K, L>],
    (Place { partition, slot }, event): Emission<L::Event>,
) -> <L::Event as Event>::Keyed<K> {
    let partition = match partition.checked_sub(1) {
        None => own,
        Some(other) => &others[other as usize],
    };
    event.with_key(partition.table.key(slot).clone())
}

impl<K, L: Logic, F> fmt::Debug for Keyed<K, L, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyed").field("step", &self.step).finish_non_exhaustive()
    }
}
