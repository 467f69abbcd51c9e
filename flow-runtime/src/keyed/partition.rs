//! The keys that one worker holds, and what happens to them.

use std::cell::RefCell;
use std::ops::Range;

use super::attic::Attic;
use super::dues::Dues;
use super::marks::Marks;
use super::table::{Entry, Table};
use super::{Emission, Emitter, Fate, Logic, Look, Place};
use crate::key::Key;
use crate::queue::{Inbox, Pair};
use crate::time::{OutOfRange, Timestamp};

/// When settling has called so many keys it makes a pause, so that what millions give at once takes no memory at once.
const MOST_CALLED: usize = 2_048;

/// How many keys there may be for items to be taken at once. Of more, look-ups should overlap.
const MOST_AT_ONCE: usize = 32_768;

/// So many bytes are near: a cache of one core holds about as many.
const NEAR: usize = 1 << 20;

/// Of how many items the look-ups overlap. More would need more pages of memory than a processor keeps track of.
const AT_A_TIME: usize = 64;

/// For how many keys there is room at least when a batch begins.
const FEWEST_NEW: usize = 16;

/// The keys that one worker holds. The embedded engine has one worker.
pub(super) struct Partition<K, L: Logic> {
    number: u32,
    pub(super) inbox: Inbox<K, L::Value>,
    pub(super) table: Table<K, L::State, L::Marks>,
    attic: Attic<K, L::Rest>,
    dues: Dues,
    slots: Vec<u32>,
    settling: Settling,
    /// How many keys have come with the last batch.
    created: usize,
    /// When what is idle was last tidied up.
    tidied: u64,
    /// Whether most slots are those of keys without a state.
    is_sparse: bool,
    /// Whether there are states left that come due, although the input has ended.
    are_left: bool,
}

/// How far a partition has come with settling: how many of the slots at hand it has called.
#[derive(Clone, Copy, Debug)]
enum Settling {
    /// It is not at it.
    Not,
    /// They have come due.
    Due(usize),
    /// Their input has ended.
    End(usize),
}

impl<K: Key, L: Logic> Partition<K, L> {
    /// How many keys are near.
    const MOST_NEAR: usize = NEAR / Table::<K, L::State, L::Marks>::BYTES_OF_A_KEY;

    pub(super) fn new(number: u32) -> Self {
        Self {
            number,
            inbox: Inbox::new(),
            table: Table::new(),
            attic: Attic::new(),
            dues: Dues::new(),
            slots: Vec::new(),
            settling: Settling::Not,
            created: 0,
            tidied: 0,
            is_sparse: false,
            are_left: false,
        }
    }

    /// Gets ready for items; nothing of what has come out before is left. Says whether they are to be taken at once.
    pub(super) fn begin(&mut self, logic: &mut L, now: Timestamp) -> bool {
        if L::LOOKS && self.dues.earliest() <= now {
            let Self { table, dues, .. } = self;
            dues.keep_in_hand(now, table, |state| logic.due(state));
        }
        let at_once = L::AT_ONCE && self.table.len() <= MOST_AT_ONCE;
        if at_once {
            self.make_room(logic, self.created.max(FEWEST_NEW));
            self.created = 0;
        }
        at_once
    }

    /// Makes room for `new` more keys.
    #[inline]
    fn make_room(&mut self, logic: &mut L, new: usize) {
        if !self.table.has_room(new) {
            self.make_room_for(logic, new);
        }
    }

    #[cold]
    fn make_room_for(&mut self, logic: &mut L, new: usize) {
        let Self { table, attic, .. } = self;
        let logic = RefCell::new(logic);
        let may_go = |state: &L::State| logic.borrow().is_resting(state) || logic.borrow().is_idle(state);
        table.make_room(new, may_go, |key, age, state| {
            let mut logic = logic.borrow_mut();
            if !logic.is_idle(&state) {
                logic.take_back(state);
            } else if let Some(rest) = logic.rest(state) {
                attic.put(key.clone(), age, rest);
            }
        });
    }

    /// Takes an item at once.
    #[inline(always)]
    pub(super) fn item(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        (key, value): (K, L::Value),
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        // Those that need little go on at one moment, for they begin no state.
        let moment = self.table.moment;
        let Some((slot, entry)) = self.table.find(&key) else {
            return self.first_item(logic, now, (key, value), events);
        };
        let place = Place { partition: 0, slot };
        let around = (&mut self.dues, &mut self.attic);
        match take(logic, (place, entry), around, (now, moment), value, events)? {
            None => Ok(()),
            Some(left) => {
                let times = (now, self.table.next_moment());
                self.take_apart(logic, times, (slot, left), events)
            }
        }
    }

    /// Takes the first item of a key.
    #[cold]
    #[inline(never)]
    fn first_item(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        (key, value): (K, L::Value),
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        self.created += 1;
        let slot = self.table.insert_at_once(key);
        let times = (now, self.table.next_moment());
        self.take_apart(logic, times, (slot, (value, None)), events)
    }

