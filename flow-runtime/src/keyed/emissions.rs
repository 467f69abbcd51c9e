//! What a step has emitted, until the stage behind it takes the batch.

use std::ops::{Deref, DerefMut};
use std::vec;

use super::Emission;

/// How many events a step keeps room for. What is beyond it is given back once they are taken, so that a burst costs
/// nothing when it is over.
const MOST_ROOM: usize = 8_192;

/// What a step has emitted.
#[derive(Debug)]
pub(super) struct Emissions<E> {
    events: Vec<Emission<E>>,
}

impl<E> Emissions<E> {
    pub(super) fn new() -> Self {
        Self { events: Vec::new() }
    }

    /// Takes all events.
    #[inline]
    pub(super) fn drain(&mut self) -> vec::Drain<'_, Emission<E>> {
        // Every poll ends with a pass that finds hardly any, so that this comes soon behind a burst.
        if self.events.is_empty() && self.events.capacity() > MOST_ROOM {
            self.events = Vec::new();
        }
        self.events.drain(..)
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
