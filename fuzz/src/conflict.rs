//! Two versions of a strategy file in one text, as git leaves them: taken apart, merged and settled.

use std::path::Path;

use truenorth::insight::merge::Answer;
use truenorth::model::goal::Goal;
use truenorth::model::kpi::Kpi;
use truenorth::model::register::Card;
use truenorth::model::strategy::NorthStar;
use truenorth::storage::{StrategyFile, Versions, decode, merge_texts, render, settled_text, split};

use super::kept;

/// Reads bytes as the strategy file that the first byte says, with git's marks in it.
///
/// # Panics
/// When a line is lost, or when what was settled is not what its text says.
pub fn read(bytes: &[u8]) {
    let Some((nth, rest)) = bytes.split_first() else { return };
    let files: Vec<StrategyFile> = StrategyFile::all().collect();
    let file = files[usize::from(*nth) % files.len()];
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let Some(Versions { base, mine, theirs }) = split(text) else { return };
    let said = |version: &str| version.lines().all(|line| text.lines().any(|l| l == line));
    assert!(said(&mine) && said(&theirs) && base.as_deref().is_none_or(said), "a line comes from nowhere");
    let merge = match merge_texts(file, base.as_deref(), &mine, &theirs) {
        Ok(merge) => merge,
        Err(problem) => return assert!(!render(&problem).is_empty()),
    };
    for answer in [Answer::Mine, Answer::Theirs, Answer::Both] {
        let Ok(settled) = merge.all(answer) else { continue };
        let Ok(written) = settled_text(file, &mine, &merge.mine, &settled) else { continue };
        let path = Path::new("x");
        // A mark at its beginning stays there, and is passed over where files are read.
        let written = written.strip_prefix('\u{feff}').unwrap_or(&written);
        let is_as_settled = match file {
            StrategyFile::NorthStar => decode::<NorthStar>(path, written).is_ok_and(|read| settled.north_star == read),
            StrategyFile::Goals => decode::<Vec<Goal>>(path, written).is_ok_and(|read| settled.goals == read.into()),
            StrategyFile::Kpis => decode::<Vec<Kpi>>(path, written).is_ok_and(|read| settled.kpis == read.into()),
            StrategyFile::Cards(kind) => {
                decode::<Vec<Card>>(path, written).is_ok_and(|read| settled.cards_of(kind).eq(&read))
            }
        };
        assert!(is_as_settled, "{answer:?} was settled otherwise:\n{written}");
    }
}

/// Each strategy file with one word in conflict, with what both grew out of and without.
#[must_use]
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds = Vec::new();
    for (nth, file) in StrategyFile::all().enumerate() {
        let Ok(text) = std::fs::read_to_string(kept().join(file.path())) else { continue };
        for (name, base) in [("with-base", true), ("without", false)] {
            let marked = text
                .lines()
                .enumerate()
                .map(|(at, line)| if at % 7 == 3 { conflict(line, base) } else { format!("{line}\n") });
            let bytes = [vec![u8::try_from(nth).unwrap_or_default()], marked.collect::<String>().into_bytes()].concat();
            seeds.push((format!("{}-{name}", file.path().replace('/', "-")), bytes));
        }
    }
    seeds
}

fn conflict(line: &str, with_base: bool) -> String {
    let base = if with_base { format!("||||||| base\n{line}\n") } else { String::new() };
    let theirs = line.replacen('a', "e", 1);
    format!("<<<<<<< mine\n{line}\n{base}=======\n{theirs}\n>>>>>>> theirs\n")
}
