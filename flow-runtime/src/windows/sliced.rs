//! The window step that keeps one state a slice, and puts what a window holds together of them when it closes.

use std::fmt;
use std::marker::PhantomData;

use super::event::Emitted;
use super::options::{Forget, LateWhen, Naming};
use super::stacks::{Merging, Stacks};
use super::step::MOST_SPARE;
use super::waiting::Waiting;
use super::{
    Clock, Membership, PartialFold, Reading, Slices, Window, WindowFold, WindowId, WindowOptions, Windower,
    due_at,
};
use crate::keyed::{Emitter, Fate, Logic, Look, Marked, Taken};
use crate::time::{OutOfRange, Timestamp};

/// What a window step with slices does with one key. What comes out is what a
/// [`WindowStep`](super::WindowStep) gives.
pub struct SlicedStep<V, C, W, A: WindowFold<V>, F, B, E> {
    clock: C,
    windower: W,
    fold: A,
    options: WindowOptions<F, B, E>,
    ordered: bool,
    taken: Taken,
    ids: Vec<WindowId>,
    /// What keys of which nothing is open have left behind, to be used by others: the memory that it has.
    spare: Vec<(Stacks<A::Accumulator>, Waiting<V>)>,
}

/// What a window step with slices keeps for a key. What most items need comes first; what few keys need is elsewhere.
#[repr(C)]
pub struct SlicedState<V, C, F, A> {
    clock: C,
    stacks: Stacks<A>,
    /// The window that closes next: the first that any slice belongs to.
    next: Window,
    waiting: Waiting<V>,
    forget: F,
}

impl<V, C, F, A> SlicedState<V, C, F, A> {
    #[inline]
    fn next_close(&self) -> Timestamp {
        if self.next.is_none() { Timestamp::MAX } else { self.next.close }
    }

    fn has_nothing_open(&self) -> bool {
        self.stacks.is_empty() && self.waiting.is_empty()
    }
}

type Out<'a, 'b, V, A, B> =
    &'a mut Emitter<'b, Emitted<V, <A as WindowFold<V>>::Output, <B as Naming>::Name>>;

type StateOf<V, C, A, F> =
    SlicedState<V, <C as Clock<V>>::State, <F as Forget>::State, <A as WindowFold<V>>::Accumulator>;

