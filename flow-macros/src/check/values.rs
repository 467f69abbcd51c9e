//! Literals that an operator cannot take.

use proc_macro2::Span;

use crate::graph::{Arguments, Bound, Given, Graph, Literal};
use crate::operators::{Kind, Parameter};
use crate::report::Report;
use crate::syntax::Closure;

pub(super) fn check(graph: &Graph, report: &mut Report) {
    for step in &graph.steps {
        arguments(&step.arguments, report);
    }
}

fn arguments(given: &Arguments, report: &mut Report) {
    if let Some((span, message)) = swapped(given) {
        return report.error(span, message);
    }
    for bound in &given.bound {
        match &bound.given {
            Given::Nothing | Given::Default(_) | Given::Forever | Given::Word { .. } | Given::Hole(_) => {}
            Given::Value { tokens, span, literal } => {
                if let Some(message) = wrong(bound.parameter, *literal) {
                    let hint = length_meant(bound, *literal, given);
                    let hint = hint.map(|length| format!("; a length of time is `{length} = {tokens}`"));
                    report.error(*span, message + &hint.unwrap_or_default());
                }
                contradiction(bound.parameter, *literal, given, *span, report);
            }
            Given::Constructed { arguments: inner, .. } => arguments(inner, report),
        }
    }
}

/// Two arguments without names of which each is wrong where it stands and right where the other stands.
fn swapped(given: &Arguments) -> Option<(Span, String)> {
    let unnamed = given.bound.iter().filter(|bound| bound.name.is_none());
    let written = unnamed.filter_map(|bound| match &bound.given {
        Given::Value { span, literal, .. } => Some((bound.parameter, *span, *literal)),
        _ => None,
    });
    let wrong_ones = written.filter(|(parameter, _, literal)| wrong(parameter, *literal).is_some());
    let wrong_ones: Vec<_> = wrong_ones.collect();
    let [(first, span, one), (second, _, other)] = wrong_ones.as_slice() else { return None };
    let would_be_right = wrong(first, *other).is_none() && wrong(second, *one).is_none();
    let (first, second) = (first.name, second.name);
    let message =
        format!("`{first}` stands in front of `{second}`: write the names, `{first} = …, {second} = …`");
    would_be_right.then_some((*span, message))
}

/// Two literals of which each is fine, but not with the other.
fn contradiction(
    parameter: &Parameter,
    literal: Literal,
    given: &Arguments,
    span: Span,
    report: &mut Report,
) {
    let (Kind::LengthWithin(other) | Kind::CountWithin(other)) = parameter.kind else { return };
    let limit = given.bound.iter().find(|bound| bound.parameter.name == other).map(|bound| &bound.given);
    let Some(Given::Value { literal: limit, .. }) = limit else { return };
    let (length, limit, longer) = match (literal, *limit) {
        (Literal::Duration(length), Literal::Duration(limit)) => (length, limit, "longer"),
        (Literal::Integer(length), Literal::Integer(limit)) => (length, limit, "more"),
        _ => return,
    };
    if length > limit && limit > 0 && wrong(parameter, literal).is_none() {
        let name = parameter.name;
        report.error(span, format!("`{name}` must not be {longer} than `{other}`"));
    }
}

/// The length of time that a literal without a name was meant for, where it has become something else.
fn length_meant(bound: &Bound, literal: Literal, given: &Arguments) -> Option<&'static str> {
    let is_lost = bound.name.is_none() && matches!(literal, Literal::Duration(_));
    let is_length = |other: &&Bound| {
        matches!(other.parameter.kind, Kind::Length) && matches!(other.given, Given::Forever)
    };
    let length = given.bound.iter().find(is_length).filter(|_| is_lost)?;
    Some(length.parameter.name)
}

/// What a closure looks like.
fn example(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Function(closure) => Some(closure),
        Kind::Getter | Kind::Sink => Some("|item| …"),
        Kind::Builder => Some("|| …"),
        _ => None,
    }
}

