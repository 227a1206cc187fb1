//! The scorecard of a week, and the order in which the room looks at it: what is exceptional first.

use std::collections::HashMap;

use super::status;
use super::xmr::{self, Charts, State};
use crate::model::by_id::Record;
use crate::model::id::{KpiId, PerspectiveId};
use crate::model::kpi::Kpi;
use crate::model::review::{KpiEntry, Review};
use crate::model::snapshot::{KpiWeek, Snapshot};
use crate::model::standing::Reported;
use crate::model::status::Status;
use crate::model::strategy::{Perspective, Strategy};
use crate::model::week::Week;
use crate::model::workspace::Config;

/// Every KPI in the strategy's order, with what the review says of it.
#[must_use]
pub fn of_review(config: &Config, strategy: &Strategy, review: &Review) -> Vec<KpiWeek> {
    let entries: HashMap<&KpiId, &KpiEntry> = review.kpis.iter().map(|e| (&e.kpi, e)).collect();
    strategy
        .kpis
        .iter()
        .map(|kpi| match entries.get(&kpi.id) {
            Some(entry) => stand(config, kpi, review.week, entry),
            None => stand(config, kpi, review.week, &KpiEntry::new(kpi.id.clone())),
        })
        .collect()
}

/// Every KPI in the strategy's order, with what check-ins and imports reported: the state before a review starts.
///
/// Of two readings of one KPI the later in the list counts.
#[must_use]
pub fn of_readings(config: &Config, strategy: &Strategy, week: Week, readings: &[Reported]) -> Vec<KpiWeek> {
    let reported: HashMap<&KpiId, &Reported> = readings.iter().map(|r| (&r.reading.kpi, r)).collect();
    strategy
        .kpis
        .iter()
        .map(|kpi| {
            let mut entry = KpiEntry::new(kpi.id.clone());
            if let Some(Reported { reading, origin }) = reported.get(&kpi.id) {
                entry.reading = Some(reading.value);
                entry.origin = *origin;
                entry.note.clone_from(&reading.note);
            }
            stand(config, kpi, week, &entry)
        })
        .collect()
}

fn stand(config: &Config, kpi: &Kpi, week: Week, entry: &KpiEntry) -> KpiWeek {
    KpiWeek {
        kpi: kpi.id.clone(),
        reading: entry.reading,
        origin: entry.origin,
        aim: kpi.aim_in(week),
        computed: status::of_reading(kpi, week, entry.reading, &config.thresholds),
        marked: entry.mark,
        note: entry.note.clone(),
    }
}

/// Why a KPI is put before the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nobody reported a value.
    NoReading,
    /// The computed status is off track.
    OffTrack,
    /// The readings are not routine this week: something is to be explained, be it good or bad.
    Signal(xmr::Signal),
    /// The computed status is not what it was last week; both are known.
    Changed {
        /// What it was.
        from: Status,
    },
    /// The computed status is at risk.
    AtRisk,
    /// Last week the team marked another status than the computed one.
    MarkDiffers,
    /// The process as it is will miss the target: locked limits say so.
    BeyondProcess,
}

impl Reason {
    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::NoReading => say!("no reading").to_owned(),
            Self::OffTrack => say!("off track").to_owned(),
            Self::Signal(signal) => match signal.limits {
                State::None | State::Provisional => say!("early signal: {signal}", signal = signal.label()),
                State::Firm | State::Locked => say!("signal: {signal}", signal = signal.label()),
            },
            Self::Changed { from } => say!("was {from}", from),
            Self::AtRisk => say!("at risk").to_owned(),
            Self::MarkDiffers => say!("marked otherwise last week").to_owned(),
            Self::BeyondProcess => say!("target out of reach").to_owned(),
        }
    }
}

/// A row of the Scorecard step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which KPI.
    pub kpi: KpiId,
    /// Why it is an exception; none for routine.
    pub reason: Option<Reason>,
}

impl Record for Row {
    type Id = KpiId;

    fn id(&self) -> &KpiId {
        &self.kpi
    }
}

