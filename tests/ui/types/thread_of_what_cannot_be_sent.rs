//! An iterator that cannot be sent to a thread.

use std::rc::Rc;

use flow::prelude::*;

fn main() {
    let numbers = Rc::new([1, 2, 3]);
    let flow = dataflow! {
        let numbers = input(ThreadedSource::new(10, (0..3).map(move |index| numbers[index])));
        let doubled = numbers.map(|number| number * 2);
        doubled.output(StdOutSink);
    };
    let _ = flow.run();
}
