//! The keys that one worker holds, and what happens to them.

use std::vec;

use super::dues::Dues;
use super::table::Table;
use super::{Coming, Emission, Emitter, Fate, Logic, Needs, Place};
use crate::key::Key;
use crate::queue::{Inbox, Pair};
use crate::time::{OutOfRange, Timestamp};

/// The keys that one worker holds. The embedded engine has one worker.
pub(super) struct Partition<K, L: Logic> {
    number: u32,
    pub(super) inbox: Inbox<K, L::Value>,
    pub(super) table: Table<K, L::State>,
    dues: Dues,
    slots: Vec<u32>,
    /// How many keys have been looked at since what is idle was last tidied up.
    looked_at: usize,
    /// Whether most slots are those of keys without a state.
    is_sparse: bool,
}

/// What is left of a batch. Each key's slot is known.
struct Work<'a, K, V>(vec::Drain<'a, Pair<K, V>>);

impl<K, V> Work<'_, K, V> {
    /// The next item's.
    #[inline(always)]
    fn slot(&self) -> Option<u32> {
        self.0.as_slice().first().map(|pair| pair.whereabouts)
    }
}

impl<K, V> Coming<V> for Work<'_, K, V> {
    #[inline(always)]
    fn value(&self) -> Option<&V> {
        self.0.as_slice().first().map(|pair| &pair.value)
    }

    #[inline(always)]
    fn take(&mut self) -> Option<V> {
        self.0.next().map(|pair| pair.value)
    }
}

impl<K: Key, L: Logic> Partition<K, L> {
    pub(super) fn new(number: u32) -> Self {
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
    pub(super) fn items(
        &mut self,
        logic: &mut L,
        now: Timestamp,
        inbox: &mut Inbox<K, L::Value>,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        let Self { number, table, dues, looked_at, .. } = self;
        let count = inbox.pairs.len();
        *looked_at += count;
        table.make_room(count, |state| logic.is_resting(state));
        table.find_or_insert(&mut inbox.pairs);
        let mut pairs = inbox.pairs.drain(..);
        if !L::LOOKS {
            return pairs.try_for_each(|Pair { whereabouts, value, .. }| {
                Self::take(logic, (*number, table, dues), now, (whereabouts, value, None), events)
            });
        }
        let mut work = Work(pairs);
        loop {
            let reading;
            (work, reading) = Self::take_in(logic, *number, table, dues, now, work, events)?;
            let Some(Pair { whereabouts, value, .. }) = work.0.next() else { return Ok(()) };
            Self::take_apart(logic, (*number, table, dues), now, (whereabouts, value, reading), events)?;
        }
    }

    /// Takes items in for as long as they need little. What the loop goes by is handed in and out, so that it is in
    /// registers meanwhile. Gives what is known of the next item.
    #[inline(never)]
    fn take_in<'a>(
        logic: &mut L,
        number: u32,
        table: &mut Table<K, L::State>,
        dues: &mut Dues,
        now: Timestamp,
        Work(pairs): Work<'a, K, L::Value>,
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(Work<'a, K, L::Value>, Option<L::Reading>), OutOfRange> {
        let mut work = Work(pairs);
        let entries = table.entries();
        while let Some(slot) = work.slot() {
            let entry = &mut entries[slot as usize];
            let Some(state) = &mut entry.state else { break };
            let place = Place { partition: number, slot };
            match logic.look(state, &mut work, now, &mut Emitter { place, events })? {
                Needs::Nothing { due } if due < entry.looked_at => dues.note(slot, due, entry),
                Needs::Nothing { .. } => {}
                Needs::All(reading) => return Ok((work, reading)),
            }
        }
        Ok((work, None))
    }

    /// Takes an item among many that need little.
    #[inline(never)]
    fn take_apart(
        logic: &mut L,
        keys: (u32, &mut Table<K, L::State>, &mut Dues),
        now: Timestamp,
        item: (u32, L::Value, Option<L::Reading>),
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
        Self::take(logic, keys, now, item, events)
    }

    #[inline(always)]
    fn take(
        logic: &mut L,
        (number, table, dues): (u32, &mut Table<K, L::State>, &mut Dues),
        now: Timestamp,
        (slot, value, reading): (u32, L::Value, Option<L::Reading>),
        events: &mut Vec<Emission<L::Event>>,
    ) -> Result<(), OutOfRange> {
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
        let place = Place { partition: number, slot };
        match logic.on_item(state, value, reading, now, &mut Emitter { place, events })? {
            Fate::Drop => entry.state = None,
            Fate::Keep => {
                let due = logic.due(state);
                if due < entry.looked_at {
                    dues.note(slot, due, entry);
                }
            }
        }
        Ok(())
    }

    /// Calls the keys whose due time is reached, in the order in which their states were created.
    pub(super) fn fire(
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
    pub(super) fn end(
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
    pub(super) fn tidy(&mut self, logic: &L, may_move: bool) {
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
    pub(super) fn next_due(&mut self, logic: &L, exactly: bool) -> Timestamp {
        if exactly {
            self.dues.exact(&mut self.table, |state| logic.due(state))
        } else {
            self.dues.earliest()
        }
    }
}
