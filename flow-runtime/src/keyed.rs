//! The host of every stateful operator: one state per key, and when each comes due.
//!
//! An operator is a [`Logic`], which knows one key's state and nothing of keys, tables or engines.
//! A [`Keyed`] step owns the states, finds them for a whole batch at once, and calls the logic: for
//! items first, then for what has come due, then, when its input has ended, for the end.

mod dues;
mod emissions;
mod table;

use std::fmt;

use crate::engine::Activation;
use crate::error::{Failure, blaming};
use crate::graph::StepId;
use crate::key::Key;
use crate::queue::{Fifo, Inbox};
use crate::sides::Entry;
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};
use dues::Dues;
use table::Table;

pub use emissions::{Drained, Emissions};

/// What a stateful operator does with one key. A pure state machine: state, item and time go in,
/// events come out.
pub trait Logic {
    /// The items of a key.
    type Value;
    /// What is kept for a key.
    type State;
    /// What goes out.
    type Event: Event;

    /// Refuses argument values that cannot be.
    ///
    /// # Errors
    /// Which one, and why.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// The state of a key that has none, when an item comes for it.
    fn create(&mut self, now: Timestamp) -> Self::State;

    /// Takes one item.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    fn on_item(
        &mut self,
        state: &mut Self::State,
        value: Self::Value,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange>;

    /// Whether this state is as good as none: the key has nothing that is to come out. Such a state is
    /// dropped only when its room is needed, and is made ready for the key's next item until then.
    #[inline]
    fn is_resting(&self, _state: &Self::State) -> bool {
        false
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

    /// Which of the step's side streams anybody takes. Only steps that go by a clock have any.
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

/// The place of a key in its step: which partition, and where in it.
#[derive(Clone, Copy, Debug)]
struct Place {
    partition: u32,
    slot: u32,
}

/// An event on its way out of a step. It carries its key's place until somebody needs the key.
#[derive(Debug)]
pub struct Emission<E> {
    place: Place,
    event: E,
}

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
        self.events.push(Emission { place: self.place, event });
    }
}

/// A stateful step: a logic and the states of its keys. Where it makes the keys itself, `F` does that.
pub struct Keyed<K, L: Logic, F = ()> {
    step: StepId,
    key: F,
    logic: L,
    partitions: Vec<Partition<K, L>>,
    ended: bool,
}

/// The keys that one worker holds. The embedded engine has one worker.
struct Partition<K, L: Logic> {
    number: u32,
    inbox: Inbox<K, L::Value>,
    table: Table<K, L::State>,
    dues: Dues,
    slots: Vec<u32>,
    /// How many keys have been looked at since what is idle was last tidied up.
    looked_at: usize,
    /// Whether most slots are those of keys without a state.
    is_sparse: bool,
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
        (blaming(self.step, || (self.key)(item)), ())
    }
}

impl<K: Key, L: Logic, F> Keyed<K, L, F> {
    pub(crate) fn making_keys(step: StepId, key: F, logic: L) -> Self {
        Self { step, key, logic, partitions: Vec::new(), ended: false }
    }

    /// Says which of a window step's streams anybody takes.
    pub fn take(&mut self, late: bool, meta: bool) {
        if let Some(taken) = self.logic.taken() {
            (taken.late, taken.meta) = (late, meta);
        }
    }

    /// Makes the step ready to run.
    ///
    /// # Errors
    /// When the value of an argument is refused.
    pub fn open(&mut self, activation: &Activation) -> Result<(), Failure> {
        self.logic.check().map_err(|why| Failure::start(self.step, why))?;
        self.partitions = (0..activation.partitions()).map(Partition::new).collect();
        Ok(())
    }

    /// Takes what waits in `inbox`.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    #[inline]
    pub fn items(
        &mut self,
        activation: &Activation,
        inbox: &mut Inbox<K, L::Value>,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), Failure> {
        if inbox.is_empty() {
            return Ok(());
        }
        let (logic, now) = (&mut self.logic, activation.now());
        let outcome = blaming(self.step, || match self.partitions.as_mut_slice() {
            [only] => only.items(logic, now, inbox, events),
            several => {
                inbox.distribute(several.iter_mut().map(|partition| &mut partition.inbox));
                several.iter_mut().try_for_each(|partition| {
                    let mut inbox = std::mem::take(&mut partition.inbox);
                    let outcome = partition.items(logic, now, &mut inbox, events);
                    partition.inbox = inbox;
                    outcome
                })
            }
        });
        outcome.map_err(|cause| Failure::time(self.step, cause))
    }

    /// Where the activation settles: fires what has come due, and ends once all of `sources` have.
    ///
    /// # Errors
    /// When a time computation leaves the range of time.
    pub fn settle(
        &mut self,
        activation: &mut Activation,
        sources: &[usize],
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), Failure> {
        if !activation.settles() {
            return Ok(());
        }
        let ends = !self.ended && activation.have_ended(sources);
        let (logic, now) = (&mut self.logic, activation.now());
        blaming(self.step, || {
            self.partitions.iter_mut().try_for_each(|partition| {
                partition.fire(logic, now, events)?;
                if ends { partition.end(logic, now, events) } else { Ok(()) }
            })
        })
        .map_err(|cause| Failure::time(self.step, cause))?;
        self.ended |= ends;
        for partition in &mut self.partitions {
            if activation.may_wait {
                partition.tidy(&self.logic, events.is_empty());
            }
            activation.wake_at(partition.next_due(&self.logic, activation.may_wait));
        }
        let late_untaken = self.logic.taken().map_or(0, |taken| taken.late_untaken);
        activation.report_late(self.step, late_untaken);
        Ok(())
    }

