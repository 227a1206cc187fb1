//! What was typed into a search: words, and the kinds of things to look among, as in `decision: oven`.

use serde::Serialize;

use super::fold::Word;
use crate::model::history::Topic;

/// The kinds of things that can be found. Among hits of one week in this order. Serialises to its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Decisions and their outcomes.
    Decision,
    /// Action items and what came of them.
    Action,
    /// Issues and their answers.
    Issue,
    /// Good news.
    Headline,
    /// Notes of the review, and what members told in check-ins.
    Note,
    /// What explains a KPI.
    Kpi,
    /// What explains a goal.
    Goal,
    /// What stood in the way.
    Blocker,
    /// Ideas.
    Idea,
    /// Thanks.
    Thanks,
    /// Messages to cascade.
    Message,
    /// Why a finding was put aside.
    Finding,
    /// Why a review was rated low or corrected.
    Review,
    /// Cards of registers.
    Card,
    /// What was learned, stopped and set out to in the review of a quarter.
    Quarter,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Decision,
        Self::Action,
        Self::Issue,
        Self::Headline,
        Self::Note,
        Self::Kpi,
        Self::Goal,
        Self::Blocker,
        Self::Idea,
        Self::Thanks,
        Self::Message,
        Self::Finding,
        Self::Review,
        Self::Card,
        Self::Quarter,
    ];

    /// The word on the screen, and before the colon in a query.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Decision => term!("decision"),
            Self::Action => term!("action"),
            Self::Issue => term!("issue"),
            Self::Headline => term!("headline"),
            Self::Note => term!("note"),
            Self::Kpi => term!("kpi"),
            Self::Goal => term!("goal"),
            Self::Blocker => term!("blocker"),
            Self::Idea => term!("idea"),
            Self::Thanks => term!("thanks"),
            Self::Message => term!("message"),
            Self::Finding => term!("finding"),
            Self::Review => term!("review"),
            Self::Card => term!("card"),
            Self::Quarter => term!("quarter"),
        }
    }

    pub(super) fn of(topic: &Topic) -> Self {
        match topic {
            Topic::Headline => Self::Headline,
            Topic::Note(_) | Topic::CheckIn => Self::Note,
            Topic::Kpi(_) => Self::Kpi,
            Topic::Goal(_) => Self::Goal,
            Topic::Blocker => Self::Blocker,
            Topic::Idea => Self::Idea,
            Topic::Thanks(_) => Self::Thanks,
            Topic::Progress(_) => Self::Action,
            Topic::Message(_) => Self::Message,
            Topic::Finding { .. } => Self::Finding,
            Topic::LowRating | Topic::Correction => Self::Review,
        }
    }

    /// By its word in the singular or plural, in any case.
    fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        Self::ALL.into_iter().find(|k| k.label() == word || word.strip_suffix('s') == Some(k.label()))
    }
}

/// A search, understood.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub(super) words: Vec<Word>,
    /// All words side by side, where there are several.
    pub(super) phrase: Option<Word>,
    kinds: Vec<Kind>,
}

impl Query {
    /// Understands what was typed: words apart by blanks; a kind with a colon, alone or before a word, asks for that kind
    /// alone, and several kinds ask for any of them. A colon behind anything else is part of the word.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let (mut query, mut texts) = (Self::default(), Vec::new());
        for piece in typed.split_whitespace() {
            let kind = piece.split_once(':').and_then(|(kind, rest)| Some((Kind::named(kind)?, rest)));
            let text = kind.map_or(piece, |(_, rest)| rest);
            query.kinds.extend(kind.map(|(kind, _)| kind));
            if let Some(word) = Word::new(text) {
                query.words.push(word);
                texts.push(text);
            }
        }
        query.phrase = Word::new(&texts.join(" ")).filter(|_| texts.len() > 1);
        query
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.kinds.is_empty()
    }

    pub(super) fn wants(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}
