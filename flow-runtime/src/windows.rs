//! Windows: *when* they open and close (a clock and a windower) apart from *what* they hold (a fold).

mod clock;
mod event_clock;
mod step;
mod tumbling;
mod windower;

pub use clock::{Clock, IsClock, Reading};
pub use event_clock::{EventClock, EventClockState, EventTime};
pub use step::{WindowEvent, WindowFold, WindowState, WindowStep, WindowStreams};
pub use tumbling::{TumblingState, TumblingWindower};
pub use windower::{IsWindower, Membership, One, Window, WindowId, WindowMetadata, Windower};
