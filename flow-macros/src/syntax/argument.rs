//! Arguments: `value` or `name = value`.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprCall, ExprClosure, ExprGroup, ExprParen, Ident, Lit, Member, Token, UnOp};

use super::{duration, refused};
use crate::operators;
use crate::report::Report;

/// One argument of an operator.
#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) name: Option<Ident>,
    pub(crate) value: Value,
}

/// What is written as an argument, as far as the macro looks into it.
#[derive(Clone)]
pub(crate) struct Value {
    /// As written: durations are not translated yet.
    pub(crate) tokens: TokenStream,
    pub(crate) span: Span,
    pub(crate) shape: Shape,
}

/// What the macro can say of a closure.
#[derive(Clone, Copy)]
pub(crate) struct Closure {
    /// How many parameters it has.
    pub(crate) parameters: usize,
    /// Whether it does nothing but assign.
    pub(crate) assigns: bool,
}

impl Closure {
    fn of(closure: &ExprClosure) -> Self {
        let mut body = &*closure.body;
        while let Expr::Group(ExprGroup { expr, .. }) | Expr::Paren(ExprParen { expr, .. }) = body {
            body = expr;
        }
        let assigns = match body {
            Expr::Assign(_) => true,
            Expr::Binary(binary) => is_assignment(&binary.op),
            _ => false,
        };
        Self { parameters: closure.inputs.len(), assigns }
    }
}

/// What the macro can say of a value without knowing types.
#[derive(Clone)]
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
    Closure(Closure),
    /// `Name(…)`: maybe a clock or a windower.
    Call { name: Ident, arguments: Vec<Argument>, parentheses: Span },
    /// One word: maybe a stream, maybe a variable.
    Name(Ident),
    /// `name.name`: maybe a port.
    Field(Ident, Ident),
    /// Anything else.
    Other,
    /// Something that cannot be read, which has been reported.
    Broken,
}

/// The arguments between a pair of parentheses. One that cannot be read is reported and kept as it is; what is
/// wrong behind it is likely to come of that, and is not reported.
pub(super) fn list(input: ParseStream<'_>, end: Span, report: &mut Report) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let mut is_sound = true;
    while !input.is_empty() {
        let name = name(input).or_else(|| name_without_equals(input, &mut is_sound, report));
        let ahead = input.fork();
        match value(&ahead, report) {
            Ok(value) => {
                input.advance_to(&ahead);
                let value = ended(value, input, end, &mut is_sound, report);
                if !matches!(value.shape, Shape::Broken) {
                    duration::complain(&value.tokens, report);
                }
                arguments.push(Argument { name, value });
            }
            Err(error) => {
                complain(&error, end, &mut is_sound, report);
                arguments.push(Argument { name, value: Value::broken(unread(input), end) });
            }
        }
        // It stands behind each argument, or its absence has been reported.
        let _ = input.parse::<Token![,]>();
    }
    arguments
}