    /// Finds the slots of some items first, so that the look-ups' cache misses overlap, then applies these, and so on.
    #[inline(never)]
    pub(super) fn items(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        inbox: &mut Inbox<K, L::Value>,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        self.make_room(logic, inbox.pairs.len());
        let mut slots = [0; AT_A_TIME];
        let mut waiting = inbox.pairs.drain(..);
        let mut moment = self.table.moment;
        while let Some(slots) =
            slots.get_mut(..waiting.len().min(AT_A_TIME)).filter(|slots| !slots.is_empty())
        {
            let pairs = &waiting.as_slice()[..slots.len()];
            if self.table.len() > Self::MOST_NEAR {
                self.table.bring_near(pairs);
            }
            self.table.find_or_insert(pairs, slots);
            for (&mut slot, Pair { value, .. }) in slots.iter_mut().zip(&mut waiting) {
                moment += 2;
                let entry = self.table.entry(slot);
                let place = Place { partition: self.number, slot };
                let around = (&mut self.dues, &mut self.attic);
                if let Some(left) = take(logic, (place, entry), around, (now, moment), value, events)? {
                    self.take_apart(logic, (now, moment), (slot, left), events)?;
                }
            }
        }
        self.table.moment = moment;
        Ok(())
    }

    /// Takes an item among many that need less.
    #[inline(never)]
    fn take_apart(
        &mut self,
        logic: &mut L,
        times: Times,
        (slot, left): (u32, Looked<L>),
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        let place = Place { partition: self.number, slot };
        take_whole(
            logic,
            (place, self.table.entry(slot)),
            (&mut self.dues, &mut self.attic),
            times,
            left,
            events,
        )
    }

    /// Calls the keys whose due time is reached, and where the input has ended, all: those first whose states were
    /// created first. Of many, only some; says whether there are more.
    pub(super) fn settle(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        ends: bool,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<bool, OutOfRange> {
        loop {
            match self.settling {
                Settling::Not if now < self.dues.earliest() && !ends => return Ok(false),
                Settling::Not => {
                    let Self { table, dues, slots, .. } = self;
                    slots.clear();
                    if now >= dues.earliest() {
                        dues.take_due(now, table, |state| logic.due(state), slots);
                        table.moment += 2 * slots.len() as u64;
                    }
                    self.settling = Settling::Due(0);
                }
                Settling::Due(called) | Settling::End(called)
                    if called < self.slots.len() && !events.is_empty() =>
                {
                    return Ok(true);
                }
                Settling::Due(called) if called < self.slots.len() => {
                    let some = self.slots.len().min(called + MOST_CALLED);
                    self.settling = Settling::Due(some);
                    self.fire(logic, now, called..some, events)?;
                }
                Settling::Due(_) if ends => {
                    self.table.slots_by_age(&mut self.slots, |state| !logic.is_resting(state));
                    self.settling = Settling::End(0);
                }
                Settling::End(called) if called < self.slots.len() => {
                    let some = self.slots.len().min(called + MOST_CALLED);
                    self.settling = Settling::End(some);
                    self.end(logic, now, called..some, events)?;
                }
                Settling::Due(_) | Settling::End(_) => {
                    self.settling = Settling::Not;
                    return Ok(false);
                }
            }
        }
    }

    /// Calls some of the keys at hand, whose due time is reached.
    fn fire(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        some: Range<usize>,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        let Self { number, table, dues, slots, .. } = self;
        for &slot in &slots[some] {
            let entry = table.entry(slot);
            let Some(state) = &mut entry.state else { continue };
            let place = Place { partition: *number, slot };
            match logic.on_due(state, now, &mut Emitter { place, events })? {
                Fate::Drop => entry.state.take().into_iter().for_each(|state| logic.take_back(state)),
                Fate::Keep => dues.note(slot, (now, logic.due(state)), entry),
            }
        }
        Ok(())
    }

    /// Tells some of the keys at hand that the input has ended.
    fn end(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        some: Range<usize>,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        let Self { number, table, slots, are_left, .. } = self;
        for &slot in &slots[some] {
            let entry = table.entry(slot);
            let Some(state) = &mut entry.state else { continue };
            let place = Place { partition: *number, slot };
            let fate = logic.on_end(state, now, &mut Emitter { place, events })?;
            // Nothing comes any more that would need a state that never comes due.
            if fate == Fate::Drop || logic.due(state) == Timestamp::MAX {
                entry.state = None;
            } else {
                *are_left = true;
            }
        }
        Ok(())
    }

    /// Gives back what idle keys do not need. It is called when the step is about to wait, and does nothing until
    /// about as many keys have been looked at as there are, so that it costs little per item. The slots of keys
    /// without a state go where nobody has one in hand. Says whether they would if nobody had.
    pub(super) fn tidy(&mut self, logic: &mut L, may_move: bool) -> bool {
        /// Fewer keys are not worth it.
        const FEWEST: usize = 1_024;
        let looked_at = (self.table.moment - self.tidied) / 2;
        if looked_at >= FEWEST.max(self.table.len() / 2) as u64 {
            let Self { table, attic, dues, slots, tidied, is_sparse, .. } = self;
            *tidied = table.moment;
            table.drop_resting(|state| logic.is_resting(state));
            *is_sparse = table.count(|state| !logic.is_idle(state)) < table.len() / 4;
            dues.settle_noted(table, &|state| logic.due(state));
            slots.clear();
            slots.shrink_to(FEWEST);
            table.shrink();
            attic.shrink();
            dues.shrink();
        }
        if self.is_sparse && may_move {
            self.is_sparse = false;
            let Self { table, attic, dues, .. } = self;
            dues.settle_noted(table, &|state| logic.due(state));
            let logic = RefCell::new(logic);
            table.compact(
                |state| logic.borrow().is_idle(state),
                |key, age, state| {
                    if let Some(rest) = logic.borrow_mut().rest(state) {
                        attic.put(key, age, rest);
                    }
                },
            );
            table.shrink();
            attic.shrink();
            dues.rebuild(table);
            dues.shrink();
        }
        self.is_sparse
    }

    /// Gives all back where the input has ended, no state is left, and nobody has a slot in hand. Says whether it would if
    /// nobody had. None where states are left.
    pub(super) fn finish(&mut self, may_go: bool) -> Option<bool> {
        if self.are_left {
            return None;
        }
        let has_keys = self.table.len() > 0;
        if has_keys && may_go {
            *self = Self::new(self.number);
        }
        Some(has_keys && !may_go)
    }

    /// When the first of the keys comes due: exactly, or not before that, which costs nothing.
    #[inline]
    pub(super) fn next_due(&mut self, logic: &L, exactly: bool) -> Timestamp {
        if exactly {
            self.dues.exact(&mut self.table, |state| logic.due(state))
        } else {
            self.dues.earliest()
        }
    }
}

/// A key that was found.
type Found<'a, K, S, M> = (Place, &'a mut Entry<K, S, M>);

