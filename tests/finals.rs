//! What the operators at the end of the input give, and `stateful_flat_map`, against naive computations.

mod common;

use chrono::DateTime;
use common::{Way, every_way};
use flow::engine::Dataflow;
use flow::prelude::*;
use flow::time::StillTime;
use proptest::prelude::*;

/// What a customer pays.
#[derive(Clone, Debug, PartialEq)]
struct Payment {
    customer: u16,
    place: usize,
    amount: u32,
    weight: f64,
}

/// What the payments of a customer come to.
#[derive(Clone, Debug, PartialEq)]
struct Account {
    payments: usize,
    last: Option<Payment>,
}

fn run(way: Way, flow: impl Dataflow) {
    way.start(flow, StillTime::at(DateTime::UNIX_EPOCH)).run().unwrap();
}

/// The payments of each customer, in the order in which the customers first come.
fn by_customer(payments: &[Payment]) -> Vec<(u16, Vec<Payment>)> {
    let mut customers: Vec<(u16, Vec<Payment>)> = Vec::new();
    for payment in payments {
        match customers.iter_mut().find(|(customer, _)| *customer == payment.customer) {
            Some((_, of_customer)) => of_customer.push(payment.clone()),
            None => customers.push((payment.customer, vec![payment.clone()])),
        }
    }
    customers
}

/// What `make` makes of the payments of each customer.
fn expected<V>(payments: &[Payment], make: impl Fn(Vec<Payment>) -> V) -> Vec<(u16, V)> {
    by_customer(payments).into_iter().map(|(customer, payments)| (customer, make(payments))).collect()
}

/// The first of the payments that no other goes before.
fn first_of(payments: &[Payment], goes_before: impl Fn(&Payment, &Payment) -> bool) -> Payment {
    let is_first = |one: &&Payment| !payments.iter().any(|other| goes_before(other, one));
    payments.iter().find(is_first).unwrap().clone()
}

