//! The window step: what a clock, a windower and a content do together for one key.

use std::fmt;

use super::{Clock, Folding, Membership, Merge, Window, WindowContent, WindowId, WindowMetadata, Windower};
use crate::keyed::{Emitter, Event, Fate, Logic};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

/// The three streams of a window step.
pub struct WindowStreams<K, V, O> {
    /// What each window gives, with the window's id.
    pub down: KeyedStream<K, (WindowId, O)>,
    /// The items that came too late, each with the id of the window it would have been in.
    pub late: KeyedStream<K, (WindowId, V)>,
    /// The bounds of each window that has closed, behind what it gave.
    pub meta: KeyedStream<K, (WindowId, WindowMetadata)>,
}

impl<K, V, O> WindowStreams<K, V, O> {
    pub(crate) fn new() -> Self {
        Self { down: KeyedStream::new(), late: KeyedStream::new(), meta: KeyedStream::new() }
    }
}

impl<K, V, O> Clone for WindowStreams<K, V, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V, O> Copy for WindowStreams<K, V, O> {}

impl<K, V, O> fmt::Debug for WindowStreams<K, V, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WindowStreams")
    }
}

/// What a window step emits: on which of its streams, and what.
#[derive(Debug)]
pub enum WindowEvent<D, L, M> {
    /// For `down`.
    Down(D),
    /// For `late`.
    Late(L),
    /// For `meta`.
    Meta(M),
}

type Emitted<V, O> = WindowEvent<(WindowId, O), (WindowId, V), (WindowId, WindowMetadata)>;

impl<D, L, M> Event for WindowEvent<D, L, M> {
    type Keyed<K> = WindowEvent<(K, D), (K, L), (K, M)>;

    #[inline(always)]
    fn with_key<K>(self, key: K) -> Self::Keyed<K> {
        match self {
            Self::Down(down) => WindowEvent::Down((key, down)),
            Self::Late(late) => WindowEvent::Late((key, late)),
            Self::Meta(meta) => WindowEvent::Meta((key, meta)),
        }
    }
}

/// What a window step does with one key.
pub struct WindowStep<V, C, W, A> {
    clock: C,
    windower: W,
    content: A,
    ordered: bool,
    take_late: bool,
    take_meta: bool,
    late_untaken: u64,
    ids: Vec<WindowId>,
    values: std::marker::PhantomData<fn(V)>,
}

/// A window step whose windows hold a fold.
pub type FoldStep<V, C, W, F> = WindowStep<V, C, W, Folding<F>>;

/// What a window step keeps for a key.
#[derive(Debug)]
pub struct WindowState<V, C, W, A> {
    clock: C,
    windows: W,
    /// What the open windows hold, in order of their ids.
    open: Vec<(WindowId, A)>,
    /// Items whose time has not come, that of the latest at the front.
    waiting: Vec<(Timestamp, V)>,
}

impl<V, C, W, F> FoldStep<V, C, W, F> {
    /// A step whose windows hold a fold.
    pub(crate) fn folding(clock: C, windower: W, fold: F, ordered: bool) -> Self {
        Self::new(clock, windower, Folding(fold), ordered)
    }
}

impl<V, C, W, A> WindowStep<V, C, W, A> {
    /// `ordered`: whether items wait until the watermark reaches them, to be taken in order of time.
    pub(crate) fn new(clock: C, windower: W, content: A, ordered: bool) -> Self {
        Self {
            clock,
            windower,
            content,
            ordered,
            take_late: true,
            take_meta: true,
            late_untaken: 0,
            ids: Vec::new(),
            values: std::marker::PhantomData,
        }
    }
}

