//! Configuration: read once, at start. A value on the command line wins over the environment, the environment over the file, the
//! file over the default. [`options::OPTIONS`] is the one list of what there is.

mod caisse;
mod elsewhere;
mod files;
pub mod options;
mod parse;
mod sources;

pub use options::Flags;
pub use sources::{Source, Value};

use crate::adapters::files::FilesSettings;
use crate::adapters::mail_smtp::Smtp;
use crate::adapters::oidc::OidcSettings;
use crate::adapters::post_http::PrintService;
use crate::adapters::scanner_clamd::ScannerSettings;
use crate::adapters::sms_http::SmsSettings;
use domain::fund::Fund;
use domain::identity::email::Email;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use store::Address;

/// What the configuration says, each value in its form.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the portal listens.
    pub listen: SocketAddr,
    /// The address people type, `https://espace.exemple.fr`, without a slash at its end.
    pub public_url: String,
    /// Whether the configuration says the public address; otherwise it follows the port.
    pub has_public_url: bool,
    /// Further names the portal answers to.
    pub hosts: Vec<String>,
    /// Proxies whose word about the client's address is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Development: mailbox in the portal, no mail leaves.
    pub development: bool,
    /// Assets are read from here instead of the binary.
    pub site_dir: Option<PathBuf>,
    /// Folder of everything the portal keeps.
    pub data: PathBuf,
    /// Where the database is.
    pub database: Address,
    /// User and password of a database server.
    pub database_login: Option<(String, Secret)>,
    /// Certificates of the authority that vouches for the database server, beside the public ones.
    pub database_authority: Option<PathBuf>,
    /// File of the server key.
    pub key_file: PathBuf,
    /// Whether the configuration says where the key is: it is then never made.
    pub has_key_file: bool,
    /// The mail server.
    pub smtp: Option<Smtp>,
    /// The SMS gateway.
    pub sms: Option<SmsSettings>,
    /// The other identity provider.
    pub oidc: Option<OidcSettings>,
    /// What the fund decides about its portal.
    pub rules: services::Rules,
    /// Who hears of alarms.
    pub alarms_to: Vec<Email>,
    /// The service that prints and posts letters; without one they lie in a folder.
    pub print_service: Option<PrintService>,
    /// Where attachments lie.
    pub files: FilesSettings,
    /// What looks for viruses in them; without one they are not looked at.
    pub scanner: Option<ScannerSettings>,
    /// Folder of the fund's own texts of the footer.
    pub texts: Option<PathBuf>,
    /// Form of the log.
    pub log: LogFormat,
    /// What the log lets through, in `tracing`'s notation.
    pub log_filter: String,
}

impl Settings {
    /// The socket on which a running portal takes commands.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.data.join("espace.sock")
    }

    /// The folder of the letters.
    #[must_use]
    pub fn letters(&self) -> PathBuf {
        self.data.join("courriers")
    }

    /// The folder of what the demonstration shows, in development only.
    #[must_use]
    pub fn demo(&self) -> PathBuf {
        self.data.join("demo")
    }

    /// What whoever reads this configuration should know beside its values.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        match &self.files {
            FilesSettings::Folder(folder) if !self.database.is_embedded() => Some(format!(
                "« fichiers » est un dossier ({}) : tous les portails qui partagent la base {} doivent partager aussi ce dossier.",
                folder.display(),
                self.database
            )),
            FilesSettings::Folder(_) | FilesSettings::S3(_) => None,
        }
    }

    /// Follows the port that the system chose, unless the configuration says the public address.
    pub fn follow_port(&mut self, port: u16) {
        self.listen.set_port(port);
        if !self.has_public_url {
            self.public_url = parse::local_url(port);
        }
    }
}

/// A password from a file: neither printed nor serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the password.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The password.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Why the configuration is refused: a sentence that names the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(pub String);

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

/// The configuration, and where each value comes from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The values in their form.
    pub settings: Settings,
    /// The fund.
    pub fund: Fund,
    /// Every value as text with its source, in the order of the list; for `config afficher`.
    pub values: Vec<Value>,
    /// The configuration file that was read.
    pub file: Option<PathBuf>,
}

/// Reads the configuration of this process.
///
/// # Errors
/// [`Problem`] when a value cannot be understood, or values contradict each other.
pub fn load(flags: &Flags) -> Result<Loaded, Problem> {
    load_from(flags, &environment)
}

#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether the environment asks for no colours.
#[must_use]
pub fn no_color() -> bool {
    environment("NO_COLOR").is_some()
}

fn load_from(flags: &Flags, environment: &dyn Fn(&str) -> Option<String>) -> Result<Loaded, Problem> {
    let (file, table) = sources::read_file(flags, environment)?;
    let values = sources::resolve(flags, environment, &table)?;
    let settings = parse::settings(&values)?;
    let fund = caisse::fund(table.get("caisse"))?;
    Ok(Loaded { settings, fund, values, file })
}

#[cfg(test)]
mod tests;
