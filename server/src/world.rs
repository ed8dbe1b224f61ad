//! The composition root: configuration in, a portal with its database open out.

mod key;
#[cfg(test)]
pub(crate) mod testing;

use crate::adapters::clock_system::SystemClock;
use crate::adapters::dice_system::SystemDice;
use crate::adapters::files::{FilesSettings, ObjectVault};
use crate::adapters::hasher_argon2::Argon2Hasher;
use crate::adapters::mail::Composer;
use crate::adapters::mail_smtp::SmtpMailer;
use crate::adapters::mailbox::Mailbox;
use crate::adapters::oidc::Oidc;
use crate::adapters::outbound::{Outbound, TIMEOUT};
use crate::adapters::post_folder::PostFolder;
use crate::adapters::post_http::PostHttp;
use crate::adapters::scanner_clamd::ClamdScanner;
use crate::adapters::sms_http::HttpTexter;
use crate::config::Settings;
use domain::fund::Fund;
use services::ports::{Clock, Dice, Files, Hasher, Mailer, Outlets, Post, Scanner, Texter, Vault};
use services::{ServerKey, Services};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use store::Store;

/// Everything a running portal has.
pub struct World {
    /// The configuration.
    pub settings: Settings,
    /// The fund.
    pub fund: Arc<Fund>,
    /// The texts of the footer.
    pub(crate) texts: Arc<app::legal::Texts>,
    /// What a person can do.
    pub services: Services,
    /// The development mailbox; absent in production.
    pub mailbox: Option<Arc<Mailbox>>,
    /// The database, for what operators do.
    pub(crate) store: Store,
    /// What sends mails; absent in production without a mail server.
    pub(crate) mailer: Option<Arc<dyn Mailer>>,
    /// What sends SMS; absent in production without a gateway.
    pub(crate) texter: Option<Arc<dyn Texter>>,
    /// The other identity provider, when one is configured.
    pub(crate) oidc: Option<Oidc>,
    /// Where letters go.
    pub(crate) post: Arc<dyn Post>,
    /// Where attachments go, and what looks at them first.
    pub files: Files,
    /// Held by whoever empties the outbox: the demonstration needs the links of its own mails.
    pub(crate) outbox_turn: tokio::sync::Mutex<()>,
}

/// Why a portal cannot be opened: a sentence for whoever runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unready(pub String);

impl std::fmt::Display for Unready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unready {}

impl World {
    /// Opens the database and puts everything together. The schema is not touched: see [`World::migrate`].
    ///
    /// # Errors
    /// [`Unready`]: a folder that cannot be made or is held by another process, a server that does not answer, a missing key.
    pub async fn open(settings: Settings, fund: Fund) -> Result<Self, Unready> {
        let data = settings.data.display();
        make_folder(&settings.data).map_err(|error| Unready(format!("Le dossier {data} ne peut pas être créé : {error}.")))?;
        let key = key::read_or_make(&settings)?;
        let store = open_store(&settings).await?;
        let clock = SystemClock::new().map_err(|error| Unready(format!("L’heure de Paris est introuvable : {error}.")))?;
        Self::assemble(settings, fund, store, key, Outside::real(clock))
    }

    /// Puts a portal together on a database that is open, with the time and chance it is given.
    ///
    /// # Errors
    /// [`Unready`] when the mail server, the print service, TLS or the place of attachments cannot be set up.
    pub fn assemble(settings: Settings, fund: Fund, store: Store, key: ServerKey, outside: Outside) -> Result<Self, Unready> {
        let fund = Arc::new(fund);
        let texts = Arc::new(app::legal::Texts::new(&fund, |name| own_text(settings.texts.as_deref(), name))?);
        let composer = Composer::new(Arc::clone(&fund), settings.public_url.clone());
        let mailbox = settings.development.then(|| Arc::new(Mailbox::new(composer.clone(), Arc::clone(&outside.clock))));
        let mailer: Option<Arc<dyn Mailer>> = match (&mailbox, &settings.smtp) {
            (Some(mailbox), _) => Some(mailbox.clone()),
            (None, None) => None,
            (None, Some(smtp)) => Some(Arc::new(
                SmtpMailer::new(composer.clone(), smtp.clone())
                    .map_err(|error| Unready(format!("Le serveur de courriels « {} » est inutilisable : {error}.", smtp.host)))?,
            )),
        };
        let unready = |reason: String| Unready(format!("Les appels à d’autres machines sont impossibles : {reason}."));
        let outbound = Outbound::new(TIMEOUT).map_err(unready)?;
        let texter: Option<Arc<dyn Texter>> = match (&mailbox, &settings.sms) {
            (Some(mailbox), _) => Some(mailbox.clone()),
            (None, None) => None,
            (None, Some(sms)) => Some(Arc::new(HttpTexter::new(composer, sms.clone(), outbound.clone()))),
        };
        let oidc = settings.oidc.clone().map(|oidc| {
            let (clock, dice) = (Arc::clone(&outside.clock), Arc::clone(&outside.dice));
            Oidc::new(oidc, settings.public_url.clone(), outbound.clone(), clock, dice)
        });
        let oidc = oidc.transpose().map_err(unready)?;
        let folder = PostFolder::new(settings.letters(), Arc::clone(&fund), settings.public_url.clone());
        let post: Arc<dyn Post> = match &settings.print_service {
            Some(service) if !settings.development => Arc::new(
                PostHttp::new(folder, service.clone())
                    .map_err(|error| Unready(format!("Le service d’impression « {} » est inutilisable : {error}.", service.url)))?,
            ),
            _ => Arc::new(folder),
        };
        let files = files(&settings)?;
        let services = Services::new(store.clone(), outside.clock, outside.dice, outside.hasher, Arc::new(key))
            .with_rules(settings.rules)
            .at(&settings.public_url, &fund.nom);
        let outbox_turn = tokio::sync::Mutex::new(());
        Ok(Self { settings, fund, texts, services, mailbox, store, mailer, texter, oidc, post, files, outbox_turn })
    }