/// Few customers and few amounts, so that there are ties; or many customers.
fn payments() -> impl Strategy<Value = Vec<Payment>> {
    let customers = prop_oneof![Just(1_u16), Just(4), Just(200)];
    let list = customers.prop_flat_map(|customers| prop::collection::vec((0..customers, 0..6_u32), 0..250));
    list.prop_map(|payments| {
        let payment = |(place, (customer, amount)): (usize, (u16, u32))| Payment {
            customer,
            place,
            amount,
            weight: f64::from(amount % 3) - 0.5,
        };
        payments.into_iter().enumerate().map(payment).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn fold_final_folds_in_order(payments in payments()) {
        let expected = expected(&payments, |payments| Account {
            payments: payments.len(),
            last: payments.last().cloned(),
        });
        every_way(|way| {
            let sink = CollectingSink::new();
            let got = sink.collected();
            let flow = dataflow! {
                let payments = input(TestingSource::new(payments.clone()));
                let keyed = payments.key_on(|payment| payment.customer);
                let accounts = keyed.fold_final(
                    builder = || Account { payments: 0, last: None },
                    folder = |mut account, payment| {
                        assert!(account.last.is_none_or(|last| last.place < payment.place));
                        account.payments += 1;
                        account.last = Some(payment);
                        account
                    },
                );
                accounts.output(sink);
            };
            run(way, flow);
            way.compare(&got.take(), &expected);
        });
    }

    #[test]
    fn reduce_final_has_the_older_value_on_the_left(payments in payments()) {
        let expected = expected(&payments, |payments| {
            payments.iter().skip(1).fold(payments[0].place, |before, payment| before * 3 % 1009 + payment.place)
        });
        every_way(|way| {
            let sink = CollectingSink::new();
            let got = sink.collected();
            let flow = dataflow! {
                let payments = input(TestingSource::new(payments.clone()));
                let keyed = payments.key_on(|payment| payment.customer);
                let reduced = keyed.reduce_final(|mut payment, next| {
                    payment.place = payment.place * 3 % 1009 + next.place;
                    payment
                });
                reduced.map_value(|payment| payment.place).output(sink);
            };
            run(way, flow);
            way.compare(&got.take(), &expected);
        });
    }

    #[test]
    fn count_final_counts_plain_and_keyed_items(payments in payments()) {
        let expected = expected(&payments, |payments| payments.len() as u64);
        every_way(|way| {
            let (sink, of_keyed) = (CollectingSink::new(), CollectingSink::new());
            let (got, got_of_keyed) = (sink.collected(), of_keyed.collected());
            let flow = dataflow! {
                let payments = input(TestingSource::new(payments.clone()));
                payments.count_final(|payment| payment.customer).output(sink);
                let keyed = payments.key_on(|payment| payment.place);
                let counts = keyed.count_final(key = |(_, payment)| payment.customer);
                counts.output(of_keyed);
            };
            run(way, flow);
            way.compare(&got.take(), &expected);
            way.compare(&got_of_keyed.take(), &expected);
        });
    }

    #[test]
    fn the_earlier_of_equal_extremes_stays(payments in payments()) {
        let largest = expected(&payments, |payments| first_of(&payments, |a, b| a.amount > b.amount));
        let smallest = expected(&payments, |payments| first_of(&payments, |a, b| a.weight < b.weight));
        let most = expected(&payments, |payments| payments.iter().map(|payment| payment.amount).max().unwrap());
        let least = expected(&payments, |payments| payments.iter().map(|payment| payment.amount).min().unwrap());
        every_way(|way| {
            let (largest_sink, smallest_sink) = (CollectingSink::new(), CollectingSink::new());
            let (most_sink, least_sink) = (CollectingSink::new(), CollectingSink::new());
            let got = (largest_sink.collected(), smallest_sink.collected());
            let got_amounts = (most_sink.collected(), least_sink.collected());
            let flow = dataflow! {
                let payments = input(TestingSource::new(payments.clone()));
                let keyed = payments.key_on(|payment| payment.customer);
                let amounts = keyed.map_value(|payment| payment.amount);
                keyed.max_final(by = |payment| payment.amount).output(largest_sink);
                keyed.min_final(|payment| payment.weight).output(smallest_sink);
                amounts.max_final().output(most_sink);
                amounts.min_final().output(least_sink);
            };
            run(way, flow);
            way.compare(&got.0.take(), &largest);
            way.compare(&got.1.take(), &smallest);
            way.compare(&got_amounts.0.take(), &most);
            way.compare(&got_amounts.1.take(), &least);
        });
    }

    /// As many values for one as its amount says, and a state that is dropped at an amount of five.
    #[test]
    fn stateful_flat_map_gives_any_number(payments in payments()) {
        let mut expected = Vec::new();
        for payment in &payments {
            let earlier = payments[..payment.place].iter().rev();
            let of_customer = earlier.filter(|earlier| earlier.customer == payment.customer);
            let since = of_customer.take_while(|earlier| earlier.amount < 5).count();
            expected.extend((0..payment.amount).map(|part| (payment.customer, (since, payment.place, part))));
        }
        every_way(|way| {
            let sink = CollectingSink::new();
            let got = sink.collected();
            let flow = dataflow! {
                let payments = input(TestingSource::new(payments.clone()));
                let keyed = payments.key_on(|payment| payment.customer);
                let parts = keyed.stateful_flat_map(|account, payment| {
                    let mut account = account.unwrap_or(Account { payments: 0, last: None });
                    let since = account.payments;
                    account.payments += 1;
                    let parts = (0..payment.amount).map(move |part| (since, payment.place, part));
                    ((payment.amount < 5).then_some(account), parts)
                });
                parts.output(sink);
            };
            run(way, flow);
            way.compare(&got.take(), &expected);
        });
    }
}

/// What cannot be compared with anything stays where it comes first, and goes where it comes later.
#[test]
fn incomparable_values_keep_the_earlier_one() {
    let values = [('a', f64::NAN), ('b', 1.0), ('a', 2.0), ('b', f64::NAN), ('b', 3.0), ('b', 0.5)];
    every_way(|way| {
        let (largest, smallest) = (CollectingSink::new(), CollectingSink::new());
        let got = (largest.collected(), smallest.collected());
        let flow = dataflow! {
            let pairs = input(TestingSource::new(values));
            let values = pairs.key_on(|(key, _)| *key).map_value(|(_, value)| value);
            let largest_values = values.max_final().map_value(|value| value.to_string());
            largest_values.output(largest);
            let smallest_values = values.min_final(by = |value| *value).map_value(|value| value.to_string());
            smallest_values.output(smallest);
        };
        run(way, flow);
        let named = |value: &str| vec![('a', "NaN".to_owned()), ('b', value.to_owned())];
        way.compare(&got.0.take(), &named("3"));
        way.compare(&got.1.take(), &named("0.5"));
    });
}

/// Two ways from one input meet again, so that the flow goes item by item.
#[test]
fn finals_come_behind_all_items_where_ways_meet_again() {
    every_way(|way| {
        let sink = CollectingSink::new();
        let got = sink.collected();
        let flow = dataflow! {
            let words = input(TestingSource::new(["tea", "milk", "tea"]));
            let counts = words.count_final(|word| word).map(|(word, count)| format!("{count} {word}"));
            let spread = words.redistribute().map(str::to_owned);
            let all = merge(counts, spread);
            all.output(sink);
        };
        run(way, flow);
        let mut got = got.take();
        // With several partitions keys may overtake each other.
        got[3..].sort_by_key(|count| std::cmp::Reverse(count.clone()));
        assert_eq!(got, ["tea", "milk", "tea", "2 tea", "1 milk"], "{way:?}");
    });
}

/// A key that is moved out of the item, and a count of nothing.
#[test]
fn a_key_may_be_the_item() {
    let sink = CollectingSink::new();
    let got = sink.collected();
    let flow = dataflow! {
        let words = input(TestingSource::new(["b", "a", "b"].map(str::to_owned)));
        let long = words.filter(|word| word.len() > 1);
        long.count_final(|word| word).inspect(|_| unreachable!("no word is long"));
        words.count_final(|word| word).output(sink);
    };
    flow.run().unwrap();
    assert_eq!(got.take(), [("b".to_owned(), 2), ("a".to_owned(), 1)]);
}

/// Closures that take part in a final operator are blamed for their panics.
#[test]
fn a_panic_names_its_step() {
    let flow = dataflow! {
        let numbers = input(TestingSource::new(0..3));
        let counts = numbers.count_final(|number| 6 / number);
        counts.inspect(|_| ());
    };
    let error = flow.named("panics").run().unwrap_err().to_string();
    assert_eq!(error, "flow `panics`, step `counts`: panicked: attempt to divide by zero");
}

#[test]
fn redistribute_keeps_items_keys_and_their_order() {
    every_way(|way| {
        let (plain, keyed) = (CollectingSink::new(), CollectingSink::new());
        let got = (plain.collected(), keyed.collected());
        let flow = dataflow! {
            let numbers = input(TestingSource::new(0..9));
            numbers.redistribute().output(plain);
            let by_rest = numbers.key_on(|number| number % 2).redistribute();
            by_rest.max_final().output(keyed);
        };
        run(way, flow);
        assert_eq!(got.0.take(), (0..9).collect::<Vec<_>>(), "{way:?}");
        way.compare(&got.1.take(), &[(0, 8), (1, 7)]);
    });
}
