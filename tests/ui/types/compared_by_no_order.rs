//! Values that are compared by something that has no order.

use flow::prelude::*;

/// How a parcel travels.
#[derive(Clone, Debug)]
enum Way {
    Land,
    Sea,
}

fn main() {
    let parcels = [(1, Way::Land), (2, Way::Sea)];
    let _ = dataflow! {
        let parcels = input(TestingSource::new(parcels));
        let keyed = parcels.key_on(|_| "ALL");
        let first = keyed.min_final(by = |(_, way)| way.clone());
        first.map_value(|(parcel, _)| parcel + 1).output(StdOutSink);
    };
}
