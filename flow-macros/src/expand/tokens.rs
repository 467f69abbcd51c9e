//! The first half: each operator is called on the token of the stream it stands on.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::arguments;
use super::names::Names;
use super::reader::Reader;
use crate::check::values;
use crate::graph::{Arguments, Bound, Given, Graph, Literal, Step, StepId};
use crate::operators::{Absent, Body, Gives, Kind, Parameter, Takes};
use crate::plan::{Mode, Origin, Plan, Stage};
use crate::report::nowhere;
use crate::syntax::duration;

/// A `let` for each step, and one for each place where items wait.
pub(super) fn print(root: &TokenStream, graph: &Graph, plan: &Plan, names: &Names) -> TokenStream {
    let printer = Printer { root, graph, sources: &plan.sources, names, reader: Reader::Compiler };
    let steps = (0..graph.steps.len()).map(|step| printer.step(step));
    let places = plan.stages.iter().map(|stage| printer.place(plan.mode, *stage));
    arguments::constructors(root, graph).into_iter().chain(steps).chain(places).collect()
}

pub(super) struct Printer<'a> {
    pub(super) root: &'a TokenStream,
    pub(super) graph: &'a Graph,
    /// For each step, the numbers of the sources that it hears from.
    pub(super) sources: &'a [Vec<usize>],
    pub(super) names: &'a Names,
    pub(super) reader: Reader,
}

