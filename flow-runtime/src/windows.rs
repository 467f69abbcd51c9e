//! Windows: *when* they open and close (a clock and a windower) apart from *what* they hold (a content).
//!
//! # Options
//!
//! What can be asked of every operator over windows:
//!
//! * `ordered = true`: items wait until the watermark reaches them and are taken in order of time;
//!   `ordered = false`: they are taken as they arrive. Which is the default is said on each operator's page.
//! * `bounds = true`: what a window gives comes with its bounds, as `(key, (WindowBounds, value))` instead of
//!   `(key, (id, value))`. Of a session they are those at its close, or, of what it gives earlier, those of then.
//! * `late_when = watermark_passed`, the default: an item behind the watermark is late.
//!   `late_when = window_closed`: such an item still goes into those of its windows that have not closed, and at once,
//!   and is late only for the others. A session may be joined while it is open, and one begins that would not close at
//!   once. No window opens again.
//! * `forget_keys_after = 1h`: a key that has had no item for so long, in system time, is forgotten, its watermark too.
//!   As long as a window of it is open or an item waits, it is kept. A window of a key that was forgotten can open
//!   again. Off unless it is asked for. Until it is forgotten an idle key takes as much room as one with a window; without
//!   this option it takes less.
//! * `early = 100` or `early = 5s`, of those operators that fold: one more port, `early`, gives what a window would give
//!   now, whenever it has taken a hundred items more, or every five seconds of system time since it has opened if
//!   something new has come. Items of sessions that merge count together. What a window holds is copied, and so must be
//!   `Clone`.
//!
//! ```
//! # use flow::prelude::*;
//! use chrono::{TimeDelta, TimeZone, Utc};
//! use flow::time::SimulatedTime;
//!
//! let start = Utc.with_ymd_and_hms(2022, 1, 1, 0, 0, 0).unwrap();
//! let at = |second| start + TimeDelta::seconds(second);
//! # let sink = CollectingSink::new();
//! # let items = sink.collected();
//! # let early_sink = CollectingSink::new();
//! # let early_items = early_sink.collected();
//! let flow = dataflow! {
//!     let seconds = input(TimedSource::new([1, 2, 9, 14].map(|second| (at(second), second))));
//!     let keyed = seconds.key_on(|_| 'k');
//!     let counts = keyed.count_window(
//!         clock = SystemClock(),
//!         windower = TumblingWindower(length = 10s, align_to = start),
//!         early = 5s,
//!         bounds = true,
//!         forget_keys_after = 1h,
//!     );
//!     counts.early.map_value(|(window, count)| (window.id, count)).output(early_sink);
//!     counts.down.map_value(|(window, count)| (window.close_time, count)).output(sink);
//! };
//! flow.run_in(SimulatedTime::starting_at(start))?;
//! // The first window opened at 1, so it speaks at 6, and has nothing new to say before it closes at 10.
//! assert_eq!(early_items.take(), [('k', (0, 2))]);
//! assert_eq!(items.take(), [('k', (at(10), 3)), ('k', (at(20), 1))]);
//! # Ok::<(), flow::Error>(())
//! ```

mod aligned;
mod clock;
mod content;
mod contents;
mod count;
mod early;
mod event;
mod event_clock;
mod logic;
mod options;
mod rare;
mod session;
mod side_clocks;
mod sliced;
mod slices;
mod sliding;
mod stacks;
mod step;
mod system_clock;
mod tumbling;
mod waiting;
mod windower;

pub(crate) use clock::due_at;
pub use clock::{Clock, InTime, IsClock, Reading};
pub use content::{Folding, WindowContent, WindowFold};
pub use count::{CountState, CountWindower, IsInSeveralCounts};
pub use early::{EarlyResults, Every, IsTrigger, NoneEarly, Ticks, Trigger, WhichStep};
pub use event::{Emitted, WindowEvent};
pub use event_clock::{EventClock, EventClockState, EventTime, FindsTime};
pub use logic::{HostLogic, IsWindowLogic, WindowLogic};
pub use options::{
    Are, ByBounds, ById, Forget, ForgetAfter, GoWith, KeepKeys, LateWhen, Naming, WATERMARK_PASSED,
    WINDOW_CLOSED, WindowBounds, WindowOptions,
};
pub use session::{SessionState, SessionWindower};
pub use side_clocks::OfEachSide;
pub use sliced::{SlicedState, SlicedStep};
pub use slices::{PartialFold, Slice, Slices};
pub use sliding::{IsInSeveral, SlidingState, SlidingWindower};
pub(crate) use step::{Combined, Windowed, combined, windowed};
pub use step::{WindowRest, WindowState, WindowStep, WindowStreams};
pub use system_clock::SystemClock;
pub use tumbling::{TumblingState, TumblingWindower};
pub use windower::{
    IsWindower, Latest, Many, Membership, Merge, One, Succession, Window, WindowId, WindowMetadata, Windower,
};
