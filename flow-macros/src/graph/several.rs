//! Steps that several streams meet in: `merge(a, b)` and the joins.

use proc_macro2::{Ident, Span};

use super::{Arguments, Builder, Cursor, Use};
use crate::operators::{self, Kind, Operator, Takes};
use crate::syntax::{Argument, Call, Shape};

impl Builder<'_> {
    /// `merge(a, b)` or `join(a, b, insert_mode = …)`: the streams have no names, all other arguments have.
    pub(super) fn several(&mut self, id: String, operator: &'static Operator, call: &Call) -> Cursor {
        let is_named = |argument: &&Argument| argument.name.is_some();
        let streams: Vec<_> = call.arguments.iter().filter(|argument| !is_named(argument)).collect();
        let named: Vec<_> = call.arguments.iter().filter(is_named).collect();
        let inputs: Vec<_> =
            streams.iter().filter_map(|argument| self.stream_argument(operator, argument)).collect();
        if inputs.len() < streams.len() {
            // What seems to be missing may be what was taken for a stream.
            return Cursor::Nowhere;
        }
        let arguments = if operator.takes == Takes::Streams {
            named.iter().filter_map(|argument| argument.name.as_ref()).for_each(|name| {
                self.report.error(name.span(), "streams are merged without names: `merge(a, b)`");
            });
            let surplus = named.into_iter().cloned().collect();
            Arguments { bound: Vec::new(), surplus }
        } else {
            Arguments::bind(operator, call, named, streams.len(), self.report)
        };
        if let Some((span, message)) = self.wrong_streams(operator, &inputs, call.parentheses) {
            self.report.error(span, message);
            return Cursor::Nowhere;
        }
        let is_keyed = inputs.first().is_some_and(|first| self.graph.streams[first.stream].is_keyed);
        self.step(id, operator, call, arguments, inputs, is_keyed)
    }

    /// A stream that is an argument.
    fn stream_argument(&mut self, operator: &Operator, argument: &Argument) -> Option<Use> {
        let name = operator.name;
        let cursor = match &argument.value.shape {
            Shape::Name(word) if self.scope.find(word).is_none() => {
                if let Some(parameter) = operator.parameter_of(&word.to_string()) {
                    let message =
                        format!("behind the streams arguments have names: `{} = {word}`", parameter.name);
                    self.report.error(word.span(), message);
                    return None;
                }
                self.stream(word)
            }
            Shape::Name(word) => self.stream(word),
            Shape::Field(word, port) => {
                let ports = self.stream(word);
                self.port(port, ports)
            }
            Shape::Call { name: word, .. } if operators::find_constructor(&word.to_string()).is_some() => {
                let parameter = argument_for(word);
                let message = format!("behind the streams arguments have names: `{parameter} = {word}(…)`");
                self.report.error(word.span(), message);
                return None;
            }
            Shape::Broken => Cursor::Nowhere,
            Shape::Literal => {
                let message = "a step has no id of its own: leave this out, a step is named by its `let`";
                self.report.error(argument.value.span, message);
                Cursor::Nowhere
            }
            _ => {
                let message =
                    format!("`{name}` takes streams by their names: give this one a name, `let NAME = …;`");
                self.report.error(argument.value.span, message);
                Cursor::Nowhere
            }
        };
        self.one_stream(cursor)
    }

    /// What is wrong with these streams side by side, and where.
    fn wrong_streams(
        &self,
        operator: &Operator,
        inputs: &[Use],
        parentheses: Span,
    ) -> Option<(Span, String)> {
        let name = operator.name;
        let is_keyed = |input: &&Use| self.graph.streams[input.stream].is_keyed;
        let Some(first) = inputs.first() else {
            let message = match operator.takes {
                Takes::Sides { .. } => format!("`{name}` takes keyed streams: `{name}(a, b)`"),
                _ => format!("`{name}` takes at least one stream: `{name}(a, b)`"),
            };
            return Some((parentheses, message));
        };
        if let Takes::Sides { most } = operator.takes {
            if let Some(plain) = inputs.iter().find(|input| !is_keyed(input)) {
                let message =
                    format!("`{name}` needs keyed streams: put `.key_on(|item| …)` behind this one");
                return Some((plain.span, message));
            }
            if let [only] = inputs {
                return Some((only.span, format!("`{name}` needs two streams: `{name}(a, b)`")));
            }
            let surplus = inputs.get(most)?;
            return Some((surplus.span, format!("`{name}` takes no more than {most} streams")));
        }
        let odd = inputs.iter().find(|other| is_keyed(other) != is_keyed(&first))?;
        let (this, first) =
            if is_keyed(&first) { ("has no key", "has one") } else { ("has a key", "has none") };
        let message =
            format!("this stream {this} and the first {first}: put `key_on` or `key_rm` in between");
        Some((odd.span, message))
    }
}

/// What an argument is called that is made with this word: `clock` or `windower`.
fn argument_for(constructor: &Ident) -> &'static str {
    match operators::find_constructor(&constructor.to_string()).map(|constructor| constructor.makes) {
        Some(Kind::Windower) => "windower",
        _ => "clock",
    }
}
