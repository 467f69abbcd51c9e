//! Every logic over every windower, with every option, against a model that goes from instant to instant.

mod common;
#[path = "common/histories.rs"]
mod histories;
#[path = "common/simulated.rs"]
mod simulated;

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::task::Waker;

use chrono::{DateTime, TimeDelta, Utc};
use common::{Way, every_way};
use flow::prelude::*;
use flow::sides::Side2;
use flow::time::SimulatedTime;
use flow::windows::{
    Membership, SessionWindower, SlidingWindower, Trigger, TumblingWindower, WindowBounds, WindowId,
    WindowLogic, WindowMetadata, Windower,
};
use histories::{Early, Event, Kind, Moment, Options, Past, moments};
use proptest::prelude::*;
use simulated::{instant, run};

/// An item, with its times in nanoseconds from 1970. Items are compared by their ranks.
#[derive(Clone, Debug)]
struct Item {
    number: usize,
    key: u8,
    /// When it comes.
    arrival: i128,
    /// What its own time is.
    time: i128,
    rank: u8,
    is_left: bool,
    text: String,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Item {}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Item {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank)
    }
}

#[derive(Clone, Debug)]
struct Scenario {
    items: Vec<Item>,
    /// How far the system's clock goes back before each item but the first.
    back: Vec<i128>,
    options: Options,
}

/// What comes out of a port, by key.
type Rows = Vec<(u8, String)>;

fn length(nanoseconds: i128) -> TimeDelta {
    TimeDelta::nanoseconds(i64::try_from(nanoseconds).unwrap())
}

fn of(time: DateTime<Utc>) -> i128 {
    time.timestamp_nanos_opt().unwrap().into()
}

/// What a window with this past holds, by logic: all that the model knows of logics.
mod hold {
    use super::*;

    /// The items in the order of a list.
    pub(crate) fn list(past: &[Past]) -> Vec<&Item> {
        past.iter()
            .flat_map(|past| match past {
                Past::Came(item) => vec![item],
                Past::TookIn(absorbed) => list(absorbed),
            })
            .collect()
    }

    pub(crate) fn text(past: &[Past]) -> String {
        past.iter().fold("*".to_owned(), |text, past| match past {
            Past::Came(item) => format!("{text}{}.", item.number),
            Past::TookIn(absorbed) => format!("({text}+{})", self::text(absorbed)),
        })
    }

    pub(crate) fn reduced(past: &[Past]) -> String {
        let texts = past.iter().map(|past| match past {
            Past::Came(item) => item.number.to_string(),
            Past::TookIn(absorbed) => reduced(absorbed),
        });
        texts.reduce(|text, other| format!("<{text} {other}>")).unwrap()
    }

    pub(crate) fn map(past: &[Past]) -> BTreeMap<u8, usize> {
        list(past).into_iter().map(|item| (item.rank, item.number)).collect()
    }

    pub(crate) fn set(past: &[Past]) -> BTreeSet<u8> {
        list(past).into_iter().map(|item| item.rank).collect()
    }

    /// Of the items whose rank is the greatest, or the least, the one that came first.
    pub(crate) fn extreme(past: &[Past], taken: &[usize], is_max: bool) -> usize {
        let signed = |item: &Item| if is_max { -i32::from(item.rank) } else { i32::from(item.rank) };
        let when = |item: &Item| taken.iter().position(|number| *number == item.number);
        list(past).into_iter().min_by_key(|item| (signed(item), when(item))).unwrap().number
    }
}

/// What a join holds and gives.
mod join {
    use super::*;

    #[derive(Clone, Copy, PartialEq)]
    pub(crate) enum Insert {
        First,
        Last,
        Product,
    }

    #[derive(Clone, Copy, PartialEq)]
    pub(crate) enum Emit {
        Complete,
        Final,
        Running,
    }

    type Sides = [Vec<usize>; 2];

