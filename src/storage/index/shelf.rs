//! What stays in the index's file until somebody looks at it: records, texts, goals. Each piece has a checksum of its own, and where
//! one is damaged the snapshot is read instead, so that nobody meets a wrong word or an error for what is only a comfort.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::digest::{AlignmentDigest, GoalDigest, WeekDigest, Words};
use crate::model::goal::Goal;
use crate::model::id::{ActionId, GoalId, IssueId};
use crate::model::record::{Action, Decision, Issue};
use crate::model::register::Card;
use crate::model::trace::Trace;
use crate::model::unread::{Shelf, Unread};
use crate::model::week::Week;

use super::bytes::{Reader, Writer, read_at};
use super::week::{at, goal, list};
use crate::storage::layout::snapshot_path;
use crate::storage::load::parse_snapshot;
use crate::storage::source;

/// How many pieces a week has.
pub(super) const PIECES: usize = 11;
/// Which of them the cards are.
const CARDS: usize = 2;

/// A piece of the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Piece {
    pub(super) at: u64,
    pub(super) length: u32,
    /// Of its bytes.
    pub(super) sum: u32,
}

/// In the place of a length: the bytes are those of the week written before. Goals and cards hardly change.
const SAME: u64 = 1;

impl Piece {
    /// Where it is comes from those before it; `same` is the one of the week written before.
    pub(super) fn read(from: &mut Reader<'_>, at: &mut u64, same: Self) -> Option<Self> {
        let length = match from.number()? {
            0 => return Some(Self::default()),
            SAME => return Some(same),
            number => u32::try_from(number - SAME).ok()?,
        };
        let piece = Self { at: *at, length, sum: u32::try_from(from.number()?).ok()? };
        *at = at.checked_add(length.into())?;
        Some(piece)
    }

    /// How [`Piece::read`] finds these bytes. Appends them to `pieces`, unless they are those that were written `before`.
    pub(super) fn write(bytes: Vec<u8>, before: &mut Vec<u8>, to: &mut Writer, pieces: &mut Vec<u8>) -> Option<()> {
        if bytes.is_empty() {
            to.number(0);
            before.clear();
        } else if bytes == *before {
            to.number(SAME);
        } else {
            to.number(u64::from(u32::try_from(bytes.len()).ok()?) + SAME);
            to.number(crc32fast::hash(&bytes).into());
            pieces.extend_from_slice(&bytes);
            *before = bytes;
        }
        Some(())
    }
}

/// A week whose pieces stand in the file, and the snapshot they are from.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) week: Week,
    pub(super) revision: u32,
    pub(super) pieces: [Piece; PIECES],
    /// Of the places whose cards are these the first: known to be equal, they are not read again.
    pub(super) cards_at: u32,
}

impl Place {
    /// The one that follows `last`, which is the last of `count`.
    pub(super) fn after(
        last: Option<&Self>,
        count: usize,
        week: Week,
        revision: u32,
        pieces: [Piece; PIECES],
    ) -> Option<Self> {
        let same = last.filter(|last| last.pieces[CARDS].at == pieces[CARDS].at && pieces[CARDS].length > 0);
        let cards_at = same.map_or_else(|| u32::try_from(count).ok(), |last| Some(last.cards_at))?;
        Some(Self { week, revision, pieces, cards_at })
    }
}

/// The open file. One that takes its name meanwhile changes nothing in it.
pub(super) struct Texts {
    pub(super) file: File,
    pub(super) path: PathBuf,
    /// The workspace.
    pub(super) root: PathBuf,
    pub(super) places: Vec<Place>,
    pub(super) goals: Vec<GoalId>,
    pub(super) plan: Wordings<Goal>,
    pub(super) cards: Wordings<Card>,
}

/// Goals or cards as they were worded, each once: read together by the first who looks at one.
pub(super) struct Wordings<T> {
    piece: Piece,
    all: OnceLock<Option<Vec<Arc<T>>>>,
}

impl<T: DeserializeOwned> Wordings<T> {
    pub(super) fn at(piece: Piece) -> Self {
        Self { piece, all: OnceLock::new() }
    }

    fn pick(&self, texts: &Texts, bytes: &[u8]) -> Option<Vec<Arc<T>>> {
        let read = || {
            let all = texts.piece(self.piece)?;
            list(&mut Reader(&all), |from| rmp_serde::from_slice(from.bytes()?).ok().map(Arc::new))
        };
        let all = self.all.get_or_init(read).as_ref()?;
        list(&mut Reader(bytes), |from| at(all, from))
    }
}

impl Texts {
    /// The bytes of a piece, if they are those that were written.
    fn piece(&self, Piece { at, length, sum }: Piece) -> Option<Vec<u8>> {
        let bytes = read_at(&self.file, at, usize::try_from(length).ok()?).ok()?;
        (crc32fast::hash(&bytes) == sum).then_some(bytes)
    }

    /// The week from its snapshot, as a piece of it is damaged. The next start shall not trust the file.
    fn anew(&self, place: u32) -> Option<WeekDigest> {
        let _ = fs::remove_file(&self.path);
        let Place { week, revision, .. } = self.places.get(usize::try_from(place).ok()?)?;
        let bytes = source::read_bytes(&self.root, &snapshot_path(*week, *revision)).ok()?;
        Some(WeekDigest::of(&parse_snapshot(bytes, *week, *revision).ok()?))
    }
}

