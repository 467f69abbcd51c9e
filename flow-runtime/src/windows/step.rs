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
    /// What keys that rest have left behind, to be used by others.
    spare: Vec<Box<Open<V, W::State, A::State, E::State>>>,
}

/// How much of what resting keys have left behind is kept for others. What is beyond it is given back.
pub(super) const MOST_SPARE: usize = 2_048;

/// What a window step keeps for a key.
pub struct WindowState<V, C, F, W: Windower, A, E> {
    clock: C,
    forget: F,
    phase: Phase<W::Resting, Box<Open<V, W::State, A, E>>>,
}

/// Whether anything of a key is open. Most keys have been idle for long in most flows, and should cost little.
enum Phase<R, O> {
    /// Nothing is.
    Resting(R),
    /// Windows are, or items wait.
    Open(O),
}

/// What is open of a key. What an item needs of it lies side by side: the end of what the windowers of the library keep,
/// and the beginning of the contents.
#[repr(C)]
struct Open<V, W, A, E> {
    waiting: Waiting<V>,
    windows: W,
    contents: Contents<A, E>,
}

type OpenOf<V, W, A, E> =
    Open<V, <W as Windower>::State, <A as WindowContent<V>>::State, <E as EarlyResults<V, A>>::State>;

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

    /// Room for what is open of a key, from one that rests where there is some.
    #[expect(clippy::unnecessary_box_returns, reason = "the box is what keys hand on")]
    fn room(&mut self) -> Box<OpenOf<V, W, A, E>> {
        self.spare.pop().unwrap_or_else(|| {
            let windows = self.windower.start();
            Box::new(Open { windows, contents: Contents::new(), waiting: Waiting::new() })
        })
    }

    /// What is open of a key, which rests no more.
    #[inline]
    fn open<'a>(
        &mut self,
        phase: &'a mut Phase<W::Resting, Box<OpenOf<V, W, A, E>>>,
    ) -> &'a mut OpenOf<V, W, A, E> {
        if matches!(phase, Phase::Resting(_)) {
            self.wake(phase);
        }
        match phase {
            Phase::Open(open) => open,
            Phase::Resting(_) => unreachable!("a key that was woken rests: a bug in `flow`"),
        }
    }

    #[cold]
    fn wake(&mut self, phase: &mut Phase<W::Resting, Box<OpenOf<V, W, A, E>>>) {
        let room = self.room();
        if let Phase::Resting(resting) = std::mem::replace(phase, Phase::Open(room))
            && let Phase::Open(open) = phase
        {
            self.windower.wake(&mut open.windows, resting);
        }
    }

    /// Lets a key rest of which nothing is open any more.
    fn rest(&mut self, phase: &mut Phase<W::Resting, Box<OpenOf<V, W, A, E>>>) {
        let Phase::Open(open) = phase else { return };
        let is_open = !open.contents.is_empty()
            || !open.waiting.is_empty()
            || self.windower.next_close(&open.windows) < Timestamp::MAX;
        if is_open {
            return;
        }
        let resting = self.windower.rest(&mut open.windows);
        if let Phase::Open(room) = std::mem::replace(phase, Phase::Resting(resting))
            && self.spare.len() < MOST_SPARE
        {
            self.spare.push(room);
        }
    }

    /// The watermark at which an item is taken that waits, or a window closes.
    #[inline]
    fn next(&self, open: &OpenOf<V, W, A, E>) -> Timestamp {
        open.waiting.first_or(self.windower.next_close(&open.windows))
    }

    /// Takes an item that is behind the watermark.
    #[cold]
    fn on_late(
        &mut self,
        state: &mut WindowState<V, C::State, F::State, W, A::State, E::State>,
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
        let open = self.open(&mut state.phase);
        let Self { windower, ids, late_ids, .. } = self;
        windower.open_late(&mut open.windows, Reading { timestamp, watermark }, ids, late_ids)?;
        if !late_ids.is_empty() && !self.taken.takes_late() {
            self.late_ids.clear();
        }
        let late = self.late_ids.len();
        self.late_ids.append(&mut self.ids);
        std::mem::swap(&mut self.ids, &mut self.late_ids);
        // Where nobody takes what is late, there may be nobody left to give it to.
        if !self.ids.is_empty() {
            self.hand_out::<true>(open, value, late, now, out);
        }
        // Windows of so many items may be full now.
        self.close(open, watermark, out);
        self.rest(&mut state.phase);
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
        state: &mut WindowState<V, C::State, F::State, W, A::State, E::State>,
        value: &V,
        now: Timestamp,
    ) -> Result<Reading, OutOfRange> {
        state.forget = self.options.forget.touched(now);
        self.clock.on_item(&mut state.clock, value, now)
    }

    /// Takes an item into its windows.
    fn insert(
        &mut self,
        open: &mut OpenOf<V, W, A, E>,
        (timestamp, now): (Timestamp, Timestamp),
        value: V,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        self.ids.clear();
        self.windower.open_for(&mut open.windows, timestamp, &mut self.ids)?;
        self.hand_out::<false>(open, value, 0, now, out);
        Ok(())
    }

    /// Gives an item to the windows whose ids were found; for the first `late` of them it comes too late.
    #[inline]
    fn hand_out<const HAS_LATE: bool>(
        &mut self,
        open: &mut OpenOf<V, W, A, E>,
        value: V,
        late: usize,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, ids, options, .. } = self;
        let Open { windows, contents, .. } = open;
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
        while let Some(merge) = self.windower.merge_next(&mut open.windows) {
            self.merge(open, merge, now, out);
        }
        if E::IS_COUNTED {
            self.give_full(open, out);
        }
    }

    /// Puts what one window holds into another.
    fn merge(
        &mut self,
        open: &mut OpenOf<V, W, A, E>,
        Merge { target, absorbed }: Merge,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, ids, options, .. } = self;
        let Open { windows, contents, .. } = open;
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
        open: &mut OpenOf<V, W, A, E>,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, ids, options, .. } = self;
        for id in &*ids {
            let Some(Content { held, early, .. }) = open.contents.find(*id) else { continue };
            if options.early.is_full(early)
                && let Some(output) = E::result(content, held)
            {
                let name = B::name(*id, || windower.find(&open.windows, *id));
                out.emit(Emitted::Early(name, output));
            }
        }
    }

    /// Lets the windows speak that have come due.
    fn give_due(
        &mut self,
        open: &mut OpenOf<V, W, A, E>,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let Self { windower, content, options, .. } = self;
        for Content { id, held, early } in open.contents.iter_mut() {
            if options.early.due(early) > now {
                continue;
            }
            options.early.rest(early);
            if let Some(output) = E::result(content, held) {
                let name = B::name(*id, || windower.find(&open.windows, *id));
                out.emit(Emitted::Early(name, output));
            }
        }
    }

    /// Takes the waiting items that the watermark has reached, and closes the windows that it has reached.
    fn on_watermark(
        &mut self,
        state: &mut WindowState<V, C::State, F::State, W, A::State, E::State>,
        watermark: Timestamp,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        let Phase::Open(open) = &mut state.phase else { return Ok(()) };
        self.play(open, watermark, now, out)?;
        self.close(open, watermark, out);
        self.rest(&mut state.phase);
        Ok(())
    }

    /// Takes the waiting items that the watermark has reached, in order of time.
    #[inline]
    fn play(
        &mut self,
        open: &mut OpenOf<V, W, A, E>,
        watermark: Timestamp,
        now: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) -> Result<(), OutOfRange> {
        while let Some((timestamp, value)) = open.waiting.next(watermark) {
            self.insert(open, (timestamp, now), value, out)?;
        }
        Ok(())
    }

    /// Closes the windows that the watermark has reached, in order of close time, then of id.
    fn close(
        &mut self,
        open: &mut OpenOf<V, W, A, E>,
        watermark: Timestamp,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        while let Some(window) = self.windower.close_next(&mut open.windows, watermark) {
            self.give(open, window, out);
        }
    }

    fn give(
        &mut self,
        open: &mut OpenOf<V, W, A, E>,
        window: Window,
        out: &mut Emitter<'_, Emitted<V, A::Output, B::Name>>,
    ) {
        let id = window.id;
        if let Some(Content { held, .. }) = open.contents.remove(id) {
            self.content.on_close(held, &mut |output| {
                out.emit(Emitted::Down(B::name(id, || Some(window)), output));
            });
        }
        self.ids.clear();
        self.windower.merged_into(&mut open.windows, id, &mut self.ids);
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
    type State = WindowState<V, C::State, F::State, W, A::State, E::State>;
    type Event = Emitted<V, A::Output, B::Name>;
    type Reading = Reading;
    type Marks = Marked;

    const LOOKS: bool = !E::IS_COUNTED && !E::IS_TIMED;
    const ELSEWHERE: usize = size_of::<OpenOf<V, W, A, E>>();

    fn check(&self) -> Result<(), String> {
        self.clock.check()?;
        self.windower.check()?;
        self.content.check()?;
        self.options.forget.check()?;
        self.options.early.check()
    }

    #[inline(always)]
    fn glance(state: &Self::State) -> i64 {
        let Phase::Open(open) = &state.phase else { return 0 };
        i64::from(open.waiting.is_empty()) ^ open.contents.newest_id()
    }

    fn create(&mut self, now: Timestamp) -> Self::State {
        WindowState {
            clock: self.clock.start(now),
            forget: self.options.forget.touched(now),
            phase: Phase::Open(self.room()),
        }
    }

    /// Most items belong to the latest window alone, and close none.
    #[inline(always)]
    fn look(
        &mut self,
        state: &mut Self::State,
        value: V,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Look<V, Reading>, OutOfRange> {
        let reading = self.read(state, &value, now)?;
        let Reading { timestamp, watermark } = reading;
        let Self { clock, windower, content, ordered, .. } = self;
        if timestamp >= watermark
            && let Phase::Open(open) = &mut state.phase
            && let Open { windows, contents, waiting } = &mut **open
            && (!*ordered || timestamp == watermark && waiting.is_empty())
            && let Some(Latest { id: latest, next_close }) = windower.in_latest(windows, timestamp)
            && let Some(Content { held, .. }) = contents.newest(latest)
        {
            // Nothing waits.
            if next_close > watermark {
                let due = clock.due_at_least(&state.clock, watermark, now, next_close);
                content.on_value(held, value, &mut |output| {
                    let name = B::name(latest, || windower.find(windows, latest));
                    out.emit(Emitted::Down(name, output));
                });
                return Ok(Look::Taken { begins: false, due });
            }
        }
        Ok(Look::Left(value, Some(reading)))
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
        let open = self.open(&mut state.phase);
        if self.ordered && (timestamp > watermark || !open.waiting.is_empty()) {
            open.waiting.insert(timestamp, value);
        } else if Self::LOOKS
            && let Some(content) = open.contents.single()
            && let Some(succession) =
                self.windower.succeed(&mut open.windows, content.id, Reading { timestamp, watermark })
        {
            self.succeed(content, &open.windows, succession, value, out);
            return Ok(Fate::Keep);
        } else {
            self.insert(open, (timestamp, now), value, out)?;
        }
        if self.next(open) <= watermark {
            self.on_watermark(state, watermark, now, out)?;
        }
        Ok(Fate::Keep)
    }

    #[inline]
    fn due(&self, state: &Self::State) -> Timestamp {
        let Phase::Open(open) = &state.phase else { return self.options.forget.due(&state.forget) };
        let due = due_at(&self.clock, &state.clock, self.next(open));
        if !E::IS_TIMED {
            return due;
        }
        open.contents.iter().map(|content| self.options.early.due(&content.early)).fold(due, Timestamp::min)
    }

    fn on_due(
        &mut self,
        state: &mut Self::State,
        now: Timestamp,
        out: &mut Emitter<'_, Self::Event>,
    ) -> Result<Fate, OutOfRange> {
        let watermark = self.clock.watermark(&state.clock, now);
        self.on_watermark(state, watermark, now, out)?;
        match &mut state.phase {
            Phase::Resting(_) if self.options.forget.due(&state.forget) <= now => return Ok(Fate::Drop),
            Phase::Open(open) if E::IS_TIMED => self.give_due(open, now, out),
            _ => {}
        }
        Ok(Fate::Keep)
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
