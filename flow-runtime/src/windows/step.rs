//! The window step: what a clock, a windower and a content do together for one key.

use std::fmt;

use super::contents::{Content, Contents};
use super::early::EarlyResults;
use super::event::Emitted;
use super::options::{Are, Forget, LateWhen, Naming};
use super::waiting::Waiting;
use super::{
    Clock, Folding, GoWith, Latest, Membership, Merge, PartialFold, Reading, Succession, Window,
    WindowContent, WindowFold, WindowId, WindowMetadata, WindowOptions, Windower, due_at,
};
use crate::graph::StepId;
use crate::key::Key;
use crate::keyed::{Emitter, Fate, Keyed, Logic, Look, Marked, Taken};
use crate::stream::KeyedStream;
use crate::time::{OutOfRange, Timestamp};

/// The streams of a window step. `N` names the window: its id, or, with `bounds = true`, its bounds.
pub struct WindowStreams<K, V, O, N = WindowId> {
    /// What each window gives, with the window's id.
    pub down: KeyedStream<K, (N, O)>,
    /// The items that came too late, each with the id of the window it would have been in.
    pub late: KeyedStream<K, (WindowId, V)>,
    /// The bounds of each window that has closed, behind what it gave.
    pub meta: KeyedStream<K, (WindowId, WindowMetadata)>,
    /// With `early = …`: what open windows would give.
    pub early: KeyedStream<K, (N, O)>,
}

impl<K, V, O, N> WindowStreams<K, V, O, N> {
    fn new() -> Self {
        let (down, late, meta) = (KeyedStream::new(), KeyedStream::new(), KeyedStream::new());
        Self { down, late, meta, early: KeyedStream::new() }
    }
}

impl<K, V, O, N> Clone for WindowStreams<K, V, O, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V, O, N> Copy for WindowStreams<K, V, O, N> {}

impl<K, V, O, N> fmt::Debug for WindowStreams<K, V, O, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WindowStreams")
    }
}

/// The step with these options, where they go with what its windows hold.
pub(crate) type StepWith<V, C, W, A, O, H, M> = WindowStep<
    V,
    C,
    W,
    A,
    <O as GoWith<V, A, H, M>>::Forget,
    <O as GoWith<V, A, H, M>>::Naming,
    <O as GoWith<V, A, H, M>>::Early,
>;

/// What an operator over windows gives.
pub(crate) type Windowed<K, V, C, W, A, O, H, M> = (
    WindowStreams<K, V, <A as WindowContent<V>>::Output, <<O as GoWith<V, A, H, M>>::Naming as Naming>::Name>,
    Keyed<K, StepWith<V, C, W, A, O, H, M>>,
);

/// What an operator over windows gives whose parts can be merged.
pub(crate) type Combined<K, V, C, W, A, O, H, M> = (
    WindowStreams<
        K,
        V,
        <A as WindowFold<V>>::Output,
        <<O as GoWith<V, Folding<A>, H, M>>::Naming as Naming>::Name,
    >,
    Keyed<
        K,
        <<W as Windower>::Membership as Membership<V>>::Step<
            C,
            W,
            A,
            <O as GoWith<V, Folding<A>, H, M>>::Forget,
            <O as GoWith<V, Folding<A>, H, M>>::Naming,
            <O as GoWith<V, Folding<A>, H, M>>::Early,
        >,
    >,
);

/// A window step of windows whose parts can be merged. It is `ordered`, unless its options say something else.
pub(crate) fn combined<K, V, C, W, A, O, H, M>(
    step: StepId,
    times: (C, W),
    fold: A,
    options: impl Are<O>,
    ordered: bool,
) -> Combined<K, V, C, W, A, O, H, M>
where
    K: Key,
    C: Clock<V>,
    W: Windower<Membership: Membership<V>>,
    A: PartialFold<V>,
    O: GoWith<V, Folding<A>, H, M>,
{
    let logic = W::Membership::step(times, fold, options.these().options(), ordered);
    (WindowStreams::new(), Keyed::new(step, logic))
}