/// The rows in the order the room takes them: exceptions, then routine; within each by perspective, then in file order.
///
/// The charts are those of the week shown; a KPI without one has neither signal nor limits. Depends on readings, what is
/// computed from them and last week alone, never on the marks given now, so that no row jumps away under the hand that marks
/// it.
#[must_use]
pub fn rows(
    strategy: &Strategy,
    perspectives: &[Perspective],
    now: &[KpiWeek],
    previous: Option<&Snapshot>,
    charts: &Charts,
) -> Vec<Row> {
    let place: HashMap<&PerspectiveId, usize> = perspectives.iter().enumerate().map(|(at, p)| (&p.id, at)).collect();
    let now: HashMap<&KpiId, &KpiWeek> = now.iter().map(|k| (&k.kpi, k)).collect();
    let before: HashMap<&KpiId, &KpiWeek> =
        previous.map(|s| s.scorecard.iter().map(|k| (&k.kpi, k)).collect()).unwrap_or_default();
    let mut sorted: Vec<(bool, usize, Row)> = strategy
        .kpis
        .iter()
        .map(|kpi| {
            let chart = charts.get(&kpi.id).map(AsRef::as_ref);
            let reason = reason(now.get(&kpi.id).copied(), before.get(&kpi.id).copied(), chart);
            let perspective = place.get(&kpi.perspective).copied().unwrap_or(usize::MAX);
            (reason.is_none(), perspective, Row { kpi: kpi.id.clone(), reason })
        })
        .collect();
    // Stable: within a perspective the order of the file stays.
    sorted.sort_by_key(|(routine, perspective, _)| (*routine, *perspective));
    sorted.into_iter().map(|(.., row)| row).collect()
}

