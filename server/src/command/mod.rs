//! The command line: one file a verb. Commands that need the database ask a running portal first (see [`socket`]).

mod config_show;
mod data;
mod demo;
mod exchanges;
mod health;
mod intention;
mod letter_desk;
mod letters;
mod output;
mod preview;
mod relay;
mod serve;
mod socket;
mod stop;
mod words;

pub use exchanges::{Exchanged, Exchanges, Exported, Hindered};
pub use intention::{Answer, Intention, Lost, Outcome, perform};
pub use letter_desk::{Desk, Told};
pub use stop::Stop;

use crate::config::{self, Flags, Loaded};
use clap::{Args, Parser, Subcommand};
use letters::Letters;
use output::Output;
use std::io::IsTerminal;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

const TEMPLATE: &str = "{about-with-newline}\nUtilisation : {usage}\n\n{all-args}{after-help}";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "espace",
    version,
    about = "Espace sécurisé : le portail des employeurs du bâtiment",
    help_template = TEMPLATE,
    after_help = "Exemples :\n  espace servir --developpement --demo\n  espace adherent importer adherents.csv\n  espace courriers generer\n\n\
                  Codes de sortie : 0 fait, 1 refusé ou en échec, 2 mal demandé.",
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Répond par du JSON, pour les programmes
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    config: Flags,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Met le portail en marche
    #[command(
        alias = "serve",
        help_template = TEMPLATE,
        after_help = "Exemples :\n  espace servir\n  espace servir --developpement --demo\n  espace servir --adresse 127.0.0.1:0 --base mem://"
    )]
    Servir(ServeArgs),
    /// Met le schéma de la base à jour
    #[command(alias = "migrate", help_template = TEMPLATE, after_help = "Exemples :\n  espace migrer --essai\n  espace migrer")]
    Migrer {
        /// Dit ce qui serait fait, sans rien faire
        #[arg(long, alias = "dry-run")]
        essai: bool,
    },
    /// Charge une caisse, des entreprises et des personnes imaginaires dans une base vide
    #[command(
        help_template = TEMPLATE,
        after_help = "Seulement pour une caisse de démonstration : le mot de passe des personnes est public, et les codes de deux \
                      courriers sont affichés.\n\nExemple :\n  espace demo"
    )]
    Demo,
    /// Adhérents et sites
    #[command(alias = "member", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Adherent {
        #[command(subcommand)]
        action: Members,
    },
    /// Alertes DSN
    #[command(alias = "alerts", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Alertes {
        #[command(subcommand)]
        action: Alerts,
    },
    /// Courriers de bienvenue et de code
    #[command(alias = "letters", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Courriers {
        #[command(subcommand)]
        action: Letters,
    },
    /// Messages des employeurs à la caisse, et réponses
    #[command(alias = "exchanges", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Echanges {
        #[command(subcommand)]
        action: exchanges::Action,
    },
    /// Courriels du portail
    #[command(alias = "mails", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Courriels {
        #[command(subcommand)]
        action: Mails,
    },
    /// Messages SMS de la caisse
    #[command(subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Sms {
        #[command(subcommand)]
        action: Texts,
    },
    /// Aide du portail
    #[command(alias = "help-texts", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Aide {
        #[command(subcommand)]
        action: HelpTexts,
    },
    /// Comptes des personnes
    #[command(alias = "account", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Compte {
        #[command(subcommand)]
        action: Accounts,
    },
    /// Données personnelles : accès, effacement, registre
    #[command(alias = "data", subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Donnees {
        #[command(subcommand)]
        action: data::Data,
    },
    /// Demande au portail en marche s’il va bien ; pour les conteneurs
    #[command(alias = "health", help_template = TEMPLATE, after_help = "Exemple :\n  espace sante --adresse 127.0.0.1:3000")]
    Sante,
    /// Configuration
    #[command(subcommand_help_heading = "Commandes", help_template = TEMPLATE)]
    Config {
        #[command(subcommand)]
        action: Configuration,
    },
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// Charge la démonstration si la base est vide
    #[arg(long)]
    demo: bool,
}