impl<V, C, W, A> WindowStep<V, C, W, A>
where
    C: Clock<V>,
    W: Windower<Membership: Membership<V>>,
    A: WindowContent<V>,
{
    fn late(
        &mut self,
        timestamp: Timestamp,
        value: V,
        out: &mut Emitter<'_, Emitted<V, A::Output>>,
    ) -> Result<(), OutOfRange> {
        if !self.take_late {
            self.late_untaken += 1;
            return Ok(());
        }
        self.ids.clear();
        self.windower.late_for(timestamp, &mut self.ids)?;
        W::Membership::hand_out(value, &self.ids, |id, value| out.emit(WindowEvent::Late((id, value))));
        Ok(())
    }

    /// Takes an item into its windows.
    #[inline]
    fn insert(
        &mut self,
        state: &mut WindowState<V, C::State, W::State, A::State>,
        timestamp: Timestamp,
        value: V,
        out: &mut Emitter<'_, Emitted<V, A::Output>>,
    ) -> Result<(), OutOfRange> {
        let Self { windower, content, ids, .. } = self;
        ids.clear();
        windower.open_for(&mut state.windows, timestamp, ids)?;
        W::Membership::hand_out(value, ids, |id, value| {
            let mut down = |output| out.emit(WindowEvent::Down((id, output)));
            match find(&state.open, id) {
                Ok(place) => content.on_value(&mut state.open[place].1, value, &mut down),
                Err(place) => state.open.insert(place, (id, content.open(value, &mut down))),
            }
        });
        while let Some(merge) = self.windower.merge_next(&mut state.windows) {
            self.merge(state, merge, out);
        }
        Ok(())
    }

    /// Puts what one window holds into another.
    fn merge(
        &mut self,
        state: &mut WindowState<V, C::State, W::State, A::State>,
        Merge { target, absorbed }: Merge,
        out: &mut Emitter<'_, Emitted<V, A::Output>>,
    ) {
        let Ok(place) = find(&state.open, absorbed) else { return };
        let (_, absorbed) = state.open.remove(place);
        let mut down = |output| out.emit(WindowEvent::Down((target, output)));
        match find(&state.open, target) {
            Ok(place) => self.content.on_merge(&mut state.open[place].1, absorbed, &mut down),
            Err(place) => state.open.insert(place, (target, absorbed)),
        }
    }

    /// Takes the waiting items that the watermark has reached, in order of time.
    fn play(
        &mut self,
        state: &mut WindowState<V, C::State, W::State, A::State>,
        watermark: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output>>,
    ) -> Result<(), OutOfRange> {
        while let Some((timestamp, value)) = state.waiting.pop_if(|(timestamp, _)| *timestamp <= watermark) {
            self.insert(state, timestamp, value, out)?;
        }
        Ok(())
    }

    /// Closes the windows that the watermark has reached, in order of close time, then of id.
    #[inline]
    fn close(
        &mut self,
        state: &mut WindowState<V, C::State, W::State, A::State>,
        watermark: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output>>,
    ) {
        while let Some(window) = self.windower.close_next(&mut state.windows, watermark) {
            self.give(state, window, out);
        }
    }

    fn give(
        &mut self,
        state: &mut WindowState<V, C::State, W::State, A::State>,
        window: Window,
        out: &mut Emitter<'_, Emitted<V, A::Output>>,
    ) {
        let id = window.id;
        if let Ok(place) = find(&state.open, id) {
            let (_, held) = state.open.remove(place);
            self.content.on_close(held, &mut |output| out.emit(WindowEvent::Down((id, output))));
        }
        self.ids.clear();
        self.windower.merged_into(&mut state.windows, id, &mut self.ids);
        if self.take_meta {
            let metadata = WindowMetadata { merged_ids: self.ids.clone(), ..window.into() };
            out.emit(WindowEvent::Meta((id, metadata)));
        }
    }
}

/// Where the window `id` is among the open ones, or belongs.
#[inline]
fn find<A>(open: &[(WindowId, A)], id: WindowId) -> Result<usize, usize> {
    match open.last() {
        // Most items belong to the latest window.
        Some((last, _)) if *last == id => Ok(open.len() - 1),
        _ => open.binary_search_by_key(&id, |(open, _)| *open),
    }
}

impl<V, C, W, A> Logic for WindowStep<V, C, W, A>
where
    C: Clock<V>,
    W: Windower<Membership: Membership<V>>,
    A: WindowContent<V>,
{
    type Value = V;
    type State = WindowState<V, C::State, W::State, A::State>;
    type Event = Emitted<V, A::Output>;

    fn check(&self) -> Result<(), String> {
        self.clock.check()?;
        self.windower.check()
    }

    fn create(&mut self, now: Timestamp) -> Self::State {
        WindowState {
            clock: self.clock.start(now),
            windows: self.windower.start(),
            open: Vec::new(),
            waiting: Vec::new(),
        }
    }

    #[inline]
    fn on_item(
        &mut self,
        state: &mut Self::State,
        value: V,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let reading = self.clock.on_item(&mut state.clock, &value, now)?;
        let (timestamp, watermark) = (reading.timestamp, reading.watermark);
        if timestamp < watermark {
            self.late(timestamp, value, out)?;
        } else if self.ordered && (timestamp > watermark || !state.waiting.is_empty()) {
            // Behind those of the same time: the order is stable, and the vector runs backwards.
            let place = state.waiting.partition_point(|(waiting, _)| *waiting > timestamp);
            state.waiting.insert(place, (timestamp, value));
        } else {
            self.insert(state, timestamp, value, out)?;
        }
        self.play(state, watermark, out)?;
        self.close(state, watermark, out);
        Ok(Fate::Keep)
    }

    #[inline]
    fn due(&self, state: &Self::State) -> Timestamp {
        let waiting = state.waiting.last().map_or(Timestamp::MAX, |(timestamp, _)| *timestamp);
        self.clock.due(&state.clock, waiting.min(self.windower.next_close(&state.windows)))
    }

    fn on_due(
        &mut self,
        state: &mut Self::State,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let watermark = self.clock.watermark(&state.clock, now);
        self.play(state, watermark, out)?;
        self.close(state, watermark, out);
        Ok(Fate::Keep)
    }

    fn on_end(
        &mut self,
        state: &mut Self::State,
        _: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        self.play(state, Timestamp::MAX, out)?;
        self.close(state, Timestamp::MAX, out);
        Ok(Fate::Keep)
    }

    fn take_late(&mut self, taken: bool) {
        self.take_late = taken;
    }

    fn take_meta(&mut self, taken: bool) {
        self.take_meta = taken;
    }

    fn late_untaken(&self) -> u64 {
        self.late_untaken
    }
}

impl<V, C, W, A> fmt::Debug for WindowStep<V, C, W, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowStep").field("ordered", &self.ordered).finish_non_exhaustive()
    }
}