/// The first reason that holds, strongest first.
fn reason(now: Option<&KpiWeek>, before: Option<&KpiWeek>, chart: Option<&xmr::Chart>) -> Option<Reason> {
    let Some(now) = now.filter(|k| k.reading.is_some()) else { return Some(Reason::NoReading) };
    if now.computed == Status::OffTrack {
        return Some(Reason::OffTrack);
    }
    if let Some(signal) = chart.and_then(|c| c.strongest) {
        return Some(Reason::Signal(signal));
    }
    let known = |s: Status| s.badness().is_some();
    let from = before.map(|b| b.computed).filter(|from| known(*from) && known(now.computed) && *from != now.computed);
    if let Some(from) = from {
        return Some(Reason::Changed { from });
    }
    if now.computed == Status::AtRisk {
        return Some(Reason::AtRisk);
    }
    if before.is_some_and(|b| b.marked.is_some_and(|m| m != b.computed)) {
        return Some(Reason::MarkDiffers);
    }
    chart.is_some_and(xmr::Chart::misses_target).then_some(Reason::BeyondProcess)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::insight::seal::seal;
    use crate::model::checkin::Reading;
    use crate::model::history::History;
    use crate::model::kpi::Origin;
    use crate::model::review::{Change, Edit};

    fn put(review: &mut Review, kpi: &str, reading: Option<f64>, mark: Option<Status>) {
        let entry = KpiEntry { reading: reading.map(number), mark, ..KpiEntry::new(id(kpi)) };
        review.apply(Edit::Kpi(Change::put(entry)));
    }

    fn four() -> crate::model::workspace::Workspace {
        let mut workspace = workspace();
        workspace.strategy.kpis = ["a", "b", "c", "d"].map(kpi).to_vec().into();
        workspace
    }

    fn order(workspace: &crate::model::workspace::Workspace, review: &Review) -> Vec<(String, Option<Reason>)> {
        order_after(workspace, review, &History::default())
    }

    fn order_after(
        workspace: &crate::model::workspace::Workspace,
        review: &Review,
        history: &History,
    ) -> Vec<(String, Option<Reason>)> {
        let now = of_review(&workspace.config, &workspace.strategy, review);
        let charts = xmr::charts(&workspace.strategy.kpis, history, review.week, &now);
        rows(&workspace.strategy, &workspace.config.perspectives, &now, workspace.latest.as_deref(), &charts)
            .into_iter()
            .map(|r| (r.kpi.to_string(), r.reason))
            .collect()
    }

    #[test]
    fn every_kpi_stands_in_the_files_order_with_reading_and_mark() {
        let workspace = four();
        let mut review = review();
        put(&mut review, "c", Some(412.0), Some(Status::OffTrack));
        let now = of_review(&workspace.config, &workspace.strategy, &review);
        assert_eq!(now.iter().map(|k| k.kpi.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
        assert_eq!((now[2].computed, now[2].marked), (Status::AtRisk, Some(Status::OffTrack)));
        assert_eq!((now[0].computed, now[0].reading), (Status::Unknown, None));
    }

    #[test]
    fn before_a_review_the_readings_of_check_ins_count_and_the_later_one_wins() {
        let workspace = four();
        let reading = |v| Reported {
            reading: Reading { kpi: id("b"), value: number(v), note: "counted".to_owned() },
            origin: Origin::CheckIn,
        };
        let readings = [reading(1.0), reading(500.0)];
        let now = of_readings(&workspace.config, &workspace.strategy, week(NOW), &readings);
        assert_eq!(
            (now[1].computed, now[1].origin, now[1].note.as_str()),
            (Status::OnTrack, Origin::CheckIn, "counted")
        );
        assert_eq!(now[0].computed, Status::Unknown);
    }

    #[test]
    fn exceptions_come_first_each_with_its_strongest_reason() {
        let mut workspace = four();
        let mut last = review();
        last.week = week(NOW).previous();
        put(&mut last, "a", Some(460.0), None);
        put(&mut last, "b", Some(420.0), None);
        put(&mut last, "c", Some(460.0), Some(Status::AtRisk));
        workspace.latest = Some(seal(&workspace, &last, &History::default(), at("10:00")).into());
        let mut now = review();
        put(&mut now, "a", Some(460.0), None);
        put(&mut now, "b", Some(460.0), None);
        put(&mut now, "c", Some(460.0), None);
        let seen = order(&workspace, &now);
        assert_eq!(
            seen,
            [
                ("b".to_owned(), Some(Reason::Changed { from: Status::AtRisk })),
                ("c".to_owned(), Some(Reason::MarkDiffers)),
                ("d".to_owned(), Some(Reason::NoReading)),
                ("a".to_owned(), None),
            ]
        );
        put(&mut now, "b", Some(10.0), None);
        assert_eq!(order(&workspace, &now)[0].1, Some(Reason::OffTrack));
    }

    /// Half a year in which `a` and `b` swung by 4 around these levels.
    fn half_a_year(a: f64, b: f64) -> History {
        history(26, |digest| {
            let swing = f64::from(digest.week.number() % 2) * 4.0 - 2.0;
            let both = [("a", a), ("b", b)].map(|(k, v)| seen(k, Some(v + swing), Status::OnTrack));
            digest.kpis = both.into_iter().collect();
        })
    }

    #[test]
    fn a_signal_is_an_exception_whichever_way_it_points() {
        let workspace = four();
        let calm = half_a_year(470.0, 470.0);
        let mut now = review();
        put(&mut now, "a", Some(490.0), None);
        put(&mut now, "b", Some(469.0), None);
        let seen = order_after(&workspace, &now, &calm);
        let labels: Vec<_> = seen.iter().map(|(k, r)| (k.as_str(), r.map(Reason::label).unwrap_or_default())).collect();
        let want = [("a", "signal: above limits"), ("c", "no reading"), ("d", "no reading"), ("b", "")];
        assert_eq!(labels, want.map(|(k, l)| (k, l.to_owned())));
        put(&mut now, "a", Some(10.0), None);
        assert_eq!(order_after(&workspace, &now, &calm)[0].1, Some(Reason::OffTrack), "off track is stronger");
        put(&mut now, "a", Some(450.0), None);
        assert_eq!(order_after(&workspace, &now, &calm)[0].1.unwrap().label(), "signal: below limits");
        put(&mut now, "a", Some(440.0), None);
        assert!(matches!(order_after(&workspace, &now, &calm)[0].1, Some(Reason::Signal(_))), "stronger than at risk");
    }

    #[test]
    fn a_signal_by_few_readings_says_that_it_is_early() {
        let workspace = four();
        let mut now = review();
        put(&mut now, "a", Some(530.0), None);
        let weeks: History = history(8, |digest| {
            let swing = f64::from(digest.week.number() % 2);
            digest.kpis = vec![seen("a", Some(460.0 + swing), Status::OnTrack)].into();
        });
        assert_eq!(order_after(&workspace, &now, &weeks)[0].1.unwrap().label(), "early signal: above limits");
    }

    #[test]
    fn a_signal_of_last_week_that_is_over_is_no_exception_any_more() {
        let workspace = four();
        let mut weeks = half_a_year(470.0, 470.0);
        let mut last = digest(week(NOW).previous());
        last.kpis = vec![seen("a", Some(491.0), Status::OnTrack)].into();
        weeks.insert(last);
        let mut now = review();
        now.week = week(NOW);
        put(&mut now, "a", None, None);
        assert_eq!(order_after(&workspace, &now, &weeks)[0].1, Some(Reason::NoReading));
        put(&mut now, "b", Some(470.0), None);
        assert_eq!(order_after(&workspace, &now, &weeks).last().unwrap(), &("b".to_owned(), None));
    }

    #[test]
    fn a_target_that_the_process_will_miss_is_the_weakest_reason() {
        let mut workspace = four();
        workspace.config.thresholds.tolerance_percent = number(50.0);
        let low = half_a_year(400.0, 470.0);
        let mut now = review();
        put(&mut now, "a", Some(401.0), None);
        let first = |workspace: &_, now: &_| order_after(workspace, now, &low)[0].clone();
        assert_eq!(first(&workspace, &now), ("a".to_owned(), Some(Reason::AtRisk)));
        // Where the team holds nothing against the week itself: its target is reached by chance alone.
        put(&mut now, "a", Some(405.0), None);
        workspace.strategy.kpis[0].targets[0].aim = crate::model::kpi::Aim::At(number(450.0));
        let mut chart = (*xmr::charts(&workspace.strategy.kpis, &low, now.week, &[])[&id::<KpiId>("a")]).clone();
        assert!(chart.misses_target());
        let on_track =
            KpiWeek { computed: Status::OnTrack, ..of_review(&workspace.config, &workspace.strategy, &now)[0].clone() };
        assert_eq!(reason(Some(&on_track), None, Some(&chart)), Some(Reason::BeyondProcess));
        let marked = KpiWeek { marked: Some(Status::AtRisk), ..on_track.clone() };
        assert_eq!(reason(Some(&on_track), Some(&marked), Some(&chart)), Some(Reason::MarkDiffers));
        chart.phases[0].state = State::Firm;
        assert_eq!(reason(Some(&on_track), None, Some(&chart)), None, "limits that are not locked do not say so");
    }

    #[test]
    fn no_row_moves_while_marking() {
        let workspace = four();
        let weeks = half_a_year(470.0, 470.0);
        let mut review = review();
        put(&mut review, "a", Some(490.0), None);
        put(&mut review, "b", Some(412.0), None);
        let before = order_after(&workspace, &review, &weeks);
        assert!(matches!(before[0].1, Some(Reason::Signal(_))));
        for mark in [Status::OffTrack, Status::AtRisk, Status::OnTrack, Status::Unknown] {
            put(&mut review, "a", Some(490.0), Some(mark));
            put(&mut review, "b", Some(412.0), Some(mark));
            assert_eq!(order_after(&workspace, &review, &weeks), before);
        }
    }

    #[test]
    fn within_exceptions_and_routine_the_perspectives_keep_their_order() {
        let mut workspace = four();
        workspace.config.perspectives = crate::model::workspace::four_perspectives();
        workspace.strategy.kpis[2].perspective = id("financial");
        workspace.strategy.kpis[3].perspective = id("unheard-of");
        workspace.strategy.kpis.swap(0, 3);
        let names: Vec<_> = order(&workspace, &review()).into_iter().map(|r| r.0).collect();
        assert_eq!(names, ["c", "b", "a", "d"]);
    }
}
