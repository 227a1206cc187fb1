//! A typed line as the answer to a question.

use super::{Asking, Question, Section, suggested};
use crate::model::answer::Answer;
use crate::model::checkin::{Recall, Thanks};
use crate::model::goal::Goal;
use crate::model::id::ThemeId;
use crate::model::number::Finite;
use crate::model::scale::{Agrees, Confidence};

/// Reads what was typed to a question; `-` takes its answer back.
///
/// # Errors
/// Says what would be understood.
pub fn read(of: &Asking<'_>, question: &Question, typed: &str) -> Result<Answer, String> {
    let typed = typed.trim();
    if typed == "-" {
        return Ok(taken_back(question));
    }
    match &question.answer {
        Answer::Progress(id, said) => {
            let (done, note) = yes_or_no(typed)?;
            // A word more is asked for only where it was not done: what was written stays unless there is something new.
            let old = said.as_ref().filter(|(was, _)| *was == done).map(|(_, note)| note.clone());
            Ok(Answer::Progress(
                id.clone(),
                Some((done, Some(note).filter(|n| !n.is_empty()).or(old).unwrap_or_default())),
            ))
        }
        Answer::Told(id, _) => Ok(Answer::Told(id.clone(), yes_or_no(typed)?.0)),
        Answer::Reading(id, said) => {
            let (number, note) = typed.split_once(';').map_or((typed, None), |(n, note)| (n, Some(note.trim())));
            let value = Finite::typed(number).map_err(|e| e.to_string())?;
            let old = said.as_ref().map(|(_, note)| note.clone()).unwrap_or_default();
            Ok(Answer::Reading(id.clone(), Some((value, note.map_or(old, str::to_owned)))))
        }
        Answer::Confidence(id, _) => {
            let said = typed.parse().ok().and_then(Confidence::new);
            said.map(|c| Answer::Confidence(id.clone(), Some(c)))
                .ok_or_else(|| say!("a whole number from 0 to 10").to_owned())
        }
        Answer::Recall(at, said) if question.section == Section::Meant => meant(of, *at, said.as_ref(), typed),
        Answer::Recall(at, said) => {
            let goal = said.as_ref().filter(|s| s.words == typed).and_then(|s| s.goal.clone());
            Ok(Answer::Recall(*at, Some(Recall { words: one_line(typed)?, goal })))
        }
        Answer::Ranking(_) => ranking(of, typed).map(Answer::Ranking),
        Answer::Pulse(id, _) => {
            let said = typed.parse().ok().and_then(Agrees::new);
            said.map(|a| Answer::Pulse(id.clone(), Some(a)))
                .ok_or_else(|| say!("a whole number from 1 to 5").to_owned())
        }
        Answer::Thanks(_) => thanks(of, typed).map(|t| Answer::Thanks(Some(t))),
        Answer::Blocker(_) => one_line(typed).map(Answer::Blocker),
        Answer::Idea(_) => one_line(typed).map(Answer::Idea),
        Answer::Headline(_) => one_line(typed).map(Answer::Headline),
        Answer::Note(_) => Ok(Answer::Note(typed.to_owned())),
    }
}

/// The answer that says nothing.
fn taken_back(question: &Question) -> Answer {
    match &question.answer {
        Answer::Progress(id, _) => Answer::Progress(id.clone(), None),
        Answer::Told(id, _) => Answer::Told(id.clone(), false),
        Answer::Reading(id, _) => Answer::Reading(id.clone(), None),
        Answer::Confidence(id, _) => Answer::Confidence(id.clone(), None),
        Answer::Recall(at, Some(said)) if question.section == Section::Meant => {
            Answer::Recall(*at, Some(Recall { goal: None, ..said.clone() }))
        }
        Answer::Recall(at, _) => Answer::Recall(*at, None),
        Answer::Ranking(_) => Answer::Ranking(Vec::new()),
        Answer::Pulse(id, _) => Answer::Pulse(id.clone(), None),
        Answer::Thanks(_) => Answer::Thanks(None),
        Answer::Blocker(_) => Answer::Blocker(String::new()),
        Answer::Idea(_) => Answer::Idea(String::new()),
        Answer::Headline(_) => Answer::Headline(String::new()),
        Answer::Note(_) => Answer::Note(String::new()),
    }
}

