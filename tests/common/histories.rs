//! A naive model of windows with all their options: it goes from instant to instant, looks at everything that has
//! come so far, and knows nothing of due times, bounds or places. What it gives is what happens to each window.

use super::Item;

/// A watermark that nothing is behind, which a bit may still be subtracted from.
const BEFORE_ALL: i128 = i128::MIN / 2;

/// What windows there are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Sliding { length: i128, offset: i128, align_to: i128 },
    Session { gap: i128 },
}

/// When windows give results early.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Early {
    Count(u64),
    Time(i128),
}

/// What is asked of a window operator. All times are in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) kind: Kind,
    /// None for `TimeDelta::MAX`.
    pub(crate) wait: Option<i128>,
    pub(crate) ordered: bool,
    pub(crate) late_when_closed: bool,
    pub(crate) forget: Option<i128>,
    pub(crate) early: Early,
    /// Whether nobody looks at the time between two items.
    pub(crate) blind: bool,
}

/// How a window came to hold what it holds.
#[derive(Clone, Debug)]
pub(crate) enum Past {
    Came(Item),
    TookIn(Vec<Past>),
}

/// What happens to a window.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Late(Item),
    Came,
    Merged,
    Early,
    Closed(Vec<i128>),
}

/// What happens, and to which window, with its bounds and all that it holds by then.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub(crate) now: i128,
    pub(crate) key: u8,
    pub(crate) id: i128,
    pub(crate) bounds: (i128, i128),
    pub(crate) past: Vec<Past>,
    pub(crate) event: Event,
}

/// All that happens, in order.
pub(crate) fn moments(items: &[Item], options: &Options) -> Vec<Moment> {
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
    let mut world = World { options, keys: Vec::new(), moments: Vec::new() };
    for now in first.arrival..=last.arrival {
        let arriving: Vec<_> = items.iter().filter(|item| item.arrival == now).collect();
        if arriving.is_empty() && !options.blind {
            world.settle(now);
        }
        for item in arriving {
            world.take(item);
            world.settle(now);
        }
    }
    world.end(last.arrival);
    world.moments
}

/// All keys, in the order in which their states were made.
struct World<'a> {
    options: &'a Options,
    keys: Vec<Key>,
    moments: Vec<Moment>,
}

struct Key {
    name: u8,
    seen: Vec<Item>,
    waiting: Vec<Item>,
    windows: Vec<Window>,
    sessions: i128,
}

struct Window {
    id: i128,
    /// The times of its items.
    times: Vec<i128>,
    past: Vec<Past>,
    merged: Vec<i128>,
    /// When it opened, in system time.
    began: i128,
    /// When what it has not told early came to it.
    news: Vec<i128>,
}

impl Options {
    /// The windows that a time is in, with their bounds.
    fn windows_of(&self, time: i128) -> Vec<(i128, (i128, i128))> {
        let Kind::Sliding { length, offset, align_to } = self.kind else { return Vec::new() };
        let around = (time - align_to).div_euclid(offset);
        let bounds = |id| (align_to + id * offset, align_to + id * offset + length);
        let near = around - length / offset - 2..around + 3;
        near.map(|id| (id, bounds(id))).filter(|(_, (open, close))| *open <= time && time < *close).collect()
    }
}

impl Window {
    fn bounds(&self, options: &Options) -> (i128, i128) {
        match options.kind {
            Kind::Sliding { length, offset, align_to } => {
                (align_to + self.id * offset, align_to + self.id * offset + length)
            }
            Kind::Session { .. } => (*self.times.iter().min().unwrap(), *self.times.iter().max().unwrap()),
        }
    }

    fn is_over(&self, options: &Options, watermark: i128) -> bool {
        let (_, close) = self.bounds(options);
        match options.kind {
            Kind::Sliding { .. } => close <= watermark,
            Kind::Session { gap } => close < watermark - gap,
        }
    }