/// What is wrong with a closure, as far as it shows.
fn wrong_closure(parameter: &Parameter, closure: Closure) -> Option<String> {
    let (name, example) = (parameter.name, example(parameter.kind)?);
    let taken = if parameter.kind == Kind::Builder { 0 } else { 1 + example.matches(',').count() };
    let what = match taken {
        0 => "nothing",
        1 => "one value",
        2 => "two values",
        3 => "three values",
        4 => "four values",
        _ => "more values",
    };
    let pair = match (taken, closure.parameters) {
        (1, 2) => ", and a pair is taken apart by `|(one, other)| …`",
        _ => "",
    };
    if closure.parameters != taken {
        return Some(format!("`{name}` is a closure of {what}: `{example}`{pair}"));
    }
    let gives_what_it_takes = matches!(name, "folder" | "merger" | "reducer");
    (closure.assigns && gives_what_it_takes)
        .then(|| format!("`{name}` gives what is kept from now on: leave out the assignment, as in `|sum, value| sum + value`"))
}

/// What is wrong with a literal as the value of a parameter.
pub(crate) fn wrong(parameter: &Parameter, literal: Literal) -> Option<String> {
    let name = parameter.name;
    match (parameter.kind, literal) {
        (Kind::Switch(_), Literal::Flag) => None,
        (Kind::Switch(_), _) => {
            Some(format!("`{name}` must be `true` or `false`, written out: types depend on it"))
        }
        (kind, Literal::Closure(closure)) if example(kind).is_some() => wrong_closure(parameter, closure),
        (_, Literal::None) | (Kind::Value | Kind::Sink | Kind::Word(_), _) | (Kind::Flag, Literal::Flag) => {
            None
        }
        (kind @ (Kind::Function(_) | Kind::Getter | Kind::Builder), _) => {
            Some(format!("`{name}` must be a closure: `{}`", example(kind).unwrap_or_default()))
        }
        (Kind::Length | Kind::LengthWithin(_), Literal::Duration(nanoseconds)) if nanoseconds <= 0 => {
            Some(format!("`{name}` must be longer than zero, as in `10s`"))
        }
        (Kind::Wait, Literal::Duration(nanoseconds)) if nanoseconds < 0 => {
            Some(format!("`{name}` must not be negative: write `0s` for none"))
        }
        (Kind::Length | Kind::LengthWithin(_) | Kind::Wait, Literal::Duration(_)) => None,
        (Kind::Length | Kind::LengthWithin(_) | Kind::Wait, Literal::Integer(number)) => {
            Some(format!("`{name}` needs a unit of time: `{number}s`, `{number}ms` or `{number}min`"))
        }
        (Kind::Length | Kind::LengthWithin(_) | Kind::Wait, _) => {
            Some(format!("`{name}` must be a length of time, as in `10s`"))
        }
        (Kind::Count | Kind::CountWithin(_), Literal::Integer(number)) if number < 1 => {
            Some(format!("`{name}` must be at least 1"))
        }
        (Kind::Count | Kind::CountWithin(_), Literal::Integer(_)) => None,
        (Kind::Count | Kind::CountWithin(_), Literal::Duration(_)) => {
            Some(format!("`{name}` is a number of items: leave out the unit"))
        }
        (Kind::Count | Kind::CountWithin(_), _) => {
            Some(format!("`{name}` must be a number of items, at least 1"))
        }
        (Kind::Trigger, Literal::Integer(number)) if number < 1 => {
            Some(format!("`{name}` must be at least 1"))
        }
        (Kind::Trigger, Literal::Duration(nanoseconds)) if nanoseconds <= 0 => {
            Some(format!("`{name}` must be longer than zero, as in `5s`"))
        }
        (Kind::Trigger, Literal::Integer(_) | Literal::Duration(_)) => None,
        (Kind::Trigger, _) => Some(format!(
            "`{name}` is a number of items, as in `{name} = 100`, or a length of time, as in `{name} = 5s`"
        )),
        (Kind::Flag, _) => Some(format!("`{name}` must be `true` or `false`")),
        (Kind::Clock, _) => {
            Some(format!("`{name}` must be a clock: `EventClock(|item| …, wait_for_system_duration = 0s)`"))
        }
        (Kind::Windower, _) => {
            Some(format!("`{name}` must be a windower: `TumblingWindower(length = 10s, align_to = …)`"))
        }
    }
}
