//! `espace courriers`: from the PDF to the letter box.

use super::TEMPLATE;
use super::intention::Intention;
use super::letter_desk::Desk;
use clap::{ArgGroup, Args, Subcommand};
use domain::form::Reason;
use domain::id::LetterId;
use domain::sites::siret::Siret;

/// Longest reason kept, in characters.
const LONGEST: usize = 200;

#[derive(Debug, Subcommand)]
pub(super) enum Letters {
    /// Écrit en PDF les deux courriers de chaque site qui les attend
    #[command(
        alias = "generate",
        help_template = TEMPLATE,
        after_help = "Les courriers vont dans <donnees>/courriers/<lot>/bienvenue et <lot>/code : jamais dans la même enveloppe.\n\
                      Avec « poste_url », ils partent chez le service d’impression.\n\n\
                      Exemples :\n  espace courriers generer\n  espace courriers generer --json"
    )]
    Generer,
    /// Liste les lots, ou les courriers d’un lot ou d’un site
    #[command(
        alias = "list",
        help_template = TEMPLATE,
        after_help = "Une paire de courriers est : imprimé, posté, utilisé, expiré, bloqué (dix codes faux) ou annulé.\n\n\
                      Exemples :\n  espace courriers lister\n  espace courriers lister --lot 2026-11-24-10h00m00\n  \
                      espace courriers lister --siret 00123458200011 --json"
    )]
    Lister(ListArgs),
    /// Note qu’un lot ou une paire de courriers est posté : les fichiers des codes sont supprimés
    #[command(
        alias = "post",
        help_template = TEMPLATE,
        after_help = "Un courrier posté ne se réimprime plus : son code n’existe que sur le papier.\n\n\
                      Exemples :\n  espace courriers poster 2026-11-24-10h00m00\n  espace courriers poster 01JD3V9X7ZK4M2N8P6Q5R4S3T2"
    )]
    Poster {
        /// Nom du lot, ou référence d’une paire de courriers
        #[arg(value_name = "LOT")]
        what: String,
    },
    /// Annule une paire de courriers : son code n’ouvre plus rien
    #[command(
        alias = "void",
        help_template = TEMPLATE,
        after_help = "Le motif reste dans le journal.\n\n\
                      Exemple :\n  espace courriers annuler 01JD3V9X7ZK4M2N8P6Q5R4S3T2 --motif \"adresse fausse\""
    )]
    Annuler {
        /// Référence imprimée sur les deux courriers
        #[arg(value_name = "ID", value_parser = letter)]
        letter: LetterId,
        /// Pourquoi
        #[arg(long, alias = "reason", value_name = "TEXTE", value_parser = reason)]
        motif: String,
    },
    /// Dit où sont les fichiers d’une paire de courriers, pour l’imprimer à nouveau tant qu’elle n’est pas postée
    #[command(
        alias = "reprint",
        help_template = TEMPLATE,
        after_help = "Exemple :\n  espace courriers reimprimer 01JD3V9X7ZK4M2N8P6Q5R4S3T2"
    )]
    Reimprimer {
        /// Référence imprimée sur les deux courriers
        #[arg(value_name = "ID", value_parser = letter)]
        letter: LetterId,
    },
    /// Demande de nouveaux courriers pour un site ; ceux qui sont en route restent bons
    #[command(
        alias = "ask",
        help_template = TEMPLATE,
        after_help = "Exemple :\n  espace courriers redemander 00123458200011 && espace courriers generer"
    )]
    Redemander {
        /// SIRET du site
        #[arg(value_name = "SIRET", value_parser = siret)]
        siret: Siret,
    },
    /// Suspend les courriers d’un site : personne ne peut plus en demander
    #[command(
        alias = "suspend",
        help_template = TEMPLATE,
        after_help = "Ceux qui sont en route restent bons : « espace courriers annuler » les retire. Le motif reste dans le journal.\n\n\
                      Exemple :\n  espace courriers suspendre 00123458200011 --motif \"adresse contestée\""
    )]
    Suspendre {
        /// SIRET du site
        #[arg(value_name = "SIRET", value_parser = siret)]
        siret: Siret,
        /// Pourquoi
        #[arg(long, alias = "reason", value_name = "TEXTE", value_parser = reason)]
        motif: String,
    },
    /// Met fin à la suspension des courriers d’un site
    #[command(alias = "resume", help_template = TEMPLATE, after_help = "Exemple :\n  espace courriers reprendre 00123458200011")]
    Reprendre {
        /// SIRET du site
        #[arg(value_name = "SIRET", value_parser = siret)]
        siret: Siret,
    },
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which"))]
pub(super) struct ListArgs {
    /// Courriers de ce site, et ce qui leur est arrivé
    #[arg(long, value_name = "SIRET", value_parser = siret, group = "which")]
    siret: Option<Siret>,
    /// Courriers de ce lot
    #[arg(long, alias = "batch", value_name = "LOT", group = "which")]
    lot: Option<String>,
}

