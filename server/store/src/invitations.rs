//! Invitations: a right that waits for whoever reads one mailbox. One a site and address; the link is stored as its SHA-256 only, and
//! using it is the transaction of its effect.

use crate::access_requests::ANSWERED;
use crate::account_life::{Acting, STILL};
use crate::accounts::notices_script;
use crate::connect::Store;
use crate::delegations::{MOVED, Ruled, Ruling, ruled};
use crate::lines::due;
use crate::outbox::NewMessage;
use crate::row::{at, id, own, vars};
use crate::tokens::Purpose;
use crate::tx::Error;
use domain::delegations::{Delegation, Role};
use domain::id::{AccountId, DelegationId, SiteId};
use domain::identity::person::PersonName;
use jiff::Timestamp;
use surrealdb::types::{Array, RecordId, SurrealValue, Value, Variables};

/// An invitation to be.
#[derive(Debug)]
pub struct NewInvitation<'a> {
    /// What is given; its id is that of the delegation to be.
    pub delegation: &'a Delegation,
    /// The address.
    pub email: &'a str,
    /// Keyed hash of the address.
    pub email_key: &'a str,
    /// SIRET of the firm, for one.
    pub siret: Option<&'a str>,
    /// The link and its mail; none where another mail tells of it.
    pub link: Option<InvitationLink<'a>>,
    /// What it has in common with those that one mail tells of.
    pub batch: Option<&'a str>,
    /// When its link expires.
    pub expires: Timestamp,
}

/// The link of an invitation.
#[derive(Debug)]
pub struct InvitationLink<'a> {
    /// SHA-256 of the secret.
    pub token: &'a str,
    /// When it expires.
    pub expires: Timestamp,
    /// The mail.
    pub mail: NewMessage<'a>,
}

/// An invitation as its link shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Id of the delegation to be.
    pub key: DelegationId,
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub site_name: String,
    /// Whom it is for.
    pub email: String,
    /// What they shall be.
    pub role: Role,
    /// First day.
    pub starts: String,
    /// Last day.
    pub ends: Option<String>,
    /// Who gives.
    pub giver: PersonName,
    /// Address of who gives, for the mail that tells them.
    pub giver_email: String,
    /// Whether an account has this address.
    pub has_account: bool,
    /// How many others are accepted with it.
    pub others: usize,
}

/// Somebody who accepts and has no account yet (A45).
#[derive(Debug)]
pub struct NewPerson<'a> {
    /// Id of the account to be.
    pub id: &'a AccountId,
    /// Keyed hash of the address.
    pub email_key: &'a str,
    /// Prénom.
    pub first: &'a str,
    /// Nom.
    pub last: &'a str,
    /// Landline, E.164.
    pub phone: Option<&'a str>,
    /// Mobile, E.164.
    pub mobile: Option<&'a str>,
    /// Hash of the password.
    pub password: &'a str,
    /// Id of the audit row.
    pub audit: &'a str,
    /// Family of their browser, for the journal.
    pub agent: &'a str,
}

/// How an acceptance ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// The right is theirs.
    Yes,
    /// The link is unknown, used, expired or replaced, or its invitation was taken back.
    Dead,
    /// The invitation is for another address; nothing was changed (T50).
    Other,
    /// The session had ended, or the account was not active any more.
    Ended,
    /// The address has an account by now: it has to be logged in to.
    HasAccount,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    site: RecordId,
    site_name: String,
    email: String,
    role: String,
    starts: String,
    ends: Option<String>,
    giver_first: Option<String>,
    giver_last: Option<String>,
    giver_email: Option<String>,
    others: i64,
}

