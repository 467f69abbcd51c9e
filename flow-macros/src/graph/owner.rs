//! Who arguments are for.

use crate::operators::{Kind, Parameter};
use crate::syntax::Argument;

/// An operator, for which a clock or windower is an argument.
#[derive(Clone, Copy)]
pub(super) struct Parent<'a> {
    pub(super) name: &'static str,
    /// What it was given and has no parameters for.
    pub(super) surplus: &'a [Argument],
}

/// What arguments are for.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) name: &'static str,
    /// The operator that a clock or windower is for.
    pub(super) parent: Option<Parent<'a>>,
    /// How many streams the operator takes.
    pub(super) sides: usize,
}

impl Owner<'_> {
    /// Whether an argument stands outside that belongs here, which has been reported.
    pub(super) fn is_given_outside(self, parameter: &Parameter) -> bool {
        let mut surplus = self.parent.iter().flat_map(|parent| parent.surplus);
        surplus.any(|argument| argument.name.as_ref().is_some_and(|name| name == parameter.name))
    }

    /// The parameters, those that each side has one of as often as there are sides.
    pub(super) fn parameters(self, parameters: &'static [Parameter]) -> Vec<&'static Parameter> {
        let times = |parameter: &Parameter| if parameter.kind == Kind::Getter { self.sides } else { 1 };
        parameters.iter().flat_map(|parameter| std::iter::repeat_n(parameter, times(parameter))).collect()
    }
}
