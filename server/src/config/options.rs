//! The one list of options: name, help, default. The flag, the variable and the key of the file are made from the name.

use clap::builder::ValueHint;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::collections::BTreeMap;

/// How an option is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One value.
    Text,
    /// Several values: a list in the file, commas elsewhere.
    List,
}

/// One option.
#[derive(Debug)]
pub struct Choice {
    /// Its key in `espace.toml`; `url_publique` is `--url-publique` and `ESPACE_URL_PUBLIQUE`.
    pub key: &'static str,
    /// How it is written.
    pub form: Form,
    /// What stands when nobody says anything, in words where it depends on others. Empty: nothing.
    pub default: &'static str,
    /// What it is, for people.
    pub help: &'static str,
}

const fn text(key: &'static str, default: &'static str, help: &'static str) -> Choice {
    Choice { key, form: Form::Text, default, help }
}

const fn list(key: &'static str, help: &'static str) -> Choice {
    Choice { key, form: Form::List, default: "", help }
}

/// Every option there is, `[caisse]` apart. Secrets are in files: none is ever a value.
pub const OPTIONS: &[Choice] = &[
    text("adresse", "127.0.0.1:3000", "Adresse et port d’écoute ; le port 0 laisse le système choisir"),
    text("url_publique", "http://localhost:<port>", "Adresse que les personnes saisissent, sans barre finale"),
    list("hotes", "Autres noms d’hôte acceptés, en plus de celui de l’adresse publique"),
    list("proxys", "Adresses IP des mandataires dont l’en-tête X-Forwarded-For est cru"),
    text("donnees", "./donnees", "Dossier de tout ce que le portail conserve"),
    text("base", "surrealkv://<donnees>/base", "Base de données : mem://, surrealkv://DOSSIER, ws://HÔTE ou wss://HÔTE"),
    text("base_utilisateur", "", "Utilisateur de la base, pour ws:// et wss://"),
    text("base_mot_de_passe_file", "", "Fichier qui contient le mot de passe de la base"),
    text(
        "base_ac_file",
        "",
        "Fichier PEM de l’autorité qui garantit le serveur de la base, pour wss:// ; sans lui, les autorités publiques",
    ),
    text("cle_file", "<donnees>/cle", "Fichier de la clé du portail (32 octets) ; obligatoire avec ws:// et wss://"),
    text("fichiers", "<donnees>/fichiers", "Dossier des pièces jointes, ou s3://COMPARTIMENT ; commun à tous les portails d’une même base"),
    text("fichiers_s3_adresse", "", "Adresse https:// du service S3, ou du compartiment lui-même si elle commence par son nom"),
    text("fichiers_s3_region", "us-east-1", "Région du compartiment, pour la signature des demandes"),
    text("fichiers_s3_cle", "", "Identifiant de la clé d’accès au compartiment"),
    text("fichiers_s3_secret_file", "", "Fichier qui contient le secret de cette clé"),
    text("antivirus", "", "Adresse de clamd, HÔTE:PORT ou unix:/chemin ; sans elle, les pièces jointes ne sont pas analysées"),
    text("antivirus_en_panne", "refuser", "« refuser » ou « accepter » les pièces jointes quand l’antivirus ne répond pas"),
    text("mode", "production", "« production » ou « developpement » (aucun courriel ne part)"),
    text("smtp", "", "Serveur de courriels, HÔTE:PORT ; TLS direct sur 465, STARTTLS exigé ailleurs"),
    text("smtp_utilisateur", "", "Utilisateur du serveur de courriels"),
    text("smtp_mot_de_passe_file", "", "Fichier qui contient le mot de passe du serveur de courriels"),
    text("smtp_expediteur", "", "Expéditeur des courriels, « Espace sécurisé <ne-pas-repondre@exemple.fr> »"),
    text("sms_url", "", "Adresse à laquelle les SMS sont postés en JSON ; sans elle, aucun mobile n’est certifié"),
    text("sms_jeton_file", "", "Fichier qui contient le jeton de cette adresse (Authorization: Bearer)"),
    text(
        "sms_corps",
        r#"{"to":"{numero}","from":"{expediteur}","text":"{texte}"}"#,
        "Corps JSON posté, avec {numero} ou {chiffres} (sans le +), {texte} et {expediteur}",
    ),
    text("sms_expediteur", "", "Expéditeur des SMS, tel que les téléphones l’affichent"),
    text("oidc_emetteur", "", "Adresse (issuer) d’un fournisseur d’identité OpenID Connect ; sans elle, aucun n’est proposé"),
    text("oidc_client_id", "", "Identifiant du portail chez ce fournisseur"),
    text("oidc_secret_file", "", "Fichier qui contient le secret du portail chez ce fournisseur"),
    text("oidc_nom", "", "Nom de ce fournisseur, « S’identifier avec … »"),
    text("oidc_preset", "", "« proconnect » pour ProConnect, qui a ses propres usages"),
    text("certification_mois", "6", "Mois pendant lesquels une adresse mail certifiée le reste, de 1 à 60"),
    text("sms_par_jour", "1000", "Codes envoyés par SMS en un jour, tous comptes réunis ; au-delà, aucun ne part"),
    text(
        "regroupement_minutes",
        "10 ; 0 en développement",
        "Minutes pendant lesquelles les mails sur les droits d’une même personne s’attendent, de 0 à 60",
    ),
    text("alarme_essais", "300", "Mots de passe faux en un quart d’heure, tous comptes réunis, qui déclenchent une alarme"),
    list("alarmes", "Adresses mail de ceux qui reçoivent les alarmes du portail"),
    text("poste_url", "", "Service qui imprime et poste les courriers, en https:// ; sinon ils attendent dans <donnees>/courriers"),
    text("poste_jeton_file", "", "Fichier qui contient le jeton du service d’impression"),
    text("deuxieme_facteur", "jamais", "De qui la double authentification est exigée : « jamais » ou « administrateurs »"),
    text("journal", "texte", "Forme du journal : « texte » ou « json »"),
    text("journal_filtre", "info,surrealdb=warn,surrealkv=warn", "Ce que le journal laisse passer"),
    text("textes", "", "Dossier des textes du pied de page propres à la caisse, en Markdown : mentions-legales.md…"),
    text("site", "", "Dossier des fichiers du site, à la place de ceux du programme"),
];

