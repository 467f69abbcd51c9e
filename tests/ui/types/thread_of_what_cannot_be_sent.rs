//! An iterator that cannot be sent to a thread.

use std::rc::Rc;

use flow::prelude::*;

/// What a function makes.
struct Made<F>(F);

impl<F: FnMut() -> Option<i32>> Iterator for Made<F> {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        (self.0)()
    }
}

fn main() {
    let numbers = Rc::new([1, 2, 3]);
    let flow = dataflow! {
        let numbers = input(ThreadedSource::new(10, Made(move || numbers.first().copied())));
        let doubled = numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
    };
    let _ = flow.run();
}
