//! The second pass: statements become steps, tied together by streams.

mod arguments;
mod binding;
mod misplaced;
mod names;
mod owner;
mod several;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Type;

use crate::operators::{self, Gives, Operator, Port, PortKind, Takes};
use crate::report::{Report, did_you_mean, listed, synonym_or_near};
use crate::synonyms;
use crate::syntax::{Block, Call, Chain, Head, Link, Names, Shape, Statement};
use names::{Scope, Taken};

pub(crate) use arguments::{Arguments, Bound, Given, Literal};
pub(crate) use names::variable;

/// The place of a step in its graph. A step stands behind all that it takes from.
pub(crate) type StepId = usize;
/// The place of a stream in its graph.
pub(crate) type StreamId = usize;

/// A block as steps and streams.
#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) steps: Vec<Step>,
    pub(crate) streams: Vec<Stream>,
    /// Where a chain ends in a stream that nothing takes and that has no name.
    pub(crate) loose_ends: Vec<(Span, StepId)>,
    /// What could not be tied in.
    pub(crate) loose: Vec<Loose>,
    /// Whether a statement could not be read or tied in, so that what is missing may be in it.
    pub(crate) is_incomplete: bool,
}

/// One operator of the block.
pub(crate) struct Step {
    /// What errors and reports call it.
    pub(crate) id: String,
    pub(crate) operator: &'static Operator,
    /// The operator's word in the block.
    pub(crate) name: Ident,
    /// The parentheses behind it.
    pub(crate) parentheses: Span,
    pub(crate) arguments: Arguments,
    pub(crate) inputs: Vec<Use>,
    /// One stream, or one for each port.
    pub(crate) outputs: Vec<StreamId>,
    /// What the first half of the expansion calls what the step gives, where that has no name.
    pub(crate) variable: Ident,
    /// The name of a step with several ports, where it has one.
    pub(crate) bound: Option<Ident>,
}

/// A stream where a step takes it.
pub(crate) struct Use {
    pub(crate) stream: StreamId,
    /// How it is written there.
    pub(crate) tokens: TokenStream,
    pub(crate) span: Span,
}

/// What an operator gives, or one port of it.
pub(crate) struct Stream {
    /// Its name in the block, as far as it has one.
    pub(crate) name: Option<Ident>,
    /// How it is written where it gets its name, where it is a port.
    pub(crate) port: Option<TokenStream>,
    /// What to call it where it has none.
    pub(crate) id: String,
    pub(crate) is_keyed: bool,
    pub(crate) written: Option<Type>,
    pub(crate) from: StepId,
    /// The steps that take it, in the order in which they are written; one that takes it twice, twice.
    pub(crate) to: Vec<StepId>,
}

/// Something that could not be tied in, which has been reported: an editor can make something of it.
pub(crate) struct Loose {
    /// How many steps stand in front of it.
    pub(crate) place: usize,
    pub(crate) front: Front,
    /// What hangs on that.
    pub(crate) links: Vec<Link>,
    /// What would have been defined.
    pub(crate) names: Vec<Ident>,
    /// The type that is written for it.
    pub(crate) written: Option<Type>,
}

/// What stands in front of links that could not be tied in.
pub(crate) enum Front {
    /// Nothing: the first link begins a chain.
    Beginning,
    /// What there is nothing behind: an output, or a name that would have been defined.
    End,
    /// A stream or a step, as it is written; maybe one that there is not.
    Written(TokenStream),
    /// A stream that there is, with nothing that hangs on it.
    Stream(TokenStream),
    /// A whole statement that could not be read.
    Scrap(TokenStream),
}

/// Where a chain stands after some of its links.
enum Cursor {
    /// On a stream, written like this.
    Stream(StreamId, TokenStream, Span),
    /// On a step with several ports, written like this.
    Ports(StepId, TokenStream, Span),
    /// Behind an output.
    End(Span),
    /// Nowhere: what is wrong has been reported.
    Nowhere,
}

impl Cursor {
    /// What stands in front of the next link.
    fn written(&self) -> Front {
        match self {
            Self::Stream(_, tokens, _) | Self::Ports(_, tokens, _) => Front::Written(tokens.clone()),
            Self::End(_) | Self::Nowhere => Front::End,
        }
    }
}

