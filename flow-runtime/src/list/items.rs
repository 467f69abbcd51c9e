//! The items of a list: a few in place, more in memory of their own.
//!
//! Unsafe, for the gain is large: a list of three numbers needs no memory but its own, and is moved out of a key's
//! state without a branch. Which item fills a list is a coin toss to the processor, and each wrong guess costs as much
//! as finding the key.

#![allow(unsafe_code, reason = "see above; the proofs stand at the blocks")]

use std::hint::select_unpredictable;
use std::mem::{self, ManuallyDrop, MaybeUninit};
use std::num::NonZeroU32;
use std::{ptr, slice};

use super::{List, pool};

/// The items of a list.
pub(super) struct Items<T> {
    room: Room<T>,
    /// One more than the number of items in place, which are the first of their room; or [`ELSEWHERE`], where there is
    /// a `Vec` in the room.
    filled: NonZeroU32,
}

/// So much room as a `Vec` takes.
union Room<T> {
    in_place: MaybeUninit<[u64; 3]>,
    vec: ManuallyDrop<Vec<T>>,
    /// Takes no room, but is aligned as items are, and tells the compiler where they may change behind a reference.
    _items: ManuallyDrop<[T; 0]>,
}

const EMPTY: NonZeroU32 = NonZeroU32::MIN;
const ELSEWHERE: NonZeroU32 = NonZeroU32::MAX;

impl<T> Items<T> {
    /// How many items there is room for in place.
    const IN_PLACE: usize = match size_of::<T>() {
        0 => 0,
        size => size_of::<[u64; 3]>() / size,
    };

    pub(super) const fn new() -> Self {
        Self { room: Room { in_place: MaybeUninit::uninit() }, filled: EMPTY }
    }

    pub(super) fn from_vec(vec: Vec<T>) -> Self {
        Self { room: Room { vec: ManuallyDrop::new(vec) }, filled: ELSEWHERE }
    }

    /// How many are in place.
    #[inline(always)]
    fn len_in_place(&self) -> usize {
        self.filled.get() as usize - 1
    }

    /// Where the first item in place is, or would be.
    #[inline(always)]
    fn place(&self) -> *const T {
        ptr::from_ref(&self.room).cast()
    }

    /// As [`place`](Self::place).
    #[inline(always)]
    fn place_mut(&mut self) -> *mut T {
        ptr::from_mut(&mut self.room).cast()
    }

    #[inline(always)]
    fn are_elsewhere(&self) -> bool {
        self.filled == ELSEWHERE
    }

    /// The `Vec`, where there is one.
    #[inline(always)]
    fn vec_mut(&mut self) -> Option<&mut Vec<T>> {
        // SAFETY: `filled` says that there is a `Vec` in the room.
        self.are_elsewhere().then(|| unsafe { &mut *self.room.vec })
    }

    #[inline(always)]
    pub(super) fn as_slice(&self) -> &[T] {
        if self.are_elsewhere() {
            // SAFETY: `filled` says that there is a `Vec` in the room.
            return unsafe { &self.room.vec };
        }
        // SAFETY: so many items are in place.
        unsafe { slice::from_raw_parts(self.place(), self.len_in_place()) }
    }

    #[inline(always)]
    pub(super) fn as_mut_slice(&mut self) -> &mut [T] {
        if self.are_elsewhere() {
            // SAFETY: `filled` says that there is a `Vec` in the room.
            return unsafe { &mut self.room.vec };
        }
        let len = self.len_in_place();
        // SAFETY: so many items are in place.
        unsafe { slice::from_raw_parts_mut(self.place_mut(), len) }
    }

    #[inline(always)]
    pub(super) fn push(&mut self, item: T) {
        if !self.are_elsewhere() {
            let len = self.len_in_place();
            if len < Self::IN_PLACE {
                // SAFETY: there is room for one more behind `len` items.
                unsafe { self.place_mut().add(len).write(item) }
                self.filled = self.filled.saturating_add(1);
                return;
            }
        }
        self.vec().push(item);
    }

    /// The `Vec`, into which the items go for which there is no more room in place.
    #[inline(always)]
    fn vec(&mut self) -> &mut Vec<T> {
        if !self.are_elsewhere() {
            self.go_elsewhere();
        }
        // SAFETY: there was a `Vec`, or there is one now.
        unsafe { &mut self.room.vec }
    }

    /// Moves the items out of the list, for there is no room for more.
    #[cold]
    #[inline(never)]
    fn go_elsewhere(&mut self) {
        /// So many more are likely to come.
        const MORE: usize = 4;
        let mut vec = mem::replace(self, Self::new()).into_vec();
        vec.reserve(MORE);
        *self = Self::from_vec(vec);
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        if let Some(vec) = self.vec_mut() {
            return vec.pop();
        }
        let last = self.len_in_place().checked_sub(1)?;
        self.filled = NonZeroU32::new(self.filled.get() - 1)?;
        // SAFETY: there was an item there, and `filled` does not count it any more.
        Some(unsafe { self.place().add(last).read() })
    }

    /// The items as a `Vec`, whose memory may have been that of an earlier list.
    pub(super) fn into_vec(mut self) -> Vec<T> {
        if let Some(vec) = self.vec_mut() {
            return mem::take(vec);
        }
        let mut vec = pool::take();
        let len = self.len_in_place();
        vec.reserve(len);
        self.filled = EMPTY;
        // SAFETY: so many items are in place, and there is room for them in `vec`. `filled` does not count them any more.
        unsafe {
            ptr::copy_nonoverlapping(self.place(), vec.as_mut_ptr(), len);
            vec.set_len(len);
        }
        vec
    }