impl Printer<'_> {
    /// `let (keyed, mut keyed_op) = stream.at(1).key_on(|item| …);`
    pub(super) fn step(&self, id: StepId) -> TokenStream {
        let step = &self.graph.steps[id];
        let sides = step.operator.joins().then(|| self.sides(id, step));
        let made = self.made(id, step);
        let entries = step.operator.joins().then(|| self.entries(id, step));
        let names = arguments::of_step(self.root, step.operator, &step.arguments, self.reader);
        quote!(#names #sides #made #entries)
    }

    /// `let rows_sides = users.sides().and(orders);`
    fn sides(&self, id: StepId, step: &Step) -> TokenStream {
        let sides = self.names.sides(id, step.name.span());
        let mut inputs = step.inputs.iter().map(|input| (&input.tokens, input.span));
        let first = inputs.next().map(|(tokens, _)| tokens);
        let others = inputs.map(|(tokens, span)| {
            let and = Ident::new("and", span);
            let other = enclosed(tokens.clone(), span);
            quote!(.#and #other)
        });
        quote!(let #sides = #first.sides() #(#others)*;)
    }

    /// `let rows_from_1 = rows_op.side::<1, _, _>(orders);`
    fn entries(&self, id: StepId, step: &Step) -> TokenStream {
        let op = self.names.operator(id);
        let entries = step.inputs.iter().enumerate().map(|(side, input)| {
            let (entry, stream) = (self.names.joint(id, side), &input.tokens);
            quote!(let #entry = #op.side::<#side, _, _>(#stream);)
        });
        entries.collect()
    }

    /// What the step's method gives, under its names.
    fn made(&self, id: StepId, step: &Step) -> TokenStream {
        let op = self.names.operator(id);
        let call = self.call(id, step);
        let variable = &step.variable;
        match step.operator.gives {
            Gives::Nothing => quote!(let #op = #call;),
            Gives::Ports(ports) => {
                let named = step.outputs.iter().zip(ports.ports).filter_map(|(stream, port)| {
                    let stream = &self.graph.streams[*stream];
                    let (name, port) = (stream.name.as_ref()?, Ident::new(port.name, Span::mixed_site()));
                    let port = stream.port.clone().unwrap_or_else(|| quote!(#variable.#port));
                    let written = stream.written.as_ref().map(|written| self.written(name, written));
                    Some(quote!(let #name = #port; #written))
                });
                quote! {
                    let (#variable, #op) = #call;
                    #(#named)*
                }
            }
            _ => {
                let stream = &self.graph.streams[step.outputs[0]];
                let name = stream.name.as_ref().unwrap_or(variable);
                let written = stream.written.as_ref().map(|written| self.written(name, written));
                if step.operator.body == Body::Merge {
                    let joints = step.inputs.iter().enumerate().map(|(place, input)| {
                        let (joint, other) = (self.names.joint(id, place), &input.tokens);
                        let join = Ident::new("takes_from", input.span);
                        quote!(let #joint = #name.#join(#other);)
                    });
                    return quote!(let #name = #call; #(#joints)* #written);
                }
                quote!(let (#name, #op) = #call; #written)
            }
        }
    }

    /// `stream.at(1).key_on(|item| …)`
    fn call(&self, id: StepId, step: &Step) -> TokenStream {
        let root = self.root;
        let number = u32::try_from(id).unwrap_or(u32::MAX);
        let method = step.arguments.method().map(|method| Ident::new(method, step.name.span()));
        let name = method.as_ref().unwrap_or(&step.name);
        let parameters = step.operator.parameters;
        match step.operator.takes {
            Takes::Nothing => {
                let source = self.sources[id][0];
                let arguments = self.values(parameters, &step.arguments, &Input::of(TokenStream::new()));
                let arguments = enclosed(arguments, step.parentheses);
                quote!(#root::__private::Beginning::at(#number).source(#source).#name #arguments)
            }
            Takes::Streams => {
                let first = step.inputs.first().map(|input| &input.tokens);
                let nothing = enclosed(TokenStream::new(), step.parentheses);
                quote!(#first.at(#number).#name #nothing)
            }
            Takes::Sides { .. } => {
                let sides = self.names.sides(id, step.name.span());
                let together = quote_spanned!(step.name.span()=> #sides.together());
                let input = Input { stream: together, sides: sides.to_token_stream() };
                let arguments = self.values(parameters, &step.arguments, &input);
                let arguments = enclosed(quote!(#arguments, #sides), step.parentheses);
                quote!(#root::__private::Beginning::at(#number).#name #arguments)
            }
            Takes::Any | Takes::Plain | Takes::Keyed => {
                let input = &step.inputs[0].tokens;
                let arguments = self.values(parameters, &step.arguments, &Input::of(input.clone()));
                let arguments = enclosed(arguments, step.parentheses);
                let at = enclosed(quote!(#number), step.inputs[0].span);
                quote!(#input.at #at.#name #arguments)
            }
        }
    }

    fn values(&self, parameters: &[Parameter], arguments: &Arguments, input: &Input) -> TokenStream {
        let is_option = |bound: &&Bound| bound.parameter.absent == Absent::Option;
        let is_written = |bound: &&Bound| !matches!(bound.given, Given::Nothing);
        let written = arguments.bound.iter().filter(|bound| is_written(bound) && !is_option(bound));
        let values = written.map(|bound| match arguments::begun_for(bound, parameters) {
            // An editor has it among the names.
            Some(_) if self.reader == Reader::Editor => nowhere(Span::call_site()).into_token_stream(),
            _ => self.value(bound, input),
        });
        let values = values.chain(self.options(arguments, input));
        quote!(#(#values),*)
    }

    /// `WindowOptions::new().forget_keys_after(…).with_bounds()`, for an operator that has options.
    fn options(&self, arguments: &Arguments, input: &Input) -> Option<TokenStream> {
        let is_option = |bound: &&Bound| bound.parameter.absent == Absent::Option;
        let mut options = arguments.bound.iter().filter(is_option).peekable();
        options.peek()?;
        let written: Vec<_> = options.filter_map(|bound| Some((bound, bound.span()?))).collect();
        let calls = written.iter().filter_map(|(bound, span)| match bound.parameter.kind {
            Kind::Switch(method) => {
                let is_on =
                    matches!(&bound.given, Given::Value { tokens, .. } if tokens.to_string() == "true");
                let method = Ident::new(method, *span);
                is_on.then(|| quote_spanned!(*span=> .#method()))
            }
            kind => {
                let method = Ident::new(bound.parameter.name, *span);
                let value = match (kind, &bound.given) {
                    (Kind::Trigger, Given::Value { literal: Literal::Integer(number), span, .. }) => {
                        let mut number =
                            proc_macro2::Literal::u64_suffixed(u64::try_from(*number).unwrap_or(u64::MAX));
                        number.set_span(*span);
                        number.into_token_stream()
                    }
                    _ => self.value(bound, input),
                };
                let value = enclosed(value, *span);
                Some(quote!(.#method #value))
            }
        });
        let root = self.root;
        Some(quote!(#root::__private::WindowOptions::new() #(#calls)*))
    }

    fn value(&self, bound: &Bound, input: &Input) -> TokenStream {
        let (root, stream) = (self.root, &input.stream);
        match &bound.given {
            Given::Nothing => TokenStream::new(),
            Given::Hole(None) => nowhere(Span::call_site()).into_token_stream(),
            Given::Hole(Some(value)) if self.reader == Reader::Editor => {
                arguments::word(root, bound.parameter, &value.tokens)
                    .unwrap_or_else(|| self.reader.kept(root, &value.tokens))
            }
            Given::Hole(Some(value)) => self.reader.kept(root, &value.tokens),
            Given::Value { tokens, literal, .. } if values::wrong(bound.parameter, *literal).is_some() => {
                self.reader.kept(root, tokens)
            }
            Given::Default(default) => default.parse().unwrap_or_default(),
            Given::Forever => quote!(#root::__private::TimeDelta::MAX),
            Given::Value { tokens, span, literal: Literal::Closure(_) }
                if bound.parameter.kind == Kind::Sink =>
            {
                let method = Ident::new("closure", *span);
                let closure = enclosed(duration::translate(tokens.clone(), root), *span);
                quote!(#stream.#method #closure)
            }
            Given::Value { tokens, span, .. }
                if matches!(bound.parameter.kind, Kind::Clock | Kind::Windower) =>
            {
                let span = bound.name.as_ref().map_or(*span, Ident::span);
                let method = Ident::new(bound.parameter.name, span);
                let value = duration::translate(tokens.clone(), root);
                quote!(#stream.#method(#value))
            }
            Given::Value { tokens, .. } => duration::translate(tokens.clone(), root),
            Given::Word { value, span } => {
                // The word alone is the user's, so that an editor shows what it means and not where it is.
                let value = Ident::new(value, *span);
                quote!(#root::__private::#value)
            }
            Given::Constructed { constructor, name, parentheses, arguments } => {
                let function = arguments.method().unwrap_or(constructor.function);
                let function = Ident::new(function, name.span());
                let values = enclosed(self.values(constructor.parameters, arguments, input), *parentheses);
                let has_getters = constructor.parameters.iter().any(|known| known.kind == Kind::Getter);
                let on = if has_getters { &input.sides } else { stream };
                quote!(#on.#function #values)
            }
        }
    }

    /// `numbers.is_written::<Stream<u32>>();`, the type found also where the user has another `Stream`.
    fn written(&self, name: &Ident, written: &Type) -> TokenStream {
        let root = self.root;
        let span = written.span();
        let is_written = Ident::new("is_written", span);
        let written = match written {
            Type::Path(path) if path.qself.is_none() => match path.path.segments.last() {
                Some(last) if last.ident == "Stream" || last.ident == "KeyedStream" => {
                    let span = last.ident.span();
                    quote_spanned!(span=> #root::__private::#last)
                }
                _ => written.to_token_stream(),
            },
            _ => written.to_token_stream(),
        };
        quote!(#name.#is_written::<#written>();)
    }

    /// `let numbers_in = numbers.queue();`, for what the stage begins with.
    fn place(&self, mode: Mode, stage: Stage) -> TokenStream {
        let Self { graph, names, .. } = self;
        let queue = match mode {
            Mode::Batches => quote!(queue),
            Mode::Items => quote!(fifo),
        };
        match stage {
            Stage::Source(step) => {
                let stream = self.token(step);
                let batch = names.waiting(step);
                let next = (mode == Mode::Items).then(|| {
                    let next = Names::fifo(&batch);
                    quote!(let #next = #stream.fifo();)
                });
                quote!(let #batch = #stream.queue(); #next)
            }
            Stage::Queue(step, origin) => {
                let queue_name = names.queue(step, origin);
                let stream = match origin {
                    Origin::Merged | Origin::Together => graph.steps[step].inputs[0].tokens.clone(),
                    Origin::Made => self.token(step).to_token_stream(),
                    Origin::Use(stream, place) => self.used(stream, place),
                };
                quote!(let #queue_name = #stream.#queue();)
            }
            Stage::Stateful(_) | Stage::Emitted(_) if mode == Mode::Batches => TokenStream::new(),
            Stage::Stateful(step) => {
                let (op, next) = (names.operator(step), Names::fifo(&names.waiting(step)));
                let stream = &graph.steps[step].inputs[0].tokens;
                let joins = graph.steps[step].operator.joins();
                let waiting = if joins { quote!(#op.waiting()) } else { quote!(#stream.fifo()) };
                quote!(let #next = #waiting;)
            }
            Stage::Emitted(step) => {
                let (op, out) = (names.operator(step), names.emitted(step));
                quote!(let #out = #op.fifo();)
            }
        }
    }

    /// The token of the only stream that a step gives.
    fn token(&self, step: StepId) -> &Ident {
        let stream = &self.graph.streams[self.graph.steps[step].outputs[0]];
        stream.name.as_ref().unwrap_or(&self.graph.steps[step].variable)
    }

    /// The token of a stream as it is written at one of its uses.
    fn used(&self, stream: usize, place: usize) -> TokenStream {
        let to = &self.graph.streams[stream].to;
        let earlier = to[..place].iter().filter(|step| **step == to[place]).count();
        let uses = self.graph.steps[to[place]].inputs.iter().filter(|input| input.stream == stream);
        uses.map(|input| input.tokens.clone()).nth(earlier).unwrap_or_default()
    }
}

/// What the methods that make arguments are called on.
struct Input {
    /// The stream, or all that a join takes as one.
    stream: TokenStream,
    /// The same, where each stream that a join takes is a side.
    sides: TokenStream,
}

impl Input {
    fn of(stream: TokenStream) -> Self {
        Self { sides: stream.clone(), stream }
    }
}

/// `(…)` in the place of the user's parentheses: what spans the whole call then begins and ends in the block.
fn enclosed(tokens: TokenStream, parentheses: Span) -> Group {
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(parentheses);
    group
}
