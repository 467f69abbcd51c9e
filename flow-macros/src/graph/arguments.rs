//! Arguments find their parameters.

use proc_macro2::{Ident, Span, TokenStream};

use super::misplaced::{self, Misplaced};
use super::owner::{Owner, Parent};
use crate::operators::{self, Absent, Constructor, Kind, Operator, Parameter, Word};
use crate::report::{Report, did_you_mean, listed, synonym_or_near};
use crate::synonyms;
use crate::syntax::{Argument, Call, Closure, Shape, Value};

/// What an operator, a clock or a windower was given, parameter by parameter.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) bound: Vec<Bound>,
    /// Those that there are no parameters for, which has been reported.
    pub(crate) surplus: Vec<Argument>,
}

/// One parameter with its argument.
pub(crate) struct Bound {
    pub(crate) parameter: &'static Parameter,
    /// The parameter's name as it is written, where it is.
    pub(crate) name: Option<Ident>,
    pub(crate) given: Given,
}

/// What a parameter was given.
pub(crate) enum Given {
    /// Nothing: the runtime's method does without it.
    Nothing,
    /// Nothing: the catalogue says what it is then.
    Default(&'static str),
    /// Nothing: it is the longest length of time that there is.
    Forever,
    /// A value, as it is written.
    Value { tokens: TokenStream, span: Span, literal: Literal },
    /// One of the parameter's words: the runtime's value of that meaning.
    Word { value: &'static str, span: Span },
    /// Nothing that it could be, which has been reported: what is written there, if anything is.
    Hole(Option<Value>),
    /// A clock or a windower of the catalogue.
    Constructed { constructor: &'static Constructor, name: Ident, parentheses: Span, arguments: Arguments },
}

/// What is known of a value without knowing its type.
#[derive(Clone, Copy)]
pub(crate) enum Literal {
    Duration(i128),
    Integer(i128),
    Flag,
    Other,
    Closure(Closure),
    /// No literal: an expression.
    None,
}

impl Bound {
    /// Where it is written.
    pub(crate) fn span(&self) -> Option<Span> {
        let value = match &self.given {
            Given::Value { span, .. } | Given::Word { span, .. } => Some(*span),
            Given::Constructed { name, .. } => Some(name.span()),
            Given::Hole(value) => value.as_ref().map(|value| value.span),
            Given::Nothing | Given::Default(_) | Given::Forever => None,
        };
        self.name.as_ref().map(Ident::span).or(value)
    }
}

impl Arguments {
    /// The runtime's method for these arguments, where it is not the one that has the operator's name.
    pub(crate) fn method(&self) -> Option<&'static str> {
        self.bound.iter().find_map(|bound| match (bound.parameter.absent, &bound.given) {
            (_, Given::Nothing) => None,
            (Absent::Method(method), _) => Some(method),
            _ => None,
        })
    }

    /// The option of this name, where it is written.
    pub(crate) fn option(&self, name: &str) -> Option<&Bound> {
        let is_it = |bound: &&Bound| bound.parameter.absent == Absent::Option && bound.parameter.name == name;
        self.bound.iter().filter(|bound| !matches!(bound.given, Given::Nothing)).find(is_it)
    }

    /// Whether an argument of this name has no parameter.
    pub(super) fn is_surplus(&self, name: &Ident) -> bool {
        self.surplus.iter().any(|argument| argument.name.as_ref() == Some(name))
    }

    /// Gives each parameter of `operator` its argument, where `sides` streams meet.
    pub(super) fn bind<'a>(
        operator: &'static Operator,
        call: &Call,
        arguments: impl IntoIterator<Item = &'a Argument>,
        sides: usize,
        report: &mut Report,
    ) -> Self {
        let owner = Owner { name: operator.name, parent: None, sides };
        bind(owner, operator.parameters, arguments, call.parentheses, report)
    }
}

fn bind<'a>(
    owner: Owner<'_>,
    parameters: &'static [Parameter],
    arguments: impl IntoIterator<Item = &'a Argument>,
    parentheses: Span,
    report: &mut Report,
) -> Arguments {
    let parameters = owner.parameters(parameters);
    let mut slots: Vec<Option<&Argument>> = parameters.iter().map(|_| None).collect();
    let mut surplus = Vec::new();
    let mut is_sound = true;
    let mut named = false;
    let mut arguments: Vec<&Argument> = arguments.into_iter().collect();
    if is_step_id(&parameters, &arguments) {
        let id = arguments.remove(0);
        let message = "a step has no id of its own: leave this out, a step is named by its `let`";
        report.error(id.value.span, message);
        surplus.push(id.clone());
    }
    let elsewhere = misplaced::find(owner, &parameters, &arguments);
    for ((place, argument), elsewhere) in arguments.into_iter().enumerate().zip(elsewhere) {
        let is_broken = matches!(argument.value.shape, Shape::Broken);
        is_sound &= !is_broken;
        let wrong = match find(owner.name, &parameters, argument, place, named) {
            Ok(parameter) if slots[parameter].is_none() => {
                slots[parameter] = Some(argument);
                named |= argument.name.is_some();
                continue;
            }
            Ok(parameter) => Some(format!("`{}` is given twice: leave one out", parameters[parameter].name)),
            Err(message) => match elsewhere {
                Misplaced::No => Some(message),
                Misplaced::First(message) => Some(message),
                Misplaced::Further => None,
            },
        };
        if let Some(message) = wrong.filter(|_| !is_broken) {
            report.error(span_of(argument), message);
        }
        is_sound = false;
        surplus.push(argument.clone());
        named |= argument.name.is_some();
    }
    let is_written = |name: &str| {
        slots.iter().zip(&parameters).any(|(slot, parameter)| slot.is_some() && parameter.name == name)
    };
    let unfilled = slots.iter().zip(&parameters).filter(|(slot, _)| slot.is_none());
    let missing = unfilled.filter(|(_, parameter)| match parameter.absent {
        Absent::Mistake => true,
        Absent::Unless(other) => !is_written(other),
        Absent::Value(_) | Absent::Forever | Absent::Method(_) | Absent::Option => false,
    });
    let missing: Vec<_> = missing.map(|(_, parameter)| parameter).collect();
    is_sound &= !missing.iter().any(|parameter| owner.is_given_outside(parameter));
    if is_sound && !missing.is_empty() {
        report.error(parentheses, missing_message(owner, &parameters, &missing));
    }
    let swapped = misplaced::swapped(&slots, &parameters);
    if let Some(clock) = swapped {
        report.error(clock.span(), "the clock stands in front of the windower: `clock = …, windower = …`");
    }
    let bound = slots.into_iter().zip(&parameters).map(|(slot, parameter)| {
        if swapped.is_some() && matches!(parameter.kind, Kind::Clock | Kind::Windower) {
            return hole(slot, parameter);
        }
        give(slot, parameter, owner, &surplus, report).unwrap_or_else(|| hole(slot, parameter))
    });
    Arguments { bound: bound.collect(), surplus }
}

