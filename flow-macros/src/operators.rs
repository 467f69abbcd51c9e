//! The catalogue: what each operator takes and gives.
//!
//! One record an operator, in a file of its name. What types its arguments have is not known here: that
//! is for the bounds of the method of the same name in `flow-runtime`.

use proc_macro2::Ident;

mod branch;
mod collect;
mod collect_window;
mod count_final;
mod count_window;
mod count_windower;
mod dedup;
mod enrich_cached;
mod event_clock;
mod filter;
mod filter_map;
mod filter_map_value;
mod filter_value;
mod flat_map;
mod flat_map_batch;
mod flat_map_value;
mod flatten;
mod fold_final;
mod fold_window;
mod input;
mod inspect;
mod inspect_debug;
mod join;
mod join_interval;
mod join_window;
mod key_on;
mod key_rm;
mod map;
mod map_value;
mod max_final;
mod max_window;
mod mean_window;
mod merge;
mod min_final;
mod min_window;
mod output;
mod redistribute;
mod reduce_final;
mod reduce_window;
mod session_windower;
mod sliding_windower;
mod stateful;
mod stateful_batch;
mod stateful_flat_map;
mod stateful_map;
mod sum_window;
mod system_clock;
mod top_k_window;
mod try_map;
mod tumbling_windower;
mod window;

/// All operators that stand behind a dot or begin a chain.
pub(crate) const OPERATORS: &[Operator] = &[
    branch::OPERATOR,
    collect::OPERATOR,
    collect_window::OPERATOR,
    count_final::OPERATOR,
    count_window::OPERATOR,
    dedup::OPERATOR,
    enrich_cached::OPERATOR,
    filter::OPERATOR,
    filter_map::OPERATOR,
    filter_map_value::OPERATOR,
    filter_value::OPERATOR,
    flat_map::OPERATOR,
    flat_map_batch::OPERATOR,
    flat_map_value::OPERATOR,
    flatten::OPERATOR,
    fold_final::OPERATOR,
    fold_window::OPERATOR,
    input::OPERATOR,
    inspect::OPERATOR,
    inspect_debug::OPERATOR,
    join::OPERATOR,
    join_interval::OPERATOR,
    join_window::OPERATOR,
    key_on::OPERATOR,
    key_rm::OPERATOR,
    map::OPERATOR,
    map_value::OPERATOR,
    max_final::OPERATOR,
    max_window::OPERATOR,
    mean_window::OPERATOR,
    merge::OPERATOR,
    min_final::OPERATOR,
    min_window::OPERATOR,
    output::OPERATOR,
    redistribute::OPERATOR,
    reduce_final::OPERATOR,
    reduce_window::OPERATOR,
    stateful::OPERATOR,
    stateful_batch::OPERATOR,
    stateful_flat_map::OPERATOR,
    stateful_map::OPERATOR,
    sum_window::OPERATOR,
    top_k_window::OPERATOR,
    try_map::OPERATOR,
    window::OPERATOR,
];

/// All clocks and windowers that an argument may be made of.
pub(crate) const CONSTRUCTORS: &[Constructor] = &[
    event_clock::CONSTRUCTOR,
    system_clock::CONSTRUCTOR,
    tumbling_windower::CONSTRUCTOR,
    sliding_windower::CONSTRUCTOR,
    session_windower::CONSTRUCTOR,
    count_windower::CONSTRUCTOR,
];

/// What the macro knows of an operator.
pub(crate) struct Operator {
    /// The word in the block, and the runtime's method; see [`Absent::Method`] for one with two methods.
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    pub(crate) gives: Gives,
    /// In the order in which the method takes them.
    pub(crate) parameters: &'static [Parameter],
    pub(crate) body: Body,
    /// Whether a stream may end in it, as in an `output`.
    pub(crate) may_end: bool,
}

impl Operator {
    /// Whether the operator keeps a state per key and makes the keys itself.
    pub(crate) fn makes_keys(&self) -> bool {
        self.body == Body::Stateful && matches!(self.takes, Takes::Any | Takes::Plain)
    }

    /// The parameter that may be this word.
    pub(crate) fn parameter_of(&self, word: &str) -> Option<&'static Parameter> {
        let takes_it = |parameter: &&Parameter| match parameter.kind {
            Kind::Word(words) => words.iter().any(|known| known.word == word),
            _ => false,
        };
        self.parameters.iter().find(takes_it)
    }

    /// The option that a port is only there with.
    pub(crate) fn option_of(&self, port: &Port) -> Option<&'static Parameter> {
        let makes_it = |parameter: &&Parameter| port.is_optional() && parameter.name == port.name;
        self.parameters.iter().find(makes_it)
    }

    /// Whether the operator stands in front of a chain.
    pub(crate) fn begins_a_chain(&self) -> bool {
        matches!(self.takes, Takes::Nothing | Takes::Streams | Takes::Sides { .. })
    }

    /// Whether the operator takes several streams, each of which is a side of its own.
    pub(crate) fn joins(&self) -> bool {
        matches!(self.takes, Takes::Sides { .. })
    }
}

