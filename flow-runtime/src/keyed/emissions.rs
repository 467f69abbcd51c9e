//! What a step has emitted, until the stage behind it takes the batch.

use std::ops::{Deref, DerefMut, RangeFull};
use std::{mem, vec};

use super::Emission;

/// How many events a step keeps room for. What is beyond it is given back, so that a burst costs nothing once it is
/// over.
const MOST_ROOM: usize = 8_192;

/// What a step has emitted.
#[derive(Debug)]
pub struct Emissions<E> {
    events: Vec<Emission<E>>,
}

impl<E> Emissions<E> {
    pub(super) fn new() -> Self {
        Self { events: Vec::new() }
    }

    /// Takes all events.
    #[inline]
    pub fn drain(&mut self, _: RangeFull) -> Drained<'_, E> {
        if self.events.len() > MOST_ROOM {
            return Drained::WithRoom(mem::take(&mut self.events).into_iter());
        }
        Drained::Events(self.events.drain(..))
    }
}

impl<E> Deref for Emissions<E> {
    type Target = Vec<Emission<E>>;

    #[inline(always)]
    fn deref(&self) -> &Vec<Emission<E>> {
        &self.events
    }
}

impl<E> DerefMut for Emissions<E> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Vec<Emission<E>> {
        &mut self.events
    }
}

/// Events on their way to the next stage.
#[derive(Debug)]
pub enum Drained<'a, E> {
    /// Their room is kept.
    Events(vec::Drain<'a, Emission<E>>),
    /// Their room goes with them.
    WithRoom(vec::IntoIter<Emission<E>>),
}

impl<E> Iterator for Drained<'_, E> {
    type Item = Emission<E>;

    #[inline(always)]
    fn next(&mut self) -> Option<Emission<E>> {
        match self {
            Self::Events(events) => events.next(),
            Self::WithRoom(events) => events.next(),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Events(events) => events.size_hint(),
            Self::WithRoom(events) => events.size_hint(),
        }
    }
}
