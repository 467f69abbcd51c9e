//! An iterator that cannot be sent to a thread.

use std::rc::Rc;

use flow::prelude::*;

/// Numbers that are shared with others.
struct Shared(Rc<[i32; 3]>);

impl Iterator for Shared {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        self.0.first().copied()
    }
}

fn main() {
    let flow = dataflow! {
        let numbers = input(ThreadedSource::new(10, Shared(Rc::new([1, 2, 3]))));
        let doubled = numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
    };
    let _ = flow.run();
}
