//! What other libraries call what a block has: whoever writes that is told our word.

/// Operators, and their names elsewhere.
const OPERATORS: &[(&str, &[&str])] = &[
    ("branch", &["partition", "split"]),
    ("collect", &["batch", "buffer", "chunk", "chunks", "group"]),
    ("dedup", &["distinct", "unique"]),
    ("enrich_cached", &["lookup"]),
    ("filter", &["retain", "where_"]),
    ("fold_final", &["aggregate"]),
    ("fold_window", &["aggregate"]),
    ("input", &["from", "read", "source"]),
    ("inspect", &["debug", "for_each", "foreach", "peek", "tap"]),
    ("join", &["co_group", "zip"]),
    ("key_on", &["group_by", "groupby", "key", "key_by", "keyby", "keyed", "partition_by"]),
    ("key_rm", &["drop_key", "remove_key", "unkey", "values"]),
    ("map", &["apply", "select", "transform"]),
    ("merge", &["chain", "concat", "extend", "interleave", "union"]),
    ("output", &["print", "sink", "to", "write"]),
    ("redistribute", &["exchange", "rebalance", "repartition", "shuffle"]),
    ("stateful", &["process"]),
    ("stateful_map", &["map_with_state", "scan"]),
    ("try_map", &["map_err", "parse"]),
    ("window", &["windowed"]),
];

/// Arguments, and their names elsewhere.
const ARGUMENTS: &[(&str, &[&str])] = &[
    ("align_to", &["epoch", "origin", "start"]),
    ("builder", &["init", "initial", "seed", "start", "zero"]),
    ("by", &["compare", "key"]),
    ("folder", &["f", "func", "function", "op"]),
    ("gap", &["inactivity", "pause", "timeout"]),
    ("idle_timeout", &["gap"]),
    ("k", &["count", "limit", "n"]),
    ("length", &["count", "duration", "period", "size", "width"]),
    ("max_size", &["capacity", "count", "length", "limit", "n"]),
    ("mapper", &["f", "func", "function"]),
    ("offset", &["every", "hop", "period", "slide", "step"]),
    ("reducer", &["f", "func", "function", "op"]),
    ("timeout", &["duration", "every", "interval", "max_wait"]),
    ("ts_getter", &["dt_getter", "time", "timestamp"]),
    ("ttl", &["expires", "timeout"]),
    ("wait_for_system_duration", &["delay", "lateness", "allowed_lateness", "max_delay"]),
    ("within", &["ttl", "timeout"]),
];

/// What to write instead of a method of Rust's that a stream has not.
pub(crate) fn advice(word: &str) -> Option<&'static str> {
    Some(match word {
        "clone" | "cloned" | "copied" | "to_owned" => "a stream may be used several times as it is",
        "expect" | "ok" | "unwrap" | "unwrap_or" => {
            "what is an `Option` or a `Result` is each item, for `filter_map` and `try_map`"
        }
        "into_iter" | "iter" | "iter_mut" => "a stream is no iterator, operators hang on it directly",
        "EventClock" | "SystemClock" | "event_clock" | "system_clock" => {
            "a clock is an argument, as in `count_window(clock = SystemClock(), …)`"
        }
        "run" | "start" => "a block is a flow, which runs where it is used: `flow.run()`",
        "session" | "session_window" | "sliding" | "sliding_window" | "tumbling" | "tumbling_window"
        | "CountWindower" | "SessionWindower" | "SlidingWindower" | "TumblingWindower" => {
            "windows are an argument, as in `count_window(…, windower = SessionWindower(gap = 10s))`"
        }
        _ => return None,
    })
}

/// Whether `written` is what others call the operator `ours`.
pub(crate) fn is_operator(written: &str, ours: &str) -> bool {
    is_in(OPERATORS, written, ours)
}

/// Whether `written` is what others call the argument `ours`.
pub(crate) fn is_argument(written: &str, ours: &str) -> bool {
    is_in(ARGUMENTS, written, ours)
}

fn is_in(table: &[(&str, &[&str])], written: &str, ours: &str) -> bool {
    table.iter().any(|(name, others)| *name == ours && others.contains(&written))
}

#[cfg(test)]
mod tests {
    use super::{ARGUMENTS, OPERATORS};
    use crate::operators;

    #[test]
    fn each_word_that_is_told_is_one_of_a_block() {
        for (ours, _) in OPERATORS {
            assert!(operators::find(ours).is_some(), "{ours}");
        }
        for (ours, _) in ARGUMENTS {
            let ours = proc_macro2::Ident::new(ours, proc_macro2::Span::call_site());
            assert!(operators::is_parameter(&ours), "{ours}");
        }
    }

    #[test]
    fn no_word_of_others_is_an_operator_of_a_block() {
        let others = OPERATORS.iter().flat_map(|(_, others)| *others);
        let ours: Vec<_> = others.filter(|word| operators::find(word).is_some()).collect();
        assert!(ours.is_empty(), "{ours:?}");
    }
}
