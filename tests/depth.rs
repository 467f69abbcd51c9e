//! Blocks so deep that the plan has to cut them: what comes out is the same as if it had not.

#![expect(
    clippy::many_single_char_names,
    reason = "there are only so many names for streams that mean nothing"
)]

use flow::prelude::*;

#[test]
fn many_operators_that_give_several_items() {
    let sink = CollectingSink::new();
    let items = sink.collected();
    let flow = dataflow! {
        let a = input(IterSource::new(0..3_u64));
        let b = a.flat_map(|item| [item]).flat_map(|item| [item]).flat_map(|item| [item, item + 10]);
        let c = b.flat_map(|item| [item]).flat_map(|item| [item]).flat_map(|item| [item]);
        let d = c.flat_map(|item| [item]).flat_map(|item| [item]).flat_map(|item| [item]);
        let e = d.flat_map(|item| [item, item + 100]).filter(|item| *item != 112).flat_map(|item| [item]);
        let f = e.flat_map(|item| [item]).flat_map(|item| [item]).flat_map(|item| [item, item + 1000]);
        f.output(sink);
    };
    let report = flow.run().unwrap();
    let mut expected = Vec::new();
    for item in 0..3 {
        for item in [item, item + 10] {
            for item in [item, item + 100] {
                if item != 112 {
                    expected.extend([item, item + 1000]);
                }
            }
        }
    }
    assert_eq!(items.take(), expected);
    assert_eq!(report.step("f").unwrap().items_out, 22);
}

#[test]
fn many_forks_inside_each_other() {
    let mut leaves = [const { Vec::new() }; 4];
    let [first, second, third, last] = &mut leaves;
    let flow = dataflow! {
        let a = input(IterSource::new(0..4_u64));
        let (b, rest) = a.branch(|item| item % 2 == 0);
        let (c, d) = b.branch(|item| *item > 0);
        let e = c.flat_map(|item| [item, item]);
        let f = e.flat_map(|item| [item]);
        let (g, h) = f.branch(|_| true);
        let (i, j) = g.branch(|_| true);
        let (k, l) = i.branch(|_| true);
        let m = k.flat_map(|item| [item]);
        let (n, o) = m.branch(|_| true);
        let p = n.flat_map(|item| [item, 9]);
        p.output(|item| first.push(item));
        p.output(|item| second.push(item));
        let none = merge(d, h, j, l, o);
        none.output(|item| third.push(item));
        rest.output(|item| last.push(item));
    };
    flow.run().unwrap();
    assert_eq!(leaves, [vec![2, 9, 2, 9], vec![2, 9, 2, 9], vec![0], vec![1, 3]]);
}
