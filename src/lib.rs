//! Typed stream computations, compiled into the loop you would have written by hand.

#![forbid(unsafe_code)]

pub use flow_runtime::error::Error;
pub use flow_runtime::{
    engine, error, graph, keyed, list, operators, report, sinks, sources, stream, time, windows,
};

/// Turns a block of streams into a flow.
#[macro_export]
macro_rules! dataflow {
    ($($block:tt)*) => {
        $crate::__private::dataflow! { [$crate] $($block)* }
    };
}

/// All that a flow is written with.
pub mod prelude {
    pub use crate::dataflow;
    pub use flow_runtime::engine::{Dataflow, Progress};
    pub use flow_runtime::sinks::{CollectingSink, FileSink, StdOutSink};
    pub use flow_runtime::sources::{FileLines, IterSource, StdinLines, TestingSource, TimedSource, channel};
    pub use flow_runtime::stream::{KeyedStream, Stream};
}

/// What the code that `dataflow!` makes needs. No part of the API.
#[doc(hidden)]
pub mod __private {
    pub use core::option::Option::{self, None, Some};
    pub use core::result::Result::{self, Err, Ok};
    pub use core::{compile_error, concat, line, module_path};

    pub use chrono::TimeDelta;
    pub use flow_macros::dataflow;
    pub use flow_runtime::engine::{Flow, broken};
    pub use flow_runtime::graph::{Edge, Graph, Step};
    pub use flow_runtime::operators::{Beginning, Branched};
    pub use flow_runtime::stream::{KeyedStream, Stream};
    pub use flow_runtime::windows::WindowEvent;
}
