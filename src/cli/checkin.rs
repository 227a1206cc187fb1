//! `truenorth checkin`: my check-in on the screen, or asked in plain lines that screen readers and scripts can follow.

use std::io::{self, BufRead, IsTerminal};

use crate::insight::questions::{self, Asking, Question, Section, WEEKS};
use crate::model::answer::Answer as Said;
use crate::model::checkin::{CheckIn, CheckInEdit};
use crate::model::id::MemberId;
use crate::model::shown::shown;
use crate::model::standing::Standing;
use crate::model::tongue::word;
use crate::model::week::Week;
use crate::model::workspace::{Part, Workspace};
use crate::storage::private::{self, Owner};
use crate::storage::{self, StorageError};

use super::args::Checkin;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::now::{Now, tell_if_under_way};
use super::output::{message, print};
use super::screens;

/// The help of the plain prompts.
const HELP: &str = term!(
    "Type the answer and press Enter. An empty line keeps what stands in brackets, or skips. \
    - takes an answer back. Each answer is saved at once: end the input whenever you like."
);

pub(super) fn run(context: &Context, args: &Checkin) -> Result<Answer, Failure> {
    if !args.linear {
        return screens::check_in(context, args.week);
    }
    let workspace = context.open(&[Part::NorthStar, Part::Goals, Part::Kpis, Part::Latest])?;
    let me = context.need_me(&workspace)?.id.clone();
    let now = Now::of(context, &workspace)?;
    let week = args.week.map(|typed| context.resolve(&workspace, typed)).transpose()?.unwrap_or(now.open);
    refuse(&workspace, week, now.week)?;
    let (check_in, before) = storage::my_check_ins(&workspace.root, &me, week, WEEKS)?;
    let mut prompts = Prompts { context, workspace: &workspace, now: &now, me, week, check_in, before, told: None };
    let ended = prompts.ask_all(&mut io::stdin().lock())?;
    prompts.end(ended)
}

/// A week that was sealed, or lies far ahead, takes no answers.
fn refuse(workspace: &Workspace, week: Week, now: Week) -> Result<(), Failure> {
    if workspace.weeks.contains_key(&week) {
        return Err(StorageError::Sealed { week }.into());
    }
    if week.since(now) > 1 {
        return Err(Failure::new(
            say!("{week} is more than a week away, and this week is {now}", week, now),
            say!("check in for this week or the next"),
        ));
    }
    Ok(())
}

/// Whether the input ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    GoesOn,
    Ended,
}

struct Prompts<'a> {
    context: &'a Context,
    workspace: &'a Workspace,
    now: &'a Now,
    me: MemberId,
    week: Week,
    check_in: CheckIn,
    before: Vec<CheckIn>,
    /// The section whose heading was printed last.
    told: Option<Section>,
}

