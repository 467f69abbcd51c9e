//! Duration literals: `10s`, `500ms`, `1.5h`.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::Lit;

use crate::report::{Report, nowhere, respan};

/// The units there are, in nanoseconds.
const UNITS: [(&str, i128); 7] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("min", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
];

/// What people write for a unit, and what to write instead.
const REFUSED: [(&[&str], &str); 7] = [
    (&["m"], "it may be minutes or milliseconds: write `min` or `ms`"),
    (&["sec", "secs", "second", "seconds"], "write `s` for seconds"),
    (&["mins", "minute", "minutes"], "write `min` for minutes"),
    (&["hr", "hrs", "hour", "hours"], "write `h` for hours"),
    (&["day", "days"], "write `d` for days"),
    (&["w", "week", "weeks"], "there is no unit for weeks: write days, `7d`"),
    (
        &["msec", "millis", "usec", "micros", "nanos"],
        "the units are `ns`, `us`, `ms`, `s`, `min`, `h` and `d`",
    ),
];

/// The nanoseconds of a duration literal, or what is wrong with it. None where it is no duration.
pub(crate) fn read(literal: &Lit) -> Option<Result<i128, String>> {
    let (digits, suffix) = match literal {
        Lit::Int(number) => (number.base10_digits(), number.suffix()),
        Lit::Float(number) => (number.base10_digits(), number.suffix()),
        _ => return None,
    };
    if let Some(message) = refused(suffix) {
        return Some(Err(message));
    }
    if let Some(sum) = sum(digits, suffix) {
        return Some(Err(format!("a length of time has one unit: write a sum, `{sum}`")));
    }
    let (_, unit) = UNITS.iter().find(|(name, _)| *name == suffix)?;
    Some(nanoseconds(digits, *unit))
}

/// `1h + 30min` for `1h30min`.
fn sum(digits: &str, suffix: &str) -> Option<String> {
    let unit_end = suffix.find(|char: char| char.is_ascii_digit())?;
    let (unit, behind) = suffix.split_at(unit_end);
    let number_end = behind.find(|char: char| char.is_ascii_alphabetic())?;
    let (number, next) = behind.split_at(number_end);
    let rest = if is_unit(next) { format!("{number}{next}") } else { sum(number, next)? };
    is_unit(unit).then(|| format!("{digits}{unit} + {rest}"))
}

fn nanoseconds(digits: &str, unit: i128) -> Result<i128, String> {
    let too_long = || "this is longer than the range of time, about 292 years".to_owned();
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = u32::try_from(fraction.len()).ok().and_then(|places| 10_i128.checked_pow(places));
    let (Some(scale), false) = (scale, digits.contains(['e', 'E'])) else {
        return Err("write this duration as a plain number with a unit, as in `1.5s`".to_owned());
    };
    let number: i128 = format!("{whole}{fraction}").parse().map_err(|_| too_long())?;
    let scaled = number.checked_mul(unit).ok_or_else(too_long)?;
    if scaled % scale != 0 {
        return Err("this is no whole number of nanoseconds".to_owned());
    }
    let nanoseconds = scaled / scale;
    if nanoseconds > i128::from(i64::MAX) { Err(too_long()) } else { Ok(nanoseconds) }
}

/// What to write instead of a word for a unit.
pub(super) fn refused(word: &str) -> Option<String> {
    let (_, hint) = REFUSED.iter().find(|(words, _)| words.contains(&word))?;
    Some(format!("`{word}` is no unit of time: {hint}"))
}

/// Whether this is a unit of time.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.iter().any(|(name, _)| *name == word)
}

/// Reports the duration literals that are wrong, wherever in an argument they stand.
pub(crate) fn complain(tokens: &TokenStream, report: &mut Report) {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => complain(&group.stream(), report),
            TokenTree::Literal(literal) => {
                if let Some(Err(message)) = read_token(&literal) {
                    report.error(literal.span(), message);
                }
            }
            _ => {}
        }
    }
}

/// Puts a `TimeDelta` in the place of each duration literal.
pub(crate) fn translate(tokens: TokenStream, root: &TokenStream) -> TokenStream {
    let translated = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let mut inside = Group::new(group.delimiter(), translate(group.stream(), root));
            inside.set_span(group.span());
            TokenTree::Group(inside).into()
        }
        TokenTree::Literal(literal) => match read_token(&literal) {
            Some(Ok(nanoseconds)) => time_delta(nanoseconds, &literal, root),
            Some(Err(_)) => TokenTree::Ident(nowhere(literal.span())).into(),
            None => TokenTree::Literal(literal).into(),
        },
        token => token.into(),
    });
    translated.collect()
}

fn read_token(literal: &Literal) -> Option<Result<i128, String>> {
    read(&Lit::new(literal.clone()))
}

/// `TimeDelta::nanoseconds(10000000000i64)` for `10s`.
fn time_delta(nanoseconds: i128, literal: &Literal, root: &TokenStream) -> TokenStream {
    let mut number = Literal::i64_suffixed(i64::try_from(nanoseconds).unwrap_or(i64::MAX));
    number.set_span(literal.span());
    let root = respan(root.clone(), literal.span());
    quote_spanned!(literal.span()=> #root::__private::TimeDelta::nanoseconds(#number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let read = |text: &str| read(&syn::parse_str(text).unwrap());
        let cases = [
            ("7ns", 7),
            ("7us", 7_000),
            ("7ms", 7_000_000),
            ("1_000s", 1_000_000_000_000),
            ("5min", 300_000_000_000),
            ("1.5h", 5_400_000_000_000),
            ("2d", 172_800_000_000_000),
            ("0.25us", 250),
            ("0s", 0),
        ];
        for (text, nanoseconds) in cases {
            assert_eq!(read(text), Some(Ok(nanoseconds)), "{text}");
        }
        for text in ["10", "1.5", "0x1d", "10usize", "1f64"] {
            assert_eq!(read(text), None, "{text}");
        }
        for text in [
            "10m",
            "10sec",
            "1h30min",
            "1d2h3s",
            "3w",
            "0.5ns",
            "1e3s",
            "300_000d",
            "99999999999999999999999999999999999999s",
        ] {
            assert!(matches!(read(text), Some(Err(_))), "{text}");
        }
    }
}