    /// The values of both sides, and the rows that the last thing that happened gave.
    pub(crate) fn after(past: &[Past], insert: Insert, emit: Emit) -> (Sides, Vec<String>) {
        let (mut sides, mut given) = (Sides::default(), Vec::new());
        for past in past {
            let more = match past {
                Past::Came(item) if item.is_left => [vec![item.number], vec![]],
                Past::Came(item) => [vec![], vec![item.number]],
                Past::TookIn(absorbed) => after(absorbed, insert, emit).0,
            };
            for (side, more) in sides.iter_mut().zip(more) {
                side.extend(more);
                match insert {
                    Insert::First => side.truncate(1),
                    Insert::Last => *side = side.last().copied().into_iter().collect(),
                    Insert::Product => {}
                }
            }
            let is_complete = !sides.iter().any(Vec::is_empty);
            given = match emit {
                Emit::Running => rows(&sides),
                Emit::Complete if is_complete => rows(&std::mem::take(&mut sides)),
                _ => Vec::new(),
            };
        }
        (sides, given)
    }

    pub(crate) fn rows(sides: &Sides) -> Vec<String> {
        let [left, right] = sides.each_ref().map(|side| {
            let values: Vec<_> = side.iter().map(|number| Some(*number)).collect();
            if values.is_empty() { vec![None] } else { values }
        });
        let row = |left| right.iter().map(move |right| format!("{left:?} {right:?}"));
        left.into_iter().flat_map(row).collect()
    }
}

/// A row of a join, whatever its mode.
trait Row {
    fn text(self) -> String;
}

impl Row for (Item, Item) {
    fn text(self) -> String {
        (Some(self.0), Some(self.1)).text()
    }
}

impl Row for (Option<Item>, Option<Item>) {
    fn text(self) -> String {
        let number = |side: Option<Item>| side.map(|item| item.number);
        format!("{:?} {:?}", number(self.0), number(self.1))
    }
}

/// Tells all that happens to it.
struct Diary(String);

impl WindowLogic<Item> for Diary {
    type Output = String;

    fn on_value(&mut self, item: Item, out: &mut impl FnMut(String)) {
        self.0 = format!("{}{}.", self.0, item.number);
        out(format!("came {}", self.0));
    }

    fn on_merge(&mut self, absorbed: Self, out: &mut impl FnMut(String)) {
        self.0 = format!("({}+{})", self.0, absorbed.0);
        out(format!("merged {}", self.0));
    }

    fn on_close(self, out: &mut impl FnMut(String)) {
        out(format!("closed {}", self.0));
    }
}

/// The system's time, and the latest that it ever was.
struct Latest {
    time: SimulatedTime,
    latest: Cell<i128>,
}

impl Latest {
    fn now(&self) -> i128 {
        self.latest.set(self.latest.get().max(of(self.time.time())));
        self.latest.get()
    }
}

/// Rows as they come, each with the latest system time.
struct Log<'a> {
    time: &'a Latest,
    rows: RefCell<Rows>,
}

impl<'a> Log<'a> {
    fn new(time: &'a Latest) -> Self {
        Self { time, rows: RefCell::default() }
    }

    fn add(&self, key: u8, row: impl std::fmt::Display) {
        self.rows.borrow_mut().push((key, format!("{} {row}", self.time.now())));
    }

    fn bounded(&self, (key, (bounds, row)): (u8, (WindowBounds, impl std::fmt::Display))) {
        let WindowBounds { id, open_time, close_time } = bounds;
        self.add(key, format!("{id} {}..{} {row}", of(open_time), of(close_time)));
    }

    fn named(&self, (key, (id, row)): (u8, (WindowId, impl std::fmt::Display))) {
        self.add(key, format!("{id} {row}"));
    }

    fn late(&self, (key, (id, item)): (u8, (WindowId, Item))) {
        self.add(key, format!("{id} {}", item.number));
    }

