//! Asynchronous streams as sources. Needs the feature `async`.

use std::collections::VecDeque;
use std::marker::PhantomPinned;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use flow::prelude::*;
use flow::sources::StreamSource;
use flow::testing::{Kit, with_each_batch_limit};
use flow::time::StillTime;
use futures_core::Stream;

/// A stream that its clones feed.
#[derive(Clone, Default)]
struct Fed(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    items: VecDeque<u32>,
    is_closed: bool,
    waker: Option<Waker>,
    polls: usize,
}

impl Fed {
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.0.lock().unwrap();
        change(&mut state);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn push(&self, item: u32) {
        self.change(|state| state.items.push_back(item));
    }

    fn close(&self) {
        self.change(|state| state.is_closed = true);
    }

    fn polls(&self) -> usize {
        self.0.lock().unwrap().polls
    }
}

impl Stream for Fed {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u32>> {
        let mut state = self.0.lock().unwrap();
        state.polls += 1;
        match state.items.pop_front() {
            Some(item) => Poll::Ready(Some(item)),
            None if state.is_closed => Poll::Ready(None),
            None => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// A stream that must not be moved once it has been polled.
struct Pinned {
    items: Fed,
    _pinned: PhantomPinned,
}

impl Stream for Pinned {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<u32>> {
        pin!(self.items.clone()).poll_next(context)
    }
}

#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_stream_is_taken_as_far_as_it_goes() {
    with_each_batch_limit(chrono::DateTime::UNIX_EPOCH, |kit: Kit| {
        let fed = Fed::default();
        let (sink, out) = kit.output();
        let stream = fed.clone();
        let mut run = kit.start(dataflow! {
            let numbers = input(StreamSource::new(stream));
            numbers.output(sink);
        });
        (0..20).for_each(|number| fed.push(number));
        run.settle()?;
        assert_eq!(out.take(), (0..20).collect::<Vec<_>>());
        fed.push(20);
        fed.close();
        run.settle()?;
        assert_eq!((out.take(), run.has_ended()), (vec![20], true));
        Ok::<(), flow::Error>(())
    })
    .unwrap();
}

/// A stream that has nothing is polled once, and wakes whoever polled the flow last.
#[test]
fn an_idle_stream_wakes_whoever_polled() {
    let fed = Fed::default();
    let stream = fed.clone();
    let flow = dataflow! {
        let numbers = input(StreamSource::new(stream));
        numbers.output(|_| {});
    };
    let mut running = flow.start(StillTime::default());
    let bells = [Arc::new(Bell::default()), Arc::new(Bell::default())];
    let rung = || [0, 1].map(|bell| bells[bell].0.swap(0, Ordering::SeqCst));
    for bell in &bells {
        assert_eq!(running.poll(&Waker::from(Arc::clone(bell))).unwrap(), Progress::Idle(None));
    }
    assert_eq!((fed.polls(), rung()), (2, [0, 0]));
    fed.push(1);
    assert_eq!(rung(), [0, 1]);
    assert_eq!(running.poll(&Waker::from(Arc::clone(&bells[0]))).unwrap(), Progress::Idle(None));
    fed.close();
    assert_eq!(rung(), [1, 0]);
    assert_eq!(running.poll(Waker::noop()).unwrap(), Progress::Ended);
}

/// A run on a thread of its own sleeps until the stream wakes it.
#[test]
fn a_run_that_sleeps_is_woken() {
    let fed = Fed::default();
    let stream = fed.clone();
    let feeder = thread::spawn(move || {
        (0..100).for_each(|number| fed.push(number));
        fed.close();
    });
    let mut sum = 0;
    let flow = dataflow! {
        let numbers = input(StreamSource::new(stream));
        numbers.output(|number| sum += number);
    };
    flow.run().unwrap();
    feeder.join().unwrap();
    assert_eq!(sum, 4950);
}

#[test]
fn a_stream_that_cannot_be_moved_is_pinned_first() {
    let items = Fed::default();
    items.push(1);
    items.push(2);
    items.close();
    let mut came = Vec::new();
    let flow = dataflow! {
        let numbers = input(StreamSource::new(Box::pin(Pinned { items, _pinned: PhantomPinned })));
        numbers.output(|number| came.push(number));
    };
    flow.run().unwrap();
    assert_eq!(came, [1, 2]);
}