#[derive(Debug, Subcommand)]
enum Members {
    /// Importe un fichier d’adhérents : rien n’est écrit si une ligne est fausse
    #[command(
        alias = "import",
        help_template = TEMPLATE,
        after_help = "Colonnes, en UTF-8 ou windows-1252, séparées par « ; » ou « , » :\n  \
                      numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\n\
                      Exemples :\n  espace adherent importer adherents.csv\n  espace adherent importer adherents.csv --partiel --json"
    )]
    Importer(FileArgs),
}

#[derive(Debug, Subcommand)]
enum Alerts {
    /// Importe un fichier d’alertes : il remplace tout pour chaque SIRET et période qu’il nomme
    #[command(
        alias = "import",
        help_template = TEMPLATE,
        after_help = "Colonnes : siret;periode;gravite;code;message\n  periode : AAAA-MM\n  gravite : bloquant, anomalie, avertissement, \
                      information ; vide pour effacer le mois\n\nExemple :\n  espace alertes importer alertes.csv"
    )]
    Importer(FileArgs),
}

#[derive(Debug, Args)]
struct FileArgs {
    /// Fichier CSV
    #[arg(value_name = "FICHIER.csv", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Écrit les lignes justes même si d’autres sont fausses
    #[arg(long, alias = "partial")]
    partiel: bool,
}

#[derive(Debug, Subcommand)]
enum Mails {
    /// Écrit un exemplaire de chaque courriel, en texte et en HTML, dans un dossier
    #[command(
        alias = "preview",
        help_template = TEMPLATE,
        after_help = "Aucune base n’est ouverte et rien ne part.\n\nExemple :\n  espace courriels apercu --vers /tmp/courriels"
    )]
    Apercu {
        /// Dossier, créé s’il le faut
        #[arg(long, alias = "to", value_name = "DOSSIER", value_hint = clap::ValueHint::DirPath)]
        vers: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum Texts {
    /// Envoie un message à tous les téléphones mobiles certifiés
    #[command(
        alias = "send",
        help_template = TEMPLATE,
        after_help = "Le nom de la caisse est ajouté devant le message, 400 caractères au plus.\n\n\
                      Exemple :\n  espace sms envoyer \"La caisse est fermée le 24 décembre après-midi.\""
    )]
    Envoyer {
        /// Le message
        #[arg(value_name = "MESSAGE")]
        message: String,
    },
}

#[derive(Debug, Subcommand)]
enum HelpTexts {
    /// Dit ce que les personnes pensent des réponses, les moins utiles d’abord ; personne n’est nommé
    #[command(alias = "opinions", help_template = TEMPLATE, after_help = "Exemple :\n  espace aide avis --json")]
    Avis,
}

#[derive(Debug, Subcommand)]
enum Accounts {
    /// Retire la double authentification d’une personne qui n’a plus ni téléphone, ni clé d’accès, ni codes de secours
    #[command(
        alias = "clear-second-factor",
        help_template = TEMPLATE,
        after_help = "Assurez-vous d’abord de l’identité de la personne. Elle est déconnectée partout, un mail l’avertit, et le motif \
                      reste au journal.\n\nExemple :\n  espace compte retirer-deuxieme-facteur claire@exemple.fr \
                      --motif \"téléphone perdu, identité vérifiée au guichet\""
    )]
    RetirerDeuxiemeFacteur {
        /// Adresse mail du compte
        #[arg(value_name = "MAIL")]
        mail: String,
        /// Pourquoi, et comment la personne a prouvé qui elle est
        #[arg(long, alias = "reason", value_name = "TEXTE", value_parser = reason)]
        motif: String,
    },
}

