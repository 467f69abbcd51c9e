//! How an argument of the wrong type stays one error.
//!
//! What an operator leaves behind is typed by a projection, `<S as IsSink<T, _>>::Itself`. Two impls could give it,
//! of which one never holds: so rustc looks at the bounds of the other before it takes it, and where they do
//! not hold, it knows no type for what follows and has nothing more to say of it.
//!
//! Where something further is asked of a type that is made of such projections, as of what a window holds, each of them
//! is a type parameter, `F: IsReducer<V, M, Itself = G>`. Written out, `F::Itself` would be another unknown type in each
//! place until rustc knows the closure, and what does not hold of it would be another error in each.

/// The impl that holds.
#[derive(Debug)]
pub enum Known {}

/// The impl that never holds.
#[derive(Debug)]
pub enum Unknown {}

/// What nothing is that anybody could have a value of. Two types are it after all: otherwise rustc could tell of a
/// type that it does not know yet that it is none, and would take the impl that holds without a look at its bounds.
pub trait Never: Sized {
    /// A value of it, which nobody asks for.
    fn never() -> Self {
        unreachable!("there is no value of this type")
    }
}

impl Never for Known {}
impl Never for Unknown {}
