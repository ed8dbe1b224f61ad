//! `espace echanges`: what is typed.

use super::{Exchanges, Reply};
use crate::command::intention::Intention;
use crate::command::stop::Stop;
use crate::command::{Input, TEMPLATE};
use clap::{ArgGroup, Args, Subcommand, ValueHint};
use domain::contact::{ExchangeState, Reference};
use services::contact::BY;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Most bytes of an answer that are read: the portal says whether it is too long, this only ends a file that does not.
const MOST: u64 = 1_000_000;

#[derive(Debug, Subcommand)]
pub(in crate::command) enum Action {
    /// Liste les messages reçus, les plus récents d’abord
    #[command(
        alias = "list",
        help_template = TEMPLATE,
        after_help = "Les 500 plus récents au plus.\n\n\
                      Exemples :\n  espace echanges lister\n  espace echanges lister --etat envoye --json"
    )]
    Lister {
        /// Seulement ceux qui en sont là : envoye, lu ou repondu
        #[arg(long, alias = "state", value_name = "ETAT", value_parser = state)]
        etat: Option<ExchangeState>,
    },
    /// Montre un message et ses réponses, et note qu’il est lu
    #[command(
        alias = "read",
        help_template = TEMPLATE,
        after_help = "La personne qui a écrit voit que son message est lu.\n\nExemple :\n  espace echanges lire ABCD-2345"
    )]
    Lire {
        /// Référence du message
        #[arg(value_name = "REFERENCE", value_parser = reference)]
        reference: Reference,
    },
    /// Répond à un message ; un courriel annonce la réponse, qui se lit dans l’Espace sécurisé
    #[command(
        alias = "answer",
        help_template = TEMPLATE,
        after_help = "C’est le portail en marche qui ouvre les fichiers joints : il doit pouvoir les lire. Ils sont contrôlés comme ceux \
                      des employeurs, et rien n’est envoyé si l’un d’eux est refusé.\n\n\
                      Exemples :\n  espace echanges repondre ABCD-2345 --par \"Service employeurs\" --texte \"Bonjour…\"\n  \
                      espace echanges repondre ABCD-2345 --par \"Paul Girard\" --texte-fichier reponse.txt --fichier attestation.pdf"
    )]
    Repondre(AnswerArgs),
    /// Copie un message, ses réponses et leurs fichiers dans un dossier
    #[command(
        alias = "export",
        help_template = TEMPLATE,
        after_help = "Écrit DOSSIER/REFERENCE, qui ne doit pas exister : message.txt, echange.json et les fichiers. C’est le portail en \
                      marche qui écrit : il doit en avoir le droit, et lui seul les lit. Le message n’est pas noté comme lu.\n\n\
                      Exemple :\n  espace echanges exporter ABCD-2345 /srv/echanges"
    )]
    Exporter {
        /// Référence du message
        #[arg(value_name = "REFERENCE", value_parser = reference)]
        reference: Reference,
        /// Dossier, créé s’il le faut
        #[arg(value_name = "DOSSIER", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true))]
pub(in crate::command) struct AnswerArgs {
    /// Référence du message
    #[arg(value_name = "REFERENCE", value_parser = reference)]
    reference: Reference,
    /// Qui répond, tel que la personne le verra
    #[arg(long, alias = "by", value_name = "NOM", value_parser = by)]
    par: String,
    /// La réponse
    #[arg(long, alias = "text", value_name = "TEXTE", group = "what")]
    texte: Option<String>,
    /// Fichier qui contient la réponse, en UTF-8 ; « - » pour l’entrée standard
    #[arg(long, alias = "text-file", value_name = "CHEMIN", value_hint = ValueHint::FilePath, group = "what")]
    texte_fichier: Option<PathBuf>,
    /// Fichier joint, que le portail doit pouvoir lire ; plusieurs fois s’il le faut
    #[arg(long, alias = "file", value_name = "CHEMIN", value_hint = ValueHint::FilePath)]
    fichier: Vec<PathBuf>,
}

impl Action {
    /// What is wanted of the database, and what travels beside it.
    ///
    /// # Errors
    /// [`Stop::Usage`]: a text that cannot be read, a path that cannot be told.
    pub(in crate::command) fn order(self) -> Result<(Intention, Option<Input>), Stop> {
        let (order, input) = match self {
            Self::Lister { etat } => (Exchanges::List { state: etat }, None),
            Self::Lire { reference } => (Exchanges::Read { reference }, None),
            Self::Repondre(args) => {
                let (reference, reply) = args.reply()?;
                let reply = serde_json::to_string(&reply).map_err(|error| Stop::Failed(error.to_string()))?;
                (Exchanges::Answer { reference }, Some(Input::Text(reply)))
            }
            Self::Exporter { reference, folder } => (Exchanges::Export { reference, folder: absolute(&folder)? }, None),
        };
        Ok((Intention::Exchanges(order), input))
    }
}

impl AnswerArgs {
    fn reply(self) -> Result<(Reference, Reply), Stop> {
        let text = match (self.texte, self.texte_fichier) {
            (Some(text), _) => text,
            (None, Some(path)) => read(&path)?,
            // The command line asks for one of them.
            (None, None) => String::new(),
        };
        let files = self.fichier.iter().map(|path| absolute(path)).collect::<Result<Vec<_>, _>>()?;
        Ok((self.reference, Reply { by: self.par, text, files }))
    }
}

/// The text of a file, or of the standard input.
fn read(path: &Path) -> Result<String, Stop> {
    let shown = path.display();
    let wrong = |error: std::io::Error| Stop::Usage(format!("Le fichier {shown} ne se lit pas : {error}."));
    let source: Box<dyn Read> =
        if path == Path::new("-") { Box::new(std::io::stdin()) } else { Box::new(std::fs::File::open(path).map_err(wrong)?) };
    let mut bytes = Vec::new();
    source.take(MOST).read_to_end(&mut bytes).map_err(wrong)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
        Err(_) => Err(Stop::Usage(format!("Le fichier {shown} n’est pas un texte en UTF-8."))),
    }
}

/// A path as another process finds it.
fn absolute(path: &Path) -> Result<PathBuf, Stop> {
    let unusable = |reason: &str| Stop::Usage(format!("Le chemin « {} » est inutilisable : {reason}.", path.display()));
    let whole = std::path::absolute(path).map_err(|error| unusable(&error.to_string()))?;
    // It travels as JSON, which has no other texts.
    if whole.to_str().is_none() { Err(unusable("il n’est pas en UTF-8")) } else { Ok(whole) }
}

fn reference(text: &str) -> Result<Reference, String> {
    text.parse().map_err(|_| "une référence a huit lettres et chiffres, comme ABCD-2345".to_owned())
}

fn state(text: &str) -> Result<ExchangeState, String> {
    match text {
        "envoye" | "envoyé" => Ok(ExchangeState::Sent),
        "lu" => Ok(ExchangeState::Read),
        "repondu" | "répondu" => Ok(ExchangeState::Answered),
        code => code.parse().map_err(|_| "envoye, lu ou repondu".to_owned()),
    }
}

fn by(text: &str) -> Result<String, String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err("un nom est attendu".to_owned()),
        length if length > BY => Err(format!("{BY} caractères au plus")),
        _ => Ok(line),
    }
}
