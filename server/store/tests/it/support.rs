//! A database with one site whose letters were made.

use domain::id::{AccountId, DelegationId, LetterId, MessageId, SiteId};
use domain::identity::identifiant::Identifiant;
use domain::sites::address::Address;
use domain::sites::siret::Siret;
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::str::FromStr;
use store::{Channel, MemberLine, MemberOutcome, NewAccount, NewLetter, NewLink, NewMessage, Opened, Purpose, Store};

/// 24 November 2026, 10:00 UTC.
pub fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

pub fn hours(n: i64) -> Timestamp {
    now() + SignedDuration::from_hours(n)
}

pub fn ulid() -> String {
    ulid::Ulid::new().to_string()
}

pub fn fresh<T: FromStr>() -> T {
    ulid().parse().ok().unwrap()
}

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("espace-store-{}", ulid()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn url(&self) -> String {
        format!("surrealkv://{}", self.0.join("base").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub async fn open(url: &str) -> Store {
    let store = Store::open(&url.parse().unwrap(), None).await.unwrap();
    store.migrate(now()).await.unwrap();
    store
}

pub async fn memory() -> Store {
    open("mem://").await
}

pub fn line(siret: &str, identifiant: &str) -> MemberLine {
    MemberLine {
        numero: "A100".into(),
        company: "Martin Maçonnerie".into(),
        siret: Siret::parse(siret).unwrap(),
        identifiant: Identifiant::parse(identifiant).unwrap(),
        name: "Martin Maçonnerie".into(),
        first: "Claire".into(),
        last: "Martin".into(),
        address: Address { street: "1 rue des Grues".into(), complement: String::new(), postcode: "69003".into(), city: "Lyon".into() },
    }
}

pub async fn import(store: &Store, lines: Vec<MemberLine>) -> Vec<MemberOutcome> {
    let outcomes = store.check_members(&lines).await.unwrap();
    let pairs: Vec<_> = lines.into_iter().zip(outcomes.clone()).collect();
    store.save_members(&pairs, &ulid, now()).await.unwrap();
    outcomes
}

/// One site with a live code whose hash is `code`.
pub async fn site_with_code(store: &Store, code: &str) -> SiteId {
    import(store, vec![line("00123458200011", "6901234B")]).await;
    let site = store.find_site_by_letters("6901234B", &Siret::parse("00123458200011").unwrap()).await.unwrap().unwrap();
    add_code(store, &site, code).await;
    site
}

pub async fn add_code(store: &Store, site: &SiteId, code: &str) {
    let letter: LetterId = fresh();
    store.record_letter(NewLetter { id: &letter, site, batch: "lot-1", code, expires: hours(24 * 90), now: now() }).await.unwrap();
}

/// Opens an account; the email key is the address itself here.
pub async fn open_account(store: &Store, site: &SiteId, code: &str, email: &str, token: &str) -> Result<(Opened, AccountId), store::Error> {
    let (account, delegation, message): (AccountId, DelegationId, MessageId) = (fresh(), fresh(), fresh());
    let opened = store
        .open_account(NewAccount {
            id: &account,
            email_key: email,
            email,
            first: "Claire",
            last: "Martin",
            known_name: "Claire Martin",
            phone: None,
            mobile: Some("+33612345678"),
            mobile_certified: None,
            password: "$argon2id$…",
            site,
            code,
            delegation: &delegation,
            today: jiff::civil::date(2026, 11, 24),
            link: link(&message, Purpose::Activation, email, token, hours(72)),
            notices: Vec::new(),
            now: now(),
        })
        .await?;
    Ok((opened, account))
}

/// A link to an address, with its mail.
pub fn link<'a>(message: &'a MessageId, purpose: Purpose, email: &'a str, token: &'a str, expires: Timestamp) -> NewLink<'a> {
    NewLink { purpose, recipient: email, target: email, token, expires, mail: mail(message) }
}

/// A mail that says nothing.
pub fn mail(message: &MessageId) -> NewMessage<'_> {
    NewMessage { id: message, channel: Channel::Mail, kind: "activation", payload: "{}".into() }
}
