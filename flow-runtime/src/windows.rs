//! Windows: *when* they open and close (a clock and a windower) apart from *what* they hold (a content).

mod aligned;
mod clock;
mod content;
mod early;
mod event_clock;
mod options;
mod session;
mod side_clocks;
mod sliding;
mod step;
mod system_clock;
mod tumbling;
mod windower;

pub use clock::{Clock, IsClock, Reading};
pub use content::{Folding, WindowContent, WindowFold};
pub use early::{EarlyResults, Every, IsTrigger, NoneEarly, Ticks, Trigger};
pub use event_clock::{EventClock, EventClockState, EventTime, FindsTime};
pub use options::{
    Are, ByBounds, ById, Forget, ForgetAfter, GoWith, KeepKeys, LateWhen, Naming, WATERMARK_PASSED,
    WINDOW_CLOSED, WindowBounds, WindowOptions,
};
pub use session::{SessionState, SessionWindower};
pub use side_clocks::OfEachSide;
pub use sliding::{IsInSeveral, SlidingState, SlidingWindower};
pub use step::{WindowEvent, WindowState, WindowStep, WindowStreams};
pub(crate) use step::{Windowed, windowed};
pub use system_clock::SystemClock;
pub use tumbling::{TumblingState, TumblingWindower};
pub use windower::{IsWindower, Many, Membership, Merge, One, Window, WindowId, WindowMetadata, Windower};
