//! What a window step emits, without its key and with it.

use super::{Window, WindowId, WindowMetadata};
use crate::keyed::Event;

/// What a window step emits: on which of its streams, and what.
#[derive(Debug)]
pub enum WindowEvent<D, L, M> {
    /// For `down`.
    Down(D),
    /// For `late`.
    Late(L),
    /// For `meta`.
    Meta(M),
    /// For `early`.
    Early(D),
}

/// What a window step emits before the key is with it. Many wait where many windows close at once, so that it is small.
#[derive(Debug)]
pub enum Emitted<V, O, N> {
    /// What a window has given.
    Down(N, O),
    /// An item that came too late.
    Late(WindowId, V),
    /// A window that has closed, and that no other was merged into, as into most.
    Meta(Window),
    /// A window that has closed, and those that were merged into it.
    MetaOfMerged(Box<(Window, Vec<WindowId>)>),
    /// What an open window would give.
    Early(N, O),
}

impl<V, O, N> Emitted<V, O, N> {
    /// The bounds of a window that has closed.
    pub(super) fn meta(window: Window, merged: &[WindowId]) -> Self {
        if merged.is_empty() {
            return Self::Meta(window);
        }
        Self::MetaOfMerged(Box::new((window, merged.to_vec())))
    }
}

impl<V, O, N> Event for Emitted<V, O, N> {
    type Keyed<K> = WindowEvent<(K, (N, O)), (K, (WindowId, V)), (K, (WindowId, WindowMetadata))>;

    #[inline(always)]
    fn with_key<K>(self, key: K) -> Self::Keyed<K> {
        match self {
            Self::Down(name, output) => WindowEvent::Down((key, (name, output))),
            Self::Late(id, value) => WindowEvent::Late((key, (id, value))),
            Self::Meta(window) => WindowEvent::Meta((key, (window.id, window.into()))),
            Self::MetaOfMerged(merged) => {
                let (window, merged_ids) = *merged;
                WindowEvent::Meta((key, (window.id, WindowMetadata { merged_ids, ..window.into() })))
            }
            Self::Early(name, output) => WindowEvent::Early((key, (name, output))),
        }
    }
}