/// One kind of piece: which, and how it is read from its bytes or drawn from a week that was read anew.
struct Kind<T> {
    texts: Arc<Texts>,
    nth: usize,
    unpack: fn(&Texts, &[u8]) -> Option<T>,
    of: fn(WeekDigest) -> Unread<T>,
}

impl<T: Default> Shelf<T> for Kind<T> {
    fn read(&self, place: u32) -> T {
        let whole = self.bytes(place).and_then(|bytes| (self.unpack)(&self.texts, &bytes));
        let anew = || self.texts.anew(place).map(|week| (self.of)(week).into_value());
        whole.or_else(anew).unwrap_or_default()
    }

    fn bytes(&self, place: u32) -> Option<Vec<u8>> {
        self.texts.piece(self.texts.places.get(usize::try_from(place).ok()?)?.pieces[self.nth])
    }
}

/// Every kind, in the order of the pieces.
pub(super) struct Shelves {
    texts: Arc<Texts>,
    goals: Arc<dyn Shelf<Vec<GoalDigest>>>,
    plan: Arc<dyn Shelf<Vec<Arc<Goal>>>>,
    cards: Arc<dyn Shelf<Vec<Arc<Card>>>>,
    decisions: Arc<dyn Shelf<Vec<Decision>>>,
    actions: Arc<dyn Shelf<Vec<Action>>>,
    issues: Arc<dyn Shelf<Vec<Issue>>>,
    carried: Arc<dyn Shelf<Vec<(ActionId, u32)>>>,
    votes: Arc<dyn Shelf<Vec<(IssueId, u32)>>>,
    words: Arc<dyn Shelf<Vec<Words>>>,
    trace: Arc<dyn Shelf<Trace>>,
    alignment: Arc<dyn Shelf<AlignmentDigest>>,
}

impl Shelves {
    pub(super) fn of(texts: Texts) -> Self {
        let texts = Arc::new(texts);
        Self {
            goals: kind(&texts, 0, |t, bytes| list(&mut Reader(bytes), |from| goal(&t.goals, from)), |w| w.goals),
            plan: kind(&texts, 1, |t, bytes| t.plan.pick(t, bytes), |w| w.plan),
            cards: kind(&texts, 2, |t, bytes| t.cards.pick(t, bytes), |w| w.cards),
            decisions: kind(&texts, 3, text, |w| w.decisions),
            actions: kind(&texts, 4, text, |w| w.actions),
            issues: kind(&texts, 5, text, |w| w.issues),
            carried: kind(&texts, 6, text, |w| w.carried),
            votes: kind(&texts, 7, text, |w| w.votes),
            words: kind(&texts, 8, text, |w| w.words),
            alignment: kind(&texts, 9, text, |w| w.alignment),
            trace: kind(&texts, 10, |_, bytes| Trace::from_bytes(bytes), |w| w.trace),
            texts,
        }
    }

    /// Puts the pieces of the week at a place into its digest.
    pub(super) fn fill(&self, digest: &mut WeekDigest, place: usize) -> Option<()> {
        let Place { pieces, cards_at, .. } = self.texts.places.get(place)?;
        let place = u32::try_from(place).ok()?;
        digest.goals = standing(&self.goals, place, pieces[0]);
        digest.plan = standing(&self.plan, place, pieces[1]);
        digest.cards = standing(&self.cards, *cards_at, pieces[CARDS]);
        digest.decisions = standing(&self.decisions, place, pieces[3]);
        digest.actions = standing(&self.actions, place, pieces[4]);
        digest.issues = standing(&self.issues, place, pieces[5]);
        digest.carried = standing(&self.carried, place, pieces[6]);
        digest.votes = standing(&self.votes, place, pieces[7]);
        digest.words = standing(&self.words, place, pieces[8]);
        digest.alignment = standing(&self.alignment, place, pieces[9]);
        digest.trace = standing(&self.trace, place, pieces[10]);
        Some(())
    }
}

fn kind<T: Default + 'static>(
    texts: &Arc<Texts>,
    nth: usize,
    unpack: fn(&Texts, &[u8]) -> Option<T>,
    of: fn(WeekDigest) -> Unread<T>,
) -> Arc<dyn Shelf<T>> {
    Arc::new(Kind { texts: Arc::clone(texts), nth, unpack, of })
}

/// A piece of no bytes says nothing.
fn standing<T: Default>(shelf: &Arc<dyn Shelf<T>>, place: u32, piece: Piece) -> Unread<T> {
    if piece.length == 0 { Unread::default() } else { Unread::on(shelf, place) }
}

/// Records and texts: whatever serialises itself, so that a field which one gains later goes along. The form must name its
/// fields, as records leave out what they do not say.
fn text<T: DeserializeOwned>(_: &Texts, bytes: &[u8]) -> Option<T> {
    rmp_serde::from_slice(bytes).ok()
}

/// What [`text`] reads; nothing for what says nothing.
pub(super) fn packed<T: Serialize + Default + PartialEq>(value: &Unread<T>) -> Option<Vec<u8>> {
    match value.bytes() {
        Some(bytes) => Some(bytes),
        None if **value == T::default() => Some(Vec::new()),
        None => rmp_serde::to_vec_named(&**value).ok(),
    }
}