    fn meta(&self, (key, (id, meta)): (u8, (WindowId, WindowMetadata))) {
        let WindowMetadata { open_time, close_time, mut merged_ids } = meta;
        // All that were merged are promised, and not in which order they are named.
        merged_ids.sort_unstable();
        self.add(key, format!("{id} {}..{} {merged_ids:?}", of(open_time), of(close_time)));
    }
}

/// Rows of the model.
fn told(moments: &[Moment], row: impl Fn(&Moment) -> Vec<String>) -> Rows {
    let rows = moments.iter().flat_map(|moment| {
        let stamp = |row| (moment.key, format!("{} {} {row}", moment.now, moment.id));
        row(moment).into_iter().map(stamp).collect::<Vec<_>>()
    });
    rows.collect()
}

/// Rows of those moments, with the window's bounds.
fn bounded(moments: &[Moment], text: impl Fn(&Moment) -> Option<String>) -> Rows {
    told(moments, |moment| {
        let (open, close) = moment.bounds;
        text(moment).into_iter().map(|text| format!("{open}..{close} {text}")).collect()
    })
}

fn late(moments: &[Moment]) -> Rows {
    told(moments, |moment| match &moment.event {
        Event::Late(item) => vec![item.number.to_string()],
        _ => vec![],
    })
}

fn meta(moments: &[Moment]) -> Rows {
    bounded(moments, |moment| match &moment.event {
        Event::Closed(merged) => {
            let mut merged = merged.clone();
            merged.sort_unstable();
            Some(format!("{merged:?}"))
        }
        _ => None,
    })
}

/// What windows give as they close.
fn closed(moments: &[Moment], text: impl Fn(&[Past]) -> String) -> Rows {
    told(moments, |moment| match moment.event {
        Event::Closed(_) => vec![text(&moment.past)],
        _ => vec![],
    })
}

impl Scenario {
    /// The items, each at its time, or, where the clock goes back and forth, all at once.
    fn timed(&self) -> impl Iterator<Item = (DateTime<Utc>, Item)> {
        let arrival = |item: &Item| if self.options.blind { i128::from(i64::MIN) + 1 } else { item.arrival };
        self.items.iter().map(move |item| (instant(arrival(item)), item.clone()))
    }

    fn wait(&self) -> TimeDelta {
        self.options.wait.map_or(TimeDelta::MAX, length)
    }

    fn forget(&self) -> TimeDelta {
        self.options.forget.map_or(TimeDelta::MAX, length)
    }

    fn start(&self) -> Latest {
        let start = self.items.first().map_or(0, |item| item.arrival);
        Latest { time: SimulatedTime::starting_at(instant(start)), latest: Cell::new(start) }
    }

    /// Drives a flow to its end.
    fn drive(&self, way: Way, flow: impl Dataflow, clock: &Latest) {
        if !self.options.blind {
            return run(way, flow, &clock.time, self.most_polls());
        }
        let mut running = way.start(flow, clock.time.clone());
        let back = [&0].into_iter().chain(&self.back);
        for (item, back) in self.items.iter().zip(back) {
            // It may go back where it need not go on.
            let back = if item.arrival > clock.now() { 0 } else { *back };
            clock.time.set(instant(item.arrival - back));
            clock.now();
            running.poll(Waker::noop()).unwrap();
        }
        assert_eq!(running.poll(Waker::noop()).unwrap(), Progress::Ended);
    }

    /// No more than one an instant and one an item.
    fn most_polls(&self) -> usize {
        let arrival = |item: Option<&Item>| item.map_or(0, |item| item.arrival);
        usize::try_from(arrival(self.items.last()) - arrival(self.items.first())).unwrap()
            + self.items.len()
            + 3
    }

    /// Calls `check` with every way that goes with the scenario.
    fn every_way(&self, check: impl Fn(Way)) {
        every_way(|way| {
            if way.batch == 1 || !self.options.blind {
                check(way);
            }
        });
    }
}

