//! A shop, played in simulated time: orders and payments joined within an interval, orders that nobody pays found by
//! a timer, and the takings of each quarter of an hour with early results.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use flow::prelude::*;
use flow::stateful::{Fate, StatefulLogic};
use flow::time::SimulatedTime;

#[derive(Clone, Copy, Debug)]
struct Order {
    time: DateTime<Utc>,
    number: u32,
    cents: u32,
}

#[derive(Clone, Copy, Debug)]
struct Payment {
    time: DateTime<Utc>,
    order: u32,
}

/// What happens to an order.
#[derive(Clone, Copy, Debug)]
enum News {
    Ordered,
    Paid,
}

/// Waits for an order's payment, and says so when it has not come in time.
struct Reminder {
    due: Option<DateTime<Utc>>,
}

impl StatefulLogic<News> for Reminder {
    type Output = &'static str;

    fn on_item(&mut self, news: News, now: DateTime<Utc>, _: &mut impl FnMut(&'static str)) -> Fate {
        match news {
            News::Ordered => {
                self.due = Some(now + TimeDelta::minutes(20));
                Fate::Keep
            }
            News::Paid => Fate::Drop,
        }
    }

    fn on_notify(&mut self, _: DateTime<Utc>, out: &mut impl FnMut(&'static str)) -> Fate {
        out("not paid yet");
        Fate::Drop
    }

    fn notify_at(&self) -> Option<DateTime<Utc>> {
        self.due
    }
}

fn main() -> Result<(), flow::Error> {
    let open = Utc.with_ymd_and_hms(2022, 1, 1, 9, 0, 0).unwrap();
    let at = |minutes| open + TimeDelta::minutes(minutes);
    let orders = [(1, 1, 500), (3, 2, 1200), (8, 3, 700), (21, 4, 300), (22, 5, 900)]
        .map(|(minutes, number, cents)| Order { time: at(minutes), number, cents });
    let payments =
        [(2, 1), (9, 3), (26, 2), (24, 5)].map(|(minutes, order)| Payment { time: at(minutes), order });

    let flow = dataflow! {
        // Both arrive in the order in which they were made, as a system would hand them over.
        let orders = input(TimedSource::new(orders.map(|order| (order.time, order))));
        let payments = input(TimedSource::new(payments.map(|payment| (payment.time, payment))));
        let orders_by_number = orders.key_on(|order| order.number);
        let payments_by_order = payments.key_on(|payment| payment.order);

        // An order is paid where its payment comes within a quarter of an hour.
        let paid = join_interval(
            orders_by_number,
            payments_by_order,
            clock = EventClock(|order| order.time, |payment| payment.time, wait_for_system_duration = 5min),
            before = 0s,
            after = 15min,
        );
        paid.down.output(|(number, (order, payment))| {
            println!("order {number} is paid after {} min", (payment.time - order.time).num_minutes());
        });
        paid.late.inspect(|(number, item)| eprintln!("too late for order {number}: {item:?}"));

        // Who has not paid after twenty minutes is reminded.
        let ordered = orders_by_number.map_value(|_| News::Ordered);
        let settled = payments_by_order.map_value(|_| News::Paid);
        let news = merge(ordered, settled);
        let reminders = news.stateful(logic = || Reminder { due: None });
        reminders.output(|(number, what)| println!("order {number} is {what}"));

        // What was ordered in each quarter of an hour, with a first word after two orders.
        let all = orders.key_on(|_| "all");
        let takings = all.fold_window(
            clock = EventClock(|order| order.time, wait_for_system_duration = 0s),
            windower = TumblingWindower(length = 15min, align_to = open),
            builder = || 0,
            folder = |cents, order| cents + order.cents,
            merger = |cents, others| cents + others,
            bounds = true,
            early = 2,
        );
        takings.early.output(|(_, (window, cents))| println!("{} so far: {cents}", window.open_time.format("%H:%M")));
        takings.down.output(|(_, (window, cents))| {
            println!("{} to {}: {cents}", window.open_time.format("%H:%M"), window.close_time.format("%H:%M"));
        });
    };
    flow.run_in(SimulatedTime::starting_at(open))?;
    Ok(())
}
