//! Windows: *when* they open and close (a clock and a windower) apart from *what* they hold (a content).

mod aligned;
mod clock;
mod content;
mod event_clock;
mod session;
mod side_clocks;
mod sliding;
mod step;
mod system_clock;
mod tumbling;
mod windower;

pub use clock::{Clock, IsClock, Reading};
pub use content::{Folding, WindowContent, WindowFold};
pub use event_clock::{EventClock, EventClockState, EventTime, FindsTime};
pub use session::{SessionState, SessionWindower};
pub use side_clocks::OfEachSide;
pub use sliding::{IsInSeveral, SlidingState, SlidingWindower};
pub use step::{FoldStep, WindowEvent, WindowState, WindowStep, WindowStreams};
pub use system_clock::SystemClock;
pub use tumbling::{TumblingState, TumblingWindower};
pub use windower::{IsWindower, Many, Membership, Merge, One, Window, WindowId, WindowMetadata, Windower};