/// A window step. It is `ordered`, unless its options say something else.
pub(crate) fn windowed<K, V, C, W, A, O, H, M>(
    step: StepId,
    (clock, windower): (C, W),
    content: A,
    options: impl Are<O>,
    ordered: bool,
) -> Windowed<K, V, C, W, A, O, H, M>
where
    K: Key,
    C: Clock<V>,
    W: Windower<Membership: Membership<V>>,
    A: WindowContent<V>,
    O: GoWith<V, A, H, M>,
{
    let logic = WindowStep::new(clock, windower, content, options.these().options(), ordered);
    (WindowStreams::new(), Keyed::new(step, logic))
}

/// What a window step does with one key.
pub struct WindowStep<V, C, W: Windower, A: WindowContent<V>, F, B, E: EarlyResults<V, A>> {
    clock: C,
    windower: W,
    content: A,
    options: WindowOptions<F, B, E>,
    ordered: bool,
    taken: Taken,
    ids: Vec<WindowId>,
    late_ids: Vec<WindowId>,
    /// What keys of which nothing is open have left behind, to be used by others: the memory that it has.
    spare: Vec<Room<V, W::State, A::State, E::State>>,
}

/// How much of what idle keys have left behind is kept for others. What is beyond it is given back.
pub(super) const MOST_SPARE: usize = 2_048;

/// What a key keeps besides its clock.
type Room<V, W, A, E> = (W, Contents<A, E>, Waiting<V>);

/// What a window step keeps for a key. What most items need comes first; what few keys need is elsewhere.
#[repr(C)]
pub struct WindowState<V, C, F, W: Windower, A, E> {
    clock: C,
    windows: W::State,
    contents: Contents<A, E>,
    waiting: Waiting<V>,
    forget: F,
}

/// What is kept of a key of which nothing is open: what its clock and its windower must not forget.
pub struct WindowRest<C, W: Windower> {
    clock: C,
    windows: W::Resting,
}

type StateOf<V, C, F, W, A, E> = WindowState<
    V,
    <C as Clock<V>>::State,
    <F as Forget>::State,
    W,
    <A as WindowContent<V>>::State,
    <E as EarlyResults<V, A>>::State,
>;