/// The text in front of all arguments, where it can be none of them: in Bytewax, a step's id stands there.
fn is_step_id(parameters: &[&'static Parameter], arguments: &[&Argument]) -> bool {
    let ([first, _, ..], Some(parameter)) = (arguments, parameters.first()) else { return false };
    let is_text = first.name.is_none()
        && matches!(first.value.shape, Shape::Literal)
        && first.value.tokens.to_string().starts_with('"');
    let takes_text = matches!(parameter.kind, Kind::Value | Kind::Sink | Kind::Word(_));
    is_text && (!takes_text || arguments.len() > parameters.len())
}

/// A parameter with nothing that it could be.
fn hole(slot: Option<&Argument>, parameter: &'static Parameter) -> Bound {
    let name = slot.and_then(|argument| argument.name.clone());
    Bound { parameter, name, given: Given::Hole(slot.map(|argument| argument.value.clone())) }
}

/// The parameter that an argument is for.
fn find(
    owner: &str,
    parameters: &[&'static Parameter],
    argument: &Argument,
    place: usize,
    named: bool,
) -> Result<usize, String> {
    let names = || {
        let mut names: Vec<_> = parameters.iter().map(|parameter| parameter.name).collect();
        names.dedup();
        names
    };
    let place_of = |name: &Ident| parameters.iter().position(|known| name == known.name);
    match &argument.name {
        _ if parameters.is_empty() => Err(format!("`{owner}` takes no arguments")),
        Some(name) => place_of(name).ok_or_else(|| {
            let hint = synonym_or_near(name, &names(), synonyms::is_argument);
            format!("`{owner}` has no argument `{name}`, only {}{hint}", listed(names()))
        }),
        None if named => {
            Err("an argument without a name cannot stand behind one with a name: name it".to_owned())
        }
        None if place < parameters.len() => Ok(place),
        None => Err(format!("`{owner}` takes no more than {}", listed(names()))),
    }
}

fn missing_message(
    owner: Owner<'_>,
    parameters: &[&'static Parameter],
    missing: &[&&'static Parameter],
) -> String {
    let Owner { name: owner, sides, .. } = owner;
    if sides > 1 && parameters.iter().any(|parameter| parameter.kind == Kind::Getter) {
        return format!(
            "`{owner}` needs a closure for each of the {sides} streams, in their order, and what is named: \
             `{owner}(|first| …, |second| …, {})`",
            named_examples(parameters)
        );
    }
    if let [only] = parameters {
        let example = match only.kind {
            Kind::Function(closure) => closure.to_owned(),
            Kind::Builder => format!("{} = || …", only.name),
            _ => only.name.to_owned(),
        };
        return format!("`{owner}` needs its argument: `{owner}({example})`");
    }
    let examples: Vec<_> = missing.iter().map(|parameter| format!("{} = …", parameter.name)).collect();
    let names = listed(missing.iter().map(|parameter| parameter.name));
    let others = missing.iter().filter_map(|parameter| match parameter.absent {
        Absent::Unless(other) => Some(format!(", or `{other}` in the place of `{}`", parameter.name)),
        _ => None,
    });
    format!("`{owner}` needs {names}: `{owner}({})`{}", examples.join(", "), others.collect::<String>())
}

/// `name = …` for each parameter that is not one of several closures.
fn named_examples(parameters: &[&'static Parameter]) -> String {
    let others = parameters.iter().filter(|parameter| parameter.kind != Kind::Getter);
    others.map(|parameter| format!("{} = …", parameter.name)).collect::<Vec<_>>().join(", ")
}

fn give(
    slot: Option<&Argument>,
    parameter: &'static Parameter,
    owner: Owner<'_>,
    surplus: &[Argument],
    report: &mut Report,
) -> Option<Bound> {
    if let Kind::Word(words) = parameter.kind {
        return word(slot, parameter, words, report);
    }
    let Some(argument) = slot else {
        let given = match parameter.absent {
            Absent::Mistake => return None,
            Absent::Value(default) => Given::Default(default),
            Absent::Forever | Absent::Unless(_) => Given::Forever,
            Absent::Method(_) | Absent::Option => Given::Nothing,
        };
        return Some(Bound { parameter, name: None, given });
    };
    if matches!(argument.value.shape, Shape::Broken) {
        return None;
    }
    let name = argument.name.clone();
    if !matches!(parameter.kind, Kind::Clock | Kind::Windower) {
        if let Some(message) = python_call(parameter, &argument.value) {
            report.error(argument.value.span, message);
            return None;
        }
        return Some(Bound { parameter, name, given: value(&argument.value) });
    }
    let given = match &argument.value.shape {
        Shape::Call { name, arguments, parentheses } => {
            match operators::find_constructor(&name.to_string()) {
                Some(constructor) => {
                    if constructor.makes != parameter.kind {
                        let message =
                            format!("`{name}` is no {0}: `{0} = {1}`", parameter.name, known(parameter.kind));
                        report.error(name.span(), message);
                        return None;
                    }
                    let owner = Owner {
                        name: constructor.name,
                        parent: Some(Parent { name: owner.name, surplus }),
                        sides: owner.sides,
                    };
                    let arguments = bind(owner, constructor.parameters, arguments, *parentheses, report);
                    Given::Constructed {
                        constructor,
                        name: name.clone(),
                        parentheses: *parentheses,
                        arguments,
                    }
                }
                None => {
                    let of_kind =
                        operators::CONSTRUCTORS.iter().filter(|known| known.makes == parameter.kind);
                    let hint = did_you_mean(name, of_kind.map(|constructor| constructor.name));
                    // What has a named argument is no call of Rust's.
                    if !hint.is_empty() || arguments.iter().any(|argument| argument.name.is_some()) {
                        let message = format!("there is no {} `{name}`{hint}", parameter.name);
                        report.error(name.span(), message);
                        return None;
                    }
                    value(&argument.value)
                }
            }
        }
        Shape::Name(name) if operators::find_constructor(&name.to_string()).is_some() => {
            report.error(name.span(), without_parentheses(name));
            return None;
        }
        _ => value(&argument.value),
    };
    Some(Bound { parameter, name, given })
}

/// What is wrong with a call that has arguments with names, as no function of Rust's has.
fn python_call(parameter: &Parameter, value: &Value) -> Option<String> {
    let Shape::Call { arguments, .. } = &value.shape else { return None };
    let is_named = |argument: &Argument| argument.name.is_some();
    if !arguments.iter().any(is_named) {
        return None;
    }
    let name = parameter.name;
    match parameter.kind {
        Kind::Length | Kind::LengthWithin(_) | Kind::Wait => {
            Some(format!("`{name}` must be a length of time, as in `10s`"))
        }
        _ => Some("a function of Rust's takes its arguments without names".to_owned()),
    }
}

/// An argument that is one of several words.
fn word(
    slot: Option<&Argument>,
    parameter: &'static Parameter,
    words: &'static [Word],
    report: &mut Report,
) -> Option<Bound> {
    let find = |written: &str| words.iter().find(|known| known.word == written);
    let Some(argument) = slot else {
        if matches!(parameter.absent, Absent::Option | Absent::Method(_)) {
            return Some(Bound { parameter, name: None, given: Given::Nothing });
        }
        let Absent::Value(default) = parameter.absent else { return None };
        let value = find(default)?.value;
        return Some(Bound { parameter, name: None, given: Given::Word { value, span: Span::call_site() } });
    };
    let name = argument.name.clone();
    let span = argument.value.span;
    let known = || words.iter().map(|known| known.word);
    let (subject, hint) = match &argument.value.shape {
        Shape::Name(written) => match find(&written.to_string()) {
            Some(Word { value, .. }) => {
                return Some(Bound { parameter, name, given: Given::Word { value, span } });
            }
            None => (format!(", and not `{written}`"), did_you_mean(written, known())),
        },
        Shape::Flag => match find(&argument.value.tokens.to_string()) {
            Some(Word { value: operators::NOTHING, .. }) => {
                return Some(Bound { parameter, name, given: Given::Nothing });
            }
            Some(Word { value, .. }) => {
                return Some(Bound { parameter, name, given: Given::Word { value, span } });
            }
            None => (String::new(), String::new()),
        },
        Shape::Literal => (", without quotes".to_owned(), String::new()),
        Shape::Broken => return None,
        _ => (String::new(), String::new()),
    };
    let message = format!("`{}` is one of the words {}{subject}{hint}", parameter.name, listed(known()));
    report.error(span, message);
    None
}

/// The catalogue's values of this kind, as they are written.
fn known(kind: Kind) -> String {
    let of_kind = operators::CONSTRUCTORS.iter().filter(|constructor| constructor.makes == kind);
    of_kind.map(called).collect::<Vec<_>>().join("` or `")
}

/// `SystemClock()`, or `EventClock(…)`.
fn called(constructor: &Constructor) -> String {
    let inside = if constructor.parameters.is_empty() { "" } else { "…" };
    format!("{}({inside})", constructor.name)
}

/// What is missing behind the name of a clock or a windower.
fn without_parentheses(name: &Ident) -> String {
    match operators::find_constructor(&name.to_string()) {
        Some(constructor) if constructor.parameters.is_empty() => {
            format!("`{name}` needs its parentheses: `{}`", called(constructor))
        }
        _ => format!("`{name}` needs its arguments: `{name}(…)`"),
    }
}

fn value(value: &Value) -> Given {
    let literal = match &value.shape {
        Shape::Duration(nanoseconds) => Literal::Duration(*nanoseconds),
        Shape::Integer(number) => Literal::Integer(*number),
        Shape::Flag => Literal::Flag,
        Shape::Literal => Literal::Other,
        // Who comes from Python writes them so.
        Shape::Name(word) if word == "True" || word == "False" => Literal::Other,
        Shape::Closure(closure) => Literal::Closure(*closure),
        _ => Literal::None,
    };
    Given::Value { tokens: value.tokens.clone(), span: value.span, literal }
}

fn span_of(argument: &Argument) -> Span {
    argument.name.as_ref().map_or(argument.value.span, Ident::span)
}