impl Row {
    fn read(self, has_account: bool) -> Result<Invitation, Error> {
        let wrong = |what: &str| Error::Row(format!("invitation with a wrong {what}"));
        Ok(Invitation {
            key: self.key.parse().map_err(|_| wrong("key"))?,
            site: own(&self.site)?,
            site_name: self.site_name,
            email: self.email,
            role: self.role.parse().map_err(|_| wrong("role"))?,
            starts: self.starts,
            ends: self.ends,
            giver: PersonName { first: self.giver_first.unwrap_or_default(), last: self.giver_last.unwrap_or_default() },
            giver_email: self.giver_email.unwrap_or_default(),
            has_account,
            others: usize::try_from(self.others).unwrap_or(0),
        })
    }
}

const COLUMNS: &str = "key, site, site.name AS site_name, email, role, starts, ends, giver.first AS giver_first, giver.last AS giver_last,
    giver.email AS giver_email, (IF batch = NONE { 0 } ELSE {
      array::len((SELECT VALUE id FROM invitation WHERE email = $parent.email AND batch = $parent.batch)) - 1 }) AS others";

/// The statements that use an invitation's link up: afterwards `$inv` is the invitation.
const CONSUME: &str = "LET $gone = (DELETE $secret RETURN BEFORE);
    IF array::len($gone) = 0 { THROW 'dead' };
    LET $link = $gone[0];
    IF $link.purpose != 'invitation' OR $link.expires <= $now { THROW 'dead' };
    LET $inv = (SELECT * FROM ONLY $link.invitation);
    IF $inv = NONE { THROW 'dead' };
    LET $site = $inv.site;
    LET $guard = type::record('guard', record::id($site));
    UPDATE $guard SET rev += 1;
";

/// What accepting changes once `$account` is known to be the right one. Somebody who has become administrator meanwhile, or holds the
/// same otherwise, has nothing more to get: the invitation goes all the same.
const EFFECT: &str = "LET $held = (SELECT VALUE id FROM delegation:[$account, $site, NONE]..=[$account, $site, ..]
      WHERE state = 'open' AND (ends = NONE OR ends >= $today));
    IF array::len($held) = 0 {
      CREATE type::record('delegation', [$account, $site, $inv.key]) SET account = $account, site = $site, role = $inv.role, origin = 'given',
        state = 'open', starts = $inv.starts, ends = $inv.ends, rights = $inv.rights, above = $inv.above, giver = $inv.giver, siret = $inv.siret,
        key = $inv.key, created = $now;
    };
    DELETE $inv.id;
    DELETE token WHERE invitation = $inv.id;
    UPSERT type::record('line_due', $inv.key) SET site = $site, target = type::record('delegation', [$account, $site, $inv.key]),
      mark = rand::ulid();
    CREATE $audit SET at = $now, what = 'delegation.accepted', account = $account, site = $site, about = $inv.key, agent = $agent;
    FOR $other IN (IF $inv.batch = NONE { [] } ELSE {
      (SELECT * FROM invitation WHERE email = $inv.email AND batch = $inv.batch AND id != $inv.id) }) {
      LET $its_guard = type::record('guard', record::id($other.site));
      UPDATE $its_guard SET rev += 1;
      LET $had = (SELECT VALUE id FROM delegation:[$account, $other.site, NONE]..=[$account, $other.site, ..]
        WHERE state = 'open' AND (ends = NONE OR ends >= $today));
      IF array::len($had) = 0 {
        CREATE type::record('delegation', [$account, $other.site, $other.key]) SET account = $account, site = $other.site, role = $other.role,
          origin = 'given', state = 'open', starts = $other.starts, ends = $other.ends, rights = $other.rights, above = $other.above,
          giver = $other.giver, siret = $other.siret, key = $other.key, created = $now;
      };
      DELETE $other.id;
      DELETE token WHERE invitation = $other.id;
      UPSERT type::record('line_due', $other.key) SET site = $other.site,
        target = type::record('delegation', [$account, $other.site, $other.key]), mark = rand::ulid();
      CREATE type::record('audit', $other.key) SET at = $now, what = 'delegation.accepted', account = $account, site = $other.site,
        about = $other.key, agent = $agent;
    };
";