    /// The ways out that are configured.
    #[must_use]
    pub fn outlets(&self) -> Outlets<'_> {
        Outlets { mailer: self.mailer.as_deref(), texter: self.texter.as_deref() }
    }

    /// Brings the database to the form this version expects, and returns the names of the scripts applied.
    ///
    /// # Errors
    /// [`Unready`] when the database comes from another version, or fails.
    pub async fn migrate(&self) -> Result<Vec<String>, Unready> {
        self.store.migrate(self.services.clock().now()).await.map_err(|error| match error {
            store::Error::Refused(which) => Unready(format!(
                "Le schéma de la base ne correspond pas à cette version du programme ({which}). Rien n’a été modifié : \
                 utilisez la version qui a servi à cette base, ou une plus récente."
            )),
            other => Unready(format!("Le schéma de la base n’a pas pu être mis à jour : {other}.")),
        })
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// Time, chance and slow hashes.
pub struct Outside {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub dice: Arc<dyn Dice>,
    /// Slow hashes.
    pub hasher: Arc<dyn Hasher>,
}

impl Outside {
    fn real(clock: SystemClock) -> Self {
        let dice: Arc<dyn Dice> = Arc::new(SystemDice);
        Self { clock: Arc::new(clock), hasher: Arc::new(Argon2Hasher::new(Arc::clone(&dice))), dice }
    }
}

async fn open_store(settings: &Settings) -> Result<Store, Unready> {
    let address = &settings.database;
    if let Some(folder) = address.folder() {
        make_folder(folder).map_err(|error| Unready(format!("Le dossier {} ne peut pas être créé : {error}.", folder.display())))?;
    }
    let login = settings.database_login.as_ref().map(|(user, password)| (user.as_str(), password.reveal()));
    let authority = settings.database_authority.as_deref();
    let tls = crate::adapters::tls::client(authority).map_err(|reason| Unready(format!("« base_ac_file » : {reason}.")))?;
    Store::open_secured(address, login, tls).await.map_err(|error| {
        let reason = error.to_string();
        Unready(match address.folder() {
            Some(folder) if reason.contains("already locked") => format!(
                "La base {} est ouverte par un autre processus. Si c’est un portail en marche, sa prise {} devrait répondre ; \
                 sinon, arrêtez ce processus.",
                folder.display(),
                settings.socket().display()
            ),
            _ => format!("La base {address} ne s’ouvre pas : {reason}."),
        })
    })
}

/// The place of attachments and their scanner, as they are configured.
fn files(settings: &Settings) -> Result<Files, Unready> {
    let vault = match &settings.files {
        FilesSettings::Folder(folder) => ObjectVault::folder(folder)
            .map_err(|reason| Unready(format!("Le dossier des pièces jointes {} est inutilisable : {reason}.", folder.display())))?,
        FilesSettings::S3(bucket) => ObjectVault::s3(bucket)
            .map_err(|reason| Unready(format!("Le compartiment des pièces jointes « {} » est inutilisable : {reason}.", bucket.bucket)))?,
    };
    let vault: Arc<dyn Vault> = Arc::new(vault);
    let scanner = settings.scanner.clone().map(|scanner| Arc::new(ClamdScanner::new(scanner)) as Arc<dyn Scanner>);
    Ok(Files { vault, scanner })
}

/// Bytes of the longest text of a fund.
const LONGEST_TEXT: u64 = 200_000;

/// The fund's own text of a page of the footer, when its folder has one.
fn own_text(folder: Option<&Path>, name: &str) -> Result<Option<String>, Unready> {
    let Some(folder) = folder else { return Ok(None) };
    let path = folder.join(format!("{name}.md"));
    let unready = |reason: String| Unready(format!("Le texte {} ne peut pas être lu : {reason}.", path.display()));
    match std::fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && folder.is_dir() => Ok(None),
        Err(error) => Err(unready(error.to_string())),
        Ok(file) if file.len() > LONGEST_TEXT => Err(unready("il dépasse 200 ko".to_owned())),
        Ok(_) => match std::fs::read_to_string(&path) {
            Err(error) => Err(unready(error.to_string())),
            Ok(text) if !app::legal::has_title(&text) => Err(unready("il n’a pas de titre, par exemple « # Mentions légales »".to_owned())),
            Ok(text) => Ok(Some(text)),
        },
    }
}

/// Makes a folder only this user reads; one that exists is left as it is.
pub(crate) fn make_folder(path: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_the_fund_that_has_no_title_or_is_too_long_stops_the_start() {
        let folder = std::env::temp_dir().join(format!("espace-textes-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let read = |text: &str| {
            std::fs::write(folder.join("cookies.md"), text).unwrap();
            own_text(Some(&folder), "cookies").map_err(|error| error.to_string())
        };
        assert_eq!(read("\u{feff}# Nos cookies"), Ok(Some("\u{feff}# Nos cookies".to_owned())));
        assert!(read("Nos cookies").unwrap_err().contains("il n’a pas de titre"));
        assert!(read(&"# a\n".repeat(60_000)).unwrap_err().contains("200 ko"));
        assert_eq!(own_text(Some(&folder), "accessibilite").unwrap(), None, "ours serves");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
