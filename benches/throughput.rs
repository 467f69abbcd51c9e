//! Our flows against the loops that one would write by hand: the same work, the same data, in one run.
//!
//! `cargo bench --bench throughput` prints nanoseconds per item and the ratio of the two, the median over
//! several rounds in which the contestants take turns. The checksums of all contestants must agree.
//!
//! * `-- --rounds 20` takes more rounds, `-- --items 1000` fewer items, `-- --only w2` some of the work, and
//!   `-- --only w2/flow --rounds 1` one contestant alone, to be looked at by a profiler.
//! * `-- --instructions check` counts instructions under callgrind and compares them with
//!   `benches/instructions.txt`; `-- --instructions write` writes that file.

mod instructions;
mod race;
mod workloads;

fn main() {
    let arguments = race::Arguments::read();
    match arguments.value("--instructions") {
        Some("write") => instructions::run(true),
        Some("check") => instructions::run(false),
        Some(other) => panic!("`--instructions` takes `check` or `write`, not `{other}`"),
        None => race::run(&arguments, &workloads::Nobody, None),
    }
}