fn one_line(typed: &str) -> Result<String, String> {
    if typed.is_empty() || typed.contains(['\n', '\r']) {
        return Err(say!("one line with words in it; - takes it back").to_owned());
    }
    Ok(typed.to_owned())
}

/// Yes or no, and what follows it.
fn yes_or_no(typed: &str) -> Result<(bool, String), String> {
    let (word, rest) = typed.split_once([' ', ':', ',']).unwrap_or((typed, ""));
    let yes = match word.to_lowercase().as_str() {
        "y" | "yes" | "done" | "told" => true,
        "n" | "no" | "not" => false,
        _ => return Err(say!("y or n; a word more may follow").to_owned()),
    };
    Ok((yes, rest.trim().to_owned()))
}

fn meant(of: &Asking<'_>, at: usize, said: Option<&Recall>, typed: &str) -> Result<Answer, String> {
    let said = said.ok_or(say!("name the priority first"))?;
    let open = || of.strategy.goals.iter().filter(|g| g.is_open());
    let exact = open().find(|g| g.id.as_str() == typed || g.title.to_lowercase() == typed.to_lowercase());
    let goal = match typed {
        "y" | "yes" => suggested(of.strategy, &said.words),
        _ => exact.or_else(|| suggested(of.strategy, typed)),
    };
    let goal: &Goal = goal.ok_or(say!("no open goal has such words in its title"))?;
    Ok(Answer::Recall(at, Some(Recall { goal: Some(goal.id.clone()), ..said.clone() })))
}

fn ranking(of: &Asking<'_>, typed: &str) -> Result<Vec<ThemeId>, String> {
    let themes = &of.strategy.north_star.themes;
    if matches!(typed, "y" | "yes") {
        let last = of.before.iter().rev().find(|c| c.week < of.week && !c.ranking.is_empty());
        let last = last.ok_or(say!("nothing was ranked before: type their numbers"))?;
        return Ok(last.ranking.iter().filter(|id| of.strategy.theme(id).is_some()).cloned().collect());
    }
    let mut order: Vec<ThemeId> = Vec::new();
    for word in typed.split([' ', ',', '>']).filter(|w| !w.is_empty()) {
        let by_number = word.parse::<usize>().ok().and_then(|n| themes.get(n.checked_sub(1)?));
        let theme = by_number.or_else(|| themes.iter().find(|t| t.id.as_str() == word));
        let theme = theme.ok_or_else(|| {
            say!("`{word}` is none of the {themes} themes: type their numbers", themes = themes.len(), word)
        })?;
        if order.contains(&theme.id) {
            return Err(say!("“{name}” stands there twice", name = theme.name));
        }
        order.push(theme.id.clone());
    }
    if order.is_empty() { Err(say!("type their numbers, the most important first").to_owned()) } else { Ok(order) }
}

fn thanks(of: &Asking<'_>, typed: &str) -> Result<Thanks, String> {
    let (name, text) = typed.split_once(':').unwrap_or((typed, ""));
    let name = name.trim().to_lowercase();
    let others = || of.config.active().filter(|p| &p.id != of.member);
    let exact = others().find(|p| p.id.as_str() == name || p.name.to_lowercase() == name);
    let begins: Vec<_> = others().filter(|p| !name.is_empty() && p.name.to_lowercase().starts_with(&name)).collect();
    let found = exact.or_else(|| if let [one] = begins[..] { Some(one) } else { None });
    let to = found.ok_or_else(|| {
        let names: Vec<&str> = others().map(|p| p.first_name()).collect();
        say!("a colleague, then a colon and what for; there are: {names}", names = names.join(", "))
    })?;
    Ok(Thanks { to: to.id.clone(), text: text.trim().to_owned() })
}
