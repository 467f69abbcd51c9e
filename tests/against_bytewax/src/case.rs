//! What a case is: an operator, its configuration, and its input.

use serde::Serialize;

/// One comparison. All times are microseconds from 1970, all lengths of time microseconds.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Case {
    pub(crate) operator: Operator,
    /// How long a tick of the system time is. None where nothing but items moves windows in Bytewax, and the
    /// time at which something comes out is not compared.
    pub(crate) tick: Option<i64>,
    /// Numbers for the closures.
    pub(crate) a: i64,
    pub(crate) b: i64,
    pub(crate) m: i64,
    /// Of `collect` and `collect_idle`, and how long `enrich_cached` remembers.
    pub(crate) timeout: i64,
    pub(crate) max_size: usize,
    /// Of joins.
    pub(crate) sides: u8,
    pub(crate) insert_mode: Insert,
    pub(crate) emit_mode: Emit,
    pub(crate) window: Option<Window>,
    /// In order of their system times.
    pub(crate) rows: Vec<Row>,
    /// How ours runs, which must not show.
    #[serde(skip)]
    pub(crate) batch: usize,
    #[serde(skip)]
    pub(crate) partitions: u32,
}

/// Clock and windower.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Window {
    pub(crate) clock: Clock,
    pub(crate) wait: i64,
    pub(crate) windower: Windower,
    pub(crate) length: i64,
    pub(crate) offset: i64,
    pub(crate) gap: i64,
    pub(crate) align_to: i64,
    pub(crate) ordered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Clock {
    Event,
    System,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Windower {
    Tumbling,
    Sliding,
    Session,
}

/// Which values of a side a join keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Insert {
    First,
    Last,
    Product,
}

/// When a join gives rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Emit {
    Complete,
    Final,
    Running,
}

/// An item: its key, event time, system time, number, and the side of a join that it is for.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Row(pub(crate) u8, pub(crate) i64, pub(crate) i64, pub(crate) i64, pub(crate) u8);

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Operator {
    Map,
    Filter,
    FilterMap,
    FlatMap,
    Flatten,
    Chain,
    BranchMerge,
    EnrichCached,
    KeyedValues,
    StatefulMap,
    StatefulFlatMap,
    Stateful,
    Collect,
    CollectIdle,
    CountFinal,
    FoldFinal,
    ReduceFinal,
    MaxFinal,
    MinFinal,
    CollectWindow,
    CollectWindowSet,
    CollectWindowMap,
    FoldWindow,
    ReduceWindow,
    CountWindow,
    MaxWindow,
    MinWindow,
    Join,
    JoinWindow,
}

impl Operator {
    /// Those without keys and state: a hundredth of the cases each.
    pub(crate) const STATELESS: &[Self] = &[
        Self::Map,
        Self::Filter,
        Self::FilterMap,
        Self::FlatMap,
        Self::Flatten,
        Self::Chain,
        Self::BranchMerge,
        Self::EnrichCached,
        Self::KeyedValues,
    ];

    /// Those with a state per key and without windows.
    pub(crate) const KEYED: &[Self] = &[
        Self::StatefulMap,
        Self::StatefulFlatMap,
        Self::Stateful,
        Self::Stateful,
        Self::Collect,
        Self::Collect,
        Self::Collect,
        Self::CollectIdle,
        Self::CountFinal,
        Self::FoldFinal,
        Self::ReduceFinal,
        Self::MaxFinal,
        Self::MinFinal,
        Self::Join,
        Self::Join,
        Self::Join,
    ];

    /// Those with windows.
    pub(crate) const WINDOWED: &[Self] = &[
        Self::CollectWindow,
        Self::CollectWindowSet,
        Self::CollectWindowMap,
        Self::FoldWindow,
        Self::FoldWindow,
        Self::ReduceWindow,
        Self::CountWindow,
        Self::MaxWindow,
        Self::MinWindow,
        Self::JoinWindow,
        Self::JoinWindow,
        Self::JoinWindow,
    ];

    /// Whether `ordered` can be said in Bytewax; where it cannot, items are taken as they arrive.
    pub(crate) fn can_be_ordered(self) -> bool {
        matches!(self, Self::CollectWindow | Self::FoldWindow) || self.is_of_event_time()
    }

    /// Whether it goes by event time only, which spares many flows, and can be ordered.
    pub(crate) fn is_of_event_time(self) -> bool {
        matches!(self, Self::CollectWindowSet | Self::CollectWindowMap | Self::JoinWindow)
    }

    /// The one of this name.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let all = [Self::STATELESS, Self::KEYED, Self::WINDOWED].into_iter().flatten();
        all.copied().find(|operator| operator.name() == name).ok_or_else(|| format!("no operator `{name}`"))
    }

    /// Whether timers of its own are all that it is about.
    pub(crate) fn is_timed(self) -> bool {
        matches!(self, Self::Stateful | Self::CollectIdle)
    }

    /// Its name in the report.
    pub(crate) fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}
