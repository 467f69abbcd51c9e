//! What the contestants work on, the same on every run, and how their results are compared.

pub(crate) const SECOND: i64 = 1_000_000_000;

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) key: u64,
    /// In nanoseconds since 1970.
    pub(crate) time: i64,
    pub(crate) value: u64,
}

/// Something that belongs to a name.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) user: String,
    pub(crate) amount: u64,
}

/// Depends on the order, so that a contestant that changes it is found out.
#[inline]
pub(crate) fn step(sum: u64, item: u64) -> u64 {
    sum.rotate_left(1) ^ item
}

/// A number for one result. Sums of these do not depend on the order of the results: what belongs to different
/// keys comes in no order that all could agree on.
#[inline]
pub(crate) fn digest<const PARTS: usize>(parts: [u64; PARTS]) -> u64 {
    parts.into_iter().fold(0, |sum, part| (sum ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
}

/// A number for a text.
pub(crate) fn digest_bytes(text: &[u8]) -> u64 {
    text.iter().fold(0, |sum, byte| digest([sum, u64::from(*byte)]))
}

/// Random numbers.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new() -> Self {
        Self(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 20
    }

    /// Less than `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

pub(crate) fn numbers(items: usize) -> &'static [u64] {
    let mut random = Random::new();
    std::iter::repeat_with(|| random.next()).take(items).collect::<Vec<_>>().leak()
}

/// Orders of a thousand users.
pub(crate) fn orders(items: usize) -> &'static [Order] {
    let mut random = Random::new();
    let mut order = || Order { user: format!("user-{:06}", random.below(1_000)), amount: random.next() };
    std::iter::repeat_with(&mut order).take(items).collect::<Vec<_>>().leak()
}

/// Events `pause` nanoseconds apart, each of a random one of `keys` keys, and each up to `disorder` nanoseconds too
/// early.
pub(crate) fn events(items: usize, keys: u64, pause: i64, disorder: i64) -> &'static [Event] {
    let mut random = Random::new();
    let mut time = 1_640_995_200 * SECOND;
    let mut event = || {
        time += pause;
        let early = i64::try_from(random.below(disorder.unsigned_abs() + 1)).unwrap_or(0);
        Event { key: random.below(keys), time: time - early, value: random.below(1_000) }
    };
    std::iter::repeat_with(&mut event).take(items).collect::<Vec<_>>().leak()
}
