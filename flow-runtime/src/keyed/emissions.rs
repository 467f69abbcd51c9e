//! What a step has emitted, until the stage behind it takes the batch.

use std::ops::{Deref, DerefMut};
use std::vec;

use super::Emission;

/// How many events a step keeps room for. What is beyond it is given back once they are taken, so that a burst costs
/// nothing when it is over.
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
    pub fn taken(&mut self) -> Leaving<'_, E> {
        // Every poll ends with a pass that finds hardly any, so that this comes soon behind a burst.
        if self.events.is_empty() && self.events.capacity() > MOST_ROOM {
            self.events = Vec::new();
        }
        Leaving { events: self.events.drain(..) }
    }
}

/// The events that are being taken. It is no iterator of the language's: to find out that something is one takes the
/// compiler time, for each step anew.
#[derive(Debug)]
pub struct Leaving<'a, E> {
    events: vec::Drain<'a, Emission<E>>,
}

impl<E> Leaving<'_, E> {
    /// The next event.
    #[inline(always)]
    pub fn next(&mut self) -> Option<Emission<E>> {
        self.events.next()
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