/// A reason somebody can read later.
fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0..=4 => Err("dites pourquoi, en quelques mots".to_owned()),
        5..=300 => Ok(text.to_owned()),
        _ => Err("300 caractères au plus".to_owned()),
    }
}

#[derive(Debug, Subcommand)]
enum Configuration {
    /// Montre chaque valeur et d’où elle vient ; aucun secret
    #[command(alias = "show", help_template = TEMPLATE, after_help = "Exemple :\n  espace config afficher --json")]
    Afficher,
}

/// Runs one command and returns the process's exit code.
pub async fn run(cli: Cli) -> u8 {
    let output = Output::new(cli.json);
    match dispatch(cli, &output).await {
        Ok(code) => code,
        Err(stop) => {
            output.stop(&stop);
            stop.code()
        }
    }
}

async fn dispatch(cli: Cli, output: &Output) -> Result<u8, Stop> {
    let loaded = config::load(&cli.config)?;
    start_log(&loaded, matches!(cli.verb, Verb::Servir(_)));
    let (intention, file) = match cli.verb {
        Verb::Servir(args) => return serve::run(loaded, args.demo, output).await,
        Verb::Sante => return health::run(&loaded.settings, output).await,
        Verb::Config { action: Configuration::Afficher } => return Ok(config_show::run(&loaded, output)),
        Verb::Courriels { action: Mails::Apercu { vers } } => return preview::run(&loaded, &vers, output),
        Verb::Donnees { action } => return data::run(loaded, action, output).await,
        Verb::Aide { action: HelpTexts::Avis } => (Intention::Opinions, None),
        Verb::Sms { action: Texts::Envoyer { message } } => (Intention::Text, Some(Input::Text(message))),
        Verb::Migrer { essai } => (Intention::Migrate { dry_run: essai }, None),
        Verb::Demo => (Intention::Demo, None),
        Verb::Adherent { action: Members::Importer(args) } => {
            (Intention::ImportMembers { partial: args.partiel }, Some(Input::File(args.file)))
        }
        Verb::Alertes { action: Alerts::Importer(args) } => {
            (Intention::ImportAlerts { partial: args.partiel }, Some(Input::File(args.file)))
        }
        Verb::Courriers { action } => (action.intention(), None),
        Verb::Echanges { action } => action.order()?,
        Verb::Compte { action: Accounts::RetirerDeuxiemeFacteur { mail, motif } } => {
            let lost = serde_json::to_string(&Lost { mail, motif }).map_err(|error| Stop::Failed(error.to_string()))?;
            (Intention::ClearFactors, Some(Input::Text(lost)))
        }
    };
    let bytes = match file {
        Some(Input::File(path)) => relay::read_file(&path)?,
        Some(Input::Text(text)) => text.into_bytes(),
        None => Vec::new(),
    };
    let answer = relay::run(loaded, intention, bytes, output).await?;
    output.answer(&answer);
    Ok(u8::from(!answer.done))
}

/// What an intention is about.
enum Input {
    /// The bytes of a file.
    File(PathBuf),
    /// A text of the command line.
    Text(String),
}

/// The log goes to the error output: the standard output belongs to the answer.
fn start_log(loaded: &Loaded, is_portal: bool) {
    let settings = &loaded.settings;
    // Commands say what they do in their answer; the engine's housekeeping complains whenever a process ends soon after opening it.
    let filter = if is_portal { settings.log_filter.as_str() } else { "warn,surrealdb_core::kvs::tasks=off" };
    let filter = EnvFilter::try_new(filter).unwrap_or_default();
    let colors = std::io::stderr().is_terminal() && !config::no_color();
    // A second start in one process is a test's.
    let _ = crate::log::dispatch(settings.log, filter, colors, std::io::stderr).try_init();
    // Whoever develops wants the trace of it.
    if is_portal && !settings.development {
        crate::log::hear_panics();
    }
}

#[cfg(test)]
mod tests;