/// A value, if a `,` follows it. What is a value and something else is none, unless only a `,` is missing.
fn ended(value: Value, input: ParseStream<'_>, end: Span, is_sound: &mut bool, report: &mut Report) -> Value {
    if input.is_empty() || input.peek(Token![,]) {
        return value;
    }
    let (message, span) = refused::behind_argument(&value.tokens, input);
    complain(&syn::Error::new(span, message), end, is_sound, report);
    if begins_an_argument(input) {
        return value;
    }
    let (tokens, rest) = (value.tokens, unread(input));
    Value { tokens: quote!(#tokens #rest), span: value.span, shape: Shape::Broken }
}

/// Whether `name =` stands here.
fn begins_an_argument(input: ParseStream<'_>) -> bool {
    name(&input.fork()).is_some()
}

fn complain(error: &syn::Error, end: Span, is_sound: &mut bool, report: &mut Report) {
    if std::mem::replace(is_sound, false) {
        report.parser_error(error, end);
    }
}

/// `name =`, where it stands there.
fn name(input: ParseStream<'_>) -> Option<Ident> {
    let ahead = input.fork();
    let name = ahead.parse().ok()?;
    if ahead.peek(Token![==]) || ahead.peek(Token![=>]) {
        return None;
    }
    ahead.parse::<Token![=]>().ok()?;
    input.advance_to(&ahead);
    Some(name)
}

/// A name with something else than `=` between it and its value.
fn name_without_equals(input: ParseStream<'_>, is_sound: &mut bool, report: &mut Report) -> Option<Ident> {
    let ahead = input.fork();
    let name: Ident = ahead.parse().ok()?;
    let span = ahead.span();
    let message = if ahead.peek(Token![:]) && !ahead.peek(Token![::]) && operators::is_parameter(&name) {
        ahead.parse::<Token![:]>().ok()?;
        "an argument has `=` behind its name"
    } else if ahead.peek(Token![==]) && operators::is_parameter(&name) {
        ahead.parse::<Token![==]>().ok()?;
        "an argument has one `=` behind its name"
    } else if ahead.peek(Lit) || ahead.peek(Token![|]) && operators::is_parameter(&name) {
        "missing `=` in front of this"
    } else {
        return None;
    };
    complain(&syn::Error::new(span, message), name.span(), is_sound, report);
    input.advance_to(&ahead);
    Some(name)
}

fn value(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Value> {
    if let Some(word) = keyword(input)? {
        return Ok(Value::word(word));
    }
    if let Some(value) = constructor(input, report) {
        return Ok(value);
    }
    Ok(Value::of(&input.parse()?))
}

/// A clock or a windower of the catalogue, with its arguments.
fn constructor(input: ParseStream<'_>, report: &mut Report) -> Option<Value> {
    let ahead = input.fork();
    let name: Ident = ahead.parse().ok()?;
    let group: Group = ahead.parse().ok()?;
    let is_all = ahead.is_empty() || ahead.peek(Token![,]);
    let is_known = operators::find_constructor(&name.to_string()).is_some();
    if !is_all || !is_known || group.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    input.advance_to(&ahead);
    let arguments = group_list(&group, report);
    let shape = Shape::Call { name: name.clone(), arguments, parentheses: group.span() };
    Some(Value { tokens: quote!(#name #group), span: name.span(), shape })
}

/// The arguments in a group.
pub(super) fn group_list(group: &Group, report: &mut Report) -> Vec<Argument> {
    let end = group.stream().into_iter().last().map_or(group.span(), |last| last.span());
    let mut arguments = Vec::new();
    let read = |input: ParseStream<'_>| {
        arguments = list(input, end, report);
        Ok(())
    };
    // `list` takes all tokens and has no errors besides those that it reports.
    let _ = read.parse2(group.stream());
    arguments
}

/// What cannot be read, up to the `,` that ends it: one that does not part the parameters of a closure.
fn unread(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut pipes = 0;
    while let Ok(tree) = if input.peek(Token![,]) && pipes % 2 == 0 { Err(()) } else { any(input) } {
        pipes += usize::from(matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '|'));
        tokens.append(tree);
    }
    tokens
}

fn any(input: ParseStream<'_>) -> Result<TokenTree, ()> {
    input.parse().map_err(|_| ())
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

    fn broken(tokens: TokenStream, end: Span) -> Self {
        let span = tokens.clone().into_iter().next().map_or(end, |first| first.span());
        Self { tokens, span, shape: Shape::Broken }
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
            Expr::Closure(closure) => Self::Closure(Closure::of(closure)),
            // What a `macro_rules!` of the user's hands over as `$name:expr` has no brackets that anybody wrote.
            Expr::Group(group) => Self::of(&group.expr),
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

/// Whether this is `+=` or one of its kind.
fn is_assignment(operator: &BinOp) -> bool {
    use BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign,
        ShrAssign, SubAssign,
    };
    matches!(
        operator,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// The word that `value` consists of.
fn single_name(value: &Expr) -> Option<Ident> {
    match value {
        Expr::Path(path) => path.path.get_ident().cloned(),
        Expr::Group(group) => single_name(&group.expr),
        _ => None,
    }
}
