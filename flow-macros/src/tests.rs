//! Snapshots of what blocks expand to.