impl<V, C, W, A, F, B, E> SlicedStep<V, C, W, A, F, B, E>
where
    C: Clock<V>,
    V: Clone,
    W: Windower<Membership = Slices>,
    A: PartialFold<V>,
    F: Forget,
    B: Naming,
{
    /// `ordered`: whether items wait until the watermark reaches them, to be taken in order of time, where the
    /// options do not say.
    pub(super) fn new(
        (clock, windower): (C, W),
        fold: A,
        options: WindowOptions<F, B, E>,
        ordered: bool,
    ) -> Self {
        Self {
            clock,
            windower,
            fold,
            ordered: options.ordered.unwrap_or(ordered),
            options,
            taken: Taken::all(),
            ids: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// What the clock says of an item.
    #[inline(always)]
    fn read(
        &mut self,
        state: &mut StateOf<V, C, A, F>,
        value: &V,
        now: Timestamp,
    ) -> Result<Reading, OutOfRange> {
        state.forget = self.options.forget.touched(now);
        self.clock.on_item(&mut state.clock, value, now)
    }

    /// Takes an item into its slice.
    #[inline(always)]
    fn insert(
        &mut self,
        state: &mut StateOf<V, C, A, F>,
        timestamp: Timestamp,
        value: V,
    ) -> Result<(), OutOfRange> {
        // Most items belong to the newest slice or begin the next one, which needs no division to be found.
        if let Some(held) = state.stacks.newest_at(timestamp) {
            self.fold.add(held, value);
            return Ok(());
        }
        if !state.next.is_none()
            && let Some(slice) = state.stacks.newest().and_then(|newest| self.windower.slice_behind(newest))
            && slice.contains(timestamp)
        {
            state.stacks.push(slice, self.fold.open(value));
            return Ok(());
        }
        self.insert_elsewhere(state, timestamp, None, value)
    }

    /// Takes an item into a slice that has to be found. Windows in front of `earliest` have closed.
    #[cold]
    fn insert_elsewhere(
        &mut self,
        state: &mut StateOf<V, C, A, F>,
        timestamp: Timestamp,
        earliest: Option<Window>,
        value: V,
    ) -> Result<(), OutOfRange> {
        let slice = self.windower.slice_of(timestamp)?;
        if let Some(held) = state.stacks.find(slice.begin) {
            self.fold.add(held, value);
            return Ok(());
        }
        let is_first = state.stacks.insert(slice, self.fold.open(value));
        // Behind others, there is a window that closes before those of this slice do.
        if is_first || earliest.is_some() || state.next.is_none() {
            let first = self.windower.first_window(slice.begin);
            let first = first.into_iter().chain(earliest).max_by_key(|window| window.id);
            let next = Some(state.next).filter(|next| !next.is_none());
            let next = next.into_iter().chain(first).min_by_key(|window| window.id);
            state.next = next.unwrap_or(Window::NONE);
        }
        Ok(())
    }

    /// Takes an item that is behind the watermark.
    #[cold]
    fn on_late(
        &mut self,
        state: &mut StateOf<V, C, A, F>,
        (timestamp, watermark): (Timestamp, Timestamp),
        value: V,
        out: Out<'_, '_, V, A, B>,
    ) -> Result<(), OutOfRange> {
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        self.windower.late_for(timestamp, &mut ids)?;
        if self.options.late_when == LateWhen::WatermarkPassed {
            self.give_late(value, &ids, out);
            self.on_watermark(state, watermark, out)?;
        } else {
            self.on_watermark(state, watermark, out)?;
            let earliest = self.windower.first_window(watermark);
            let late = ids.partition_point(|id| earliest.is_none_or(|earliest| *id < earliest.id));
            self.take_partly(state, timestamp, (late, earliest), value, &ids, out)?;
        }
        self.ids = ids;
        Ok(())
    }

    /// Takes an item for which the first `late` of its windows have closed, and those from `earliest` on have not.
    fn take_partly(
        &mut self,
        state: &mut StateOf<V, C, A, F>,
        timestamp: Timestamp,
        (late, earliest): (usize, Option<Window>),
        value: V,
        ids: &[WindowId],
        out: Out<'_, '_, V, A, B>,
    ) -> Result<(), OutOfRange> {
        let (closed, open) = ids.split_at(late);
        if open.is_empty() {
            self.give_late(value, closed, out);
            return Ok(());
        }
        // The item goes to its late rows and into its slice: the last one in the list stands for the latter.
        let last = open[0];
        let takes_late = !closed.is_empty() && self.taken.takes_late();
        let mut own = None;
        Slices::hand_out(value, &ids[..=late], |id, value| {
            if id == last {
                own = Some(value);
            } else if takes_late {
                out.emit(Emitted::Late(id, value));
            }
        });
        let Some(value) = own else { return Ok(()) };
        self.insert_elsewhere(state, timestamp, earliest, value)
    }

    fn give_late(&mut self, value: V, ids: &[WindowId], out: Out<'_, '_, V, A, B>) {
        if self.taken.takes_late() {
            Slices::hand_out(value, ids, |id, value| out.emit(Emitted::Late(id, value)));
        }
    }

    /// Takes the waiting items that the watermark has reached, and closes the windows that it has reached.
    fn on_watermark(
        &mut self,
        state: &mut StateOf<V, C, A, F>,
        watermark: Timestamp,
        out: Out<'_, '_, V, A, B>,
    ) -> Result<(), OutOfRange> {
        self.play(state, watermark)?;
        self.close(state, watermark, out);
        Ok(())
    }

    /// Takes the waiting items that the watermark has reached, in order of time.
    #[inline(always)]
    fn play(&mut self, state: &mut StateOf<V, C, A, F>, watermark: Timestamp) -> Result<(), OutOfRange> {
        while let Some((timestamp, value)) = state.waiting.next(watermark) {
            self.insert(state, timestamp, value)?;
        }
        Ok(())
    }

    /// Closes the windows that the watermark has reached, in order of id, which is that of close time.
    #[inline(never)]
    fn close(&mut self, state: &mut StateOf<V, C, A, F>, watermark: Timestamp, out: Out<'_, '_, V, A, B>) {
        while !state.next.is_none() && state.next.close <= watermark {
            let window = state.next;
            let parts = &mut Parts { fold: &mut self.fold, types: PhantomData };
            if let Some(total) = state.stacks.total(window.close, parts) {
                let output = parts.fold.close(total);
                out.emit(Emitted::Down(B::name(window.id, || Some(window)), output));
                if self.taken.takes_meta() {
                    out.emit(Emitted::Meta(window));
                }
            }
            let following = self.windower.following(window);
            state.stacks.evict(following.map_or(Timestamp::MAX, |following| following.open), parts);
            state.next = match (state.stacks.oldest(), following) {
                (None, _) => Window::NONE,
                (Some(oldest), Some(following)) if oldest < following.close => following,
                (Some(oldest), _) => self.first_window(oldest),
            };
        }
    }

    /// The first window that what is in the slice that begins at `begin` belongs to.
    #[cold]
    fn first_window(&self, begin: Timestamp) -> Window {
        self.windower.first_window(begin).unwrap_or(Window::NONE)
    }
}

impl<V, C, W, A, F, B, E> Logic for SlicedStep<V, C, W, A, F, B, E>
where
    C: Clock<V>,
    V: Clone,
    W: Windower<Membership = Slices>,
    A: PartialFold<V>,
    F: Forget,
    B: Naming,
{
    type Value = V;
    type State = StateOf<V, C, A, F>;
    /// Its clock.
    type Rest = C::State;
    type Event = Emitted<V, A::Output, B::Name>;
    type Reading = Reading;
    type Marks = Marked;

    const LOOKS: bool = true;

    fn check(&self) -> Result<(), String> {
        self.clock.check()?;
        self.windower.check()?;
        self.fold.check()?;
        self.options.forget.check()
    }

    fn begin(&mut self, now: Timestamp) {
        self.clock.begin(now);
    }

    fn create(&mut self, now: Timestamp) -> Self::State {
        let (stacks, waiting) = self.spare.pop().unwrap_or_else(|| (Stacks::default(), Waiting::new()));
        let (clock, forget) = (self.clock.start(now), self.options.forget.touched(now));
        SlicedState { clock, stacks, next: Window::NONE, waiting, forget }
    }

    /// Keys that are to be forgotten stay until they are.
    fn is_idle(&self, state: &Self::State) -> bool {
        !F::FORGETS && state.has_nothing_open()
    }

    fn rest(&mut self, state: Self::State) -> Option<C::State> {
        if self.spare.len() < MOST_SPARE {
            self.spare.push((state.stacks, state.waiting));
        }
        Some(state.clock)
    }

    fn take_back(&mut self, state: Self::State) {
        self.rest(state);
    }

    fn wake(&mut self, clock: C::State, now: Timestamp) -> Self::State {
        SlicedState { clock, ..self.create(now) }
    }

    /// Most items belong to the newest slice, and close no window.
    #[inline(always)]
    fn look(
        &mut self,
        state: &mut Option<Self::State>,
        value: V,
        (now, looked_at): (Timestamp, Timestamp),
        _: &mut Emitter<'_, Self::Event>,
    ) -> Result<Look<V, Reading>, OutOfRange> {
        let Some(state) = state.as_mut().filter(|state| state.stacks.newest().is_some()) else {
            return Ok(Look::Left(value, None));
        };
        state.forget = self.options.forget.touched(now);
        let Self { clock, fold, ordered, .. } = self;
        let item = match clock.look(&mut state.clock, &value, now)? {
            Ok(item) => item,
            Err(reading) => return Ok(Look::Left(value, Some(reading))),
        };
        // Nothing waits.
        if (!*ordered || item.is_reached && state.waiting.is_empty())
            && let Some(held) = state.stacks.newest_at(item.timestamp)
            && clock.stays_behind(&state.clock, item, (now, looked_at), state.next.close)
        {
            fold.add(held, value);
            return Ok(Look::Taken { begins: false, due: Timestamp::MAX });
        }
        Ok(Look::Left(value, Some(item.reading(clock, &state.clock, now))))
    }

    fn on_item(
        &mut self,
        state: &mut Self::State,
        value: V,
        reading: Option<Reading>,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let reading = match reading {
            Some(reading) => reading,
            None => self.read(state, &value, now)?,
        };
        let reading = reading.checked()?;
        let (timestamp, watermark) = (reading.timestamp, reading.watermark);
        if timestamp < watermark {
            self.on_late(state, (timestamp, watermark), value, out)?;
            return Ok(Fate::Keep);
        }
        if self.ordered && (timestamp > watermark || !state.waiting.is_empty()) {
            state.waiting.insert(timestamp, value);
        } else {
            self.insert(state, timestamp, value)?;
        }
        if self.ordered {
            self.play(state, watermark)?;
        }
        if state.next_close() <= watermark {
            self.close(state, watermark, out);
        }
        Ok(Fate::Keep)
    }

    #[inline]
    fn due(&self, state: &Self::State) -> Timestamp {
        if F::FORGETS && state.has_nothing_open() {
            return self.options.forget.due(&state.forget);
        }
        due_at(&self.clock, &state.clock, state.waiting.first_or(state.next_close()))
    }

    fn on_due(
        &mut self,
        state: &mut Self::State,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let watermark = self.clock.watermark(&state.clock, now);
        self.on_watermark(state, watermark, out)?;
        let is_forgotten =
            F::FORGETS && state.has_nothing_open() && self.options.forget.due(&state.forget) <= now;
        Ok(if is_forgotten { Fate::Drop } else { Fate::Keep })
    }

    fn on_end(
        &mut self,
        state: &mut Self::State,
        _: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        self.on_watermark(state, Timestamp::MAX, out)?;
        Ok(Fate::Drop)
    }

    fn taken(&mut self) -> Option<&mut Taken> {
        Some(&mut self.taken)
    }
}

impl<V, C, W, A: WindowFold<V>, F, B, E> fmt::Debug for SlicedStep<V, C, W, A, F, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SlicedStep").field("ordered", &self.ordered).finish_non_exhaustive()
    }
}

impl<V, C, F, A> fmt::Debug for SlicedState<V, C, F, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SlicedState").finish_non_exhaustive()
    }
}

/// What puts slices together.
struct Parts<'a, V, A> {
    fold: &'a mut A,
    types: PhantomData<V>,
}

impl<V: Clone, A: PartialFold<V>> Merging<A::Accumulator> for Parts<'_, V, A> {
    const INVERTIBLE: bool = A::INVERTIBLE;

    #[inline(always)]
    fn copy(&mut self, held: &A::Accumulator) -> A::Accumulator {
        self.fold.copy(held, V::clone)
    }

    #[inline(always)]
    fn merge(&mut self, earlier: &mut A::Accumulator, later: A::Accumulator) {
        self.fold.merge(earlier, later);
    }

    #[inline(always)]
    fn subtract(&mut self, total: &mut A::Accumulator, part: A::Accumulator) {
        self.fold.subtract(total, part);
    }
}
