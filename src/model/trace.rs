//! Which letters follow each other in what a week says: enough to tell that a word does not stand in it, without reading its texts.

use nucleo_matcher::chars::{normalize, to_lower_case};

use super::digest::{Topic, WeekDigest, Words};
use super::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState, Subject};
use super::snapshot::Snapshot;

/// A character as it is compared: in lower case, without accent; white space a blank. Combining marks are left out.
pub fn fold(c: char) -> Option<char> {
    match c {
        '\u{300}'..='\u{36f}' => None,
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        c if c.is_ascii_whitespace() => Some(' '),
        c if c.is_ascii() => Some(c),
        c => Some(to_lower_case(normalize(c))),
    }
}

/// So many bits a trace has at most: a power of two, as many as [`bits`] tells apart.
const MOST: usize = 1 << 16;
/// And at least.
const LEAST: usize = 1 << 9;
/// A trace is made smaller while not more than one bit in so many would be set: each three letters that stand nowhere are then
/// taken for there once in so many times, and a word has several.
const SPARSE: usize = 4;

/// Hands over the bits of a text of folded bytes: one for each three that follow each other.
fn bits(bytes: &[u8], fold: impl Fn(u8) -> u8, mut each: impl FnMut(u16)) {
    let mut three = 0_u32;
    for (at, byte) in bytes.iter().enumerate() {
        three = three >> 8 | u32::from(fold(*byte)) << 16;
        if at >= 2 {
            each((three.wrapping_mul(0x9e37_79b1) >> 16) as u16);
        }
    }
}

/// The bits of a folded text.
#[must_use]
pub fn marks(folded: &str) -> Vec<u16> {
    let mut marks = Vec::with_capacity(folded.len());
    bits(folded.as_bytes(), |byte| byte, |mark| marks.push(mark));
    marks
}

/// What [`fold`] makes of each byte of ASCII.
const LOW: [u8; 256] = {
    let (mut low, mut at) = ([0; 256], 0);
    while at < 256 {
        let byte = at as u8;
        low[at] = if byte.is_ascii_whitespace() { b' ' } else { byte.to_ascii_lowercase() };
        at += 1;
    }
    low
};

/// The letters, three by three, of everything that can be found in a week: as a set of bits that says "not here" for certain and
/// "maybe here" otherwise. An empty one knows nothing, so that everything may be there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace(Vec<u8>);

impl Trace {
    /// Of a week, as it is drawn from its snapshot.
    #[must_use]
    pub fn of(week: &WeekDigest, s: &Snapshot) -> Self {
        let mut tracer = Tracer::new();
        week.decisions.iter().for_each(|d| tracer.decision(d));
        week.actions.iter().for_each(|a| tracer.action(a));
        week.issues.iter().for_each(|i| tracer.issue(i));
        week.words.iter().for_each(|w| tracer.words(w, s));
        tracer.done()
    }

    /// Of these texts.
    #[must_use]
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut tracer = Tracer::new();
        texts.into_iter().for_each(|text| tracer.text(text));
        tracer.done()
    }

    /// Whether a text with these [`marks`] may have gone into it.
    #[must_use]
    pub fn may_hold(&self, marks: &[u16]) -> bool {
        let Self(bytes) = self;
        let last = (bytes.len() * 8).wrapping_sub(1);
        bytes.is_empty()
            || marks.iter().all(|mark| {
                let at = usize::from(*mark) & last;
                bytes[at / 8] & 1 << (at % 8) != 0
            })
    }

    /// As bytes, to be kept.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What [`Trace::as_bytes`] gave; `None` for a length that none has.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let is_one = bytes.is_empty() || (LEAST / 8..=MOST / 8).contains(&bytes.len()) && bytes.len().is_power_of_two();
        is_one.then(|| Self(bytes.to_vec()))
    }
}

/// A trace while texts go into it.
struct Tracer {
    bits: Box<[u64; MOST / 64]>,
    folded: String,
}

impl Tracer {
    fn new() -> Self {
        Self { bits: Box::new([0; MOST / 64]), folded: String::new() }
    }

    fn text(&mut self, text: &str) {
        let all = &mut self.bits;
        let set = |mark: u16| all[usize::from(mark / 64)] |= 1 << (mark % 64);
        if text.is_ascii() {
            bits(text.as_bytes(), |byte| LOW[usize::from(byte)], set);
        } else {
            self.folded.clear();
            self.folded.extend(text.chars().filter_map(fold));
            bits(self.folded.as_bytes(), |byte| byte, set);
        }
    }

    fn decision(&mut self, d: &Decision) {
        self.text(&d.title);
        d.texts().for_each(|text| self.text(text));
        if let DecisionState::Reviewed { outcome, .. } = &d.state {
            self.text(outcome);
        }
    }

