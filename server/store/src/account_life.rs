//! What a person changes on an account of theirs: password, address, contact. Each change is one transaction with its mails.

use crate::accounts::{Account, Row, notices_script};
use crate::connect::Store;
use crate::lines::account_due;
use crate::outbox::NewMessage;
use crate::personal::{LEFT_ADDRESS, LEFT_NUMBER};
use crate::row::{at, id, vars};
use crate::tokens::{Consumed, NewLink, Purpose};
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use surrealdb::types::SurrealValue;

/// Who acts: the account, the session it acts from, and the audit row to be.
#[derive(Debug, Clone, Copy)]
pub struct Acting<'a> {
    /// The account.
    pub account: &'a AccountId,
    /// SHA-256 of the session's cookie. The act is refused when that session is no longer live (T19).
    pub session: &'a str,
    /// Id of the audit row.
    pub audit: &'a str,
    /// Family of the browser, for the journal.
    pub agent: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// How a change ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It was made.
    Yes,
    /// The session had ended, or the account was not active any more.
    Ended,
    /// Somebody else did the same meanwhile, or the thing was not there.
    Gone,
}

/// First statements of every change: the session and its account must still be what they were when the request began. The session
/// is written, not only read: whatever ends it at the same moment conflicts with the change.
pub(crate) const STILL: &str = "LET $s = (UPDATE $sid SET seen = $now)[0];
    LET $a = (SELECT * FROM ONLY $account);
    IF $s = NONE OR $a = NONE OR $s.account != $account OR $a.state != 'active' OR $a.epoch != $s.epoch { THROW 'ended' };
";

impl Acting<'_> {
    pub(crate) fn vars(&self) -> surrealdb::types::Variables {
        vars! {
            account: id("account", self.account.as_str()),
            sid: id("session", self.session),
            audit: id("audit", self.audit),
            agent: self.agent.to_owned(),
            now: at(self.now),
        }
    }
}

/// The outcome of a change's script.
pub(crate) fn changed<T>(result: Result<T, Error>) -> Result<Changed, Error> {
    match result {
        Ok(_) => Ok(Changed::Yes),
        Err(Error::Refused(word)) if word == "ended" => Ok(Changed::Ended),
        Err(Error::Refused(_) | Error::Exists) => Ok(Changed::Gone),
        Err(other) => Err(other),
    }
}