    fn is_near(&self, time: i128, gap: i128) -> bool {
        self.times.iter().any(|other| (other - time).abs() <= gap)
    }
}

impl Key {
    fn watermark(&self, options: &Options, now: i128) -> i128 {
        let Some(wait) = options.wait else { return i128::from(i64::MIN) };
        // What is further back than all time brings nothing.
        let brought = self.seen.iter().filter(|item| item.time - wait > i128::from(i64::MIN));
        brought.map(|item| item.time - wait + (now - item.arrival)).max().unwrap_or(i128::from(i64::MIN))
    }
}

impl World<'_> {
    fn take(&mut self, item: &Item) {
        let place = self.keys.iter().position(|key| key.name == item.key).unwrap_or_else(|| {
            let (seen, waiting, windows) = (Vec::new(), Vec::new(), Vec::new());
            self.keys.push(Key { name: item.key, seen, waiting, windows, sessions: 0 });
            self.keys.len() - 1
        });
        let (now, options) = (item.arrival, self.options);
        self.keys[place].seen.push(item.clone());
        let watermark = self.keys[place].watermark(options, now);
        if item.time >= watermark {
            if options.ordered {
                self.keys[place].waiting.push(item.clone());
            } else {
                self.insert(place, item, now, BEFORE_ALL);
            }
        } else if options.late_when_closed {
            self.advance(place, watermark, now);
            self.insert(place, item, now, watermark);
        } else {
            let ids: Vec<_> = options.windows_of(item.time).into_iter().map(|(id, _)| id).collect();
            for id in if ids.is_empty() { vec![-1] } else { ids } {
                self.late(item, id);
            }
        }
        self.advance(place, watermark, now);
    }

    fn late(&mut self, item: &Item, id: i128) {
        let event = Event::Late(item.clone());
        let (now, key) = (item.arrival, item.key);
        self.moments.push(Moment { now, key, id, bounds: (0, 0), past: Vec::new(), event });
    }

    /// Puts an item into its windows, except for those that are over.
    fn insert(&mut self, place: usize, item: &Item, now: i128, watermark: i128) {
        let touched = match self.options.kind {
            Kind::Sliding { .. } => {
                let mut touched = Vec::new();
                for (id, (open, close)) in self.options.windows_of(item.time) {
                    if close <= watermark {
                        self.late(item, id);
                    } else {
                        self.put(place, id, item, now, (open, close));
                        touched.push(id);
                    }
                }
                touched
            }
            Kind::Session { gap } => self.insert_into_session(place, item, now, watermark, gap),
        };
        let Early::Count(most) = self.options.early else { return };
        for id in touched {
            let window = self.keys[place].windows.iter_mut().find(|window| window.id == id).unwrap();
            if window.news.len() as u64 >= most {
                window.news.clear();
                self.tell(place, id, now, Event::Early);
            }
        }
    }

    fn insert_into_session(
        &mut self,
        place: usize,
        item: &Item,
        now: i128,
        watermark: i128,
        gap: i128,
    ) -> Vec<i128> {
        let key = &mut self.keys[place];
        let mut near: Vec<_> = key.windows.iter().filter(|window| window.is_near(item.time, gap)).collect();
        near.sort_by_key(|window| window.times.iter().min().copied());
        let times: Vec<_> =
            near.iter().flat_map(|window| &window.times).copied().chain([item.time]).collect();
        let bounds = (*times.iter().min().unwrap(), *times.iter().max().unwrap());
        match *near.iter().map(|window| window.id).collect::<Vec<_>>() {
            [] if item.time < watermark - gap => {
                self.late(item, -1);
                Vec::new()
            }
            [] => {
                let id = key.sessions;
                key.sessions += 1;
                self.put(place, id, item, now, bounds);
                vec![id]
            }
            [id] => {
                self.put(place, id, item, now, bounds);
                vec![id]
            }
            [target, absorbed] => {
                self.put(place, target.min(absorbed), item, now, bounds);
                let windows = &mut self.keys[place].windows;
                let gone = windows.iter().position(|window| window.id == absorbed).unwrap();
                let gone = windows.remove(gone);
                let stays = windows.iter_mut().find(|window| window.id == target).unwrap();
                stays.times.extend(gone.times);
                stays.past.push(Past::TookIn(gone.past));
                stays.merged.extend(gone.merged);
                stays.merged.push(absorbed);
                // What the other window holds is new to this one.
                stays.news.extend(gone.news.iter().map(|_| now));
                if let Early::Time(_) = self.options.early {
                    stays.news.push(now);
                }
                self.tell(place, target, now, Event::Merged);
                vec![target]
            }
            ref more => panic!("an item is near to {more:?}"),
        }
    }

    /// Puts an item into a window, which opens if it is not open.
    fn put(&mut self, place: usize, id: i128, item: &Item, now: i128, bounds: (i128, i128)) {
        let windows = &mut self.keys[place].windows;
        if !windows.iter().any(|window| window.id == id) {
            let (times, past, merged, news) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            windows.push(Window { id, times, past, merged, began: now, news });
        }
        let window = windows.iter_mut().find(|window| window.id == id).unwrap();
        window.times.push(item.time);
        window.past.push(Past::Came(item.clone()));
        window.news.push(now);
        let (key, past) = (item.key, window.past.clone());
        self.moments.push(Moment { now, key, id, bounds, past, event: Event::Came });
    }

    fn tell(&mut self, place: usize, id: i128, now: i128, event: Event) {
        let Key { name, windows, .. } = &self.keys[place];
        let window = windows.iter().find(|window| window.id == id).unwrap();
        let (bounds, past) = (window.bounds(self.options), window.past.clone());
        self.moments.push(Moment { now, key: *name, id, bounds, past, event });
    }

    /// Takes the items that the watermark has reached, and then closes the windows that it has reached.
    fn advance(&mut self, place: usize, watermark: i128, now: i128) {
        let waiting = std::mem::take(&mut self.keys[place].waiting);
        let (mut reached, waiting): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|item| item.time <= watermark);
        self.keys[place].waiting = waiting;
        reached.sort_by_key(|item| item.time);
        for item in reached {
            self.insert(place, &item, now, BEFORE_ALL);
        }
        let options = self.options;
        let mut over: Vec<_> = self.keys[place]
            .windows
            .iter()
            .filter(|window| window.is_over(options, watermark))
            .map(|window| (window.bounds(options).1, window.id, window.merged.clone()))
            .collect();
        over.sort();
        for (_, id, merged) in over {
            self.tell(place, id, now, Event::Closed(merged));
            self.keys[place].windows.retain(|window| window.id != id);
        }
    }

    /// What happens by the time alone, to one key behind the other.
    fn settle(&mut self, now: i128) {
        let options = self.options;
        for place in 0..self.keys.len() {
            let watermark = self.keys[place].watermark(options, now);
            self.advance(place, watermark, now);
            let Early::Time(every) = options.early else { continue };
            let is_due = |window: &Window| {
                (now - window.began) % every == 0 && window.news.iter().any(|time| *time < now)
            };
            let mut due: Vec<_> = self.keys[place]
                .windows
                .iter()
                .filter(|window| is_due(window))
                .map(|window| window.id)
                .collect();
            due.sort_unstable();
            for id in due {
                let window = self.keys[place].windows.iter_mut().find(|window| window.id == id).unwrap();
                window.news.clear();
                self.tell(place, id, now, Event::Early);
            }
        }
        self.keys.retain(|key| {
            let is_idle = key.windows.is_empty() && key.waiting.is_empty();
            let last = key.seen.last().unwrap().arrival;
            !options.forget.is_some_and(|after| is_idle && last + after <= now)
        });
    }

    fn end(&mut self, now: i128) {
        for place in 0..self.keys.len() {
            self.advance(place, -BEFORE_ALL, now);
        }
    }
}