/// Checks folds and diaries with all options, `late_when` being this word.
macro_rules! check_options {
    ($name:ident, $word:ident) => {
        fn $name<W, T>(&self, way: Way, windower: &W, early: T, expected: &[Rows; 5])
        where
            W: Windower<Membership: Membership<Item>> + Clone,
            T: Trigger + Copy,
        {
            let clock = self.start();
            let logs: [Log; 5] = std::array::from_fn(|_| Log::new(&clock));
            let [down, early_log, late, meta, diary] = &logs;
            let flow = dataflow! {
                let items = input(TimedSource::new(self.timed()));
                let keyed = items.key_on(|item| item.key);
                let folds = keyed.fold_window(
                    clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                    windower = windower.clone(),
                    builder = || "*".to_owned(),
                    folder = |text, item| format!("{text}{}.", item.number),
                    merger = |target, absorbed| format!("({target}+{absorbed})"),
                    ordered = self.options.ordered,
                    late_when = $word,
                    forget_keys_after = self.forget(),
                    early = early,
                    bounds = true,
                );
                folds.down.output(|row| down.bounded(row));
                folds.early.output(|row| early_log.bounded(row));
                folds.late.output(|row| late.late(row));
                folds.meta.output(|row| meta.meta(row));
                let diaries = keyed.window(
                    clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                    windower = windower.clone(),
                    logic = || Diary("*".to_owned()),
                    ordered = self.options.ordered,
                    late_when = $word,
                    forget_keys_after = self.forget(),
                    bounds = true,
                );
                diaries.down.output(|row| diary.bounded(row));
            };
            self.drive(way, flow, &clock);
            for (log, expected) in logs.iter().zip(expected) {
                way.compare(&log.rows.borrow(), expected);
            }
        }
    };
}

/// Checks one pair of modes of a join.
macro_rules! check_join {
    ($scenario:ident, $way:ident, $windower:ident, $insert_word:ident $insert:ident, $emit_word:tt $emit:ident) => {{
        let clock = $scenario.start();
        let (down, late, meta) = (Log::new(&clock), Log::new(&clock), Log::new(&clock));
        let flow = dataflow! {
            let items = input(TimedSource::new($scenario.timed()));
            let (lefts, rights) = items.branch(|item| item.is_left);
            let left = lefts.key_on(|item| item.key);
            let right = rights.key_on(|item| item.key);
            let rows = join_window(
                left,
                right,
                clock = EventClock(
                    |item| instant(item.time),
                    |item| instant(item.time),
                    wait_for_system_duration = $scenario.wait()
                ),
                windower = $windower.clone(),
                insert_mode = $insert_word,
                emit_mode = $emit_word,
                ordered = $scenario.options.ordered,
                late_when = window_closed,
            );
            rows.down.output(|(key, (id, row))| down.named((key, (id, row.text()))));
            rows.late.output(|(key, (id, item))| late.late((key, (id, match item {
                Side2::First(item) | Side2::Second(item) => item,
            }))));
            rows.meta.output(|row| meta.meta(row));
        };
        $scenario.drive($way, flow, &clock);
        let moments = moments(&$scenario.items, &$scenario.options);
        let expected = told(&moments, |moment| {
            let (sides, given) = join::after(&moment.past, join::Insert::$insert, join::Emit::$emit);
            match moment.event {
                Event::Came | Event::Merged => given,
                Event::Closed(_) if join::Emit::$emit == join::Emit::Final => join::rows(&sides),
                _ => vec![],
            }
        });
        $way.compare(&down.rows.borrow(), &expected);
        $way.compare(&late.rows.borrow(), &self::late(&moments));
        $way.compare(&meta.rows.borrow(), &self::meta(&moments));
    }};
}

impl Scenario {
    check_options!(check_watermark_passed, watermark_passed);
    check_options!(check_window_closed, window_closed);

