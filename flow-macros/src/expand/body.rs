//! What is done with one item: one statement an operator, one below the other.

use std::cell::{Cell, RefCell};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Lifetime;

use super::names::Names;
use crate::graph::{Graph, StepId, StreamId, Use};
use crate::operators::{Body, Gives};
use crate::plan::{Mode, Origin, Plan, Route};

/// How the code says that it has done with the item at hand: it leaves a block with a label. It does
/// not `continue` a loop, because a loop that goes back from several places is one that the compiler
/// takes apart.
pub(super) struct Skip {
    label: Lifetime,
    is_used: Cell<bool>,
    /// What counts the items at hand, as far as it is not printed yet.
    counts: RefCell<TokenStream>,
}

impl Skip {
    pub(super) fn to(label: Lifetime) -> Self {
        Self { label, is_used: Cell::new(false), counts: RefCell::default() }
    }

    fn statement(&self) -> TokenStream {
        self.is_used.set(true);
        let label = &self.label;
        quote!(break #label)
    }

    /// Leaves the counting of an item for later: in front of what may leave the block, or at its end. So two ways that
    /// meet at the end of the block do not meet those that have left it before: of two ways that meet alone the
    /// compiler makes one without a branch.
    fn count_behind(&self, count: TokenStream) {
        self.counts.borrow_mut().extend(count);
    }

    /// The counting that has been left for later.
    fn counted(&self) -> TokenStream {
        self.counts.take()
    }

    /// `'label: { … }`, or the bare code where nobody goes to the label.
    pub(super) fn block(&self, mut body: TokenStream) -> TokenStream {
        let label = &self.label;
        body.extend(self.counted());
        if self.is_used.get() { quote!(#label: { #body }) } else { body }
    }
}

/// Prints what is done with items. Knows which streams were counted on the way.
pub(super) struct Bodies<'a> {
    root: &'a TokenStream,
    graph: &'a Graph,
    plan: &'a Plan,
    names: &'a Names,
    counted: Vec<StreamId>,
}

impl<'a> Bodies<'a> {
    pub(super) fn new(root: &'a TokenStream, graph: &'a Graph, plan: &'a Plan, names: &'a Names) -> Self {
        Self { root, graph, plan, names, counted: Vec::new() }
    }

    /// `for item in items { … }`, between the counters' beginning and end.
    pub(super) fn looped(
        self,
        skip: &Skip,
        item: &TokenStream,
        items: &TokenStream,
        body: TokenStream,
    ) -> TokenStream {
        let body = skip.block(body);
        self.counted(&quote! {
            for #item in #items {
                #body
            }
        })
    }

    /// A loop over items, between the counters' beginning and end.
    pub(super) fn counted(self, items: &TokenStream) -> TokenStream {
        let counts: Vec<_> = self.counted.iter().map(|stream| self.names.count(*stream)).collect();
        let counters = self.counted.iter().map(|stream| self.plan.counted_by[*stream][0]);
        quote! {
            #(let mut #counts = 0usize;)*
            #items
            #(activation.count(#counters, #counts);)*
        }
    }

    /// All that is done with an item of a stream that is at hand under the stream's name.
    pub(super) fn stream(&mut self, stream: StreamId, skip: &Skip) -> TokenStream {
        let mut code = TokenStream::new();
        self.go_on(Some(stream), skip, &mut code);
        code
    }

    /// All that is done with an item that a step has made of others.
    pub(super) fn made(&mut self, stream: StreamId, skip: &Skip) -> TokenStream {
        let count = self.count(stream);
        let rest = self.stream(stream, skip);
        quote!(#count #rest)
    }

    /// Prints what is done with the items of a stream, and of the one that this leads to in the same scope, and
    /// so on. One statement behind the other: a chain is as long as the user likes, and what is inside
    /// something else would be copied once for each level.
    fn go_on(&mut self, mut next: Option<StreamId>, skip: &Skip, code: &mut TokenStream) {
        while let Some(stream) = next {
            let uses = self.graph.streams[stream].to.len();
            for place in 0..uses.saturating_sub(1) {
                code.extend(self.copied(stream, place));
            }
            next = uses.checked_sub(1).and_then(|last| self.take(stream, last, skip, code));
        }
    }

    /// What one of several steps that take a stream does with its copy of an item.
    fn copied(&mut self, stream: StreamId, place: usize) -> TokenStream {
        let item = self.names.item(stream);
        let inner = Skip::to(self.names.scope(stream, Some(place)));
        let mut body = TokenStream::new();
        let next = self.take(stream, place, &inner, &mut body);
        self.go_on(next, &inner, &mut body);
        let body = inner.block(body);
        // The second use is the one that needs a copy; it is the one to blame for all further ones.
        let used = self.nth_use(stream, 1);
        let token = used.map(|used| &used.tokens);
        let copy = Ident::new("copy", used.map_or_else(Span::call_site, |used| used.span));
        quote! {{
            let #item = #token.#copy(&#item);
            #body
        }}
    }

    /// Where a stream is written for the `place`th time.
    fn nth_use(&self, stream: StreamId, place: usize) -> Option<&'a Use> {
        let step = self.graph.streams[stream].to[place];
        self.graph.steps[step].inputs.get(self.input_of(stream, place))
    }

    /// What becomes of an item of a stream at one of the steps that take it. Gives the stream that it goes on
    /// in, where it does so in the same scope.
    fn take(
        &mut self,
        stream: StreamId,
        place: usize,
        skip: &Skip,
        code: &mut TokenStream,
    ) -> Option<StreamId> {
        let step = self.graph.streams[stream].to[place];
        let item = self.names.item(stream);
        match self.plan.routes[stream][place] {
            Route::Inline => return self.through(step, &item, skip, code),
            Route::Wait => code.extend(self.wait(stream, place, &item)),
            Route::Cut => {
                let queue = self.names.queue(step, Origin::Use(stream, place));
                code.extend(quote!(#queue.push(#item);));
            }
        }
        None
    }

    /// What becomes of an item that comes out of the queue of a cut.
    pub(super) fn behind_cut(&mut self, stream: StreamId, place: usize, skip: &Skip) -> TokenStream {
        let step = self.graph.streams[stream].to[place];
        let item = self.names.item(stream);
        if matches!(self.graph.steps[step].operator.body, Body::Merge | Body::Stateful) {
            return self.wait(stream, place, &item);
        }
        let mut code = TokenStream::new();
        let next = self.through(step, &item, skip, &mut code);
        self.go_on(next, skip, &mut code);
        code
    }

    /// Leaves the item in front of a merge, a stateful step or one that takes items together.
    fn wait(&self, stream: StreamId, place: usize, item: &Ident) -> TokenStream {
        let step = self.graph.streams[stream].to[place];
        let operator = self.graph.steps[step].operator;
        let waiting = self.names.waiting(step);
        let side = self.input_of(stream, place);
        let joint = self.names.joint(step, side);
        if operator.body == Body::Merge {
            return quote!(#waiting.push(#joint.call(#item)););
        }
        let item = if operator.joins() { quote!(#joint.call(#item)) } else { item.to_token_stream() };
        match self.plan.mode {
            _ if operator.body == Body::Batch => quote!(#waiting.push(#item);),
            Mode::Batches => self.enter(step, &item),
            Mode::Items => {
                let queue = Names::fifo(&waiting);
                quote!(#queue.push(#item);)
            }
        }
    }

    /// Which of its step's inputs a stream is at its use in this place.
    fn input_of(&self, stream: StreamId, place: usize) -> usize {
        let to = &self.graph.streams[stream].to;
        let earlier = to[..place].iter().filter(|step| **step == to[place]).count();
        let inputs = self.graph.steps[to[place]].inputs.iter().enumerate();
        let mut uses = inputs.filter(|(_, input)| input.stream == stream).map(|(side, _)| side);
        uses.nth(earlier).unwrap_or_default()
    }

    /// Hands an item to a stateful step. Where items go one by one, what comes of it waits for the stage behind.
    pub(super) fn enter(&self, step: StepId, item: &impl ToTokens) -> TokenStream {
        let op = self.names.operator(step);
        if self.graph.steps[step].operator.makes_keys() {
            let entered = self.entered(step, &quote!(made));
            return quote! {
                let made = #op.call(#item);
                #entered
            };
        }
        self.entered(step, item)
    }

    fn entered(&self, step: StepId, pair: &impl ToTokens) -> TokenStream {
        let (op, out) = (self.names.operator(step), self.names.emitted(step));
        match self.plan.mode {
            Mode::Batches => quote!(#op.item(activation, #pair)?;),
            Mode::Items => quote!(#op.take(activation, #pair, &mut #out)?;),
        }
    }

    /// Takes the item through an operator that keeps nothing. Gives the stream that it goes on in, where it
    /// does so in the same scope.
    fn through(
        &mut self,
        step: StepId,
        item: &Ident,
        skip: &Skip,
        code: &mut TokenStream,
    ) -> Option<StreamId> {
        let root = self.root;
        let operator = &self.graph.steps[step];
        let op = self.names.operator(step);
        match operator.operator.body {
            Body::Sink => {
                code.extend(quote!(#op.write(#item)?;));
                return None;
            }
            Body::Choice => {
                code.extend(self.choice(step, &quote!(#op.call(#item)), skip));
                return None;
            }
            _ => {}
        }
        let output = operator.outputs[0];
        let call = match operator.operator.body {
            Body::Informed => quote!(#op.call(activation, #item)),
            Body::Batch => quote!(#op.single(#item)),
            _ => quote!(#op.call(#item)),
        };
        if self.graph.streams[output].to.is_empty() {
            code.extend(quote!(#call;));
            return None;
        }
        let next = self.names.item(output);
        match operator.operator.body {
            Body::Keep => {
                let (counted, skipping) = (skip.counted(), skip.statement());
                code.extend(quote! {
                    #counted
                    if !#op.keeps(&#item) {
                        #skipping;
                    }
                    let #next = #item;
                });
                skip.count_behind(self.count(output));
            }
            Body::Maybe => {
                let (counted, skipping) = (skip.counted(), skip.statement());
                code.extend(quote! {
                    #counted
                    let #root::__private::Some(#next) = #call else { #skipping };
                });
                skip.count_behind(self.count(output));
            }
            Body::Many | Body::Batch => {
                let count = self.count(output);
                let body = self.each(step, output);
                code.extend(quote! {
                    for #next in #call {
                        #count
                        #body
                    }
                });
                return None;
            }
            _ => code.extend(quote!(let #next = #call;)),
        }
        Some(output)
    }

    /// What is done with each of the items that a step has made of one.
    fn each(&mut self, step: StepId, output: StreamId) -> TokenStream {
        if self.plan.mode == Mode::Items {
            let (made, item) = (self.names.queue(step, Origin::Made), self.names.item(output));
            return quote!(#made.push(#item););
        }
        let inner = Skip::to(self.names.scope(output, None));
        let rest = self.stream(output, &inner);
        inner.block(rest)
    }

    /// `match … { Branched::Trues(odd) => { … } Branched::Falses(even) => { … } }`
    fn choice(&mut self, step: StepId, choose: &TokenStream, skip: &Skip) -> TokenStream {
        let root = self.root;
        let operator = &self.graph.steps[step];
        let Gives::Ports(ports) = operator.operator.gives else { return TokenStream::new() };
        let choice = format_ident!("{}", ports.choice);
        let mut has_untaken = operator.outputs.len() < ports.ports.len();
        let counted = skip.counted();
        let mut arms = TokenStream::new();
        for (port, stream) in ports.ports.iter().zip(&operator.outputs) {
            if self.graph.streams[*stream].to.is_empty() {
                has_untaken = true;
                continue;
            }
            let (variant, item) = (format_ident!("{}", port.variant), self.names.item(*stream));
            let count = self.count(*stream);
            let rest = self.stream(*stream, skip);
            let behind = skip.counted();
            arms.extend(quote! {
                #root::__private::#choice::#variant(#item) => {
                    #count
                    #rest
                    #behind
                }
            });
        }
        let untaken = has_untaken.then(|| quote!(_ => {}));
        quote!(#counted match #choose { #arms #untaken })
    }

    /// The name of something that a stateful step has emitted: where it has one port, that of the port's stream.
    pub(super) fn emission(&self, step: StepId) -> Ident {
        match self.graph.steps[step].operator.gives {
            Gives::Ports(_) => format_ident!("emission"),
            _ => self.names.item(self.graph.steps[step].outputs[0]),
        }
    }

    /// What is done with something that a stateful step has emitted, which is at hand under its name.
    pub(super) fn emitted(&mut self, step: StepId, skip: &Skip) -> TokenStream {
        if matches!(self.graph.steps[step].operator.gives, Gives::Ports(_)) {
            let emission = self.emission(step);
            return self.choice(step, &quote!(#emission), skip);
        }
        self.made(self.graph.steps[step].outputs[0], skip)
    }

    /// Counts an item of a stream that has a counter of its own.
    fn count(&mut self, stream: StreamId) -> TokenStream {
        match self.plan.mode {
            Mode::Batches => {
                self.counted.push(stream);
                let count = self.names.count(stream);
                quote!(#count += 1;)
            }
            Mode::Items => {
                let counter = self.plan.counted_by[stream][0];
                quote!(activation.count(#counter, 1);)
            }
        }
    }
}
