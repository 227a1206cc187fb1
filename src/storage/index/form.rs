//! The form that an index is written in: another for each version of whatever decides what is in it.

/// An index of another form is not read. It changes by itself when the code that reads snapshots, draws digests from them or
/// packs them does: nobody has to remember to raise a number.
pub(super) const FORM: u64 = {
    let mut hash = fnv(0xcbf2_9ce4_8422_2325, env!("CARGO_PKG_VERSION").as_bytes());
    let mut at = 0;
    while at < SOURCES.len() {
        hash = fnv(hash, SOURCES[at].as_bytes());
        at += 1;
    }
    hash
};

const fn fnv(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

const SOURCES: [&str; 51] = [
    include_str!("bytes.rs"),
    include_str!("shelf.rs"),
    include_str!("stamp.rs"),
    include_str!("week.rs"),
    include_str!("mod.rs"),
    include_str!("../codec.rs"),
    include_str!("../load.rs"),
    include_str!("../source.rs"),
    include_str!("../../model/agenda/mod.rs"),
    include_str!("../../model/agenda/step.rs"),
    include_str!("../../model/alignment.rs"),
    include_str!("../../model/by_id.rs"),
    include_str!("../../model/checkin.rs"),
    include_str!("../../model/columns.rs"),
    include_str!("../../model/declined.rs"),
    include_str!("../../model/digest.rs"),
    include_str!("../../model/far.rs"),
    include_str!("../../model/finding.rs"),
    include_str!("../../model/goal.rs"),
    include_str!("../../model/id.rs"),
    include_str!("../../model/kpi.rs"),
    include_str!("../../model/number.rs"),
    include_str!("../../model/people.rs"),
    include_str!("../../model/record.rs"),
    include_str!("../../model/register/capacity.rs"),
    include_str!("../../model/register/card.rs"),
    include_str!("../../model/register/communication.rs"),
    include_str!("../../model/register/condition.rs"),
    include_str!("../../model/register/declare.rs"),
    include_str!("../../model/register/development.rs"),
    include_str!("../../model/register/experiment.rs"),
    include_str!("../../model/register/idea.rs"),
    include_str!("../../model/register/mod.rs"),
    include_str!("../../model/register/scenario.rs"),
    include_str!("../../model/register/sense.rs"),
    include_str!("../../model/register/signal.rs"),
    include_str!("../../model/register/stakeholder.rs"),
    include_str!("../../model/register/swot.rs"),
    include_str!("../../model/register/technology.rs"),
    include_str!("../../model/register/value.rs"),
    include_str!("../../model/register/waste.rs"),
    include_str!("../../model/review/mod.rs"),
    include_str!("../../model/scale.rs"),
    include_str!("../../model/snapshot.rs"),
    include_str!("../../model/status.rs"),
    include_str!("../../model/strategy.rs"),
    include_str!("../../model/trace.rs"),
    include_str!("../../model/unread.rs"),
    include_str!("../../model/week.rs"),
    include_str!("../../model/workspace.rs"),
    include_str!("../../model/zone.rs"),
];
