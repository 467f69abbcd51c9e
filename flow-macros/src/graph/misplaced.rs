//! Arguments that there is no parameter for here, but elsewhere: in a clock, in a windower, or in another operator.

use proc_macro2::Ident;

use super::owner::Owner;
use crate::operators::{self, Absent, Constructor, Kind, Parameter};
use crate::report::listed;
use crate::synonyms;
use crate::syntax::{Argument, Shape};

/// Whether an argument is misplaced.
pub(super) enum Misplaced {
    /// Nothing else has a parameter for it.
    No,
    /// It belongs elsewhere: what to write.
    First(String),
    /// It belongs where an argument before it belongs, and the sentence is about both.
    Further,
}

/// Where an argument belongs.
#[derive(PartialEq, Eq)]
enum Home {
    /// In the clock or windower that is written beside it.
    Beside(&'static str),
    /// In a clock or windower that is not written.
    Constructor(&'static str),
    /// In the operator that this clock or windower is for.
    Outside(&'static str),
    /// In another operator.
    Operator(&'static str),
}

/// For each of `arguments` whether it belongs to something else than `owner`, which has these parameters.
pub(super) fn find(
    owner: Owner<'_>,
    parameters: &[&'static Parameter],
    arguments: &[&Argument],
) -> Vec<Misplaced> {
    let is_known = |name: &Ident| parameters.iter().any(|parameter| name == parameter.name);
    let named = arguments.iter().map(|argument| argument.name.as_ref().filter(|name| !is_known(name)));
    let names: Vec<_> = named.collect();
    let strangers: Vec<_> =
        arguments.iter().zip(&names).filter_map(|(argument, name)| Some(((*name)?, *argument))).collect();
    let home = |name: Option<&Ident>| {
        let name = name?;
        beside(name, arguments)
            .or_else(|| outside(owner, name))
            .or_else(|| constructor(owner, parameters, name, &strangers))
            .or_else(|| operator(owner, name))
    };
    let homes: Vec<_> = names.iter().copied().map(home).collect();
    let place = |(place, home): (usize, &Option<Home>)| match home {
        None => Misplaced::No,
        Some(_) if homes[..place].contains(home) => Misplaced::Further,
        Some(found) => {
            let together = names.iter().zip(&homes).filter(|(_, other)| *other == home);
            Misplaced::First(message(
                owner,
                found,
                &together.filter_map(|(name, _)| *name).collect::<Vec<_>>(),
            ))
        }
    };
    homes.iter().enumerate().map(place).collect()
}

/// The windower where the clock should be, if the clock is where the windower should be.
pub(super) fn swapped<'a>(
    slots: &[Option<&'a Argument>],
    parameters: &[&'static Parameter],
) -> Option<&'a Ident> {
    let made_as = |made: Kind, place: Kind| {
        let mut slots = slots.iter().zip(parameters).filter(|(_, parameter)| parameter.kind == place);
        slots.find_map(|(slot, _)| match &(*slot)?.value.shape {
            Shape::Call { name, .. } => {
                let constructor = operators::find_constructor(&name.to_string())?;
                (constructor.makes == made).then_some(name)
            }
            _ => None,
        })
    };
    made_as(Kind::Clock, Kind::Windower)?;
    made_as(Kind::Windower, Kind::Clock)
}

/// What is wrong with `names`, which all belong there.
fn message(owner: Owner<'_>, home: &Home, names: &[&Ident]) -> String {
    let names: Vec<_> = names.iter().map(ToString::to_string).collect();
    let listed = listed(names.iter().map(String::as_str));
    let are = if names.len() == 1 { "is an argument" } else { "are arguments" };
    match home {
        Home::Beside(other) => {
            let inside: Vec<_> = names.iter().map(|name| format!("{name} = …")).collect();
            format!("{listed} {are} of `{other}`: write `{other}({})`", inside.join(", "))
        }
        Home::Outside(operator) => {
            format!("{listed} {are} of `{operator}`: write it behind `{}(…)`", owner.name)
        }
        Home::Operator(operator) => format!("{listed} {are} of `{operator}`, not of `{}`", owner.name),
        Home::Constructor(name) => {
            let Some(constructor) = operators::find_constructor(name) else { return listed };
            let example = example(constructor, &names);
            if names.iter().all(|name| has(constructor, name)) {
                return format!("{listed} {are} of `{name}`: write `{example}`");
            }
            format!("`{}` has no argument {listed}: write `{example}`", owner.name)
        }
    }
}

/// The clock or windower among `arguments` that has a parameter of this name.
fn beside(name: &Ident, arguments: &[&Argument]) -> Option<Home> {
    let constructors = arguments.iter().filter_map(|other| match &other.value.shape {
        Shape::Call { name, .. } => operators::find_constructor(&name.to_string()),
        _ => None,
    });
    let mut with_it = constructors.filter(|known| has(known, &name.to_string()));
    with_it.next().map(|constructor| Home::Beside(constructor.name))
}

/// The operator that `owner` is an argument of.
fn outside(owner: Owner<'_>, name: &Ident) -> Option<Home> {
    let operator = operators::find(owner.parent?.name)?;
    let has_it = operator.parameters.iter().any(|parameter| name == parameter.name);
    has_it.then_some(Home::Outside(operator.name))
}

/// The clock or windower that has most of the arguments which nothing here has, this one among them.
fn constructor(
    owner: Owner<'_>,
    parameters: &[&'static Parameter],
    name: &Ident,
    strangers: &[(&Ident, &Argument)],
) -> Option<Home> {
    let is_operator = owner.parent.is_none();
    let takes = |kind: Kind| !is_operator || parameters.iter().any(|parameter| parameter.kind == kind);
    // What others call a parameter is taken for that only where no windower is written that may have been meant.
    let may_be = |known: &Constructor, name: &Ident| {
        has(known, &name.to_string()) || is_operator && means(known, &name.to_string())
    };
    let fitting = |known: &Constructor| {
        strangers.iter().filter(|(name, argument)| may_be(known, name) && is_of_kind(known, argument)).count()
    };
    let known = operators::CONSTRUCTORS.iter().filter(|known| known.name != owner.name && takes(known.makes));
    // Of several with as many, the first.
    let best = known.filter(|known| may_be(known, name)).rev().max_by_key(|known| fitting(known))?;
    Some(Home::Constructor(best.name))
}

fn has(constructor: &Constructor, name: &str) -> bool {
    constructor.parameters.iter().any(|parameter| name == parameter.name)
}

/// Whether other libraries call one of the parameters so.
fn means(constructor: &Constructor, name: &str) -> bool {
    constructor.parameters.iter().any(|parameter| synonyms::is_argument(name, parameter.name))
}

/// Whether a literal can be what the constructor counts in.
fn is_of_kind(constructor: &Constructor, argument: &Argument) -> bool {
    let counts = constructor.parameters.iter().any(|parameter| parameter.kind == Kind::Count);
    match argument.value.shape {
        Shape::Integer(_) => counts,
        Shape::Duration(_) => !counts,
        _ => true,
    }
}

/// `count_window` for an argument of `count_final` that only the former has, and `collect_window` for `collect`.
fn operator(owner: Owner<'_>, name: &Ident) -> Option<Home> {
    let stem = owner.name.strip_suffix("_final").unwrap_or(owner.name);
    let operator = operators::find(&format!("{stem}_window"))?;
    let has_it = operator.parameters.iter().any(|parameter| name == parameter.name);
    (has_it && owner.parent.is_none()).then_some(Home::Operator(operator.name))
}

/// `SlidingWindower(length = …, offset = …, align_to = …)`: what has to be written, and what is.
fn example(constructor: &Constructor, written: &[String]) -> String {
    let is_written = |parameter: &Parameter| {
        written.iter().any(|name| name == parameter.name || synonyms::is_argument(name, parameter.name))
    };
    let needed = constructor.parameters.iter();
    let needed = needed.filter(|parameter| parameter.absent == Absent::Mistake || is_written(parameter));
    let arguments = needed.map(|parameter| match parameter.kind {
        Kind::Getter => "|item| …".to_owned(),
        _ => format!("{} = …", parameter.name),
    });
    let kind = if constructor.makes == Kind::Clock { "clock" } else { "windower" };
    format!("{kind} = {}({})", constructor.name, arguments.collect::<Vec<_>>().join(", "))
}
