//! The start screen: no workspace was found, so it offers the sample, a new workspace, or an existing one.

use super::dialogs::field::Field;
use super::dialogs::form::{Asked, Form};
use super::dialogs::options;
use super::dialogs::purpose::Purpose;
use super::dialogs::typed::{Typed, refilled};
use super::intent::{FormIntent, Intent, StartIntent};
use super::keymap::{Keymap, Scope};
use super::message::{Effect, NewWorkspace};
use super::{Look, Notice, Tone};
use crate::model::tongue::{Language, language};

/// The start screen.
#[derive(Debug, Clone)]
pub struct Start {
    /// The form that is open.
    pub form: Option<Form>,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// How text is drawn.
    pub look: Look,
    /// The keys.
    pub keymap: Keymap,
    /// The folder one stands in: where `init` proposes to begin.
    pub folder: String,
    /// What was typed into forms that are closed now, before a kill or since.
    pub typed: Vec<Typed>,
}

impl Start {
    /// The start screen at its first frame; it says what was typed before a kill and waits.
    #[must_use]
    pub fn new(look: Look, keymap: Keymap, folder: String, typed: Vec<Typed>) -> Self {
        let waits = typed.first().map(Typed::waits);
        let notice = waits.map(|text| Notice { text, tone: Tone::Info });
        Self { form: None, notice, look, keymap, folder, typed }
    }

    /// Everything that was typed and not used yet.
    #[must_use]
    pub fn typed(&self) -> Vec<Typed> {
        let open = self.form.iter().filter(|f| f.touched).map(Typed::of);
        open.chain(self.typed.iter().cloned()).collect()
    }

    fn open(&mut self, form: Form) {
        self.notice = None;
        self.form = Some(refilled(&mut self.typed, form));
    }

    /// Closes the form; what was typed waits for the next time.
    fn put_aside(&mut self) {
        self.typed.extend(self.form.take().filter(|f| f.touched).as_ref().map(Typed::of));
    }

    /// The scopes of keys that hold now.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        if self.form.is_some() { vec![Scope::Form] } else { vec![Scope::Start] }
    }

    /// What someone wants.
    pub fn intent(&mut self, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::App(super::intent::AppIntent::Quit) => vec![Effect::Quit],
            Intent::Start(StartIntent::Demo) => vec![Effect::OpenDemo],
            Intent::Start(StartIntent::Init) => {
                self.open(init(&self.folder));
                Vec::new()
            }
            Intent::Start(StartIntent::Open) => {
                let field = Field::line("folder", say!("Folder"), &self.folder)
                    .required()
                    .hint(say!("the one with truenorth.ron in it"));
                self.open(Form::new(say!("Open a workspace"), Purpose::OpenFolder, vec![field]));
                Vec::new()
            }
            Intent::Form(intent) => self.form_intent(intent),
            _ => Vec::new(),
        }
    }

    fn form_intent(&mut self, intent: FormIntent) -> Vec<Effect> {
        let Some(form) = &mut self.form else { return Vec::new() };
        match form.intent(intent) {
            Asked::Save => return self.save(),
            Asked::Close => self.put_aside(),
            // No editor here: the answers are short, and nothing is open yet that it could come back to.
            Asked::Nothing | Asked::Edit(_) => {}
        }
        Vec::new()
    }

    /// The form stays until the workspace opens, so that a refusal loses nothing.
    fn save(&mut self) -> Vec<Effect> {
        let Some(form) = &mut self.form else { return Vec::new() };
        if let Some((at, why)) = form.wrong() {
            form.focus = at;
            form.error = Some((at, why));
            return Vec::new();
        }
        if form.purpose == Purpose::OpenFolder {
            return vec![Effect::OpenFolder(form.value("folder"))];
        }
        vec![Effect::Init(Box::new(NewWorkspace {
            folder: form.value("folder"),
            name: form.value("name"),
            vision: form.value("vision"),
            people: form
                .value("people")
                .split(['\n', ',', ';'])
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .map(str::to_owned)
                .collect(),
            goal: form.value("goal"),
            language: form.value("language").parse().unwrap_or_default(),
        }))]
    }

    /// Something could not be done.
    pub fn failed(&mut self, what: &str, next: &str) {
        self.notice = Some(Notice { text: format!("{what} {next}"), tone: Tone::Bad });
    }
}

/// The questions of a new workspace.
fn init(folder: &str) -> Form {
    let languages = Language::ALL.map(|l| (l.code(), l.name()));
    Form::new(
        say!("A new workspace"),
        Purpose::Init,
        vec![
            Field::line("name", say!("Name"), "").required().hint(say!("of the business or team")),
            Field::text("vision", say!("Vision"), "")
                .required()
                .hint(say!("what the world looks like when you have succeeded")),
            Field::text("people", say!("People"), "")
                .required()
                .hint(say!("one name a line, or commas between; your own first")),
            Field::line("goal", say!("First goal"), "").hint(say!("one thing to get done this quarter")),
            Field::choice("language", say!("Language"), options::fixed(&languages), Some(language().code()))
                .hint(say!("what the program speaks here")),
            Field::line("folder", say!("Folder"), folder).required().hint(say!("empty, or not there yet")),
        ],
    )
    .about(say!("Six questions. Everything can be changed later, here or in the files."))
}