impl InvitationLink<'_> {
    fn script() -> &'static str {
        "DELETE token WHERE invitation = $invitation;
         CREATE $link_id SET purpose = 'invitation', invitation = $invitation, target = $email, epoch = 0, created = $now, expires = $expires;
         "
    }

    fn bind(&self, email: &str, vars: &mut Variables) {
        vars.insert("link_id", id("token", self.token));
        vars.insert("expires", at(self.expires));
        vars.insert("email", email.to_owned());
        self.mail.bind("invited", email, vars);
    }
}

impl Store {
    /// Writes an invitation with its mail.
    ///
    /// # Errors
    /// Those of the engine; every refusal is a [`Ruled`].
    pub async fn invite(&self, ruling: Ruling<'_>, new: NewInvitation<'_>) -> Result<Ruled, Error> {
        let mut vars = ruling.vars();
        let (given, site) = (new.delegation, id("site", ruling.site.as_str()));
        let above = given
            .above
            .as_ref()
            .map(|firm| crate::accounts::delegation_id(&id("account", ruling.acting.account.as_str()), &site, firm.id.as_str()));
        vars.insert("invitation", invitation_id(&site, new.email_key));
        vars.insert("claim", id("email_claim", new.email_key));
        vars.insert("key", given.id.to_string());
        vars.insert("role", given.role.code().to_owned());
        vars.insert("rights", given.rights.to_string());
        vars.insert("starts", given.starts.to_string());
        vars.insert("ends", given.ends.map(|end| end.to_string()));
        vars.insert("above", above);
        vars.insert("siret", new.siret.map(str::to_owned));
        vars.insert("email", new.email.to_owned());
        vars.insert("expires", at(new.expires));
        vars.insert("batch", new.batch.map(str::to_owned));
        let link = new.link.map_or_else(String::new, |link| {
            link.bind(new.email, &mut vars);
            format!("{}{}", InvitationLink::script(), link.mail.script("invited"))
        });
        let script = format!(
            "{STILL}{MOVED}IF record::exists($invitation) {{ THROW 'taken' }};
             CREATE $invitation SET key = $key, site = $site, email = $email, role = $role, rights = $rights, starts = $starts, ends = $ends,
               above = $above, giver = $account, siret = $siret, batch = $batch, created = $now, sent = $now, expires = $expires;
             {}{link}
             {ANSWERED}{}
             CREATE $audit SET at = $now, what = 'delegation.invited', account = $account, site = $site, about = $key, behalf = $behalf,
               detail = $rights, agent = $agent;",
            due("$key", "$site", "$invitation"),
            ruling.notices(&mut vars)
        );
        ruled(self.write(&script, vars).await)
    }

    /// Sends an invitation again, with a new link that voids the older ones.
    ///
    /// # Errors
    /// Those of the engine; every refusal is a [`Ruled`].
    pub async fn resend_invitation(
        &self,
        ruling: Ruling<'_>,
        key: &DelegationId,
        email: &str,
        email_key: &str,
        link: InvitationLink<'_>,
    ) -> Result<Ruled, Error> {
        let mut vars = ruling.vars();
        vars.insert("invitation", invitation_id(&id("site", ruling.site.as_str()), email_key));
        vars.insert("key", key.to_string());
        link.bind(email, &mut vars);
        let script = format!(
            "{STILL}{MOVED}LET $sent = (UPDATE $invitation SET sent = $now, expires = $expires WHERE key = $key);
             IF array::len($sent) = 0 {{ THROW 'stale' }};
             {}{}
             CREATE $audit SET at = $now, what = 'delegation.invited_again', account = $account, site = $site, about = $key, behalf = $behalf,
               agent = $agent;",
            InvitationLink::script(),
            link.mail.script("invited"),
        );
        ruled(self.write(&script, vars).await)
    }