impl Choice {
    /// Its environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("ESPACE_{}", self.key.to_uppercase())
    }

    /// Its flag. Leaked, because clap wants names that live for ever: some hundred bytes, once.
    fn flag(&self) -> &'static str {
        self.key.replace('_', "-").leak()
    }
}

/// What the command line says of the configuration.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub(super) values: BTreeMap<&'static str, String>,
    pub(super) config: Option<String>,
}

const HEADING: &str = "Configuration (aussi dans l’environnement et dans espace.toml)";

impl clap::Args for Flags {
    fn augment_args(command: Command) -> Command {
        let config = Arg::new("config")
            .long("config")
            .global(true)
            .value_name("FICHIER")
            .value_hint(ValueHint::FilePath)
            .help("Fichier de configuration [ESPACE_CONFIG ; ./espace.toml s’il existe]");
        let shorthand = Arg::new("developpement")
            .long("developpement")
            .global(true)
            .action(ArgAction::SetTrue)
            .conflicts_with("mode")
            .help("Comme --mode developpement");
        let all = OPTIONS.iter().map(|choice| {
            let default = if choice.default.is_empty() { String::new() } else { format!(" ; par défaut : {}", choice.default) };
            Arg::new(choice.key).long(choice.flag()).global(true).value_name("VALEUR").hide_short_help(true).help(format!(
                "{} [{}{default}]",
                choice.help,
                choice.variable()
            ))
        });
        command.args([config, shorthand].into_iter().chain(all).map(|arg| arg.help_heading(HEADING)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.config = matches.get_one::<String>("config").cloned();
        self.values = OPTIONS.iter().filter_map(|choice| Some((choice.key, matches.get_one::<String>(choice.key)?.clone()))).collect();
        if matches.get_flag("developpement") {
            self.values.insert("mode", "developpement".to_owned());
        }
        Ok(())
    }
}
