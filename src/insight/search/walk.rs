//! Everything of every week that can be found, oldest first.

use std::collections::{HashMap, HashSet};

use super::fold::Word;
use super::{Kind, Place, quarters};
use crate::model::history::{History, Topic, WeekDigest, Words};
use crate::model::id::{ActionId, GoalId, KpiId, MemberId};
use crate::model::quarter::Quarter;
use crate::model::quarterly::QuarterSnapshot;
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState, Message, Record, Subject};
use crate::model::register::Card;
use crate::model::standing::Standing;
use crate::model::strategy::Strategy;
use crate::model::trace::Trace;
use crate::model::week::Week;

/// A thing that can be found, with its texts.
pub(super) struct Doc<'a> {
    pub(super) week: Week,
    source: Source<'a>,
    pub(super) by: Option<&'a MemberId>,
    pub(super) title: &'a str,
    /// Whether the title came up with this, or only names what it is about.
    pub(super) title_is_new: bool,
    pub(super) texts: Vec<&'a str>,
}

/// Where a text is from.
enum Source<'a> {
    Decision(&'a Decision),
    Action(&'a Action),
    Issue(&'a Issue),
    Card(&'a Card),
    Message(&'a Message),
    Quarter(Quarter),
    Words(&'a Words),
}

impl<'a> Doc<'a> {
    /// Something said in the review of a quarter.
    pub(super) fn of_quarter(s: &QuarterSnapshot, title: &'a str, title_is_new: bool, texts: Vec<&'a str>) -> Self {
        Self { week: s.week, source: Source::Quarter(s.quarter()), by: None, title, title_is_new, texts }
    }

    /// The same, said by somebody.
    pub(super) fn by(self, who: Option<&'a MemberId>) -> Self {
        Self { by: who, ..self }
    }
}

impl Doc<'_> {
    pub(super) fn kind(&self) -> Kind {
        match self.source {
            Source::Decision(_) => Kind::Decision,
            Source::Action(_) => Kind::Action,
            Source::Issue(_) => Kind::Issue,
            Source::Card(_) => Kind::Card,
            Source::Message(_) => Kind::Message,
            Source::Quarter(_) => Kind::Quarter,
            Source::Words(words) => Kind::of(&words.on),
        }
    }

    pub(super) fn place(&self) -> Place {
        match self.source {
            Source::Decision(d) => Place::Decision(d.id.clone()),
            Source::Action(a) => Place::Action(a.id.clone()),
            Source::Issue(i) => Place::Issue(i.id.clone()),
            Source::Card(c) => Place::Card(c.id.clone()),
            Source::Quarter(quarter) => Place::Quarter(quarter),
            Source::Message(m) => Place::Words(Topic::Message(m.id.clone())),
            Source::Words(words) => Place::Words(words.on.clone()),
        }
    }
}

/// Hands over each thing once in which all of these words may occur: those of the sealed weeks, then what is open and in none of
/// them yet. Of the weeks only those are read whose trace says "maybe".
pub(super) fn each<'a>(
    history: &'a History,
    open: &'a Standing,
    strategy: &'a Strategy,
    words: &[Word],
    mut found: impl FnMut(&Doc<'a>),
) {
    let mut walk = Walk::new(history, open, strategy);
    let today = names_of_today(open, strategy);
    let is_in_question =
        |week: &&WeekDigest| words.iter().all(|word| word.may_be_in(&week.trace) || word.may_be_in(&today));
    for week in history.weeks().iter().filter(is_in_question) {
        walk.records(week, &mut found);
        walk.words(week, &mut found);
    }
    for quarter in history.quarters() {
        walk.brought(history.week(quarter.week), quarter, &mut found);
        quarters::each(quarter, &mut found);
    }
    walk.not_sealed_yet(open, &mut found);
    cards(history, strategy, &mut found);
}

/// What the title of something that was said may hold and no trace of a week does.
fn names_of_today(open: &Standing, strategy: &Strategy) -> Trace {
    let kpis = strategy.kpis.iter().map(|k| k.name.as_str());
    Trace::of_texts(kpis.chain(open.actions.iter().map(|a| a.title.as_str())).chain([low_rating(), correction()]))
}

/// The cards as they stand, and those that are gone as the last week that knew them has them.
fn cards<'a>(history: &'a History, strategy: &'a Strategy, found: &mut impl FnMut(&Doc<'a>)) {
    let mut met: HashSet<&str> = HashSet::new();
    // From one week to the next they are most often the same, and told to be: nothing is read for that.
    let mut later = None;
    let changed = history.weeks().iter().rev().map(|w| &w.cards);
    let past = changed.filter(|cards| later.replace(*cards).is_none_or(|later| !cards.is_known_to_equal(later)));
    for card in strategy.cards.iter().chain(past.flat_map(|cards| cards.iter().map(AsRef::as_ref))) {
        if met.insert(card.id.as_str()) {
            let texts = vec![card.note.as_str(), &card.outcome];
            let (title, by) = (card.title.as_str(), card.by.as_ref());
            let (week, source) = (Week::of(card.added), Source::Card(card));
            found(&Doc { week, source, by, title, title_is_new: true, texts });
        }
    }
}

struct Walk<'a> {
    history: &'a History,
    /// The names of KPIs, the titles of open action items, and those of the ones that were met on the way.
    kpis: HashMap<&'a str, &'a str>,
    open: HashMap<&'a str, &'a str>,
    titles: HashMap<&'a str, &'a str>,
    decisions: HashMap<&'a str, &'a Decision>,
    actions: HashMap<&'a str, &'a Action>,
    issues: HashMap<&'a str, &'a Issue>,
    messages: HashSet<&'a str>,
    /// Findings that stay put aside come along with each week: the first one tells it.
    aside: HashSet<(&'a str, &'a str)>,
}

fn by_id<T: Record>(all: &[T]) -> HashMap<&str, &T> {
    all.iter().map(|r| (r.id().as_ref(), r)).collect()
}

impl<'a> Walk<'a> {
    fn new(history: &'a History, open: &'a Standing, strategy: &'a Strategy) -> Self {
        Self {
            history,
            kpis: strategy.kpis.iter().map(|k| (k.id.as_str(), k.name.as_str())).collect(),
            open: open.actions.iter().map(|a| (a.id.as_str(), a.title.as_str())).collect(),
            titles: HashMap::new(),
            decisions: by_id(&open.decisions),
            actions: by_id(&open.actions),
            issues: by_id(&open.issues),
            messages: HashSet::new(),
            aside: HashSet::new(),
        }
    }

    fn records(&mut self, week: &'a WeekDigest, found: &mut impl FnMut(&Doc<'a>)) {
        let now = week.week;
        for d in &week.decisions {
            if d.decided == now {
                found(&taken(self.decisions.remove(d.id.as_str()).unwrap_or(d)));
            }
            if let DecisionState::Reviewed { in_week, outcome, .. } = &d.state
                && *in_week == now
            {
                found(&closed(now, Source::Decision(d), &d.title, vec![outcome]));
            }
        }
        for a in &week.actions {
            self.titles.insert(a.id.as_str(), &a.title);
            if a.promised == now {
                found(&promised(self.actions.remove(a.id.as_str()).unwrap_or(a)));
            }
            if let ActionState::Dropped { in_week, reason } = &a.state
                && *in_week == now
            {
                found(&closed(now, Source::Action(a), &a.title, vec![reason]));
            }
        }
        for i in &week.issues {
            if i.raised == now {
                found(&raised(self.issues.remove(i.id.as_str()).unwrap_or(i)));
            }
            match &i.state {
                IssueState::Solved { in_week, answer: text, .. } | IssueState::Dropped { in_week, reason: text }
                    if *in_week == now =>
                {
                    // What was found out while it was open is told with its answer.
                    let detail = if i.raised == now { "" } else { &i.detail };
                    found(&closed(now, Source::Issue(i), &i.title, vec![text, detail]));
                }
                IssueState::Solved { .. } | IssueState::Dropped { .. } | IssueState::Open => {}
            }
        }
    }

    /// What the review of a quarter brought, as far as no week tells it: one that was sealed before in the same week.
    fn brought(&mut self, week: Option<&WeekDigest>, s: &'a QuarterSnapshot, found: &mut impl FnMut(&Doc<'a>)) {
        let now = s.week;
        let new = s.decisions.iter().filter(|d| d.decided == now);
        for d in new.filter(|d| week.is_none_or(|w| w.decisions.iter().all(|known| known.id != d.id))) {
            found(&taken(self.decisions.remove(d.id.as_str()).unwrap_or(d)));
        }
        let new = s.actions.iter().filter(|a| a.promised == now);
        for a in new.filter(|a| week.is_none_or(|w| w.actions.iter().all(|known| known.id != a.id))) {
            found(&promised(self.actions.remove(a.id.as_str()).unwrap_or(a)));
        }
        let new = s.issues.iter().filter(|i| i.raised == now);
        for i in new.filter(|i| week.is_none_or(|w| w.issues.iter().all(|known| known.id != i.id))) {
            found(&raised(self.issues.remove(i.id.as_str()).unwrap_or(i)));
        }
    }

    fn words(&mut self, week: &'a WeekDigest, found: &mut impl FnMut(&Doc<'a>)) {
        for words in &week.words {
            if let Topic::Finding { key, .. } = &words.on
                && !self.aside.insert((key, &words.text))
            {
                continue;
            }
            if let Topic::Message(id) = &words.on {
                self.messages.insert(id.as_str());
            }
            let title = self.title(week, &words.on);
            found(&Doc {
                week: week.week,
                source: Source::Words(words),
                by: words.by.as_ref(),
                title,
                title_is_new: false,
                texts: vec![&words.text],
            });
        }
    }

    /// The title of an action item: as the last week told it up to this one, which may be one that was passed over.
    fn action(&mut self, week: Week, id: &'a ActionId) -> &'a str {
        if let Some(title) = self.titles.get(id.as_str()) {
            return title;
        }
        let before = self.history.weeks().iter().rev().skip_while(|w| w.week > week);
        let told = before.flat_map(|w| &w.actions).find(|a| &a.id == id).map(|a| a.title.as_str());
        let title = told.or_else(|| self.open.get(id.as_str()).copied()).unwrap_or(id.as_str());
        self.titles.insert(id.as_str(), title);
        title
    }

    /// What something was said of, as far as its name is known; empty where the kind alone tells it.
    fn title(&mut self, week: &'a WeekDigest, on: &'a Topic) -> &'a str {
        let kpi = |id: &'a KpiId| self.kpis.get(id.as_str()).copied().unwrap_or(id.as_str());
        let goal = |id: &'a GoalId| week.planned(id).map_or(id.as_str(), |g| &g.title);
        match on {
            Topic::Kpi(id) | Topic::Note(Some(Subject::Kpi(id))) => kpi(id),
            Topic::Goal(id) | Topic::Note(Some(Subject::Goal(id))) => goal(id),
            Topic::Progress(id) | Topic::Note(Some(Subject::Action(id))) => self.action(week.week, id),
            Topic::Note(Some(Subject::Decision(id))) => id.as_str(),
            Topic::Finding { title, .. } => title,
            Topic::LowRating => low_rating(),
            Topic::Correction => correction(),
            Topic::Note(Some(Subject::Finding(_) | Subject::Blocker(_)) | None)
            | Topic::Headline
            | Topic::Message(_)
            | Topic::Blocker
            | Topic::Idea
            | Topic::Thanks(_)
            | Topic::CheckIn => "",
        }
    }

    /// What check-ins or the review under way brought, and whatever else no sealed week told the beginning of.
    fn not_sealed_yet(&mut self, open: &'a Standing, found: &mut impl FnMut(&Doc<'a>)) {
        open.decisions.iter().filter(|d| self.decisions.contains_key(d.id.as_str())).for_each(|d| found(&taken(d)));
        open.actions.iter().filter(|a| self.actions.contains_key(a.id.as_str())).for_each(|a| found(&promised(a)));
        open.issues.iter().filter(|i| self.issues.contains_key(i.id.as_str())).for_each(|i| found(&raised(i)));
        for m in open.messages.iter().filter(|m| !self.messages.contains(m.id.as_str())) {
            let (title, texts) = ("", vec![m.text.as_str()]);
            let source = Source::Message(m);
            found(&Doc { week: m.agreed, source, by: Some(&m.teller), title, title_is_new: false, texts });
        }
    }
}

fn low_rating() -> &'static str {
    say!("Why the rating was low")
}

fn correction() -> &'static str {
    say!("Why the week was corrected")
}

fn taken(d: &Decision) -> Doc<'_> {
    let (title, texts) = (d.title.as_str(), d.texts().collect());
    Doc { week: d.decided, source: Source::Decision(d), by: None, title, title_is_new: true, texts }
}

fn promised(a: &Action) -> Doc<'_> {
    let title = a.title.as_str();
    let (source, texts) = (Source::Action(a), Vec::new());
    Doc { week: a.promised, source, by: Some(&a.owner), title, title_is_new: true, texts }
}

fn raised(i: &Issue) -> Doc<'_> {
    let title = i.title.as_str();
    let (source, texts) = (Source::Issue(i), vec![i.detail.as_str()]);
    Doc { week: i.raised, source, by: i.by.as_ref(), title, title_is_new: true, texts }
}

/// How something ended. Its title names it, and was found in the week that it is from.
fn closed<'a>(week: Week, source: Source<'a>, title: &'a str, texts: Vec<&'a str>) -> Doc<'a> {
    Doc { week, source, by: None, title, title_is_new: false, texts }
}
