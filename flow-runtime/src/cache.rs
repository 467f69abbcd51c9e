//! What `enrich_cached` remembers of its look-ups.

use std::collections::VecDeque;
use std::fmt;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::key::Key;
use crate::time::{Span, Timestamp};

/// Answers of a look-up, each for as long as it is to live: what the mapper of `enrich_cached` is given.
///
/// `K` are the keys, `V` the answers, and `G` is the closure that looks a key up.
pub struct TtlCache<K, V, G> {
    getter: G,
    ttl: Span,
    max_size: usize,
    /// The time of the activation.
    pub(crate) now: Timestamp,
    hasher: RandomState,
    answers: HashTable<Answer<K, V>>,
    /// The numbers and hashes of the answers, the oldest in front, where there is a limit. An answer that is gone, or
    /// has been given anew under another number, is recognised when it comes up.
    order: VecDeque<(u64, u64)>,
    asked: u64,
}

/// What is remembered for a key.
struct Answer<K, V> {
    key: K,
    value: V,
    since: Timestamp,
    number: u64,
}

impl<K: Key, V, G: FnMut(&K) -> V> TtlCache<K, V, G> {
    /// What belongs to `key`: the answer that is remembered, or, where there is none or one that is older than
    /// the time to live, a new one.
    pub fn get(&mut self, key: &K) -> &V {
        let Self { getter, ttl, max_size, now, hasher, answers, order, asked } = self;
        if order.len() > 2 * answers.len() + 64 {
            order.retain(|(number, hash)| answers.find(*hash, |answer| answer.number == *number).is_some());
        }
        let hash = hasher.hash_one(key);
        let answers = match answers.find_entry(hash, |answer| answer.key == *key) {
            Ok(known) => {
                let answer = known.into_mut();
                if now.since(answer.since) > *ttl {
                    answer.value = getter(key);
                    answer.since = *now;
                    answer.number = next(asked, hash, *max_size, order);
                }
                return &answer.value;
            }
            Err(absent) => absent.into_table(),
        };
        let value = getter(key);
        make_room(answers, order, *max_size);
        let number = next(asked, hash, *max_size, order);
        let answer = Answer { key: key.clone(), value, since: *now, number };
        let known = answers.insert_unique(hash, answer, |answer| hasher.hash_one(&answer.key));
        &known.into_mut().value
    }

    /// Forgets what belongs to `key`, and gives it.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let hash = self.hasher.hash_one(key);
        let known = self.answers.find_entry(hash, |answer| answer.key == *key).ok()?;
        Some(known.remove().0.value)
    }
}

impl<K, V, G> TtlCache<K, V, G> {
    pub(crate) fn new(getter: G, ttl: Span, max_size: usize) -> Self {
        Self {
            getter,
            ttl,
            max_size,
            now: Timestamp::MIN,
            hasher: RandomState::default(),
            answers: HashTable::new(),
            order: VecDeque::new(),
            asked: 0,
        }
    }

    /// Refuses argument values that cannot be.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.ttl.nanoseconds() < 0 {
            return Err("`ttl` must not be negative".to_owned());
        }
        if self.max_size == 0 {
            return Err("`max_size` must be at least 1".to_owned());
        }
        Ok(())
    }
}

impl<K, V, G> fmt::Debug for TtlCache<K, V, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TtlCache").field("answers", &self.answers.len()).finish_non_exhaustive()
    }
}

/// The number of a new answer, which goes to the end of the order where there is a limit.
fn next(asked: &mut u64, hash: u64, max_size: usize, order: &mut VecDeque<(u64, u64)>) -> u64 {
    *asked += 1;
    if max_size < usize::MAX {
        order.push_back((*asked, hash));
    }
    *asked
}

/// Lets the oldest answers go until one more has its place.
fn make_room<K, V>(answers: &mut HashTable<Answer<K, V>>, order: &mut VecDeque<(u64, u64)>, max_size: usize) {
    while answers.len() >= max_size {
        let Some((number, hash)) = order.pop_front() else { break };
        if let Ok(oldest) = answers.find_entry(hash, |answer| answer.number == number) {
            oldest.remove();
        }
    }
}
