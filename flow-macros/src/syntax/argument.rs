//! Arguments: `value` or `name = value`.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, Ident, Lit, Member, Token, UnOp};

use super::duration;
use crate::operators;
use crate::report::Report;

/// One argument of an operator.
pub(crate) struct Argument {
    pub(crate) name: Option<Ident>,
    pub(crate) value: Value,
}

/// What is written as an argument, as far as the macro looks into it.
pub(crate) struct Value {
    /// As written: durations are not translated yet.
    pub(crate) tokens: TokenStream,
    pub(crate) span: Span,
    pub(crate) shape: Shape,
}

/// What the macro can say of a value without knowing types.
pub(crate) enum Shape {
    /// A duration literal, in nanoseconds.
    Duration(i128),
    /// An integer literal.
    Integer(i128),
    /// `true` or `false`.
    Flag,
    /// Any other literal.
    Literal,
    /// A closure.
    Closure,
    /// `Name(…)`: maybe a clock or a windower.
    Call { name: Ident, arguments: Vec<Argument>, parentheses: Span },
    /// One word: maybe a stream, maybe a variable.
    Name(Ident),
    /// `name.name`: maybe a port.
    Field(Ident, Ident),
    /// Anything else.
    Other,
}

/// The arguments between a pair of parentheses.
pub(super) fn list(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Vec<Argument>> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        let name = if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            Some(name)
        } else {
            None
        };
        let value = match keyword(input)? {
            Some(word) => Value::word(word),
            None => Value::of(&input.parse()?),
        };
        duration::complain(&value.tokens, report);
        arguments.push(Argument { name, value });
        if input.is_empty() {
            break;
        }
        input.parse::<Token![,]>().map_err(|error| syn::Error::new(error.span(), "expected `,` or `)`"))?;
    }
    Ok(arguments)
}

/// A word of the language's that Rust keeps for itself, as `final`, where it is all of a value.
fn keyword(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    let ahead = input.fork();
    let Ok(word) = ahead.call(Ident::parse_any) else { return Ok(None) };
    let is_all = ahead.is_empty() || ahead.peek(Token![,]);
    if is_all && !input.peek(Ident) && operators::is_word(&word.to_string()) {
        return input.call(Ident::parse_any).map(Some);
    }
    Ok(None)
}

impl Value {
    fn word(word: Ident) -> Self {
        Self { tokens: word.to_token_stream(), span: word.span(), shape: Shape::Name(word) }
    }

    fn of(value: &Expr) -> Self {
        Self { tokens: value.to_token_stream(), span: value.span(), shape: Shape::of(value) }
    }
}

impl Shape {
    fn of(value: &Expr) -> Self {
        match value {
            Expr::Lit(literal) => Self::of_literal(&literal.lit),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => match Self::of(&unary.expr) {
                Self::Duration(nanoseconds) => Self::Duration(-nanoseconds),
                Self::Integer(number) => Self::Integer(-number),
                shape => shape,
            },
            Expr::Closure(_) => Self::Closure,
            Expr::Call(call) => Self::of_call(call),
            Expr::Path(_) => single_name(value).map_or(Self::Other, Self::Name),
            Expr::Field(field) => match (single_name(&field.base), &field.member) {
                (Some(name), Member::Named(port)) => Self::Field(name, port.clone()),
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    fn of_literal(literal: &Lit) -> Self {
        match literal {
            Lit::Bool(_) => Self::Flag,
            Lit::Int(number) if duration::read(literal).is_none() => {
                number.base10_parse().map_or(Self::Literal, Self::Integer)
            }
            literal => match duration::read(literal) {
                Some(Ok(nanoseconds)) => Self::Duration(nanoseconds),
                // `duration::complain` has reported it.
                Some(Err(_)) => Self::Other,
                None => Self::Literal,
            },
        }
    }

    fn of_call(call: &ExprCall) -> Self {
        let Some(name) = single_name(&call.func) else { return Self::Other };
        let argument = |value: &Expr| match value {
            Expr::Assign(named) => {
                Argument { name: single_name(&named.left), value: Value::of(&named.right) }
            }
            value => Argument { name: None, value: Value::of(value) },
        };
        let arguments = call.args.iter().map(argument).collect();
        Self::Call { name, arguments, parentheses: call.paren_token.span.join() }
    }
}

/// The word that `value` consists of.
fn single_name(value: &Expr) -> Option<Ident> {
    if let Expr::Path(path) = value { path.path.get_ident().cloned() } else { None }
}
