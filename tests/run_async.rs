//! A run inside an asynchronous task: who wakes it, how often, and how it ends.

use std::future::{Future, pending, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use chrono::{DateTime, TimeDelta, Utc};
use flow::error::BoxError;
use flow::prelude::*;
use flow::report::Report;
use flow::sources::{Batch, Source, SourceStatus};
use flow::time::{SimulatedTime, StillTime};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

/// A task that is polled by hand, and counts who wakes it.
struct Task<F> {
    future: Pin<Box<F>>,
    bell: Arc<Bell>,
}

#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl<F: Future> Task<F> {
    fn new(future: F) -> Self {
        Self { future: Box::pin(future), bell: Arc::default() }
    }

    fn poll(&mut self) -> Poll<F::Output> {
        let waker = Waker::from(Arc::clone(&self.bell));
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }

    /// Polls as long as somebody wakes the task; says what came of it and how many polls it took.
    fn settle(&mut self) -> (Poll<F::Output>, usize) {
        for polls in 1..1000 {
            let outcome = self.poll();
            if outcome.is_ready() || self.bell.0.swap(0, Ordering::SeqCst) == 0 {
                return (outcome, polls);
            }
        }
        panic!("it spins");
    }
}

fn ended(outcome: Poll<Result<Report, flow::Error>>) -> Report {
    match outcome {
        Poll::Ready(report) => report.unwrap(),
        Poll::Pending => panic!("it has not ended"),
    }
}

/// Each due time is slept for once, and nothing else is.
#[test]
fn sleeps_are_asked_for_where_there_is_something_to_wait_for() {
    let time = SimulatedTime::starting_at(at(0));
    let clock = time.clone();
    let (mut lists, mut sleeps) = (Vec::new(), Vec::new());
    let flow = dataflow! {
        let letters = input(TimedSource::new([(at(0), 'a'), (at(9), 'b'), (at(60), 'c')]));
        let keyed = letters.key_on(|_| ());
        let collected = keyed.collect(timeout = 10s, max_size = 3);
        collected.output(|((), list)| lists.push((clock.time(), list.into_vec())));
    };
    let sleep = |until| {
        sleeps.push(until);
        time.set(until);
        ready(())
    };
    let mut task = Task::new(flow.start(time.clone()).run_async(sleep));
    let report = ended(task.settle().0);
    assert_eq!(report.step("letters").unwrap().items_out, 3);
    drop(task);
    assert_eq!(sleeps, [at(9), at(10), at(60)]);
    assert_eq!(lists, [(at(10), vec!['a', 'b']), (at(60), vec!['c'])]);
}

/// Between two activations other tasks have their turn; no poll does two.
#[test]
fn a_busy_flow_gives_way() {
    let mut sum = 0;
    let flow = dataflow! {
        let numbers = input(IterSource::new(0..10));
        numbers.output(|number| sum += number);
    };
    let running = flow.start(StillTime::default()).batch_limit(3);
    let mut task = Task::new(running.run_async(|_| pending::<()>()));
    let (outcome, polls) = task.settle();
    ended(outcome);
    drop(task);
    assert_eq!((polls, sum), (4, 45), "three, three, three, and the last with the end");
}