    /// Adds an item. Where there are `most` then, moves all of them to the end of `to`, with what is to stand beside
    /// them, and leaves none. There is no branch on that. Says whether there were none.
    #[inline(always)]
    pub(super) fn push_up_to<P: Copy>(
        &mut self,
        most: usize,
        item: T,
        beside: P,
        to: &mut Vec<(P, List<T>)>,
    ) -> bool {
        let len = self.len_in_place();
        if len >= Self::IN_PLACE {
            let vec = self.vec();
            vec.push(item);
            let count = vec.len();
            if count >= most {
                to.push((beside, List { items: mem::replace(self, Self::new()) }));
            }
            return count == 1;
        }
        let is_full = len + 1 >= most;
        let filled = self.filled.saturating_add(1);
        let item = MaybeUninit::new(item);
        to.reserve(1);
        let end = to.len();
        // SAFETY: There is room for one more list in `to`, and in its place for one more item. The items are copied bit
        // by bit, and the copy counts where the list is full: then nobody looks at the original any more, which is said
        // to be empty. Else it lies behind the end of `to`, and nobody looks at it. What was there before is copied
        // before the item is written, for what was just written could not be read at once in a wider piece.
        unsafe {
            let copy = to.as_mut_ptr().add(end);
            (&raw mut (*copy).0).write(beside);
            let copy = &raw mut (*copy).1.items;
            ptr::copy_nonoverlapping(&raw const self.room, &raw mut (*copy).room, 1);
            ptr::copy_nonoverlapping(
                &raw const item,
                (&raw mut (*copy).room).cast::<MaybeUninit<T>>().add(len),
                1,
            );
            (&raw mut (*copy).filled).write(filled);
            ptr::copy_nonoverlapping(&raw const item, self.place_mut().cast::<MaybeUninit<T>>().add(len), 1);
            to.set_len(end + usize::from(is_full));
        }
        self.filled = select_unpredictable(is_full, EMPTY, filled);
        len == 0
    }
}

impl<T> Drop for Items<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(vec) = self.vec_mut() {
            pool::give(mem::take(vec));
        } else if mem::needs_drop::<T>() {
            // SAFETY: they are there, and nobody looks at them after this.
            unsafe { ptr::drop_in_place(self.as_mut_slice()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Step {
        Push,
        Pop,
        PushUpTo(usize),
        IntoVec,
        Clone,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            8 => Just(Step::Push),
            2 => Just(Step::Pop),
            4 => (1..6_usize).prop_map(Step::PushUpTo),
            1 => Just(Step::IntoVec),
            1 => Just(Step::Clone),
        ];
        proptest::collection::vec(step, 0..40)
    }

    /// As a `Vec`, and each item is dropped once.
    fn goes_like_a_vec<T: Clone + PartialEq + std::fmt::Debug>(steps: &[Step], item: impl Fn(usize) -> T) {
        let (mut items, mut model) = (Items::new(), Vec::new());
        let (mut moved, mut moved_of_model) = (Vec::new(), Vec::new());
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Push => {
                    items.push(item(number));
                    model.push(item(number));
                }
                Step::Pop => assert_eq!(items.pop(), model.pop()),
                Step::PushUpTo(most) => {
                    assert_eq!(items.push_up_to(*most, item(number), number, &mut moved), model.is_empty());
                    model.push(item(number));
                    if model.len() >= *most {
                        moved_of_model.push((number, mem::take(&mut model)));
                    }
                }
                Step::IntoVec => items = Items::from_vec(items.into_vec()),
                Step::Clone => items = Items::from_vec(items.as_slice().to_vec()),
            }
            assert_eq!(items.as_slice(), model);
            assert_eq!(items.as_mut_slice(), model);
        }
        let moved: Vec<_> = moved.into_iter().map(|(number, list)| (number, list.into_vec())).collect();
        assert_eq!(moved, moved_of_model);
    }

    #[repr(align(16))]
    #[derive(Clone, Debug, PartialEq)]
    struct Wide(usize);

    proptest! {
        #[test]
        fn goes_like_a_vec_whatever_the_items(steps in steps()) {
            goes_like_a_vec(&steps, |number| number as u64);
            goes_like_a_vec(&steps, |number| u8::try_from(number).unwrap());
            goes_like_a_vec(&steps, |number| [u16::try_from(number).unwrap(); 3]);
            goes_like_a_vec(&steps, |number| [number as u64; 4]);
            goes_like_a_vec(&steps, |_| ());
            goes_like_a_vec(&steps, Wide);
            goes_like_a_vec(&steps, |number| number.to_string());
            goes_like_a_vec(&steps, Box::new);
        }

        #[test]
        fn each_item_is_dropped_once(steps in steps()) {
            let item = Rc::new(());
            goes_like_a_vec(&steps, |_| Rc::clone(&item));
            prop_assert_eq!(Rc::strong_count(&item), 1);
        }
    }

    /// As the compiler has to know: it may not take what it has read before for what is there now.
    #[test]
    fn items_may_change_behind_a_reference() {
        #[inline(never)]
        fn change(items: &Items<Cell<u64>>) -> u64 {
            let before = items.as_slice()[0].get();
            items.as_slice()[0].set(before + 1);
            items.as_slice()[0].get()
        }
        let mut items = Items::new();
        items.push(Cell::new(1));
        assert_eq!((change(&items), change(&items), items.pop()), (2, 3, Some(Cell::new(3))));
    }

    #[test]
    fn few_items_are_in_place() {
        assert_eq!((Items::<u64>::IN_PLACE, Items::<[u16; 3]>::IN_PLACE, Items::<Wide>::IN_PLACE), (3, 4, 1));
        assert_eq!((Items::<()>::IN_PLACE, Items::<[u64; 4]>::IN_PLACE), (0, 0));
        assert_eq!(size_of::<Option<Items<String>>>(), 32);
    }
}
