//! The sending end of a channel given to `input`.

use flow::prelude::*;

fn main() {
    let (sender, _numbers) = channel::<u32>(1);
    let _ = dataflow! {
        let numbers = input(sender);
        numbers.output(StdOutSink);
    };
}