impl Prompts<'_> {
    fn with<T>(&self, then: impl FnOnce(&Asking<'_>) -> T) -> T {
        let standing =
            Standing::fold(self.workspace.latest.as_deref(), std::slice::from_ref(&self.check_in), self.week);
        then(&Asking {
            config: &self.workspace.config,
            strategy: &self.workspace.strategy,
            standing: &standing,
            history: self.now.history(),
            member: &self.me,
            week: self.week,
            check_in: &self.check_in,
            before: &self.before,
        })
    }

    /// Asks one question after the other. Each answer may add another: a list takes lines until one is empty.
    fn ask_all(&mut self, input: &mut impl BufRead) -> Result<Input, Failure> {
        let name = self.workspace.config.name_of(&self.me);
        print(&say!(
            "{team}: check-in of {name} for {week}\n{help}\nWhoever can read the workspace's folder can read these answers.\n",
            team = shown(&self.workspace.config.name),
            name = shown(name),
            week = self.week,
            help = word(HELP)
        ))?;
        let mut asked: Vec<String> = Vec::new();
        loop {
            let all = self.with(questions::questions);
            let Some(question) = all.iter().find(|q| !asked.contains(&q.key())) else { break };
            let before = self.check_in.clone();
            if let Input::Ended = self.ask(question, input)? {
                return Ok(Input::Ended);
            }
            asked.push(question.key());
            if question.is_list() && self.check_in != before {
                // What was just said is not asked about again, but there may be another line to say.
                let known: Vec<String> = all.iter().map(Question::key).collect();
                let after = self.with(questions::questions).into_iter().filter(|q| q.section == question.section);
                asked.extend(after.map(|q| q.key()).filter(|key| !known.contains(key)));
                if !question.is_answered() {
                    asked.retain(|key| *key != question.key());
                }
            }
        }
        self.ask_private(input)
    }

    /// Asks until the answer is understood, skipped, or the input ends.
    fn ask(&mut self, q: &Question, input: &mut impl BufRead) -> Result<Input, Failure> {
        if self.told != Some(q.section) {
            self.told = Some(q.section);
            print(&format!("\n{}\n", shown(q.section.label())))?;
        }
        let (config, strategy) = (&self.workspace.config, &self.workspace.strategy);
        let now = questions::show(&q.answer, config, strategy);
        let now = if q.section == Section::Meant { self.meant(q) } else { now };
        let brackets = match (now.is_empty(), q.last.is_empty()) {
            (false, _) => format!(" [{now}]"),
            (true, false) => say!(" [last: {last}]", last = q.last),
            (true, true) => String::new(),
        };
        let text = if q.text.is_empty() { say!("You said") } else { &q.text };
        let hint = if q.section == Section::Ranking || q.section == Section::Meant {
            format!(" ({})", q.hint)
        } else {
            String::new()
        };
        loop {
            print(&format!("{}: ", shown(&format!("{text}{hint}{brackets}"))))?;
            let Some(line) = next_line(input)? else { return Ok(Input::Ended) };
            match line.trim() {
                "" => return Ok(Input::GoesOn),
                "?" => print(&format!("{}.\n{}\n", shown(&q.hint), word(HELP)))?,
                typed => match self.with(|of| questions::read(of, q, typed)) {
                    Ok(answer) => {
                        self.save(q, answer)?;
                        return Ok(Input::GoesOn);
                    }
                    Err(why) => print(&say!("Not understood: {why}.\n", why = shown(&why)))?,
                },
            }
        }
    }

    /// The goal that was picked for a priority.
    fn meant(&self, q: &Question) -> String {
        let Said::Recall(_, Some(said)) = &q.answer else { return String::new() };
        let goal = said.goal.as_ref().and_then(|id| self.workspace.strategy.goal(id));
        goal.map(|g| g.title.clone()).unwrap_or_default()
    }

    /// Saves an answer; says so when it is on the disk, and no sooner.
    fn save(&mut self, q: &Question, answer: Said) -> Result<(), Failure> {
        let words = questions::show(&answer, &self.workspace.config, &self.workspace.strategy);
        let edit = CheckInEdit::Answer(Box::new(q.answer.clone()), Box::new(answer));
        match storage::edit_check_in(&self.workspace.root, self.week, &self.me, edit) {
            Ok(check_in) => {
                self.check_in = check_in;
                let words = if words.is_empty() { say!("taken back").to_owned() } else { words };
                print(&say!("Saved: {words}\n", words = shown(&words)))
            }
            Err(StorageError::Changed { .. }) => {
                self.check_in = storage::my_check_ins(&self.workspace.root, &self.me, self.week, 0)?.0;
                let theirs = self.check_in.says(&q.answer);
                let theirs = questions::show(&theirs, &self.workspace.config, &self.workspace.strategy);
                print(&say!(
                    "Not saved: it was changed elsewhere meanwhile and says “{theirs}” now.\n",
                    theirs = shown(&theirs)
                ))
            }
            Err(e) => Err(e.into()),
        }
    }

    fn ask_private(&mut self, input: &mut impl BufRead) -> Result<Input, Failure> {
        let Some(local) = &self.context.local else { return Ok(Input::GoesOn) };
        let owner = Owner { workspace: self.workspace.config.id.clone(), member: self.me.clone() };
        let before = private::notes(local, &owner)?.into_iter().find(|(week, _)| *week == self.week);
        let brackets = if before.is_some() { say!(" [there is one; a line is added to it]") } else { "" };
        print(&say!("\nOnly for you: stays on this machine\nA private note{brackets}: ", brackets))?;
        let Some(line) = next_line(input)? else { return Ok(Input::Ended) };
        let text = match (line.trim(), before) {
            ("", _) => return Ok(Input::GoesOn),
            ("-", _) => String::new(),
            (line, Some((_, before))) => format!("{before}\n{line}"),
            (line, None) => line.to_owned(),
        };
        private::keep(local, &owner, self.week, &text)?;
        print(say!("Saved on this machine only.\n"))?;
        Ok(Input::GoesOn)
    }

    /// How much was answered. A review that is under way has not seen it.
    fn end(&self, input: Input) -> Result<Answer, Failure> {
        let (answered, all) = questions::progress(&self.with(questions::questions));
        let so_far = if input == Input::Ended { say!("The input ended. ") } else { "" };
        print(&say!("\n{so_far}{answered} of {all} answered, and saved.\n", so_far, answered, all))?;
        if answered > 0 {
            tell_if_under_way(self.context, self.workspace, self.week)?;
        }
        if answered == 0 {
            message(say!("Nothing was said: no check-in was written"));
        }
        Ok(Answer::silent())
    }
}

/// The next line that was typed; none when the input ended.
fn next_line(input: &mut impl BufRead) -> Result<Option<String>, Failure> {
    let mut line = String::new();
    match input.read_line(&mut line) {
        Ok(0) => {
            print("\n")?;
            Ok(None)
        }
        Ok(_) => {
            // Nobody has pressed Enter on the screen: the answer to come begins a line of its own.
            if !io::stdin().is_terminal() {
                print("\n")?;
            }
            Ok(Some(line))
        }
        Err(e) => Err(Failure::new(
            say!("the answer could not be read: {e}", e),
            say!("what was answered before it is saved; start it again to go on"),
        )),
    }
}