impl Store {
    /// An account by its id.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_account(&self, account: &AccountId) -> Result<Option<Account>, Error> {
        self.read("SELECT * FROM $account;", vars! { account: id("account", account.as_str()) })
            .await?
            .one::<Row>(0)?
            .map(Row::read)
            .transpose()
    }

    /// Gives a session a new secret and notes that the password was just given (T17).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn renew_session(&self, acting: Acting<'_>, new_session: &str) -> Result<Changed, Error> {
        let mut vars = acting.vars();
        vars.insert("new_sid", id("session", new_session));
        changed(
            self.write(
                &format!(
                    "{STILL}DELETE $sid;
                     CREATE $new_sid SET account = $account, epoch = $s.epoch, created = $s.created, seen = $now, authenticated = $now,
                       agent = $s.agent, provider = $s.provider;
                     CREATE $audit SET at = $now, what = 'password.confirmed', account = $account, agent = $agent;"
                ),
                vars,
            )
            .await,
        )
    }

    /// Changes the password: every session and every pending link of the account ends, except the one it is changed from, which
    /// gets a new secret.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn change_password(
        &self,
        acting: Acting<'_>,
        password: &str,
        new_session: &str,
        link: &NewLink<'_>,
    ) -> Result<Changed, Error> {
        let mut vars = acting.vars();
        vars.insert("password", password.to_owned());
        vars.insert("new_sid", id("session", new_session));
        link.bind("one", &mut vars);
        let script = format!(
            "{STILL}UPDATE $account SET password = $password, password_changed = $now, epoch += 1;
             DELETE token WHERE account = $account AND purpose NOT IN ['revert', 'alarm'];
             DELETE session WHERE account = $account;
             CREATE $new_sid SET account = $account, epoch = $a.epoch + 1, created = $s.created, seen = $now, authenticated = $now,
               agent = $s.agent, provider = $s.provider;
             {}
             CREATE $audit SET at = $now, what = 'password.changed', account = $account, agent = $agent;",
            link.script("one")
        );
        changed(self.write(&script, vars).await)
    }

    /// Chooses a new password with a link: every session and every pending link ends, and the address is certified by the way.
    ///
    /// # Errors
    /// Those of the engine; a dead link is [`Consumed::Dead`].
    pub async fn reset_password(
        &self,
        token: &str,
        password: &str,
        notice: &NewLink<'_>,
        audit: &str,
        now: Timestamp,
    ) -> Result<Consumed, Error> {
        let mut vars = vars! { password: password.to_owned(), audit: id("audit", audit) };
        notice.bind("one", &mut vars);
        let effect = format!(
            "LET $changed = (UPDATE $account SET password = $password, password_changed = $now, epoch += 1, certified = $now
               WHERE state IN ['active', 'moving'] AND email = $link.target);
             IF array::len($changed) = 0 {{ THROW 'dead' }};
             DELETE token WHERE account = $account AND purpose NOT IN ['revert', 'alarm'];
             DELETE session WHERE account = $account;
             {}
             CREATE $audit SET at = $now, what = 'password.reset', account = $account;",
            notice.script("one")
        );
        self.consume(Purpose::Reset, token, &effect, vars, now).await
    }

    /// The account behind a live link, for the page that says whose password is chosen. Consumes nothing.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_account_by_link(&self, token: &str, purpose: Purpose, now: Timestamp) -> Result<Option<Account>, Error> {
        self.read(
            "SELECT * FROM (SELECT VALUE account FROM ONLY $secret WHERE purpose = $purpose AND expires > $now
               AND (purpose IN ['revert', 'alarm'] OR epoch = account.epoch));",
            vars! { secret: id("token", token), purpose: purpose.key().to_owned(), now: at(now) },
        )
        .await?
        .one::<Row>(0)?
        .map(Row::read)
        .transpose()
    }

    /// The account and the address a link to take a change back is bound to. Consumes nothing.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_revert(&self, token: &str, now: Timestamp) -> Result<Option<(Account, String)>, Error> {
        let target = self
            .read(
                "SELECT VALUE target FROM $secret WHERE purpose = 'revert' AND expires > $now;",
                vars! { secret: id("token", token), now: at(now) },
            )
            .await?
            .one::<String>(0)?;
        Ok(self.find_account_by_link(token, Purpose::Revert, now).await?.zip(target))
    }

    /// Names and numbers of the sites a person has a right on, and of their companies: they stand in no password of theirs.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_own_words(&self, account: &AccountId) -> Result<Vec<String>, Error> {
        #[derive(SurrealValue)]
        struct Words {
            name: String,
            company: String,
            siret: String,
            identifiant: String,
        }
        let rows: Vec<Words> = self
            .read(
                "LET $sites = (SELECT VALUE site FROM delegation:[$account, NONE]..=[$account, ..] LIMIT 200);
                 SELECT name, adherent.raison_sociale AS company, siret, identifiant FROM $sites;",
                vars! { account: id("account", account.as_str()) },
            )
            .await?
            .take(1)?;
        Ok(rows
            .into_iter()
            .flat_map(|row| {
                let siren = row.siret.get(..9).unwrap_or_default().to_owned();
                [row.name, row.company, row.siret, siren, row.identifiant]
            })
            .collect())
    }

    /// Starts a change of address (S99, S102–S104): the account sleeps until the link sent to the new address is used, every
    /// session ends, and the old address gets a link that takes it back. When the new address belongs to somebody, `confirm` is
    /// none and `taken` warns that person; nobody else can tell.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn start_email_change(
        &self,
        acting: Acting<'_>,
        new_email: &str,
        confirm: Option<&NewLink<'_>>,
        revert: &NewLink<'_>,
        taken: &[(String, NewMessage<'_>)],
    ) -> Result<Changed, Error> {
        let mut vars = acting.vars();
        vars.insert("new_email", new_email.to_owned());
        revert.bind("back", &mut vars);
        let confirm = confirm.map_or_else(String::new, |link| {
            link.bind("go", &mut vars);
            link.script("go")
        });
        let taken = notices_script(taken, &mut vars);
        let script = format!(
            "{STILL}UPDATE $account SET state = 'moving', pending_email = $new_email, epoch += 1;
             DELETE token WHERE account = $account AND purpose NOT IN ['revert', 'alarm'];
             DELETE session WHERE account = $account;
             {confirm}
             {}
             {taken}
             CREATE $audit SET at = $now, what = 'email.change_started', account = $account, agent = $agent;",
            revert.script("back")
        );
        changed(self.write(&script, vars).await)
    }

    /// Uses the link sent to the new address: it becomes the login, and only the address of the link does (T41). The old one
    /// stays claimed until `keep_old`, so that it can come back.
    ///
    /// # Errors
    /// Those of the engine; a dead link is [`Consumed::Dead`].
    pub async fn finish_email_change(
        &self,
        token: &str,
        new_key: &str,
        old_key: &str,
        keep_old: Timestamp,
        audit: &str,
        now: Timestamp,
    ) -> Result<Consumed, Error> {
        let vars = vars! {
            new_claim: id("email_claim", new_key),
            old_claim: id("email_claim", old_key),
            keep_old: at(keep_old),
            audit: id("audit", audit),
        };
        self.consume(
            Purpose::EmailChange,
            token,
            &[
                LEFT_ADDRESS,
                "LET $claimed = (SELECT VALUE account FROM ONLY $new_claim);
             IF $claimed != NONE AND $claimed != $account { THROW 'dead' };
             LET $changed = (UPDATE $account SET state = 'active', email = $link.target, pending_email = NONE, certified = $now,
               reminders = 0, epoch += 1 WHERE state = 'moving' AND pending_email = $link.target);
             IF array::len($changed) = 0 { THROW 'dead' };
             UPDATE $old_claim SET until = $keep_old WHERE account = $account;
             UPSERT $new_claim SET account = $account, until = NONE;
             CREATE $audit SET at = $now, what = 'email.changed', account = $account;\n",
                &account_due(),
            ]
            .concat(),
            vars,
            now,
        )
        .await
    }

    /// Uses the link sent to the old address: the change is taken back, whether it was finished or not; every session and every
    /// other link ends (T16), and so do the logins of other providers.
    ///
    /// # Errors
    /// Those of the engine; a dead link is [`Consumed::Dead`].
    pub async fn revert_email(
        &self,
        token: &str,
        old_key: &str,
        current_key: &str,
        audit: &str,
        now: Timestamp,
    ) -> Result<Consumed, Error> {
        let vars = vars! {
            old_claim: id("email_claim", old_key),
            current_claim: id("email_claim", current_key),
            audit: id("audit", audit),
        };
        self.consume(
            Purpose::Revert,
            token,
            &[
                LEFT_ADDRESS,
                "LET $claimed = (SELECT VALUE account FROM ONLY $old_claim);
             IF $claimed != NONE AND $claimed != $account { THROW 'dead' };
             LET $changed = (UPDATE $account SET state = 'active', email = $link.target, pending_email = NONE, certified = $now, epoch += 1
               WHERE state IN ['active', 'moving']);
             IF array::len($changed) = 0 { THROW 'dead' };
             IF $current_claim != $old_claim { DELETE $current_claim WHERE account = $account };
             UPSERT $old_claim SET account = $account, until = NONE;
             DELETE token WHERE account = $account;
             DELETE session WHERE account = $account;
             DELETE external_login WHERE account = $account;
             CREATE $audit SET at = $now, what = 'email.reverted', account = $account;\n",
                &account_due(),
            ]
            .concat(),
            vars,
            now,
        )
        .await
    }

    /// « Ce n’était pas moi »: every session ends, and no other identity provider leads to the account any more.
    ///
    /// # Errors
    /// Those of the engine; a dead link is [`Consumed::Dead`].
    pub async fn sound_alarm(&self, token: &str, audit: &str, now: Timestamp) -> Result<Consumed, Error> {
        self.consume(
            Purpose::Alarm,
            token,
            "UPDATE $account SET epoch += 1;
             DELETE session WHERE account = $account;
             DELETE external_login WHERE account = $account;
             CREATE $audit SET at = $now, what = 'alarm', account = $account;",
            vars! { audit: id("audit", audit) },
            now,
        )
        .await
    }

    /// Changes name and phone numbers (S105, S106). Another mobile is not certified; the same one stays as it was.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn change_contact(
        &self,
        acting: Acting<'_>,
        first: &str,
        last: &str,
        phone: Option<&str>,
        mobile: Option<&str>,
    ) -> Result<Changed, Error> {
        let mut vars = acting.vars();
        vars.insert("first", first.to_owned());
        vars.insert("last", last.to_owned());
        vars.insert("phone", phone.map(str::to_owned));
        vars.insert("mobile", mobile.map(str::to_owned));
        changed(
            self.write(
                &format!(
                    "{STILL}{LEFT_NUMBER}
                     UPDATE $account SET first = $first, last = $last, phone = $phone, mobile = $mobile,
                       mobile_certified = IF $a.mobile = $mobile {{ $a.mobile_certified }} ELSE {{ NONE }};
                     {}CREATE $audit SET at = $now, what = 'contact.changed', account = $account, agent = $agent;",
                    account_due()
                ),
                vars,
            )
            .await,
        )
    }

    /// Accounts whose address must soon be certified again: certified before `before`, fewer than `reminders` reminders so far.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_certifications_due(&self, before: Timestamp, reminders: i64, most: usize) -> Result<Vec<Account>, Error> {
        self.read(
            "SELECT * FROM account WHERE state = 'active' AND certified != NONE AND certified < $before AND reminders < $reminders LIMIT $most;",
            vars! { before: at(before), reminders: reminders, most: i64::try_from(most).unwrap_or(i64::MAX) },
        )
        .await?
        .take::<Row>(0)?
        .into_iter()
        .map(Row::read)
        .collect()
    }

    /// Writes a reminder to certify the address, unless somebody did so meanwhile or it was certified.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn remind_certification(
        &self,
        account: &AccountId,
        certified: Timestamp,
        reminders: i64,
        link: &NewLink<'_>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut vars = vars! { account: id("account", account.as_str()), certified: at(certified), reminders: reminders, now: at(now) };
        link.bind("one", &mut vars);
        let script = format!(
            "LET $changed = (UPDATE $account SET reminders = $reminders WHERE certified = $certified AND reminders < $reminders);
             IF array::len($changed) = 0 {{ THROW 'done' }};
             {}",
            link.script("one")
        );
        match self.write(&script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