    /// Puts its key into what the step has emitted.
    #[inline(always)]
    pub fn emitted(&self, emission: Emission<L::Event>) -> <L::Event as Event>::Keyed<K> {
        let Place { partition, slot } = emission.place;
        emission.event.with_key(self.partitions[partition as usize].table.key(slot).clone())
    }

    /// Somewhere to keep the pairs that this step has made itself until it takes them.
    #[must_use]
    pub fn inbox(&self) -> Inbox<K, L::Value> {
        Inbox::new()
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

    /// Somewhere to keep what this step emits until the stage behind it takes the batch.
    #[must_use]
    pub fn queue(&self) -> Emissions<L::Event> {
        Emissions::new()
    }

    /// Somewhere to keep what this step emits until the stage behind it takes it one by one.
    #[must_use]
    pub fn fifo(&self) -> Fifo<Emission<L::Event>> {
        Fifo::new()
    }
}

impl<K: Key, L: Logic> Partition<K, L> {
    fn new(number: u32) -> Self {
        Self {
            number,
            inbox: Inbox::new(),
            table: Table::new(),
            dues: Dues::new(),
            slots: Vec::new(),
            looked_at: 0,
            is_sparse: false,
        }
    }

    /// Finds the slots of the whole batch first, so that the look-ups' cache misses overlap, then
    /// applies the items.
    #[inline]
    fn items(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        inbox: &mut Inbox<K, L::Value>,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        let Self { number, table, dues, slots, looked_at, .. } = self;
        slots.clear();
        *looked_at += inbox.items.len();
        table.make_room(inbox.items.len(), |state| logic.is_resting(state));
        slots.resize(inbox.items.len(), 0);
        table.find_or_insert(inbox.items.iter().map(|(key, _)| key).zip(&mut *slots));
        for (&slot, (_, value)) in slots.iter().zip(inbox.items.drain(..)) {
            let (entry, created) = table.entry(slot);
            let state = match &mut entry.state {
                Some(state) => {
                    // A resting state becomes a new one.
                    entry.age.renew(logic.is_resting(state), created);
                    state
                }
                none => {
                    entry.age.renew(true, created);
                    none.insert(logic.create(now))
                }
            };
            let place = Place { partition: *number, slot };
            match logic.on_item(state, value, now, &mut Emitter { place, events })? {
                Fate::Drop => entry.state = None,
                Fate::Keep => {
                    let due = logic.due(state);
                    if due < entry.looked_at {
                        dues.note(slot, due, entry);
                    }
                }
            }
        }
        Ok(())
    }

    /// Calls the keys whose due time is reached, in the order in which their states were created.
    fn fire(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        if now < self.dues.earliest() {
            return Ok(());
        }
        let Self { number, table, dues, slots, looked_at, .. } = self;
        dues.take_due(now, table, |state| logic.due(state), slots);
        *looked_at += slots.len();
        for &slot in &*slots {
            let (entry, _) = table.entry(slot);
            let Some(state) = &mut entry.state else { continue };
            let place = Place { partition: *number, slot };
            match logic.on_due(state, now, &mut Emitter { place, events })? {
                Fate::Drop => entry.state = None,
                Fate::Keep => dues.note(slot, logic.due(state), entry),
            }
        }
        Ok(())
    }

    /// Tells every key that the input has ended, in the order in which their states were created.
    fn end(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        let Self { number, table, slots, .. } = self;
        table.slots_by_age(slots, |state| !logic.is_resting(state));
        for &slot in &*slots {
            let (entry, _) = table.entry(slot);
            let Some(state) = &mut entry.state else { continue };
            let place = Place { partition: *number, slot };
            if logic.on_end(state, now, &mut Emitter { place, events })? == Fate::Drop {
                entry.state = None;
            }
        }
        Ok(())
    }

    /// Gives back what idle keys do not need. It is called when the step is about to wait, and does nothing until
    /// about as many keys have been looked at as there are, so that it costs little per item. The slots of keys
    /// without a state go where nobody has one in hand.
    fn tidy(&mut self, logic: &L, may_move: bool) {
        /// Fewer keys are not worth it.
        const FEWEST: usize = 1_024;
        if self.looked_at >= FEWEST.max(self.table.len() / 2) {
            let Self { table, dues, slots, looked_at, is_sparse, .. } = self;
            *looked_at = 0;
            table.drop_resting(|state| logic.is_resting(state));
            *is_sparse = table.present() < table.len() / 4;
            dues.settle_noted(table, &|state| logic.due(state));
            slots.clear();
            slots.shrink_to(FEWEST);
            table.shrink();
            dues.shrink();
        }
        if self.is_sparse && may_move {
            self.is_sparse = false;
            self.dues.settle_noted(&mut self.table, &|state| logic.due(state));
            self.table.compact();
            self.table.shrink();
            self.dues.rebuild(&self.table);
            self.dues.shrink();
        }
    }

    /// When the first of the keys comes due: exactly, or not before that, which costs nothing.
    #[inline]
    fn next_due(&mut self, logic: &L, exactly: bool) -> Timestamp {
        if exactly {
            self.dues.exact(&mut self.table, |state| logic.due(state))
        } else {
            self.dues.earliest()
        }
    }
}

impl<K, L: Logic, F> fmt::Debug for Keyed<K, L, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyed").field("step", &self.step).finish_non_exhaustive()
    }
}
