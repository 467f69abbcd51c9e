//! Makes a random case.

use crate::case::{Case, Clock, Emit, Insert, Operator, Row, Window, Windower};
use crate::random::Random;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// 2022-01-01.
const DAY_ZERO: i64 = 18_993 * DAY;
const CENTURY: i64 = 36_525 * DAY;

/// Case `number` of a run with `seed`.
pub(crate) fn case(seed: u64, number: u64, only: Option<Operator>) -> Case {
    let random = &mut Random::of_case(seed, number);
    let operator = only.unwrap_or_else(|| operator(random));
    let unit = random.one_of(&[1, 7, 1_000, SECOND, SECOND, 61 * SECOND, 3_600 * SECOND, DAY]);
    let is_windowed = Operator::WINDOWED.contains(&operator);
    let may_tick = is_windowed || operator == Operator::Collect;
    let in_ticks = operator.is_timed() || may_tick && random.percent(40);
    let start = start(random);
    let scattered = random.percent(25).then(|| random.between(10, 80));
    let window = is_windowed.then(|| window(random, operator, unit, start, scattered.is_some()));
    // Windows are joined with two sides only, which spares many flows.
    let sides = if operator == Operator::Join { random.one_of(&[2, 3]) } else { 2 };
    Case {
        operator,
        tick: in_ticks.then_some(unit),
        a: random.between(1, 50),
        b: random.between(0, 50),
        m: random.between(1, 5),
        timeout: if in_ticks || operator == Operator::EnrichCached {
            unit * random.between(1, 12)
        } else {
            CENTURY
        },
        max_size: usize::try_from(random.between(1, 6)).unwrap_or(1),
        sides,
        insert_mode: random.one_of(&[Insert::First, Insert::Last, Insert::Product]),
        emit_mode: random.one_of(&[Emit::Complete, Emit::Final, Emit::Running]),
        rows: Rows { sides, unit, start, scattered, in_ticks, window: window.as_ref() }.make(random),
        window,
        batch: random.one_of(&[1, 2, 7, 1_000]),
        partitions: if Operator::STATELESS.contains(&operator) { 1 } else { random.one_of(&[1, 1, 3]) },
    }
}

fn operator(random: &mut Random) -> Operator {
    match random.between(1, 100) {
        1..=8 => random.one_of(Operator::STATELESS),
        9..=28 => random.one_of(Operator::KEYED),
        _ => random.one_of(Operator::WINDOWED),
    }
}

/// Where event times begin.
fn start(random: &mut Random) -> i64 {
    let start = match random.between(1, 10) {
        1 => 0,
        2 => DAY_ZERO - 3 * CENTURY,
        3 => DAY_ZERO + 2 * CENTURY,
        _ => DAY_ZERO,
    };
    start + if random.percent(30) { random.between(-DAY, DAY) } else { 0 }
}

fn window(random: &mut Random, operator: Operator, unit: i64, start: i64, is_scattered: bool) -> Window {
    let may_be_system = !operator.is_of_event_time();
    let clock = if may_be_system && random.percent(15) { Clock::System } else { Clock::Event };
    let windower = match random.between(1, 100) {
        1..=60 if is_scattered => Windower::Session,
        _ => random.one_of(&[Windower::Tumbling, Windower::Sliding, Windower::Session]),
    };
    let odd = if unit > 10 && random.percent(25) { random.between(-unit / 3, unit / 3) } else { 0 };
    let length = unit * random.between(1, 20) + odd.max(0);
    let align_to = match random.between(1, 10) {
        1 => start.signum() * CENTURY,
        2 => DAY_ZERO + odd,
        _ => start + unit * random.between(-50, 50) + odd,
    };
    Window {
        clock,
        wait: if is_scattered && random.percent(60) { CENTURY } else { wait(random, unit) },
        windower,
        length,
        offset: length / random.between(1, 5) + i64::from(length < 5),
        gap: if random.percent(15) { 0 } else { unit * random.between(1, 10) + odd.max(0) },
        align_to,
        ordered: operator.can_be_ordered() && random.percent(50),
    }
    .within_bounds()
}

impl Window {
    fn within_bounds(mut self) -> Self {
        self.offset = self.offset.min(self.length);
        self
    }
}

fn wait(random: &mut Random, unit: i64) -> i64 {
    match random.between(1, 12) {
        1..=3 => 0,
        4..=8 => unit * random.between(1, 15),
        9 => random.between(0, unit * 5),
        10 => unit * 1_000,
        11 => CENTURY,
        _ => i64::MAX,
    }
}

/// What the items of a case depend on.
struct Rows<'a> {
    sides: u8,
    unit: i64,
    start: i64,
    /// Over how many units the times of the items are spread in no order, so that sessions merge. Otherwise they mostly
    /// go forward, with steps back and pauses.
    scattered: Option<i64>,
    in_ticks: bool,
    window: Option<&'a Window>,
}

impl Rows<'_> {
    /// Items of a few keys.
    fn make(&self, random: &mut Random) -> Vec<Row> {
        let keys = if self.scattered.is_some() { random.between(1, 2) } else { random.between(1, 4) };
        let numbers = if self.scattered.is_some() { 2 } else { random.one_of(&[2, 5, 1_000]) };
        let stands_still = !self.in_ticks && random.percent(50);
        let (mut at, mut now) = (self.start, DAY_ZERO + random.between(0, SECOND));
        let mut rows = Vec::new();
        for _ in 0..random.between(0, 30) {
            match self.scattered {
                Some(width) => at = self.start + self.unit * random.between(0, width),
                None => at += self.unit * random.one_of(&[0, 0, 1, 1, 2, 3, 5, 11, 40]),
            }
            if !stands_still {
                now += self.unit * random.one_of(&[0, 0, 0, 1, 1, 2, 3, 7, 25]);
            }
            if random.percent(2) {
                at += random.one_of(&[-CENTURY, CENTURY]);
                at = at.clamp(DAY_ZERO - 3 * CENTURY, DAY_ZERO + 2 * CENTURY);
            }
            if !self.in_ticks && !stands_still && random.percent(2) {
                now = (now + CENTURY / 5).min(DAY_ZERO + CENTURY);
            }
            let key = u8::try_from(random.between(1, keys)).unwrap_or(1);
            let side = u8::try_from(random.between(0, i64::from(self.sides) - 1)).unwrap_or(0);
            let time = self.event_time(random, at);
            rows.push(Row(key, time, now, random.between(0, numbers), side));
        }
        rows
    }

    /// A time near `at`.
    fn event_time(&self, random: &mut Random, at: i64) -> i64 {
        let unit = self.unit;
        let time = match random.between(1, 10) {
            1..=5 => at,
            6..=8 => at - unit * random.between(1, 25),
            _ => at + random.between(-unit, unit),
        };
        match self.window {
            Some(window) if random.percent(20) => {
                let step = if window.windower == Windower::Sliding { window.offset } else { window.length };
                window.align_to + (time - window.align_to).div_euclid(step) * step + random.between(-1, 1)
            }
            _ => time,
        }
    }
}