/// What else an item may need: the due times, and the keys that are idle.
type Around<'a, K, R> = (&'a mut Dues, &'a mut Attic<K, R>);

/// When an item comes: the system's time, and the table's moment.
type Times = (Timestamp, u64);

/// An item, and what a look at it has found out.
type Looked<L> = (<L as Logic>::Value, Option<<L as Logic>::Reading>);

/// Takes an item, unless it needs more than most of the others.
#[inline(always)]
fn take<K: Key, L: Logic>(
    logic: &mut L,
    (place, entry): Found<'_, K, L::State, L::Marks>,
    around: Around<'_, K, L::Rest>,
    (now, moment): Times,
    value: L::Value,
    events: &mut Vec<Emission<L::Event>>,
) -> Result<Option<Looked<L>>, OutOfRange> {
    if !L::LOOKS {
        take_whole(logic, (place, entry), around, (now, moment), (value, None), events)?;
        return Ok(None);
    }
    let times = (now, entry.marks.looked_at());
    match logic.look(&mut entry.state, value, times, &mut Emitter { place, events })? {
        Look::Taken { begins, mut due } => {
            entry.marks.renew(begins, moment);
            // Once is enough: it is looked at before it is due then. But in loops that have none inside them LLVM makes
            // branches of selections, and nobody can foresee whether an item of a disorderly stream advances its key's
            // watermark.
            while due < entry.marks.looked_at() {
                let Some(state) = &entry.state else { break };
                due = logic.due(state);
                around.0.note(place.slot, (now, due), entry);
            }
        }
        Look::Left(value, reading) => return Ok(Some((value, reading))),
    }
    Ok(None)
}

#[inline(always)]
fn take_whole<K: Key, L: Logic>(
    logic: &mut L,
    (place, entry): Found<'_, K, L::State, L::Marks>,
    (dues, attic): Around<'_, K, L::Rest>,
    (now, moment): Times,
    (value, reading): Looked<L>,
    events: &mut Vec<Emission<L::Event>>,
) -> Result<(), OutOfRange> {
    if entry.state.is_none() {
        let (age, state) = match attic.take(entry.key()) {
            Some((age, rest)) => (age, logic.wake(rest, now)),
            None => (moment, logic.create(now)),
        };
        entry.marks.renew(true, age);
        entry.state = Some(state);
    }
    let Some(state) = &mut entry.state else { return Ok(()) };
    // A resting state becomes a new one.
    entry.marks.renew(logic.is_resting(state), moment);
    match logic.on_item(state, value, reading, now, &mut Emitter { place, events })? {
        Fate::Drop => entry.state = None,
        Fate::Keep => {
            let due = logic.due(state);
            if due < entry.marks.looked_at() {
                dues.note(place.slot, (now, due), entry);
            }
        }
    }
    Ok(())
}