    fn check_options<W>(&self, windower: &W)
    where
        W: Windower<Membership: Membership<Item>> + Clone,
    {
        let moments = moments(&self.items, &self.options);
        let text = |moment: &Moment| hold::text(&moment.past);
        let expected = [
            bounded(&moments, |moment| matches!(moment.event, Event::Closed(_)).then(|| text(moment))),
            bounded(&moments, |moment| matches!(moment.event, Event::Early).then(|| text(moment))),
            late(&moments),
            meta(&moments),
            bounded(&moments, |moment| match &moment.event {
                Event::Came => Some(format!("came {}", text(moment))),
                Event::Merged => Some(format!("merged {}", text(moment))),
                Event::Closed(_) => Some(format!("closed {}", text(moment))),
                _ => None,
            }),
        ];
        self.every_way(|way| match (self.options.late_when_closed, self.options.early) {
            (false, Early::Count(most)) => self.check_watermark_passed(way, windower, most, &expected),
            (false, Early::Time(every)) => {
                self.check_watermark_passed(way, windower, length(every), &expected);
            }
            (true, Early::Count(most)) => self.check_window_closed(way, windower, most, &expected),
            (true, Early::Time(every)) => self.check_window_closed(way, windower, length(every), &expected),
        });
    }

    fn check_logics<W>(&self, way: Way, windower: &W)
    where
        W: Windower<Membership: Membership<Item> + Membership<(u8, (i128, usize))>> + Clone,
    {
        let clock = self.start();
        let logs: [Log; 9] = std::array::from_fn(|_| Log::new(&clock));
        let [list, set, map, count, reduced, max, max_by, min, min_by] = &logs;
        let flow = dataflow! {
            let items = input(TimedSource::new(self.timed()));
            let keyed = items.key_on(|item| item.key);
            let lists = keyed.collect_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            lists.down
                .map_value(|(id, list)| (id, format!("{:?}", list.iter().map(|item| item.number).collect::<Vec<_>>())))
                .output(|row| list.named(row));
            let sets = keyed.collect_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                into = set,
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            sets.down
                .map_value(|(id, set)| (id, format!("{:?}", set.iter().map(|item| item.rank).collect::<Vec<_>>())))
                .output(|row| set.named(row));
            let pairs = keyed.map_value(|item| (item.rank, (item.time, item.number)));
            let maps = pairs.collect_window(
                clock = EventClock(|(_, (time, _))| instant(*time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                into = map,
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            maps.down
                .map_value(|(id, map)| {
                    (id, format!("{:?}", map.iter().map(|(rank, (_, number))| (rank, number)).collect::<Vec<_>>()))
                })
                .output(|row| map.named(row));
            let counts = keyed.count_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            counts.down.output(|row| count.named(row));
            let reductions = keyed.reduce_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                reducer = |one, other| Item { text: format!("<{} {}>", one.text, other.text), ..one },
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            reductions.down.map_value(|(id, item)| (id, item.text)).output(|row| reduced.named(row));
            let greatest = keyed.max_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            greatest.down.map_value(|(id, item)| (id, item.number)).output(|row| max.named(row));
            let greatest_by = keyed.max_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                by = |item| item.rank,
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            greatest_by.down.map_value(|(id, item)| (id, item.number)).output(|row| max_by.named(row));
            let least = keyed.min_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            least.down.map_value(|(id, item)| (id, item.number)).output(|row| min.named(row));
            let least_by = keyed.min_window(
                clock = EventClock(|item| instant(item.time), wait_for_system_duration = self.wait()),
                windower = windower.clone(),
                by = |item| item.rank,
                ordered = self.options.ordered,
                late_when = window_closed,
            );
            least_by.down.map_value(|(id, item)| (id, item.number)).output(|row| min_by.named(row));
        };
        self.drive(way, flow, &clock);
        for (log, expected) in logs.iter().zip(self.logics()) {
            way.compare(&log.rows.borrow(), &expected);
        }
    }

    /// What the model makes of all logics, in the order of [`check_logics`](Self::check_logics).
    fn logics(&self) -> [Rows; 9] {
        let moments = moments(&self.items, &self.options);
        let mut taken = Vec::new();
        for moment in &moments {
            if let (Event::Came, Some(Past::Came(item))) = (&moment.event, moment.past.last()) {
                taken.push(item.number);
            }
        }
        let numbers = |past: &[Past]| hold::list(past).iter().map(|item| item.number).collect::<Vec<_>>();
        let extreme = |is_max| closed(&moments, |past| hold::extreme(past, &taken, is_max).to_string());
        let pairs = |past: &[Past]| hold::map(past).into_iter().collect::<Vec<_>>();
        let ranks = |past: &[Past]| hold::set(past).into_iter().collect::<Vec<_>>();
        [
            closed(&moments, |past| format!("{:?}", numbers(past))),
            closed(&moments, |past| format!("{:?}", ranks(past))),
            closed(&moments, |past| format!("{:?}", pairs(past))),
            closed(&moments, |past| hold::list(past).len().to_string()),
            closed(&moments, hold::reduced),
            extreme(true),
            extreme(true),
            extreme(false),
            extreme(false),
        ]
    }

    fn check_joins<W>(&self, way: Way, windower: &W)
    where
        W: Windower<Membership: Membership<Side2<Item, Item>>> + Clone,
    {
        check_join!(self, way, windower, first First, complete Complete);
        check_join!(self, way, windower, first First, final Final);
        check_join!(self, way, windower, first First, running Running);
        check_join!(self, way, windower, last Last, complete Complete);
        check_join!(self, way, windower, last Last, final Final);
        check_join!(self, way, windower, last Last, running Running);
        check_join!(self, way, windower, product Product, complete Complete);
        check_join!(self, way, windower, product Product, final Final);
        check_join!(self, way, windower, product Product, running Running);
    }
}

/// Calls a method with the scenario's windower, a tumbling one where windows do not overlap.
macro_rules! with_windower {
    ($scenario:ident, |$windower:ident| $check:expr) => {
        match $scenario.options.kind {
            Kind::Sliding { length: long, offset, align_to } if long == offset => {
                let $windower = &TumblingWindower::new(length(long), instant(align_to));
                $check
            }
            Kind::Sliding { length: long, offset, align_to } => {
                let $windower = &SlidingWindower::new(length(long), length(offset), instant(align_to));
                $check
            }
            Kind::Session { gap } => {
                let $windower = &SessionWindower::new(length(gap));
                $check
            }
        }
    };
}

/// Items a few nanoseconds apart, out of order, somewhere within 250 years of 1970; the system's time is somewhere
/// else.
fn items() -> impl Strategy<Value = (Vec<Item>, i128)> {
    const YEAR: i128 = 365 * 24 * 3600 * 1_000_000_000;
    let row = (prop_oneof![2 => Just(0), 3 => 1..9_i128], -15..12_i128, 0..3_u8, 0..4_u8, any::<bool>());
    let years = prop_oneof![Just(0), Just(-250 * YEAR), Just(250 * YEAR)];
    (prop::collection::vec(row, 0..24), years.clone(), years, prop::bool::weighted(0.7)).prop_map(
        |(rows, event_time, system_time, in_step)| {
            let mut arrival = system_time;
            let rows = rows.into_iter().enumerate();
            let items = rows.map(|(number, (pause, ahead, key, rank, is_left))| {
                arrival += pause;
                // Else an item's time has nothing to do with when it comes.
                let passed = if in_step { arrival - system_time } else { 0 };
                let (time, text) = (event_time + passed + ahead, number.to_string());
                Item { number, key, arrival, time, rank, is_left, text }
            });
            (items.collect(), event_time)
        },
    )
}

fn kinds() -> impl Strategy<Value = Kind> {
    let aligned = |length, offset, align_to| Kind::Sliding { length, offset, align_to };
    prop_oneof![
        (1..12_i128, -40..40_i128).prop_map(move |(length, align_to)| aligned(length, length, align_to)),
        (1..12_i128, -40..40_i128)
            .prop_flat_map(|(length, align_to)| (Just(length), 1..=length, Just(align_to)))
            .prop_map(move |(length, offset, align_to)| aligned(length, offset, align_to)),
        (0..5_i128).prop_map(|gap| Kind::Session { gap }),
    ]
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let wait = prop_oneof![4 => (0..15_i128).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)];
    let early = prop_oneof![(1..5_u64).prop_map(Early::Count), (1..9_i128).prop_map(Early::Time)];
    let forget = prop::option::weighted(0.6, 1..25_i128);
    let flags = (any::<bool>(), any::<bool>());
    let back = prop::collection::vec(0..50_i128, 24);
    (items(), kinds(), wait, flags, forget, early, back).prop_map(
        |((items, event_time), kind, wait, (ordered, late_when_closed), forget, early, back)| {
            let kind = match kind {
                Kind::Sliding { length, offset, align_to } => {
                    Kind::Sliding { length, offset, align_to: event_time + align_to }
                }
                session @ Kind::Session { .. } => session,
            };
            let options = Options { kind, wait, ordered, late_when_closed, forget, early, blind: false };
            Scenario { items, back, options }
        },
    )
}

/// With many sessions that merge, or without.
fn plain_scenarios() -> impl Strategy<Value = Scenario> {
    let chained = (scenarios(), 1..5_i128).prop_map(|(scenario, gap)| scenario.chained(gap));
    prop_oneof![scenarios(), chained].prop_map(Scenario::plain)
}

impl Scenario {
    /// With sessions that begin on their own, and become one when an item comes between them.
    fn chained(mut self, gap: i128) -> Self {
        for item in &mut self.items {
            item.key %= 2;
            item.time = item.time.rem_euclid(14) * gap;
        }
        self.options.kind = Kind::Session { gap };
        self.options.wait = Some(40);
        self.options.ordered = false;
        self
    }

    /// Without what not all logics are asked for.
    fn plain(mut self) -> Self {
        self.options.forget = None;
        self.options.early = Early::Count(u64::MAX);
        self.options.late_when_closed = true;
        self
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn windows_with_all_options(scenario in scenarios()) {
        with_windower!(scenario, |windower| scenario.check_options(windower));
    }

    #[test]
    fn chains_of_sessions(scenario in scenarios(), gap in 1..5_i128) {
        let scenario = scenario.chained(gap);
        with_windower!(scenario, |windower| scenario.check_options(windower));
    }

    /// The system's clock goes back and forth, which must not be seen.
    #[test]
    fn under_a_clock_that_goes_back(mut scenario in scenarios()) {
        scenario.options.blind = true;
        scenario.options.early = Early::Count(3);
        with_windower!(scenario, |windower| scenario.check_options(windower));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn all_that_windows_can_hold(scenario in plain_scenarios()) {
        with_windower!(scenario, |windower| every_way(|way| scenario.check_logics(way, windower)));
    }

    #[test]
    fn joins_in_all_modes(scenario in plain_scenarios()) {
        with_windower!(scenario, |windower| every_way(|way| scenario.check_joins(way, windower)));
    }
}

/// An item that is late for its only window goes nowhere where nobody takes what is late, and is counted.
#[test]
fn late_items_of_closed_windows_that_nobody_takes() {
    every_way(|way| {
        let mut rows = Vec::new();
        let time = SimulatedTime::starting_at(instant(0));
        let flow = dataflow! {
            let items = input(TestingSource::new([8, 12, 9, 11]));
            let keyed = items.key_on(|_| 'k');
            let windows = keyed.count_window(
                clock = EventClock(|item| instant(*item), wait_for_system_duration = 0s),
                windower = TumblingWindower(length = 10ns, align_to = instant(0)),
                late_when = window_closed,
            );
            windows.down.output(|row| rows.push(row));
        };
        let report = way.start(flow, time).run().unwrap();
        assert!(report.to_string().contains("late, taken by nobody: 1"), "{report}");
        way.compare(&rows, &[('k', (0, 1)), ('k', (1, 2))]);
    });
}
