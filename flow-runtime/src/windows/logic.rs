//! A logic of the user's own for each window: what `window` hosts.

use std::fmt;
use std::marker::PhantomData;

use super::WindowContent;
use crate::known::{Known, Never, Unknown};

/// What is done with the values of one window: for [`window`](crate::stream::KeyedStream::window). The value itself
/// is the window's state.
///
/// Each call may give any number of results, which go to `down` with the window's id.
///
/// A logic is plain code, and can be tried without a flow:
///
/// ```
/// use flow::windows::WindowLogic;
///
/// /// Gives what is new in its window, and how many there were at the end.
/// struct News(Vec<&'static str>);
///
/// impl WindowLogic<&'static str> for News {
///     type Output = String;
///
///     fn on_value(&mut self, word: &'static str, out: &mut impl FnMut(String)) {
///         if !self.0.contains(&word) {
///             self.0.push(word);
///             out(word.to_owned());
///         }
///     }
///
///     fn on_merge(&mut self, absorbed: Self, _: &mut impl FnMut(String)) {
///         self.0.extend(absorbed.0);
///     }
///
///     fn on_close(self, out: &mut impl FnMut(String)) {
///         out(format!("{} words", self.0.len()));
///     }
/// }
///
/// let mut given = Vec::new();
/// let mut news = News(Vec::new());
/// for word in ["tea", "milk", "tea"] {
///     news.on_value(word, &mut |text| given.push(text));
/// }
/// news.on_close(&mut |text| given.push(text));
/// assert_eq!(given, ["tea", "milk", "2 words"]);
/// ```
///
/// Bytewax: `WindowLogic`, which has a snapshot besides.
pub trait WindowLogic<V>: Sized {
    /// What is given.
    type Output;

    /// Takes a value in.
    fn on_value(&mut self, value: V, out: &mut impl FnMut(Self::Output));

    /// Takes in what another window holds that is merged into this one. Only sessions merge.
    fn on_merge(&mut self, absorbed: Self, out: &mut impl FnMut(Self::Output));

    /// The window closes.
    fn on_close(self, out: &mut impl FnMut(Self::Output));
}

/// Windows with a logic each, which `B` makes.
pub struct HostLogic<B, S> {
    builder: B,
    logics: PhantomData<fn() -> S>,
}

impl<V, S: WindowLogic<V>, B: FnMut() -> S> WindowContent<V> for HostLogic<B, S> {
    type State = S;
    type Output = S::Output;

    #[inline]
    fn open(&mut self, value: V, out: &mut impl FnMut(S::Output)) -> S {
        let mut logic = (self.builder)();
        logic.on_value(value, out);
        logic
    }

    #[inline]
    fn on_value(&mut self, logic: &mut S, value: V, out: &mut impl FnMut(S::Output)) {
        logic.on_value(value, out);
    }

    fn on_merge(&mut self, target: &mut S, absorbed: S, out: &mut impl FnMut(S::Output)) {
        target.on_merge(absorbed, out);
    }

    fn on_close(&mut self, logic: S, out: &mut impl FnMut(S::Output)) {
        logic.on_close(out);
    }
}

impl<B, S> fmt::Debug for HostLogic<B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HostLogic")
    }
}

/// What `window` has its logics made of. Where it is no [`WindowLogic`], rustc knows of no `Content`, and says so
/// only once.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `WindowLogic` for values of type `{V}`",
    label = "the values of this stream are of type `{V}`",
    note = "implement `flow::windows::WindowLogic<{V}>` for it, and give a closure that makes one: `logic = || …`"
)]
pub trait IsWindowLogic<V, B, M> {
    /// What windows hold.
    type Content: WindowContent<V>;

    /// Gives that.
    fn content(builder: B) -> Self::Content;
}

#[diagnostic::do_not_recommend]
impl<V, S: WindowLogic<V>, B: FnMut() -> S> IsWindowLogic<V, B, Known> for S {
    type Content = HostLogic<B, S>;

    fn content(builder: B) -> Self::Content {
        HostLogic { builder, logics: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<V, S: Never + WindowLogic<V>, B: FnMut() -> S> IsWindowLogic<V, B, Unknown> for S {
    type Content = HostLogic<B, S>;

    fn content(builder: B) -> Self::Content {
        HostLogic { builder, logics: PhantomData }
    }
}
