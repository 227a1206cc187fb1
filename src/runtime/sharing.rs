//! Sharing by git from the screen: what is asked first, the thread that does it, and what it tells.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::thread;

use super::clock::Clock;
use super::events::Event;
use crate::app::Tone;
use crate::app::dialogs::sync::{Asked, Ended, Settled, Told, Wish};
use crate::app::message::Message;
use crate::model::people::Member;
use crate::model::review::Moment;
use crate::model::sharing::Standing;
use crate::model::workspace::Config;
use crate::storage::Local;
use crate::sync::{self, Limits, Mode, Report, Repository, Request, Stop, Trouble, Trust, Way};

/// Whose sharing it is.
#[derive(Debug, Clone)]
pub(super) struct Of {
    pub local: Local,
    pub root: PathBuf,
    pub config: Config,
    pub me: Option<Member>,
}

/// What is being shared, or asked before.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    /// Stops what is under way.
    stop: Stop,
    /// What a yes would be about.
    asked: Option<Question>,
}

#[derive(Debug, Clone, PartialEq)]
enum Question {
    /// Make a repository.
    Make,
    /// Trust this one, which looked like this.
    Trust(Repository, sync::Asked),
}

impl Of {
    /// How the sharing stands: by files alone, nothing is run.
    pub(super) fn standing(&self) -> Standing {
        sync::standing(&self.local, &self.root, &self.config, self.me.as_ref())
    }

    fn trust(&self, repository: &Repository) -> Trust {
        sync::trust(&self.local, &self.root, &self.config.id, repository)
    }
}

impl Sharing {
    /// Does what was wished; what has to be asked first comes back at once, all else by way of the channel.
    pub(super) fn wish(&mut self, wish: Wish, of: Of, now: Moment, to: &Sender<Event>) -> Option<Told> {
        match wish {
            Wish::Begin => match question(&of) {
                Some((question, asked)) => {
                    self.asked = Some(question);
                    return Some(Told::Asks(asked));
                }
                None => self.start(of, None, None, now, to),
            },
            Wish::Yes => {
                let question = self.asked.take();
                self.start(of, question, None, now, to);
            }
            Wish::Settled(settled) => self.start(of, None, Some(*settled), now, to),
            Wish::Stop => self.stop.stop(),
        }
        None
    }

    fn start(&mut self, of: Of, answered: Option<Question>, settled: Option<Settled>, now: Moment, to: &Sender<Event>) {
        self.stop = Stop::default();
        let (stop, to_end) = (self.stop.clone(), to.clone());
        let to = to.clone();
        let work = move || {
            let done = answer(&of, answered).and_then(|()| share(&of, &stop, settled, now, &to));
            let told = match done {
                Err(Trouble { clash: Some(merge), .. }) => Told::Clash(merge),
                done => Told::Ended(ended(&done)),
            };
            tell(&to, Message::Sync(told));
            tell(&to, Message::Sharing(of.standing()));
        };
        if let Err(e) = thread::Builder::new().name("truenorth-sync".to_owned()).spawn(work) {
            let ended = Ended {
                tone: Tone::Bad,
                title: say!("Not shared: no thread could be started: {e}", e),
                lines: vec![say!("Nothing was run: try again.").to_owned()],
                changed: false,
            };
            tell(&to_end, Message::Sync(Told::Ended(ended)));
        }
    }
}

fn tell(to: &Sender<Event>, message: Message) {
    let _ = to.send(Event::Message(Box::new(message)));
}

/// What has to be asked before git runs.
fn question(of: &Of) -> Option<(Question, Asked)> {
    let Ok(found) = Repository::find(&of.root) else { return None };
    let Some(repository) = found else {
        let lines = vec![
            say!("This workspace is in no git repository yet. Git keeps every version of it, and brings it to others.").to_owned(),
            say!("A repository is made in its folder, and what is in it is committed. To share it with others, add a remote \
             afterwards: git remote add origin REMOTE")
                .to_owned(),
        ];
        return Some((Question::Make, Asked { question: say!("Make a repository here?").to_owned(), lines }));
    };
    let Trust::Asked(asked) = of.trust(&repository) else { return None };
    let question = if asked.changed {
        say!("It changed since you trusted it. Trust it now?")
    } else {
        say!("Trust this repository?")
    };
    let mut lines = vec![asked.git_dir.clone()];
    lines.extend(asked.lines.iter().map(|line| format!("  {line}")));
    if !asked.hooks.is_empty() {
        lines.push(say!("Hooks: {hooks} (a sync runs none of them)", hooks = asked.hooks.join(", ")));
    }
    lines.push(
        say!("git uses these addresses and starts these programs as you. Say yes only if you or your team put them there.")
            .to_owned(),
    );
    let shown = Asked { question: question.to_owned(), lines };
    Some((Question::Trust(repository, asked), shown))
}

/// Does what was said yes to; what came in its place while the question stood is not meant.
fn answer(of: &Of, answered: Option<Question>) -> Result<(), Trouble> {
    match answered {
        None => Ok(()),
        Some(Question::Make) => sync::init(&of.local, &of.root, &of.config.id, None),
        Some(Question::Trust(repository, asked)) => {
            if of.trust(&repository) == Trust::Asked(asked) {
                // That it was not kept is told by the sync: it is not trusted then.
                let _ = sync::approve(&of.local, &of.root, &of.config.id, &repository);
            }
            Ok(())
        }
    }
}

fn share(of: &Of, stop: &Stop, settled: Option<Settled>, now: Moment, to: &Sender<Event>) -> Result<Report, Trouble> {
    let settled = settled.map(|Settled { mine, theirs, strategy }| sync::Settled { mine, theirs, strategy });
    let request = Request {
        root: &of.root,
        config: &of.config,
        me: of.me.as_ref(),
        local: &of.local,
        mode: Mode::Share,
        stop,
        limits: Limits::default(),
        dice: Clock::dice(),
        settled: settled.as_ref(),
        now,
    };
    sync::sync(&request, &mut |step, nth| tell(to, Message::Sync(Told::At(step, nth))))
}

/// How it ended, to be read.
fn ended(done: &Result<Report, Trouble>) -> Ended {
    let tone = match done {
        Ok(Report { way: Way::Shared, .. }) => Tone::Good,
        Ok(Report { way: Way::NoRemote | Way::Offline | Way::DryRun, .. }) => Tone::Info,
        Ok(Report { way: Way::Kept(_), .. }) | Err(_) => Tone::Bad,
    };
    let mut lines: Vec<String> = sync::next(done).map(|next| format!("Next: {next}")).into_iter().collect();
    for (heading, more) in sync::more(done) {
        lines.push(format!("# {heading}"));
        lines.extend(more.iter().flat_map(|line| line.lines().map(str::to_owned)));
    }
    let changed = done.as_ref().is_ok_and(|report| !report.arrived.is_empty());
    Ended { tone, title: sync::told(done), lines, changed }
}