    fn action(&mut self, a: &Action) {
        self.text(&a.title);
        if let ActionState::Dropped { reason, .. } = &a.state {
            self.text(reason);
        }
    }

    fn issue(&mut self, i: &Issue) {
        self.text(&i.title);
        self.text(&i.detail);
        if let IssueState::Solved { answer: text, .. } | IssueState::Dropped { reason: text, .. } = &i.state {
            self.text(text);
        }
    }

    /// What was said, and the title of what it was said of. The name of a KPI is today's: no week tells it.
    fn words(&mut self, words: &Words, s: &Snapshot) {
        self.text(&words.text);
        match &words.on {
            Topic::Goal(id) | Topic::Note(Some(Subject::Goal(id))) => {
                if let Some(goal) = s.strategy.goal(id) {
                    self.text(&goal.title);
                }
                self.text(id.as_str());
            }
            Topic::Progress(id) | Topic::Note(Some(Subject::Action(id))) => {
                if let Some(action) = s.actions.iter().find(|a| &a.id == id) {
                    self.text(&action.title);
                }
                self.text(id.as_str());
            }
            Topic::Note(Some(Subject::Decision(id))) => self.text(id.as_str()),
            Topic::Kpi(id) | Topic::Note(Some(Subject::Kpi(id))) => self.text(id.as_str()),
            Topic::Finding { title, .. } => self.text(title),
            Topic::Note(Some(Subject::Finding(_) | Subject::Blocker(_)) | None)
            | Topic::Headline
            | Topic::Blocker
            | Topic::Idea
            | Topic::Thanks(_)
            | Topic::CheckIn
            | Topic::Message(_)
            | Topic::LowRating
            | Topic::Correction => {}
        }
    }

    /// As small as it may be: one half is laid over the other.
    fn done(self) -> Trace {
        let mut bits = self.bits.to_vec();
        while bits.len() > LEAST / 64 {
            let (low, high) = bits.split_at(bits.len() / 2);
            let both: Vec<u64> = low.iter().zip(high).map(|(a, b)| a | b).collect();
            let set: u32 = both.iter().map(|word| word.count_ones()).sum();
            if set as usize * SPARSE > both.len() * 64 {
                break;
            }
            bits = both;
        }
        Trace(bits.into_iter().flat_map(u64::to_le_bytes).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks_of(word: &str) -> Vec<u16> {
        let folded: String = word.chars().filter_map(fold).collect();
        marks(&folded)
    }

    #[test]
    fn every_piece_of_a_text_may_be_in_its_trace_whatever_its_case_and_accents() {
        let texts =
            ["The deck OVEN went down twice", "Die Überholung des Backofens", "東京都の店", "a\tb\nc", "", "ab"];
        let trace = Trace::of_texts(texts);
        for text in texts {
            let letters: Vec<char> = text.chars().collect();
            for from in 0..letters.len() {
                for to in from + 1..=letters.len() {
                    let piece: String = letters[from..to].iter().collect();
                    assert!(trace.may_hold(&marks_of(&piece)), "{piece:?}");
                    assert!(trace.may_hold(&marks_of(&piece.to_uppercase().to_lowercase())), "{piece:?}");
                }
            }
        }
        assert!(trace.may_hold(&marks_of("uberholung")) && trace.may_hold(&marks_of("A B C")));
    }

    #[test]
    fn most_words_that_are_not_there_are_known_not_to_be_and_a_trace_takes_about_as_much_room_as_its_text() {
        let roll = |n: u64| (n ^ n >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let letter = |n: u64| char::from(b'a' + ((roll(roll(n) >> 17) >> 40) % 26) as u8);
        let word = move |n: u64| (n * 7..n * 7 + 7).map(letter).collect::<String>();
        let words = |from: u64| (from..from + 400).map(word);
        let said: Vec<String> = words(1).collect();
        let trace = Trace::of_texts(said.iter().map(String::as_str));
        assert!(said.iter().all(|word| trace.may_hold(&marks_of(word))));
        let wrong = words(500_000).filter(|word| !said.contains(word) && trace.may_hold(&marks_of(word))).count();
        assert!(wrong < 10, "{wrong} of 400 words that are nowhere were taken for there");
        let written: usize = said.iter().map(String::len).sum();
        assert!(trace.as_bytes().len() <= written, "{} bytes for {written}", trace.as_bytes().len());
    }

    #[test]
    fn an_empty_trace_knows_nothing_and_bytes_of_no_trace_are_none() {
        assert!(Trace::default().may_hold(&marks_of("zebra")));
        assert!(!Trace::of_texts([]).may_hold(&marks_of("zebra")));
        let trace = Trace::of_texts(["bread"]);
        assert_eq!(Trace::from_bytes(trace.as_bytes()), Some(trace));
        assert_eq!(Trace::from_bytes(&[0; 100]), None);
        assert_eq!(Trace::from_bytes(&[0; 1 << 14]), None);
    }
}