/// What an operator stands on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing: it begins a chain.
    Nothing,
    /// Several streams of one kind, as arguments: it begins a chain.
    Streams,
    /// Two keyed streams or more, as arguments, with values of their own types: it begins a chain.
    Sides { most: usize },
    /// Any stream.
    Any,
    /// A stream without keys.
    Plain,
    /// A keyed stream.
    Keyed,
}

/// What an operator gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    /// Nothing: it ends a stream.
    Nothing,
    /// A stream without keys.
    Plain,
    /// A keyed stream.
    Keyed,
    /// A stream that is keyed if what it stands on is.
    Same,
    /// Several.
    Ports(Ports),
}

/// The streams of an operator that gives several.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) ports: &'static [Port],
    /// The runtime's enum that says which of them an item goes to.
    pub(crate) choice: &'static str,
}

/// One of several streams.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Port {
    pub(crate) name: &'static str,
    /// Its variant of the enum.
    pub(crate) variant: &'static str,
    pub(crate) keyed: PortKind,
    /// Whether something is lost in silence if nobody takes it.
    pub(crate) required: bool,
}

impl Port {
    /// Whether it is only there with the option of its name.
    pub(crate) fn is_optional(&self) -> bool {
        self.name == EARLY.name
    }
}

/// Whether a port's stream is keyed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PortKind {
    Plain,
    Keyed,
    /// If what the operator stands on is.
    Same,
}

/// How an operator's code looks in the second half of the expansion.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// Items come from a source.
    Source,
    /// `call(item)` gives one item.
    One,
    /// `call(activation, item)` gives one item.
    Informed,
    /// `keeps(&item)` says whether it goes on.
    Keep,
    /// `call(item)` gives an `Option`.
    Maybe,
    /// `call(item)` gives an iterator.
    Many,
    /// `call(item)` says which port the item goes to.
    Choice,
    /// Items wait until the activation settles, and `call(activation, &mut items)` gives an iterator. Where items
    /// go one by one, `single(item)` does.
    Batch,
    /// Items of several streams wait in one queue.
    Merge,
    /// Items wait for their key's state. Where the operator takes streams without keys too, `call(item)` gives
    /// the pair of key and value that waits.
    Stateful,
    /// `write(item)` takes it out of the flow.
    Sink,
}

/// One parameter of an operator, a clock or a windower.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) absent: Absent,
}

