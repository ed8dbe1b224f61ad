//! What the form says, as far as it was read.

use super::seats::Seat;
use domain::contact::{ContactDraft, FileRefusal};
use domain::id::{ExchangeId, FileId};
use services::contact::{RefusedFile, Typed};

/// Most refused files that are named.
const NAMED: usize = 40;

/// What was pressed.
#[derive(Debug, Default)]
pub(super) enum Button {
    /// « Joindre »: keep all, come back. Also what a form says that broke off before its button.
    #[default]
    Keep,
    /// « Envoyer ».
    Send,
    /// « Retirer » beside a file.
    Remove(FileId),
    /// « Supprimer » beside a message that was begun.
    Discard,
}

/// The form as far as it was read.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) number: Option<ExchangeId>,
    pub(super) page: String,
    pub(super) draft: ContactDraft,
    /// What a script says that keeps on its own: the number of its page, objet and message as it has them from the server.
    pub(super) writer: Option<String>,
    pub(super) before: [String; 2],
    pub(super) button: Button,
    pub(super) refused: Vec<RefusedFile>,
    /// Whether it has the field of files at all: what a script keeps while somebody types has not.
    pub(super) has_files: bool,
    /// The files the page showed, and those that came in with the form.
    pub(super) files: Vec<FileId>,
    /// The file that is being read.
    pub(super) current: Option<String>,
    pub(super) is_kept: bool,
    /// Held from the first file on.
    pub(super) seat: Option<Seat>,
}

impl Sent {
    /// Notes a file that does not come in; of very many the first ones are named.
    pub(super) fn refuse(&mut self, name: String, refusal: FileRefusal) {
        if self.refused.len() < NAMED {
            self.refused.push(RefusedFile { name, refusal });
        }
    }

    /// What the draft is to hold.
    pub(super) fn typed(&self) -> Typed<'_> {
        let writer = self.writer.as_deref().map(|writer| (writer, [self.before[0].as_str(), self.before[1].as_str()]));
        let refused = self.has_files.then_some(self.refused.as_slice());
        Typed { subject: &self.draft.subject, message: &self.draft.message, writer, refused }
    }

    /// Takes a field in; one that is not of the form says nothing.
    pub(super) fn put(&mut self, name: &str, value: String) {
        match name {
            "brouillon" => self.number = value.parse().ok(),
            "page" => self.page = value,
            "joint" => self.files.extend(value.parse::<FileId>()),
            "objet" => self.draft.subject = value,
            "message" => self.draft.message = value,
            "consentement" => self.draft.consent = value,
            "consent_version" => self.draft.consent_version = value,
            "page_ouverte" => self.writer = Some(value),
            "avant_objet" => self.before[0] = value,
            "avant_message" => self.before[1] = value,
            "supprimer" => self.button = Button::Discard,
            "envoyer" => self.button = Button::Send,
            "joindre" => self.button = Button::Keep,
            "retirer" => self.button = value.parse().map_or(Button::Keep, Button::Remove),
            _ => {}
        }
    }
}