/// Ties the statements together.
pub(crate) fn build(block: &Block, report: &mut Report) -> Graph {
    let mut builder =
        Builder { graph: Graph::default(), scope: Scope::default(), ids: BTreeSet::new(), report };
    builder.graph.is_incomplete = !block.scraps.is_empty() || builder.report.has_errors();
    builder.scope.note_scraps(&block.scraps);
    let mut scraps = block.scraps.iter().peekable();
    for (place, statement) in block.statements.iter().enumerate() {
        while let Some(scrap) = scraps.next_if(|scrap| scrap.place <= place) {
            builder.keep(Front::Scrap(scrap.tokens.clone()), Vec::new(), &scrap.names);
        }
        builder.scope.note_later_names(&block.statements);
        builder.statement(statement);
    }
    scraps.for_each(|scrap| builder.keep(Front::Scrap(scrap.tokens.clone()), Vec::new(), &scrap.names));
    builder.graph
}

struct Builder<'a> {
    graph: Graph,
    scope: Scope,
    ids: BTreeSet<String>,
    report: &'a mut Report,
}

impl Builder<'_> {
    fn statement(&mut self, statement: &Statement) {
        let Statement { binding, chain } = statement;
        let ends = self.chain(chain, statement);
        let Some(binding) = binding else { return self.end_of_chain(&ends) };
        match &binding.names {
            Names::One(name) => self.bind_one(name, binding.written.as_ref(), &ends),
            Names::Several(span, names) => {
                if let Some(written) = &binding.written {
                    let message = "write the types of several streams on their own statements";
                    self.report.error(syn::spanned::Spanned::span(written), message);
                    self.keep_type(Some(written));
                }
                self.bind_several(*span, names, &ends);
            }
        }
    }

    /// A chain without a `let` has to end in an output.
    fn end_of_chain(&mut self, ends: &Cursor) {
        match ends {
            Cursor::Stream(stream, _, span) => {
                let step = self.graph.streams[*stream].from;
                self.graph.loose_ends.push((*span, step));
            }
            Cursor::Ports(step, _, span) => self.graph.loose_ends.push((*span, *step)),
            Cursor::End(..) => {}
            Cursor::Nowhere => self.graph.is_incomplete = true,
        }
    }

    fn chain(&mut self, chain: &Chain, statement: &Statement) -> Cursor {
        let misled = self.misled(chain);
        let mut cursor = match &chain.head {
            Head::Stream(name) => match &misled {
                Some(message) => {
                    self.report.error(name.span(), message);
                    Cursor::Nowhere
                }
                None => self.stream(name),
            },
            Head::Call(call) => self.first_call(call, chain.links.is_empty(), statement),
        };
        let mut loose = matches!(cursor, Cursor::Nowhere).then(|| loose_from_head(chain));
        for (number, link) in chain.links.iter().enumerate().skip(usize::from(misled.is_some())) {
            let is_last = number + 1 == chain.links.len();
            let front = cursor.written();
            cursor = match link {
                Link::Call(call) => self.call(call, cursor, is_last, chain, statement),
                Link::Port(port) => self.port(port, cursor),
                Link::Dangling(_) => Cursor::Nowhere,
            };
            if matches!(cursor, Cursor::Nowhere) {
                loose.get_or_insert_with(|| (front, chain.links[number..].to_vec()));
            }
        }
        if let Some((front, links)) = loose {
            let names =
                statement.binding.as_ref().map_or(Vec::new(), |binding| names::defined(&binding.names));
            self.keep(front, links, &names);
            self.keep_type(statement.binding.as_ref().and_then(|binding| binding.written.as_ref()));
        } else if statement.binding.is_none() && chain.links.iter().all(|link| matches!(link, Link::Port(_)))
        {
            self.keep(cursor.written(), Vec::new(), &[]);
        }
        cursor
    }

    /// What is wrong with a chain on something that is no stream, as `flow.input(…)` or `op.map(stream, …)`.
    fn misled(&self, chain: &Chain) -> Option<String> {
        let (Head::Stream(name), Some(Link::Call(call))) = (&chain.head, chain.links.first()) else {
            return None;
        };
        if self.scope.find(name).is_some() || self.scope.may_have(name) || self.scope.is_later(name) {
            return None;
        }
        let operator = operators::find(&call.name.to_string())?;
        if operator.begins_a_chain() {
            return Some(format!("a chain begins with `{}(…)`: leave out `{name}.`", operator.name));
        }
        let stream = self.stream_in(call)?;
        Some(format!("an operator hangs on its stream: `{stream}.{}(…)`", operator.name))
    }

    /// The stream that is the first argument without a name that is one.
    fn stream_in<'a>(&self, call: &'a Call) -> Option<&'a Ident> {
        call.arguments.iter().filter(|argument| argument.name.is_none()).find_map(|argument| match &argument
            .value
            .shape
        {
            Shape::Name(name) if self.scope.find(name).is_some() => Some(name),
            _ => None,
        })
    }

    /// A stream by its name.
    fn stream(&mut self, name: &Ident) -> Cursor {
        match self.scope.find(name) {
            Some(Taken::Stream(stream)) => Cursor::Stream(stream, quote!(#name), name.span()),
            Some(Taken::Ports(step)) => Cursor::Ports(step, quote!(#name), name.span()),
            Some(Taken::Nothing) => Cursor::Nowhere,
            None => {
                if !self.scope.may_have(name) {
                    self.report.error(name.span(), self.scope.unknown(name));
                }
                Cursor::Nowhere
            }
        }
    }

    fn port(&mut self, port: &Ident, cursor: Cursor) -> Cursor {
        match cursor {
            Cursor::Ports(step, tokens, _) => {
                let Gives::Ports(ports) = self.graph.steps[step].operator.gives else {
                    return Cursor::Nowhere;
                };
                let Step { operator, outputs, arguments, .. } = &self.graph.steps[step];
                let place = ports.ports.iter().position(|known| port == known.name);
                match place.map(|place| (outputs.get(place), operator.option_of(&ports.ports[place]))) {
                    Some((Some(stream), _)) => Cursor::Stream(*stream, quote!(#tokens.#port), port.span()),
                    Some((None, Some(_))) => {
                        let operator = operator.name;
                        let message = format!(
                            "`{operator}` has a port `{port}` only with the option of that name: \
                             `{port} = 100` or `{port} = 5s`"
                        );
                        self.report.error(port.span(), message);
                        Cursor::Nowhere
                    }
                    // An error says that there is no such option: what it would have made is none of its own.
                    _ if arguments.is_surplus(port) => Cursor::Nowhere,
                    _ => {
                        let there = ports.ports.iter().take(outputs.len());
                        let hint = did_you_mean(port, there.map(|port| port.name));
                        let message =
                            format!("there is no port `{port}`, only {}{hint}", self.ports_of(step));
                        self.report.error(port.span(), message);
                        Cursor::Nowhere
                    }
                }
            }
            Cursor::Stream(..) if operators::find(&port.to_string()).is_some() => {
                self.report.error(port.span(), format!("an operator has parentheses: `{port}(…)`"));
                Cursor::Nowhere
            }
            Cursor::Stream(..) => {
                self.report.error(port.span(), format!("this is one stream, it has no port `{port}`"));
                Cursor::Nowhere
            }
            Cursor::End(..) => {
                self.report.error(port.span(), "`output` ends a stream: nothing can stand behind it");
                Cursor::Nowhere
            }
            Cursor::Nowhere => Cursor::Nowhere,
        }
    }

    /// `input(…)`, `merge(…)` or `join(…)` in front of a chain.
    fn first_call(&mut self, call: &Call, is_last: bool, statement: &Statement) -> Cursor {
        let id = self.id_of(call, is_last, None, statement);
        match operators::find(&call.name.to_string()) {
            Some(operator) if operator.takes == Takes::Nothing => {
                let arguments = Arguments::bind(operator, call, &call.arguments, 1, self.report);
                self.step(id, operator, call, arguments, Vec::new(), false)
            }
            Some(operator) if operator.begins_a_chain() => self.several(id, operator, call),
            Some(_) => {
                let stream = self.stream_in(call).map_or_else(|| "stream".to_owned(), Ident::to_string);
                let message = format!("`{0}` stands behind a stream: `{stream}.{0}(…)`", call.name);
                self.report.error(call.name.span(), message);
                Cursor::Nowhere
            }
            None => {
                let heads = operators::OPERATORS.iter().filter(|operator| operator.begins_a_chain());
                let names: Vec<_> = heads.map(|operator| operator.name).collect();
                let hint = synonym_or_near(&call.name, &names, synonyms::is_operator);
                let message = format!(
                    "a stream begins with `input(…)`, `merge(…)` or `join(…)`, not with `{}`{hint}",
                    call.name
                );
                self.report.error(call.name.span(), message);
                Cursor::Nowhere
            }
        }
    }

    /// `.operator(…)`.
    fn call(
        &mut self,
        call: &Call,
        cursor: Cursor,
        is_last: bool,
        chain: &Chain,
        statement: &Statement,
    ) -> Cursor {
        let Some(operator) = self.operator(&call.name) else { return Cursor::Nowhere };
        let arguments = Arguments::bind(operator, call, &call.arguments, 1, self.report);
        let cursor = match cursor {
            Cursor::End(_) => Cursor::End(call.name.span()),
            cursor => cursor,
        };
        let Some(input) = self.one_stream(cursor) else { return Cursor::Nowhere };
        let id = self.id_of(call, is_last, Some(chain), statement);
        let is_keyed = self.graph.streams[input.stream].is_keyed;
        if let Some(message) = wrong_kind(operator, is_keyed) {
            self.report.error(call.name.span(), message);
            return Cursor::Nowhere;
        }
        self.step(id, operator, call, arguments, vec![input], is_keyed)
    }

    fn operator(&mut self, name: &Ident) -> Option<&'static Operator> {
        let found = operators::find(&name.to_string());
        match found {
            Some(operator) if operator.begins_a_chain() => {
                let message = format!("`{name}` begins a stream: `let NAME = {name}(…);`");
                self.report.error(name.span(), message);
                None
            }
            Some(operator) => Some(operator),
            None => {
                let links = operators::OPERATORS.iter().filter(|operator| !operator.begins_a_chain());
                let names: Vec<_> = links.map(|operator| operator.name).collect();
                if let Some(advice) = synonyms::advice(&name.to_string()) {
                    self.report.error(name.span(), format!("there is no operator `{name}`: {advice}"));
                    return None;
                }
                if operators::is_port(name) {
                    let message = format!("`{name}` is a port, which has no parentheses: `.{name}`");
                    self.report.error(name.span(), message);
                    return None;
                }
                let hint = synonym_or_near(name, &names, synonyms::is_operator);
                self.report.error(name.span(), format!("there is no operator `{name}`{hint}"));
                None
            }
        }
    }

    /// The stream that a step takes from here.
    fn one_stream(&mut self, cursor: Cursor) -> Option<Use> {
        match cursor {
            Cursor::Stream(stream, tokens, span) => Some(Use { stream, tokens, span }),
            Cursor::Ports(step, tokens, span) => {
                let name = tokens.to_string();
                let name = if self.scope.has(&name) { name } else { String::new() };
                let subject = if name.is_empty() { "this".to_owned() } else { format!("`{name}`") };
                let first = &self.graph.streams[self.graph.steps[step].outputs[0]].id;
                let port = first.rsplit('.').next().unwrap_or_default();
                let ports = self.ports_of(step);
                let message =
                    format!("{subject} has several streams, {ports}: choose one, as in `{name}.{port}`");
                self.report.error(span, message);
                None
            }
            Cursor::End(span) => {
                self.report.error(span, "`output` ends a stream: nothing can stand behind it");
                None
            }
            Cursor::Nowhere => None,
        }
    }

    /// Adds a step and the streams that it gives.
    fn step(
        &mut self,
        id: String,
        operator: &'static Operator,
        call: &Call,
        arguments: Arguments,
        inputs: Vec<Use>,
        is_keyed: bool,
    ) -> Cursor {
        let step = self.graph.steps.len();
        for input in &inputs {
            self.graph.streams[input.stream].to.push(step);
        }
        let mut stream = |id: String, is_keyed| {
            let stream =
                Stream { name: None, port: None, id, is_keyed, written: None, from: step, to: Vec::new() };
            self.graph.streams.push(stream);
            self.graph.streams.len() - 1
        };
        let span = call.name.span();
        let variable = Ident::new(&names::variable(&id), Span::mixed_site());
        let (outputs, cursor) = match operator.gives {
            Gives::Nothing => (Vec::new(), Cursor::End(span)),
            Gives::Plain | Gives::Keyed | Gives::Same => {
                let is_keyed = operator.gives == Gives::Keyed || operator.gives == Gives::Same && is_keyed;
                let output = stream(id.clone(), is_keyed);
                (vec![output], Cursor::Stream(output, quote!(#variable), span))
            }
            Gives::Ports(ports) => {
                let is_there = |port: &&Port| !port.is_optional() || arguments.option(port.name).is_some();
                let outputs = ports.ports.iter().filter(is_there).map(|port| {
                    let is_keyed = match port.keyed {
                        PortKind::Plain => false,
                        PortKind::Keyed => true,
                        PortKind::Same => is_keyed,
                    };
                    stream(format!("{id}.{}", port.name), is_keyed)
                });
                (outputs.collect(), Cursor::Ports(step, quote!(#variable), span))
            }
        };
        self.graph.steps.push(Step {
            id,
            operator,
            name: call.name.clone(),
            parentheses: call.parentheses,
            arguments,
            inputs,
            outputs,
            variable,
            bound: None,
        });
        cursor
    }

    /// The step's id: the name that its statement defines for the last of a chain, otherwise that name, or
    /// the stream's that the chain begins with, and the operator.
    fn id_of(&mut self, call: &Call, is_last: bool, chain: Option<&Chain>, statement: &Statement) -> String {
        let defined = match statement.binding.as_ref().map(|binding| &binding.names) {
            Some(Names::One(name)) => Some(name.to_string()),
            Some(Names::Several(_, names)) => {
                let names: Vec<_> = names.iter().flatten().map(Ident::to_string).collect();
                Some(names.join("_"))
            }
            None => None,
        };
        let id = match (defined, chain) {
            (Some(defined), _) if is_last => defined,
            (Some(defined), _) => format!("{defined}.{}", call.name),
            (None, Some(Chain { head: Head::Stream(head), links })) => match links.first() {
                Some(Link::Port(port)) => format!("{head}.{port}.{}", call.name),
                _ => format!("{head}.{}", call.name),
            },
            (None, _) => call.name.to_string(),
        };
        self.unique(id)
    }

    fn unique(&mut self, id: String) -> String {
        let numbered = (2..).map(|number| format!("{id}#{number}"));
        let unused =
            std::iter::once(id.clone()).chain(numbered).find(|id| !self.ids.contains(id)).unwrap_or(id);
        self.ids.insert(unused.clone());
        unused
    }

    /// The names of a step's ports.
    fn ports_of(&self, step: StepId) -> String {
        match self.graph.steps[step].operator.gives {
            Gives::Ports(ports) => {
                let there = ports.ports.iter().take(self.graph.steps[step].outputs.len());
                listed(there.map(|port| port.name))
            }
            _ => listed([]),
        }
    }
}

/// A chain of which nothing could be tied in.
fn loose_from_head(chain: &Chain) -> (Front, Vec<Link>) {
    match &chain.head {
        Head::Stream(name) => (Front::Written(quote!(#name)), chain.links.clone()),
        Head::Call(call) => {
            let head = std::iter::once(Link::Call(call.clone()));
            (Front::Beginning, head.chain(chain.links.iter().cloned()).collect())
        }
    }
}

/// What is wrong when `operator` stands on a stream of this kind.
fn wrong_kind(operator: &Operator, is_keyed: bool) -> Option<String> {
    let name = operator.name;
    match operator.takes {
        Takes::Keyed if !is_keyed => {
            Some(format!("`{name}` needs a keyed stream: put `.key_on(|item| …)` in front of it"))
        }
        Takes::Plain if is_keyed => {
            Some(format!("`{name}` needs a stream without keys: put `.key_rm()` in front of it"))
        }
        _ => None,
    }
}
