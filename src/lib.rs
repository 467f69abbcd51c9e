#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub use flow_runtime::error::Error;
pub use flow_runtime::{
    cache, engine, error, finals, graph, key, keyed, list, operators, report, sides, sinks, sources,
    stateful, stream, testing, time, windows,
};

/// Turns a block of streams into a flow: an expression of a type that implements
/// [`Dataflow`](engine::Dataflow).
///
/// A block is made of statements. `let NAME = CHAIN;` names a stream, and the name is what errors and
/// reports call the step; a chain alone ends in an output. A chain begins with `input(source)`,
/// `merge(a, b, …)` or the name of a stream that is defined further up, and goes on with operators:
/// `.operator(argument, name = argument)`. What each takes and gives is the documentation of
/// [`Stream`](stream::Stream) and [`KeyedStream`](stream::KeyedStream).
///
/// ```
/// use flow::prelude::*;
///
/// let words = ["tea", "milk", "7", "sugar"];
/// let mut others = Vec::new();
/// let flow = dataflow! {
///     let words = input(IterSource::new(words));
///     let numbers = words.try_map(|word| word.parse::<u32>().map_err(|_| word));
///     numbers.ok.inspect(|number| println!("a number: {number}"));
///     let by_length: KeyedStream<usize, &str> = numbers.err.key_on(|word| word.len());
///     let pairs = by_length.collect(timeout = 1.5s, max_size = 2);
///     pairs.output(|(length, words)| others.push((length, words.into_vec())));
/// };
/// flow.run()?;
/// assert_eq!(others, [(3, vec!["tea"]), (4, vec!["milk"]), (5, vec!["sugar"])]);
/// # Ok::<(), flow::Error>(())
/// ```
///
/// * A stream may be used several times; each operator gets its own copy of every item, in the order in
///   which the operators are written.
/// * Operators with several streams have ports: `parsed.ok`, `windows.late`; or each gets a name,
///   `let (big, small) = orders.branch(|order| order.total > 100);`.
/// * Durations are literals, `7ns`, `5us`, `500ms`, `10s`, `5min`, `1.5h`, `2d`, or expressions of type
///   `chrono::TimeDelta`.
/// * A closure's parameters need no types. It may borrow from the surrounding function and move out of it.
/// * The type of a stream may be written, and is then checked: `let orders: Stream<Order> = …`.
/// * Who knows Bytewax finds each of its names, and what is different, in
///   [`coming_from_bytewax`](crate::coming_from_bytewax).
/// * Mistakes are reported where they stand: [`reading_the_errors`](crate::reading_the_errors) shows them all.
/// * `dataflow!({ … })` is the same as `dataflow! { … }`, and is what `rustfmt` formats.
#[macro_export]
macro_rules! dataflow {
    ($($block:tt)*) => {
        $crate::__private::dataflow! { [$crate] $($block)* }
    };
}

/// The names of an operator's arguments, which are nothing to the compiler.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __arguments {
    ($($names:tt)*) => {};
}

/// The names of an operator's arguments, by which an editor finds their documentation.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __arguments {
    () => {
        #[allow(unused_imports)]
        use $crate::__private::editor::constructors::*;
    };
    ($operator:ident $($name:ident)*) => {
        let _ = $crate::__private::editor::$operator {
            $($name: $crate::__private::editor::any(),)*
            ..$crate::__private::editor::any()
        };
    };
}

/// A block; of one with errors what the compiler is to see, which is the second part.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __block {
    ($block:tt) => {
        $block
    };
    ($written:tt or $checked:tt) => {
        $checked
    };
}

/// A block; of one with errors what an editor is to see, which is the first part.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __block {
    ($block:tt) => {
        $block
    };
    ($written:tt or $checked:tt) => {
        $written
    };
}

/// All that a flow is written with.
pub mod prelude {
    pub use crate::dataflow;
    pub use flow_runtime::engine::{Dataflow, Progress};
    pub use flow_runtime::sinks::{CollectingSink, DirSink, FileSink, StdOutSink};
    pub use flow_runtime::sources::{
        FileLines, FilesLines, IterSource, PollingSource, StdinLines, TestingSource, ThreadedSource,
        TimedSource, channel,
    };
    pub use flow_runtime::stream::{KeyedStream, Stream};
}

#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/coming-from-bytewax.md")]
pub mod coming_from_bytewax {}

#[cfg(doc)]
#[doc = include_str!("../docs/reading-the-errors.md")]
pub mod reading_the_errors {}

/// What the code that `dataflow!` makes needs. No part of the API.
#[doc(hidden)]
pub mod __private {
    pub use core::option::Option::{self, None, Some};
    pub use core::result::Result::{self, Err, Ok};
    pub use core::{compile_error, concat, line, module_path};

    pub use crate::__arguments as arguments;
    pub use crate::__block as block;
    pub use chrono::TimeDelta;
    pub use flow_macros::dataflow;
    #[cfg(rust_analyzer)]
    pub use flow_runtime::editor;
    pub use flow_runtime::engine::{Flow, broken};
    pub use flow_runtime::error::DONE;
    pub use flow_runtime::graph::{Edge, Graph, Step};
    pub use flow_runtime::operators::{
        Beginning, Branched, IntervalEvent, IntoList, IntoMap, IntoSet, Shared,
    };
    pub use flow_runtime::sides::{COMPLETE, FINAL, FIRST, LAST, PRODUCT, RUNNING};
    pub use flow_runtime::stream::{KeyedStream, Stream};
    pub use flow_runtime::windows::{WATERMARK_PASSED, WINDOW_CLOSED, WindowEvent, WindowOptions};
}