/// An idle source wakes the task, which then sleeps again; the future that sleeps is given up for it.
#[test]
fn a_source_wakes_the_task_that_sleeps() {
    struct GivenUp(Arc<AtomicUsize>);
    impl Drop for GivenUp {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    let given_up = Arc::new(AtomicUsize::new(0));
    let time = SimulatedTime::starting_at(at(0));
    let (sender, source) = channel(10);
    let sink = CollectingSink::new();
    let lists = sink.collected();
    let flow = dataflow! {
        let numbers = input(source);
        let keyed = numbers.key_on(|_| ());
        let lists = keyed.collect(timeout = 10s, max_size = 2);
        lists.map(|((), list)| list.into_vec()).output(sink);
    };
    let sleep = |until| {
        assert_eq!(until, at(10));
        let guard = GivenUp(Arc::clone(&given_up));
        async move {
            let _guard = guard;
            pending::<()>().await;
        }
    };
    let mut task = Task::new(flow.start(time).run_async(sleep));
    assert!(task.settle().0.is_pending());
    sender.send(1).unwrap();
    assert_eq!(task.bell.0.swap(0, Ordering::SeqCst), 1, "the channel has woken it");
    assert!(task.settle().0.is_pending());
    assert_eq!(given_up.load(Ordering::SeqCst), 0, "it sleeps until the list is due");
    sender.send(2).unwrap();
    let (outcome, polls) = task.settle();
    assert!(outcome.is_pending() && polls <= 2, "{polls} polls");
    assert_eq!(lists.take(), [vec![1, 2]]);
    assert_eq!(given_up.load(Ordering::SeqCst), 1, "there is nothing to sleep for any more");
    drop(sender);
    ended(task.settle().0);
}

/// Whoever wakes the task too early finds it asleep again.
#[test]
fn a_task_that_is_woken_for_nothing_sleeps_on() {
    let time = SimulatedTime::starting_at(at(0));
    let sleeps = AtomicUsize::new(0);
    let flow = dataflow! {
        let numbers = input(TimedSource::new([(at(5), 1)]));
        numbers.output(|_| {});
    };
    let sleep = |until: DateTime<Utc>| {
        sleeps.fetch_add(1, Ordering::SeqCst);
        let time = time.clone();
        poll_fn(move |_| if time.time() >= until { Poll::Ready(()) } else { Poll::Pending })
    };
    let mut task = Task::new(flow.start(time.clone()).run_async(sleep));
    for polls in 1..=3 {
        assert!(task.poll().is_pending());
        assert_eq!(sleeps.load(Ordering::SeqCst), polls);
    }
    time.set(at(5));
    ended(task.poll());
}

#[test]
fn errors_come_out_of_the_future() {
    let flow = dataflow! {
        let numbers = input(IterSource::new([5, 0]));
        numbers.map(|number| 10 / number).output(|_: i32| {});
    };
    let mut task = Task::new(flow.start(StillTime::default()).run_async(|_| ready(())));
    let Poll::Ready(Err(error)) = task.settle().0 else { panic!("an error is expected") };
    assert!(matches!(error, flow::Error::Panic { .. }), "{error}");

    let flow = dataflow! {
        let numbers = input(TimedSource::new([(at(5), 1)]));
        numbers.output(|_| {});
    };
    let mut task = Task::new(flow.start(StillTime::default()).run_async(|_| ready(())));
    let Poll::Ready(Err(error)) = task.settle().0 else { panic!("an error is expected") };
    assert!(matches!(error, flow::Error::Stuck { .. }), "{error}");
}

/// A flow of things that can be sent makes a future that can be sent, as tasks of many runtimes have to be.
#[test]
fn the_future_can_be_sent_where_the_flow_can() {
    fn sent<F: Future + Send>(future: F) -> F {
        future
    }
    let (sender, source) = channel::<u32>(1);
    drop(sender);
    let flow = dataflow! {
        let numbers = input(source);
        let keyed = numbers.key_on(|number| *number);
        let lists = keyed.collect(timeout = 1s, max_size = 2);
        lists.output(CollectingSink::new());
    };
    let future = sent(flow.start(StillTime::default()).run_async(|_| ready(())));
    let mut future = pin!(future);
    let outcome = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    ended(outcome);
}

/// Nothing but a time could go on in the first flow, and the time stands still; in the second, a source may
/// still wake the task.
#[test]
fn a_source_that_may_wake_somebody_is_not_stuck() {
    struct Patient(SourceStatus, Arc<Mutex<Option<Waker>>>);
    impl Source for Patient {
        type Item = u32;

        fn next_batch(&mut self, batch: &mut Batch<'_, u32>) -> Result<SourceStatus, BoxError> {
            *self.1.lock().unwrap() = Some(batch.waker().clone());
            Ok(self.0)
        }
    }
    let run = |status| {
        let waker = Arc::default();
        let source = Patient(status, Arc::clone(&waker));
        let flow = dataflow! {
            let numbers = input(source);
            numbers.output(|_| {});
        };
        let mut task = Task::new(flow.start(StillTime::at(at(0))).run_async(|_| pending::<()>()));
        let (outcome, _) = task.settle();
        waker.lock().unwrap().take().unwrap().wake();
        (outcome, task.bell.0.load(Ordering::SeqCst))
    };
    let (outcome, _) = run(SourceStatus::IdleUntil(at(7)));
    assert!(matches!(outcome, Poll::Ready(Err(flow::Error::Stuck { .. }))));
    for status in [SourceStatus::Idle, SourceStatus::IdleAtMostUntil(at(7))] {
        let (outcome, rung) = run(status);
        assert!(outcome.is_pending() && rung == 1, "{status:?}");
    }
}