impl<V, C, W, A, F, B, E> WindowStep<V, C, W, A, F, B, E>
where
    C: Clock<V>,
    W: Windower<Membership: Membership<V>>,
    A: WindowContent<V>,
    F: Forget,
    B: Naming,
    E: EarlyResults<V, A>,
{
    /// `ordered`: whether items wait until the watermark reaches them, to be taken in order of time, where the
    /// options do not say.
    pub(super) fn new(
        clock: C,
        windower: W,
        content: A,
        options: WindowOptions<F, B, E>,
        ordered: bool,
    ) -> Self {
        Self {
            clock,
            windower,
            content,
            ordered: options.ordered.unwrap_or(ordered),
            options,
            taken: Taken::all(),
            ids: Vec::new(),
            late_ids: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// The watermark at which an item is taken that waits, or a window closes.
    #[inline]
    fn next(&self, state: &StateOf<V, C, F, W, A, E>) -> Timestamp {
        state.waiting.first_or(self.windower.next_close(&state.windows))
    }

    /// Whether nothing of a key is open, and nothing of it waits.
    #[inline]
    fn has_nothing_open(&self, state: &StateOf<V, C, F, W, A, E>) -> bool {
        state.contents.is_empty() && self.next(state) == Timestamp::MAX
    }

    /// Takes an item that is behind the watermark.
    #[cold]
    fn on_late(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        (timestamp, watermark, now): (Timestamp, Timestamp, Timestamp),
        value: V,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        if self.options.late_when == LateWhen::WatermarkPassed {
            self.give_late(timestamp, value, out)?;
            return self.on_watermark(state, watermark, now, out);
        }
        self.on_watermark(state, watermark, now, out)?;
        self.ids.clear();
        self.late_ids.clear();
        let Self { windower, ids, late_ids, .. } = self;
        windower.open_late(&mut state.windows, Reading { timestamp, watermark }, ids, late_ids)?;
        if !late_ids.is_empty() && !self.taken.takes_late() {
            self.late_ids.clear();
        }
        let late = self.late_ids.len();
        self.late_ids.append(&mut self.ids);
        std::mem::swap(&mut self.ids, &mut self.late_ids);
        // Where nobody takes what is late, there may be nobody left to give it to.
        if !self.ids.is_empty() {
            self.hand_out::<true>(state, value, late, now, out);
        }
        // Windows of so many items may be full now.
        self.close(state, watermark, out);
        Ok(())
    }

    fn give_late(
        &mut self,
        timestamp: Timestamp,
        value: V,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        if !self.taken.takes_late() {
            return Ok(());
        }
        self.ids.clear();
        self.windower.late_for(timestamp, &mut self.ids)?;
        W::Membership::hand_out(value, &self.ids, |id, value| out.emit(Emitted::Late(id, value)));
        Ok(())
    }

    /// Takes the first item of a window that takes the place of another.
    fn succeed(
        &mut self,
        Content { id, held, .. }: &mut Content<A::State, E::State>,
        windows: &W::State,
        Succession { closed, opened }: Succession,
        value: V,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, .. } = self;
        *id = opened;
        let first = content.open(value, &mut |output| {
            let name = B::name(opened, || windower.find(windows, opened));
            out.emit(Emitted::Down(name, output));
        });
        content.on_close(std::mem::replace(held, first), &mut |output| {
            out.emit(Emitted::Down(B::name(closed.id, || Some(closed)), output));
        });
        if self.taken.takes_meta() {
            out.emit(Emitted::Meta(closed));
        }
    }

    /// What the clock says of an item.
    #[inline(always)]
    fn read(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        value: &V,
        now: Timestamp,
    ) -> Result<Reading, OutOfRange> {
        state.forget = self.options.forget.touched(now);
        self.clock.on_item(&mut state.clock, value, now)
    }

    /// Takes an item into its windows.
    fn insert(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        (timestamp, now): (Timestamp, Timestamp),
        value: V,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        self.ids.clear();
        self.windower.open_for(&mut state.windows, timestamp, &mut self.ids)?;
        self.hand_out::<false>(state, value, 0, now, out);
        Ok(())
    }

    /// Gives an item to the windows whose ids were found; for the first `late` of them it comes too late.
    #[inline]
    fn hand_out<const HAS_LATE: bool>(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        value: V,
        late: usize,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, ids, options, .. } = self;
        let WindowState { windows, contents, .. } = state;
        let mut late = late;
        W::Membership::hand_out(value, ids, |id, value| {
            if HAS_LATE && late > 0 {
                late -= 1;
                return out.emit(Emitted::Late(id, value));
            }
            let mut down = |output| {
                let name = B::name(id, || windower.find(windows, id));
                out.emit(Emitted::Down(name, output));
            };
            match contents.find(id) {
                Some(Content { held, early, .. }) => {
                    content.on_value(held, value, &mut down);
                    options.early.on_value(early, now);
                }
                None => {
                    let held = content.open(value, &mut down);
                    contents.insert(Content { id, held, early: options.early.open(now) });
                }
            }
        });
        while let Some(merge) = self.windower.merge_next(&mut state.windows) {
            self.merge(state, merge, now, out);
        }
        if E::IS_COUNTED {
            self.give_full(state, out);
        }
    }

    /// Puts what one window holds into another.
    fn merge(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        Merge { target, absorbed }: Merge,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, ids, options, .. } = self;
        let WindowState { windows, contents, .. } = state;
        let Some(absorbed) = contents.remove(absorbed) else { return };
        let mut down = |output| {
            let name = B::name(target, || windower.find(windows, target));
            out.emit(Emitted::Down(name, output));
        };
        match contents.find(target) {
            Some(Content { held, early, .. }) => {
                content.on_merge(held, absorbed.held, &mut down);
                options.early.on_merge(early, absorbed.early, now);
            }
            None => contents.insert(Content { id: target, ..absorbed }),
        }
        ids.push(target);
    }

    /// Lets the windows of the last item speak that have had enough of them.
    fn give_full(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, ids, options, .. } = self;
        for id in &*ids {
            let Some(Content { held, early, .. }) = state.contents.find(*id) else { continue };
            if options.early.is_full(early)
                && let Some(output) = E::result(content, held)
            {
                let name = B::name(*id, || windower.find(&state.windows, *id));
                out.emit(Emitted::Early(name, output));
            }
        }
    }

    /// Lets the windows speak that have come due.
    fn give_due(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, options, .. } = self;
        for Content { id, held, early } in state.contents.iter_mut() {
            if options.early.due(early) > now {
                continue;
            }
            options.early.rest(early);
            if let Some(output) = E::result(content, held) {
                let name = B::name(*id, || windower.find(&state.windows, *id));
                out.emit(Emitted::Early(name, output));
            }
        }
    }

    /// Takes the waiting items that the watermark has reached, and closes the windows that it has reached.
    fn on_watermark(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        watermark: Timestamp,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        self.play(state, watermark, now, out)?;
        self.close(state, watermark, out);
        Ok(())
    }

    /// Takes the waiting items that the watermark has reached, in order of time.
    #[inline]
    fn play(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        watermark: Timestamp,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        while let Some((timestamp, value)) = state.waiting.next(watermark) {
            self.insert(state, (timestamp, now), value, out)?;
        }
        Ok(())
    }

    /// Closes the windows that the watermark has reached, in order of close time, then of id.
    fn close(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        watermark: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        while let Some(window) = self.windower.close_next(&mut state.windows, watermark) {
            self.give(state, window, out);
        }
    }

    fn give(
        &mut self,
        state: &mut StateOf<V, C, F, W, A, E>,
        window: Window,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let id = window.id;
        if let Some(Content { held, .. }) = state.contents.remove(id) {
            self.content.on_close(held, &mut |output| {
                out.emit(Emitted::Down(B::name(id, || Some(window)), output));
            });
        }
        self.ids.clear();
        self.windower.merged_into(&mut state.windows, id, &mut self.ids);
        if self.taken.takes_meta() {
            out.emit(Emitted::meta(window, &self.ids));
        }
    }
}

