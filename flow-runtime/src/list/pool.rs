//! Memory of lists that are not in use, by the thread that dropped them.
//!
//! Unsafe, for memory is kept without the type of the items that were in it, so that a list of borrowed
//! items can leave its memory behind for one of another lifetime. The gain: what a list needs elsewhere
//! costs about 5 ns to take and give back, where `malloc` and `free` take 30 ns, and so does a pool that
//! lists share with their operator through an `Arc<Mutex<_>>`.

#![allow(unsafe_code, reason = "see above; the proofs stand at the two blocks")]

use std::alloc::Layout;
use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

/// The most bytes that a thread keeps for one layout of items. What comes beyond is freed.
const MOST: usize = 1 << 20;

thread_local! {
    static SHELVES: RefCell<Vec<Shelf>> = const { RefCell::new(Vec::new()) };
}

/// Memory for items of one layout.
struct Shelf {
    layout: Layout,
    bytes: usize,
    buffers: Vec<Buffer>,
}

/// The memory of a `Vec` without items, whose items had the layout of the shelf that it lies on.
///
/// It owns that memory: it was made by [`Buffer::of`] from a `Vec`, and ends in [`Buffer::into_vec`].
struct Buffer {
    start: NonNull<u8>,
    /// In items; more than zero.
    capacity: usize,
}

impl Buffer {
    /// Takes the memory of `items`, which must not be without any.
    fn of<T>(mut items: Vec<T>) -> Option<Self> {
        items.clear();
        let mut items = ManuallyDrop::new(items);
        let start = NonNull::new(items.as_mut_ptr())?.cast();
        Some(Self { start, capacity: items.capacity() })
    }

    /// # Safety
    /// `self` must be made from a `Vec` of items with the layout of `T`.
    unsafe fn into_vec<T>(self) -> Vec<T> {
        // SAFETY: `start` and `capacity` are those of a `Vec` that was given up in `of`, so the memory is
        // owned by nobody else and came from the global allocator. Its layout is that of `capacity` items
        // of the layout of `T`, as the caller says. No item is in it, so none is read as a `T`.
        unsafe { Vec::from_raw_parts(self.start.cast().as_ptr(), 0, self.capacity) }
    }
}

impl Shelf {
    /// Keeps the memory of `items`, of so many bytes, whose layout is the shelf's.
    #[inline(always)]
    fn keep<T>(&mut self, bytes: usize, items: Vec<T>) {
        if self.bytes + bytes <= MOST {
            self.bytes += bytes;
            self.buffers.extend(Buffer::of(items));
        }
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // At the end of the thread the buffers are freed as what their layout says, without a type: each
        // is a `Vec` of so many items of the shelf's layout.
        for Buffer { start, capacity } in self.buffers.drain(..) {
            let size = self.layout.size() * capacity;
            let Ok(layout) = Layout::from_size_align(size, self.layout.align()) else { continue };
            // SAFETY: the memory came from the global allocator with this layout, which is that of a
            // `Vec` of `capacity` items, and nobody else owns it.
            unsafe { std::alloc::dealloc(start.as_ptr(), layout) }
        }
    }
}

/// A `Vec` without items, with memory from an earlier one where there is some: that which was given last, and may still
/// be in the cache.
#[inline(never)]
pub(super) fn take<T>() -> Vec<T> {
    let layout = Layout::new::<T>();
    let taken = SHELVES.try_with(|shelves| {
        let mut shelves = shelves.borrow_mut();
        let shelf = shelves.iter_mut().find(|shelf| shelf.layout == layout)?;
        let buffer = shelf.buffers.pop()?;
        shelf.bytes -= buffer.capacity * layout.size();
        // SAFETY: it lay on the shelf for the layout of `T`.
        Some(unsafe { buffer.into_vec() })
    });
    taken.ok().flatten().unwrap_or_default()
}

/// Keeps the memory of `items` for a later list. The items are dropped first.
#[inline(never)]
pub(super) fn give<T>(mut items: Vec<T>) {
    items.clear();
    let layout = Layout::new::<T>();
    let size = items.capacity() * layout.size();
    if size == 0 {
        return;
    }
    // Where the thread is ending there is no shelf any more, and `items` is dropped with the closure.
    let _ = SHELVES.try_with(|shelves| {
        let mut shelves = shelves.borrow_mut();
        match shelves.iter_mut().find(|shelf| shelf.layout == layout) {
            Some(shelf) if shelf.buffers.len() < shelf.buffers.capacity() => shelf.keep(size, items),
            _ => give_anew(&mut shelves, items),
        }
    });
}

/// As [`give`], where there is no room on the shelf yet, or no shelf.
#[cold]
fn give_anew<T>(shelves: &mut Vec<Shelf>, items: Vec<T>) {
    let layout = Layout::new::<T>();
    let place = shelves.iter().position(|shelf| shelf.layout == layout);
    let place = place.unwrap_or_else(|| {
        shelves.push(Shelf { layout, bytes: 0, buffers: Vec::new() });
        shelves.len() - 1
    });
    shelves[place].keep(items.capacity() * layout.size(), items);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again_by_items_of_the_same_layout_only() {
        let mut numbers: Vec<u64> = Vec::with_capacity(8);
        numbers.push(1);
        let place = numbers.as_ptr() as usize;
        give(numbers);
        assert_eq!(take::<u32>().capacity(), 0);
        assert_eq!(take::<[u64; 2]>().capacity(), 0);
        let again: Vec<&str> = take::<&str>();
        assert_eq!(again.capacity(), 0);
        let again: Vec<f64> = take();
        assert_eq!((again.as_ptr() as usize, again.len(), again.capacity()), (place, 0, 8));
    }

    #[test]
    fn items_are_dropped_before_their_memory_is_kept() {
        let item = std::rc::Rc::new(());
        give(vec![std::rc::Rc::clone(&item)]);
        assert_eq!(std::rc::Rc::strong_count(&item), 1);
    }

    #[test]
    fn no_more_is_kept_than_the_limit() {
        give(Vec::<u8>::with_capacity(MOST));
        give(Vec::<u8>::with_capacity(1));
        assert_eq!(take::<u8>().capacity(), MOST);
        assert_eq!(take::<u8>().capacity(), 0);
    }

    #[test]
    fn what_was_given_last_is_taken_first() {
        (1..=3).for_each(|capacity| give(Vec::<u8>::with_capacity(capacity)));
        assert_eq!([(); 4].map(|()| take::<u8>().capacity()), [3, 2, 1, 0]);
    }

    #[test]
    fn items_without_a_size_need_no_memory() {
        give(vec![(), ()]);
        assert!(take::<()>().is_empty());
    }

    #[test]
    fn memory_may_go_to_another_thread_and_end_with_it() {
        let list: Vec<String> = vec!["a".to_owned(); 3];
        std::thread::spawn(move || give(list)).join().unwrap();
        assert_eq!(take::<String>().capacity(), 0);
    }
}