    /// The invitation behind a link that would still do something; consumes nothing (A10).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_invitation(&self, token: &str, now: Timestamp) -> Result<Option<Invitation>, Error> {
        let sql = format!(
            "LET $invitation = (SELECT VALUE invitation FROM ONLY $secret WHERE purpose = $purpose AND expires > $now);
             SELECT {COLUMNS} FROM $invitation;"
        );
        let vars = vars! { secret: id("token", token), purpose: Purpose::Invitation.key().to_owned(), now: at(now) };
        let Some(row) = self.read(&sql, vars).await?.one::<Row>(1)? else { return Ok(None) };
        row.read(false).map(Some)
    }

    /// The invitations that wait for an address, of all sites.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_invitations(&self, email: &str) -> Result<Vec<Invitation>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM invitation WHERE email = $email;");
        let rows = self.read(&sql, vars! { email: email.to_owned() }).await?.take::<Row>(0)?;
        rows.into_iter().map(|row| row.read(true)).collect()
    }

    /// A logged-in person accepts what a link brought. `notices` tell the giver.
    ///
    /// # Errors
    /// Those of the engine; every refusal is an [`Accepted`].
    pub async fn accept_invitation(
        &self,
        acting: Acting<'_>,
        token: &str,
        today: &str,
        notices: &[(String, NewMessage<'_>)],
    ) -> Result<Accepted, Error> {
        let mut vars = acting.vars();
        vars.insert("secret", id("token", token));
        vars.insert("today", today.to_owned());
        let notices = notices_script(notices, &mut vars);
        let script = format!("{STILL}{CONSUME}IF $a.email != $inv.email {{ THROW 'other' }};\n{EFFECT}{notices}");
        accepted(self.write(&script, vars).await)
    }

    /// Somebody without account accepts: the account is made active, its address certified by the link itself.
    ///
    /// # Errors
    /// Those of the engine; every refusal is an [`Accepted`].
    pub async fn accept_as_new(
        &self,
        person: NewPerson<'_>,
        token: &str,
        today: &str,
        notices: &[(String, NewMessage<'_>)],
        now: Timestamp,
    ) -> Result<Accepted, Error> {
        let mut vars = vars! {
            account: id("account", person.id.as_str()),
            claim: id("email_claim", person.email_key),
            first: person.first.to_owned(),
            last: person.last.to_owned(),
            phone: person.phone.map(str::to_owned),
            mobile: person.mobile.map(str::to_owned),
            password: person.password.to_owned(),
            secret: id("token", token),
            audit: id("audit", person.audit),
            agent: person.agent.to_owned(),
            today: today.to_owned(),
            now: at(now),
        };
        let notices = notices_script(notices, &mut vars);
        let script = format!(
            "{CONSUME}IF record::exists($claim) {{ THROW 'account' }};
             CREATE $claim SET account = $account;
             CREATE $account SET email = $inv.email, first = $first, last = $last, phone = $phone, mobile = $mobile, password = $password,
               state = 'active', epoch = 0, certified = $now, created = $now;
             {EFFECT}{notices}"
        );
        accepted(self.write(&script, vars).await)
    }
}

fn accepted<T>(result: Result<T, Error>) -> Result<Accepted, Error> {
    match result {
        Ok(_) => Ok(Accepted::Yes),
        Err(Error::Refused(word)) if word == "other" => Ok(Accepted::Other),
        Err(Error::Refused(word)) if word == "ended" => Ok(Accepted::Ended),
        Err(Error::Refused(word)) if word == "account" => Ok(Accepted::HasAccount),
        Err(Error::Exists) => Ok(Accepted::HasAccount),
        Err(Error::Refused(_)) => Ok(Accepted::Dead),
        Err(other) => Err(other),
    }
}

/// `invitation:[site, keyed hash of the address]`.
pub(crate) fn invitation_id(site: &RecordId, email_key: &str) -> RecordId {
    RecordId::new("invitation", Array::from(vec![Value::RecordId(site.clone()), Value::String(email_key.to_owned())]))
}