impl<V, C, W, A, F, B, E> Logic for WindowStep<V, C, W, A, F, B, E>
where
    C: Clock<V>,
    W: Windower<Membership: Membership<V>>,
    A: WindowContent<V>,
    F: Forget,
    B: Naming,
    E: EarlyResults<V, A>,
{
    type Value = V;
    type State = StateOf<V, C, F, W, A, E>;
    type Rest = WindowRest<C::State, W>;
    type Event = Emitted<V, A::Output, B::Name>;
    type Reading = Reading;
    type Marks = Marked;

    const LOOKS: bool = !E::IS_COUNTED && !E::IS_TIMED;

    fn check(&self) -> Result<(), String> {
        self.clock.check()?;
        self.windower.check()?;
        self.content.check()?;
        self.options.forget.check()?;
        self.options.early.check()
    }

    fn begin(&mut self, now: Timestamp) {
        self.clock.begin(now);
    }

    fn create(&mut self, now: Timestamp) -> Self::State {
        let new = || (self.windower.start(), Contents::new(), Waiting::new());
        let (windows, contents, waiting) = self.spare.pop().unwrap_or_else(new);
        let (clock, forget) = (self.clock.start(now), self.options.forget.touched(now));
        WindowState { clock, windows, contents, waiting, forget }
    }

    /// Keys that are to be forgotten stay until they are.
    fn is_idle(&self, state: &Self::State) -> bool {
        !F::FORGETS && self.has_nothing_open(state)
    }

    fn rest(&mut self, state: Self::State) -> Option<Self::Rest> {
        let WindowState { clock, mut windows, contents, waiting, .. } = state;
        let rest = WindowRest { clock, windows: self.windower.rest(&mut windows) };
        if self.spare.len() < MOST_SPARE {
            self.spare.push((windows, contents, waiting));
        }
        Some(rest)
    }

    fn take_back(&mut self, state: Self::State) {
        self.rest(state);
    }

    fn wake(&mut self, WindowRest { clock, windows }: Self::Rest, now: Timestamp) -> Self::State {
        let mut state = WindowState { clock, ..self.create(now) };
        self.windower.wake(&mut state.windows, windows);
        state
    }

    /// Most items belong to the latest window alone, and close none.
    #[inline(always)]
    fn look(
        &mut self,
        state: &mut Option<Self::State>,
        value: V,
        (now, looked_at): (Timestamp, Timestamp),
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Look<V, Reading>, OutOfRange> {
        let Some(state) = state.as_mut().filter(|state| !state.contents.is_empty()) else {
            return Ok(Look::Left(value, None));
        };
        state.forget = self.options.forget.touched(now);
        let item = match self.clock.look(&mut state.clock, &value, now)? {
            Ok(item) => item,
            Err(reading) => return Ok(Look::Left(value, Some(reading))),
        };
        let Self { clock, windower, content, ordered, .. } = self;
        // Nothing waits.
        if (!*ordered || item.is_reached && state.waiting.is_empty())
            && let Some(Latest { id: latest, next_close }) =
                windower.in_latest(&mut state.windows, item.timestamp)
            && let Some(Content { id, held, .. }) = state.contents.newest()
            && clock.stays_behind(&state.clock, item, (now, looked_at), next_close)
        {
            debug_assert_eq!(*id, latest, "no open window has a greater number");
            content.on_value(held, value, &mut |output| {
                let name = B::name(latest, || windower.find(&state.windows, latest));
                out.emit(Emitted::Down(name, output));
            });
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
            self.on_late(state, (timestamp, watermark, now), value, out)?;
            return Ok(Fate::Keep);
        }
        if self.ordered && (timestamp > watermark || !state.waiting.is_empty()) {
            state.waiting.insert(timestamp, value);
        } else if Self::LOOKS
            && let Some(content) = state.contents.single()
            && let Some(succession) =
                self.windower.succeed(&mut state.windows, content.id, Reading { timestamp, watermark })
        {
            self.succeed(content, &state.windows, succession, value, out);
            return Ok(Fate::Keep);
        } else {
            self.insert(state, (timestamp, now), value, out)?;
        }
        if self.next(state) <= watermark {
            self.on_watermark(state, watermark, now, out)?;
        }
        Ok(Fate::Keep)
    }

    #[inline]
    fn due(&self, state: &Self::State) -> Timestamp {
        let due = due_at(&self.clock, &state.clock, self.next(state));
        if F::FORGETS && self.has_nothing_open(state) {
            return self.options.forget.due(&state.forget);
        }
        if !E::IS_TIMED {
            return due;
        }
        let early = state.contents.iter().map(|content| self.options.early.due(&content.early));
        early.fold(due, Timestamp::min)
    }

    fn on_due(
        &mut self,
        state: &mut Self::State,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let watermark = self.clock.watermark(&state.clock, now);
        self.on_watermark(state, watermark, now, out)?;
        if E::IS_TIMED {
            self.give_due(state, now, out);
        }
        let is_forgotten =
            F::FORGETS && self.has_nothing_open(state) && self.options.forget.due(&state.forget) <= now;
        Ok(if is_forgotten { Fate::Drop } else { Fate::Keep })
    }

    fn on_end(
        &mut self,
        state: &mut Self::State,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        self.on_watermark(state, Timestamp::MAX, now, out)?;
        Ok(Fate::Drop)
    }

    fn taken(&mut self) -> Option<&mut Taken> {
        Some(&mut self.taken)
    }
}

impl<V, C, W: Windower, A: WindowContent<V>, F, B, E: EarlyResults<V, A>> fmt::Debug
    for WindowStep<V, C, W, A, F, B, E>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowStep").field("ordered", &self.ordered).finish_non_exhaustive()
    }
}

impl<V, C, F, W: Windower, A, E> fmt::Debug for WindowState<V, C, F, W, A, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowState").finish_non_exhaustive()
    }
}

impl<C, W: Windower> fmt::Debug for WindowRest<C, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowRest").finish_non_exhaustive()
    }
}
