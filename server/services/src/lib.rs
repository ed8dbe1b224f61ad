//! What a person can do: one public function per intention, on [`Services`]. No HTTP, no SurrealQL, no Leptos.

mod access_requests;
mod account;
mod administrators;
mod alarms;
pub mod alerts;
mod app_codes;
mod association;
mod beneficiaries;
mod beneficiary_list;
mod blocklist;
mod certification;
pub mod contact;
mod csv_file;
mod delegations;
mod digest;
mod external;
mod factors;
mod fault;
mod guidance;
mod handing_on;
mod invitations;
mod journal;
pub mod letter_desk;
pub mod letters;
mod links;
mod mails;
pub mod members;
mod mobile;
mod notifications;
mod opening;
mod outbox;
mod passkeys;
mod password;
mod personal;
mod portfolio;
pub mod ports;
mod rights_end;
mod rules;
mod second;
mod secrets;
mod session;
mod sign_in;
mod sites;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod throttle;

pub use access_requests::{Asked, OwnRequestLine, RequestLine, RequestStatus};
pub use account::{Profile, Renewed, masked};
pub use alarms::{Alarm, Watch};
pub use app_codes::Qr;
pub use beneficiaries::{BeneficiaryLine, BeneficiaryPage, Givable};
pub use beneficiary_list::{BeneficiaryList, ListExport, MOST as LIST_MOST};
pub use delegations::Change;
pub use external::{Arrival, External, ExternalLine};
pub use factors::{APPLICATION, AppToConfirm, PasskeyLine, SecondFactors, ShownOnce};
pub use fault::Fault;
pub use guidance::saved_habits;
pub use handing_on::{Colleague, HandedLine, MOST_CLIENTS, Outcome, Report};
pub use invitations::{Entrance, Invited, Way};
pub use journal::{Journal, JournalEntry, Who};
pub use mails::link_page;
pub use notifications::{Rhythm, SiteRhythm};
pub use opening::{Opening, ProvenSite};
pub use passkeys::Ceremony;
pub use password::{Strength, strength};
pub use personal::{Consequences, PersonalData};
pub use portfolio::is_of_firm;
pub use rules::{Rules, SecondFactor};
pub use second::{Entered, Pending, SecondStep, TRUST_DAYS};
pub use secrets::ServerKey;
pub use session::{DeviceLine, Devices, JournalLine, SessionKey, Visit};
pub use sign_in::{Device, Origin, SignedIn, Trust};
pub use sites::{HomeModel, SiteLine};
pub use store::{Cell, Datum, Guidance, Guided, Line, Opinions, Purged, Purpose, Scope, Section, SiteLeft};

use domain::id::AccountId;
use ports::{Clock, Dice, Hasher};
use std::sync::Arc;
use store::{Kept, Stamp, Store};

/// Everything a person's intention needs: the database, and the outside world through its ports. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) dice: Arc<dyn Dice>,
    pub(crate) hasher: Arc<dyn Hasher>,
    pub(crate) key: Arc<ServerKey>,
    pub(crate) counters: Arc<throttle::Gates>,
    pub(crate) drafts: Arc<throttle::Gates>,
    pub(crate) clients: Arc<Kept<AccountId, (Stamp, jiff::civil::Date), domain::portfolio::Client>>,
    pub(crate) rules: Rules,
    pub(crate) portal: Arc<PortalName>,
}

/// What the portal is called where people keep their second factors.
pub(crate) struct PortalName {
    /// Beside the codes of an application.
    pub(crate) name: String,
    /// To passkeys; none where the public address has no name.
    pub(crate) passkeys: Option<webauthn_rs::Webauthn>,
}

impl Services {
    /// Puts the services together.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, dice: Arc<dyn Dice>, hasher: Arc<dyn Hasher>, key: Arc<ServerKey>) -> Self {
        let portal = Arc::new(PortalName { name: "Espace sécurisé".to_owned(), passkeys: None });
        Self {
            store,
            clock,
            dice,
            hasher,
            key,
            counters: Arc::default(),
            drafts: Arc::default(),
            clients: Arc::default(),
            rules: Rules::default(),
            portal,
        }
    }

    /// The same at a public address, under the name people know it by: where they keep their second factors.
    #[must_use]
    pub fn at(mut self, public_url: &str, name: &str) -> Self {
        self.portal = Arc::new(PortalName { name: name.to_owned(), passkeys: passkeys::relying_party(public_url, name) });
        self
    }

    /// The same under other rules.
    #[must_use]
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// The database, for tests that break it.
    #[cfg(feature = "testing")]
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The clock, for whoever shows times.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// The dice, for cookies and request numbers.
    #[must_use]
    pub fn dice(&self) -> &dyn Dice {
        &*self.dice
    }

    /// The server's key, for sealing cookies.
    #[must_use]
    pub fn key(&self) -> &ServerKey {
        &self.key
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// [`Fault::Broken`] when it does not.
    pub async fn ping(&self) -> Result<(), Fault> {
        Ok(self.store.ping().await?)
    }

    /// A fresh id: time-ordered, 80 random bits.
    pub(crate) fn ulid(&self) -> String {
        let mut random = [0u8; 10];
        self.dice.fill(&mut random);
        let mut bits = [0u8; 16];
        bits[6..].copy_from_slice(&random);
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        ulid::Ulid::from_parts(millis, u128::from_be_bytes(bits)).to_string()
    }

    /// A fresh id of one kind.
    pub(crate) fn fresh<T: std::str::FromStr>(&self) -> Result<T, Fault> {
        self.ulid().parse().map_err(|_| Fault::Broken("a fresh id is no id".into()))
    }
}
