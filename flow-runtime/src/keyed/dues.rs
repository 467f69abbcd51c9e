//! When the keys of a step come due.
//!
//! What an item does to its key's due time costs a comparison: a slot whose due time moves forward is
//! noted once, and is given its place in the heap only when the step is about to wait or when a due
//! time may have been reached. An entry of the heap that the slot has left behind is recognised when
//! it comes up, and dropped.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::marks::Marks;
use super::table::{Entry, Table};
use crate::key::Key;
use crate::time::Timestamp;

#[derive(Debug)]
pub(super) struct Dues {
    heap: BinaryHeap<Reverse<(Timestamp, u32)>>,
    noted: Vec<u32>,
    earliest_noted: Timestamp,
}

impl Dues {
    pub(super) fn new() -> Self {
        Self { heap: BinaryHeap::new(), noted: Vec::new(), earliest_noted: Timestamp::MAX }
    }

    /// A time before which nothing comes due.
    #[inline]
    pub(super) fn earliest(&self) -> Timestamp {
        let first = self.heap.peek().map_or(Timestamp::MAX, |Reverse((due, _))| *due);
        first.min(self.earliest_noted)
    }

    /// Remembers that the slot of `entry` comes due at `due`, unless it will be looked at by then anyway.
    ///
    /// It is to be looked at half-way from `now`: where time in the items runs ahead of the system's, each item brings
    /// the due time of its key a little nearer, and should not be noted each time.
    #[cold]
    pub(super) fn note<K, S, M: Marks>(
        &mut self,
        slot: u32,
        (now, due): (Timestamp, Timestamp),
        entry: &mut Entry<K, S, M>,
    ) {
        if due >= entry.marks.looked_at() {
            return;
        }
        let half_way = if now < due { now.half_way_to(due) } else { due };
        entry.marks.look_at(half_way);
        self.note_at(slot, half_way, entry);
    }

    fn note_at<K, S, M: Marks>(&mut self, slot: u32, due: Timestamp, entry: &mut Entry<K, S, M>) {
        self.earliest_noted = self.earliest_noted.min(due);
        if entry.marks.note() {
            self.noted.push(slot);
        }
    }

    /// Notes the slots that are due at `now`, before items come: each item of their keys is then taken in full. What is left
    /// is looked at later than that.
    pub(super) fn keep_in_hand<K: Key, S, M: Marks>(
        &mut self,
        now: Timestamp,
        table: &mut Table<K, S, M>,
        due_of: impl Fn(&S) -> Timestamp,
    ) {
        self.settle_noted(table, &due_of);
        while let Some(&Reverse((due, slot))) = self.heap.peek()
            && due <= now
        {
            self.heap.pop();
            let entry = table.entry(slot);
            if entry.marks.looked_at() == due {
                entry.marks.look_at(Timestamp::MAX);
                self.note_at(slot, due, entry);
            }
        }
    }

    /// Puts the slots that are due at `now` into `slots`, that of the oldest state first.
    pub(super) fn take_due<K: Key, S, M: Marks>(
        &mut self,
        now: Timestamp,
        table: &mut Table<K, S, M>,
        due_of: impl Fn(&S) -> Timestamp,
        slots: &mut Vec<u32>,
    ) {
        slots.clear();
        self.settle_noted(table, &due_of);
        while let Some(&Reverse((due, slot))) = self.heap.peek() {
            if due > now {
                break;
            }
            self.heap.pop();
            if let Some(actual) = come_up(due, slot, table, &due_of) {
                if actual <= now {
                    slots.push(slot);
                } else {
                    self.push(actual, slot, table);
                }
            }
        }
        table.sort_by_age(slots);
    }

    /// The first due time there is, [`Timestamp::MAX`] for none.
    pub(super) fn exact<K: Key, S, M: Marks>(
        &mut self,
        table: &mut Table<K, S, M>,
        due_of: impl Fn(&S) -> Timestamp,
    ) -> Timestamp {
        self.settle_noted(table, &due_of);
        while let Some(&Reverse((due, slot))) = self.heap.peek() {
            let entry = table.entry(slot);
            if entry.marks.looked_at() == due
                && entry.state.as_ref().is_some_and(|state| due_of(state) == due)
            {
                return due;
            }
            self.heap.pop();
            if let Some(actual) = come_up(due, slot, table, &due_of) {
                self.push(actual, slot, table);
            }
        }
        Timestamp::MAX
    }

    /// Gives the noted slots their places in the heap.
    pub(super) fn settle_noted<K: Key, S, M: Marks>(
        &mut self,
        table: &mut Table<K, S, M>,
        due_of: &impl Fn(&S) -> Timestamp,
    ) {
        let mut noted = std::mem::take(&mut self.noted);
        for slot in noted.drain(..) {
            let entry = table.entry(slot);
            entry.marks.unnote();
            entry.marks.look_at(Timestamp::MAX);
            let actual = entry.state.as_ref().map_or(Timestamp::MAX, due_of);
            if actual < Timestamp::MAX {
                self.push(actual, slot, table);
            }
        }
        self.noted = noted;
        self.earliest_noted = Timestamp::MAX;
        if self.heap.len() > 2 * table.len() + 64 {
            self.heap.retain(|Reverse((due, slot))| table.entry(*slot).marks.looked_at() == *due);
        }
    }

    /// Learns the slots anew of a table that has moved its keys. Nothing is noted.
    pub(super) fn rebuild<K: Key, S, M: Marks>(&mut self, table: &Table<K, S, M>) {
        self.heap.clear();
        self.heap.extend(table.looked_at().map(Reverse));
    }

    /// Gives back room that is not used.
    pub(super) fn shrink(&mut self) {
        self.heap.shrink_to(self.heap.len() + self.heap.len() / 16);
        self.noted.shrink_to(self.noted.len());
    }

    fn push<K: Key, S, M: Marks>(&mut self, due: Timestamp, slot: u32, table: &mut Table<K, S, M>) {
        table.entry(slot).marks.look_at(due);
        self.heap.push(Reverse((due, slot)));
    }
}

/// What has come up from the heap: the slot's actual due time, where the slot still waits for this
/// entry and its key has one.
fn come_up<K: Key, S, M: Marks>(
    due: Timestamp,
    slot: u32,
    table: &mut Table<K, S, M>,
    due_of: &impl Fn(&S) -> Timestamp,
) -> Option<Timestamp> {
    let entry = table.entry(slot);
    if entry.marks.looked_at() != due {
        return None;
    }
    entry.marks.look_at(Timestamp::MAX);
    entry.state.as_ref().map(due_of).filter(|actual| *actual < Timestamp::MAX)
}
