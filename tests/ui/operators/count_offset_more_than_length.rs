//! Windows of so many items with room between them.

use flow::prelude::*;

fn main() {
    let _ = dataflow! {
        let items = input(TestingSource::new([1, 2]));
        let keyed = items.key_on(|_| 'k');
        let windows = keyed.count_window(clock = SystemClock(), windower = CountWindower(length = 5, offset = 10));
        windows.down.inspect(|_| {});
    };
}
