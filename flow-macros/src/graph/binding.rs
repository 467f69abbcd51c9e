//! What a `let` gives a name to.

use proc_macro2::{Ident, Span};
use syn::Type;

use super::names::Taken;
use super::{Builder, Cursor, Front, Loose};
use crate::syntax::Link;

impl Builder<'_> {
    pub(super) fn bind_one(&mut self, name: &Ident, written: Option<&Type>, ends: &Cursor) {
        let taken = match ends {
            Cursor::Stream(stream, tokens, _) => {
                let stream_node = &mut self.graph.streams[*stream];
                if stream_node.name.is_some() {
                    let message = format!(
                        "this is `{}` already: put an operator behind it, or use that name",
                        stream_node.id
                    );
                    self.report.error(name.span(), message);
                    self.graph.is_incomplete = true;
                    self.keep(Front::Stream(tokens.clone()), Vec::new(), std::slice::from_ref(name));
                    self.keep_type(written);
                } else {
                    stream_node.name = Some(name.clone());
                    stream_node.port = Some(tokens.clone());
                    stream_node.written = written.cloned();
                }
                Taken::Stream(*stream)
            }
            Cursor::Ports(step, tokens, _) if self.graph.steps[*step].bound.is_some() => {
                let message = format!("this is `{tokens}` already: use that name");
                self.report.error(name.span(), message);
                self.graph.is_incomplete = true;
                self.keep(Front::Stream(tokens.clone()), Vec::new(), std::slice::from_ref(name));
                self.keep_type(written);
                Taken::Ports(*step)
            }
            Cursor::Ports(step, ..) => {
                if let Some(written) = written {
                    let message =
                        format!("this has several streams, {}: leave out the type", self.ports_of(*step));
                    self.report.error(syn::spanned::Spanned::span(written), message);
                    self.keep_type(Some(written));
                    self.graph.is_incomplete = true;
                }
                self.graph.steps[*step].variable = name.clone();
                self.graph.steps[*step].bound = Some(name.clone());
                // Who writes one type may take it for one stream, which is no second mistake.
                if written.is_some() { Taken::Nothing } else { Taken::Ports(*step) }
            }
            Cursor::End(span) => {
                self.report
                    .error(*span, "`output` ends a stream, there is nothing to name: leave out the `let`");
                self.keep(Front::End, Vec::new(), std::slice::from_ref(name));
                self.keep_type(written);
                Taken::Nothing
            }
            Cursor::Nowhere => {
                self.graph.is_incomplete = true;
                Taken::Nothing
            }
        };
        self.define(name, taken);
    }

    pub(super) fn bind_several(&mut self, span: Span, names: &[Option<Ident>], ends: &Cursor) {
        let Cursor::Ports(step, ..) = ends else {
            match ends {
                Cursor::Nowhere => self.graph.is_incomplete = true,
                _ => {
                    self.report.error(span, "this gives one stream: write `let NAME = …;`");
                    self.spoil(names, ends.written());
                }
            }
            names.iter().flatten().for_each(|name| self.scope.spoil(name));
            return;
        };
        let outputs = self.graph.steps[*step].outputs.clone();
        if names.len() != outputs.len() {
            let message =
                format!("this gives {} streams, {}: name each of them", outputs.len(), self.ports_of(*step));
            self.report.error(span, message);
            self.spoil(names, ends.written());
            return;
        }
        for (name, stream) in names.iter().zip(outputs) {
            if let Some(name) = name {
                self.graph.streams[stream].name = Some(name.clone());
                self.define(name, Taken::Stream(stream));
            }
        }
    }

    /// Keeps names that nothing can be said of.
    fn spoil(&mut self, names: &[Option<Ident>], front: Front) {
        let names: Vec<_> = names.iter().flatten().cloned().collect();
        for name in &names {
            self.scope.spoil(name);
        }
        self.keep(front, Vec::new(), &names);
    }

    /// Keeps what could not be tied in.
    pub(super) fn keep(&mut self, front: Front, links: Vec<Link>, names: &[Ident]) {
        let place = self.graph.steps.len();
        self.graph.loose.push(Loose { place, front, links, names: names.to_vec(), written: None });
    }

    /// Keeps a type that cannot be checked.
    pub(super) fn keep_type(&mut self, written: Option<&Type>) {
        let (place, written) = (self.graph.steps.len(), written.cloned());
        if written.is_some() {
            self.graph.loose.push(Loose {
                place,
                front: Front::End,
                links: Vec::new(),
                names: Vec::new(),
                written,
            });
        }
    }

    fn define(&mut self, name: &Ident, taken: Taken) {
        if !self.scope.define(name, taken) {
            let message =
                format!("a stream named `{name}` is there already: every stream has a name of its own");
            self.report.error(name.span(), message);
            self.graph.is_incomplete = true;
        }
    }
}