impl Letters {
    /// What is wanted of the database.
    pub(super) fn intention(self) -> Intention {
        Intention::Desk(match self {
            Self::Generer => return Intention::MakeLetters,
            Self::Lister(ListArgs { siret: Some(siret), .. }) => Desk::ListSite { siret },
            Self::Lister(ListArgs { lot: Some(batch), .. }) => Desk::ListBatch { batch },
            Self::Lister(ListArgs { siret: None, lot: None }) => Desk::ListBatches,
            Self::Poster { what } => match what.parse() {
                Ok(letter) => Desk::PostLetter { letter },
                Err(_) => Desk::PostBatch { batch: what },
            },
            Self::Annuler { letter, motif } => Desk::Void { letter, reason: motif },
            Self::Reimprimer { letter } => Desk::Reprint { letter },
            Self::Redemander { siret } => Desk::Want { siret },
            Self::Suspendre { siret, motif } => Desk::Suspend { siret, reason: motif },
            Self::Reprendre { siret } => Desk::Resume { siret },
        })
    }
}

fn siret(text: &str) -> Result<Siret, String> {
    Siret::parse(text).map_err(|reason| match reason {
        Reason::SiretKey => "SIRET dont la clé est fausse".to_owned(),
        _ => "14 chiffres attendus".to_owned(),
    })
}

fn letter(text: &str) -> Result<LetterId, String> {
    text.to_ascii_uppercase().parse().map_err(|_| "la référence imprimée sur les courriers a 26 caractères".to_owned())
}

fn reason(text: &str) -> Result<String, String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err("un motif est attendu".to_owned()),
        length if length > LONGEST => Err(format!("{LONGEST} caractères au plus")),
        _ => Ok(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Cli, Verb};
    use clap::Parser;

    fn intention(words: &str) -> Option<Intention> {
        match Cli::try_parse_from(["espace", "courriers"].into_iter().chain(words.split(' '))).ok()?.verb {
            Verb::Courriers { action } => Some(action.intention()),
            _ => None,
        }
    }

    #[test]
    fn what_is_posted_is_a_batch_or_one_pair() {
        assert_eq!(intention("poster 2026-11-24-10h00m00"), Some(Intention::Desk(Desk::PostBatch { batch: "2026-11-24-10h00m00".into() })));
        let letter: LetterId = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
        assert_eq!(intention(&format!("poster {letter}")), Some(Intention::Desk(Desk::PostLetter { letter })));
    }

    #[test]
    fn what_is_asked_wrongly_is_refused_before_anything_is_opened() {
        for wrong in [
            "lister --siret 00123458200012",
            "lister --siret 00123458200011 --lot x",
            "annuler 01JD3V9X7ZK4M2N8P6Q5R4S3T2",
            "annuler ../../etc/passwd --motif x",
            "annuler 01JD3V9X7ZK4M2N8P6Q5R4S3T2 --motif=",
            "reimprimer 1234",
            "redemander 1234",
            "suspendre 00123458200011",
            "reprendre 00123458200012",
        ] {
            assert_eq!(intention(wrong), None, "{wrong}");
        }
        assert_eq!(intention("lister"), Some(Intention::Desk(Desk::ListBatches)));
    }
}