/// What it means that a parameter is not written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    /// Something is missing.
    Mistake,
    /// It has this value.
    Value(&'static str),
    /// It is a length of time, and then as long as there is.
    Forever,
    /// It is a length of time, and then as long as there is; but something is missing unless this other
    /// parameter is written.
    Unless(&'static str),
    /// The operator's method does without it. Where it is written, the method of this name takes it: so a
    /// closure that may be left out is still inferred from the bound of a method.
    Method(&'static str),
    /// It is an option: all that are written become one last argument.
    Option,
}

/// What the macro can check of an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A closure or a function, and what the closure looks like.
    Function(&'static str),
    /// A closure or a function; of each side of a join, one.
    Getter,
    /// A closure of nothing, or such a function.
    Builder,
    /// A length of time, more than zero.
    Length,
    /// A length of time, more than zero and no more than another parameter.
    LengthWithin(&'static str),
    /// A length of time, zero or more.
    Wait,
    /// A number, at least one.
    Count,
    /// A number, at least one and no more than another parameter.
    CountWithin(&'static str),
    /// `true` or `false`.
    Flag,
    /// `true` or `false`, written out, because types depend on it. The runtime's options have a method of this name
    /// for `true`.
    Switch(&'static str),
    /// A number of items, at least one, or a length of time, more than zero.
    Trigger,
    /// One of these words.
    Word(&'static [Word]),
    /// A clock: one of the catalogue's, or a value.
    Clock,
    /// A windower: one of the catalogue's, or a value.
    Windower,
    /// A sink: a closure of the items, or a value.
    Sink,
    /// Any value.
    Value,
}

/// A word that an argument may be.
#[derive(PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) word: &'static str,
    /// The runtime's value of that meaning.
    pub(crate) value: &'static str,
}

/// A clock or a windower, as it is written in an argument.
pub(crate) struct Constructor {
    /// The word in the block, and the runtime's type.
    pub(crate) name: &'static str,
    pub(crate) makes: Kind,
    pub(crate) parameters: &'static [Parameter],
    /// The runtime's method that makes it, on the stream in front: closures are inferred from that.
    pub(crate) function: &'static str,
}

/// A parameter that has to be written.
const fn required(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, absent: Absent::Mistake }
}

/// A parameter that may be left out.
const fn optional(name: &'static str, kind: Kind, default: &'static str) -> Parameter {
    Parameter { name, kind, absent: Absent::Value(default) }
}

/// A length of time that may be left out, and is then as long as there is.
const fn endless(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, absent: Absent::Forever }
}

/// A parameter that may be left out, and with which another method of the runtime is called.
const fn choosing(name: &'static str, kind: Kind, method: &'static str) -> Parameter {
    Parameter { name, kind, absent: Absent::Method(method) }
}

/// An option, which may be left out.
const fn option(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, absent: Absent::Option }
}

/// An operator that looks at one item at a time and takes one closure.
const fn closure(
    name: &'static str,
    takes: Takes,
    gives: Gives,
    parameter: &'static [Parameter],
    body: Body,
) -> Operator {
    Operator { name, takes, gives, parameters: parameter, body, may_end: false }
}

/// The value of a word that means the same as none.
pub(crate) const NOTHING: &str = "";

/// How many streams can be joined: the runtime has rows of so many values.
const MOST_SIDES: usize = 12;

/// Which of a side's values a join keeps.
const INSERT_MODES: Kind = Kind::Word(&[
    Word { word: "first", value: "FIRST" },
    Word { word: "last", value: "LAST" },
    Word { word: "product", value: "PRODUCT" },
]);

/// When a join gives its rows.
const EMIT_MODES: Kind = Kind::Word(&[
    Word { word: "complete", value: "COMPLETE" },
    Word { word: "final", value: "FINAL" },
    Word { word: "running", value: "RUNNING" },
]);

/// The option `ordered` of the operators over windows.
const ORDERED: Parameter = option("ordered", Kind::Flag);

/// The option `bounds` of the operators over windows.
const BOUNDS: Parameter = option("bounds", Kind::Switch("with_bounds"));

/// The option `late_when` of the operators over windows.
const LATE_WHEN: Parameter = option(
    "late_when",
    Kind::Word(&[
        Word { word: "watermark_passed", value: "WATERMARK_PASSED" },
        Word { word: "window_closed", value: "WINDOW_CLOSED" },
    ]),
);

/// The option `forget_keys_after` of the operators over windows.
const FORGET_KEYS_AFTER: Parameter = option("forget_keys_after", Kind::Length);

/// The option `early` of those operators over windows that fold.
const EARLY: Parameter = option("early", Kind::Trigger);

/// The ports of the operators over windows. The last is there only with the option of its name.
const WINDOW_PORTS: Gives = Gives::Ports(Ports {
    ports: &[
        Port { name: "down", variant: "Down", keyed: PortKind::Keyed, required: false },
        Port { name: "late", variant: "Late", keyed: PortKind::Keyed, required: false },
        Port { name: "meta", variant: "Meta", keyed: PortKind::Keyed, required: false },
        Port { name: "early", variant: "Early", keyed: PortKind::Keyed, required: false },
    ],
    choice: "WindowEvent",
});

/// Whether an argument may be this word, which is none of Rust's.
pub(crate) fn is_word(word: &str) -> bool {
    if matches!(word, "true" | "false") {
        return false;
    }
    let of_parameters = OPERATORS.iter().flat_map(|operator| operator.parameters);
    let words = of_parameters.filter_map(|parameter| match parameter.kind {
        Kind::Word(words) => Some(words),
        _ => None,
    });
    words.flatten().any(|known| known.word == word)
}

/// Whether anything has a parameter of this name.
pub(crate) fn is_parameter(name: &Ident) -> bool {
    let of_operators = OPERATORS.iter().flat_map(|operator| operator.parameters);
    let of_constructors = CONSTRUCTORS.iter().flat_map(|constructor| constructor.parameters);
    of_operators.chain(of_constructors).any(|parameter| name == parameter.name)
}

/// Whether any operator has a port of this name.
pub(crate) fn is_port(name: &Ident) -> bool {
    OPERATORS.iter().any(|operator| match operator.gives {
        Gives::Ports(ports) => ports.ports.iter().any(|port| name == port.name),
        _ => false,
    })
}

/// The operator of this name.
pub(crate) fn find(name: &str) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.name == name)
}

/// The clock or windower of this name.
pub(crate) fn find_constructor(name: &str) -> Option<&'static Constructor> {
    CONSTRUCTORS.iter().find(|constructor| constructor.name == name)
}
