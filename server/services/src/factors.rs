//! A person's second factors: added, removed, renewed. Each change asks for a recent password, and a mail says so.

use crate::account::{Renewed, settled};
use crate::app_codes::{self, Qr};
use crate::links::one_field;
use crate::mails::FactorChange;
use crate::rules::SecondFactor;
use crate::secrets::fingerprint;
use crate::{Ceremony, Fault, Origin, Services, Visit};
use domain::form::Reason;
use domain::identity::email::Email;
use domain::identity::factor::{AppDraft, FactorDraft, MOST_PASSKEYS, PasskeyDraft};
use domain::identity::recovery_code::RecoveryCode;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use store::{Account, AppFactor, Enrolled, NewPasskey};
use totp_rs::Totp;

/// Recovery codes made at once.
const CODES: usize = 10;
/// How long the secret of an application waits for its first code.
const TO_CONFIRM: SignedDuration = SignedDuration::from_hours(1);
/// What the secret of an application is sealed for.
const SEAL: &str = "totp";

/// What the tab « Sécurité » shows of the second factors.
#[derive(Debug, Clone)]
pub struct SecondFactors {
    /// Since when an application shows codes.
    pub app: Option<Date>,
    /// Passkeys, the oldest first.
    pub passkeys: Vec<PasskeyLine>,
    /// Recovery codes that are left.
    pub recovery: usize,
    /// Whether a passkey can be added.
    pub can_add_passkey: bool,
}

impl SecondFactors {
    /// Whether there is one.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.app.is_some() || !self.passkeys.is_empty()
    }
}

/// A passkey for its owner.
#[derive(Debug, Clone)]
pub struct PasskeyLine {
    /// Names it in forms.
    pub key: String,
    /// The name its owner gave it.
    pub name: String,
    /// When it was added.
    pub since: Date,
    /// When it was last used.
    pub used: Option<DateTime>,
}

/// An application on its way.
#[derive(Debug)]
pub struct AppToConfirm {
    /// The secret's picture.
    pub picture: Qr,
    /// The secret in groups, for whoever types it.
    pub secret: String,
    /// The name the application will show.
    pub issuer: String,
    /// The login it will show beside it.
    pub login: String,
}

/// Codes to be shown once; none when the account had its codes already.
pub type ShownOnce = Option<Vec<RecoveryCode>>;

impl Services {
    /// What the tab « Sécurité » shows of the second factors.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn second_factors(&self, visit: &Visit) -> Result<SecondFactors, Fault> {
        let factors = self.store.find_factors(&visit.session.actor.account).await?;
        let paris = |moment| self.clock.paris(moment);
        Ok(SecondFactors {
            app: factors.app.and_then(|app| app.confirmed).map(|at| paris(at).date()),
            can_add_passkey: self.has_passkeys() && factors.passkeys.len() < MOST_PASSKEYS,
            passkeys: factors
                .passkeys
                .into_iter()
                .map(|passkey| PasskeyLine {
                    key: passkey.key,
                    name: passkey.name,
                    since: paris(passkey.created).date(),
                    used: passkey.used.map(paris),
                })
                .collect(),
            recovery: factors.recovery,
        })
    }

    /// Whether the person must first set up a second factor, because the fund requires it of administrators.
    ///
    /// # Errors
    /// Those of the database: the request is refused then.
    pub async fn must_enrol(&self, visit: &Visit) -> Result<bool, Fault> {
        match self.rules.second_factor {
            SecondFactor::Never => Ok(false),
            SecondFactor::Administrators => {
                Ok(self.store.lacks_factor_as_administrator(&visit.session.actor.account, self.clock.today()).await?)
            }
        }
    }

    /// Begins to add an application: a fresh secret, which replaces one that was not confirmed.
    ///
    /// # Errors
    /// `StepUp`, `Invalid` on `current`, `TooMany`, `SignedOut`; `Conflict` when there is one already.
    pub async fn start_app(&self, visit: &Visit, draft: &FactorDraft, origin: &Origin) -> Result<Renewed, Fault> {
        let typed = draft.parse()?;
        if self.store.find_factors(&visit.session.actor.account).await?.confirmed_app().is_some() {
            return Err(Refusal::Conflict.into());
        }
        let (_, renewed) = self.confirm(visit, typed.as_ref(), origin).await?;
        let key = fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0);
        let secret = self.key.seal(SEAL, &*app_codes::fresh_secret(&*self.dice), &*self.dice)?;
        settled(self.store.start_app(self.acting(visit, &key, &self.ulid(), origin), &secret).await?)?;
        Ok(renewed)
    }

    /// The application that waits for its first code; none when there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn app_to_confirm(&self, visit: &Visit) -> Result<Option<AppToConfirm>, Fault> {
        let account = self.own_account(visit).await?;
        let Some(app) = self.unconfirmed_app(&account).await? else { return Ok(None) };
        let totp = self.totp(&account, &app.secret)?;
        Ok(Some(AppToConfirm {
            picture: app_codes::picture(&totp)?,
            secret: app_codes::grouped(&totp),
            issuer: totp.issuer().unwrap_or_default().to_owned(),
            login: account.email,
        }))
    }

    /// Confirms an application by its first code.
    ///
    /// # Errors
    /// `Invalid` on `code` or `current`, `StepUp`, `TooMany`, `SignedOut`; `Conflict` when it was replaced meanwhile.
    pub async fn confirm_app(&self, visit: &Visit, draft: &AppDraft, origin: &Origin) -> Result<(ShownOnce, Renewed), Fault> {
        let (code, typed) = draft.parse()?;
        let account = self.own_account(visit).await?;
        let app = self.unconfirmed_app(&account).await?.ok_or(Refusal::Conflict)?;
        let totp = self.totp(&account, &app.secret)?;
        let step = app_codes::step(&totp, &code, self.clock.now()).ok_or_else(|| one_field("code", Reason::WrongAppCode))?;
        // Last of all: a password gives the session a new secret, which a refusal would lose.
        let (account, renewed) = self.confirm(visit, typed.as_ref(), origin).await?;
        let key = fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0);
        let notice = self.factor_notice(&account, FactorChange::TotpAdded, &origin.agent)?;
        let (codes, hashes) = self.fresh_codes(&account);
        let enrolled =
            self.store.confirm_app(self.acting(visit, &key, &self.ulid(), origin), &app.secret, step, &hashes, &notice.link()?).await?;
        Ok((enrolled_with(enrolled, codes)?, renewed))
    }

    /// Makes sure that the password was given recently, before the page where a passkey is added.
    ///
    /// # Errors
    /// `StepUp`, `Invalid` on `current`, `TooMany`, `SignedOut`.
    pub async fn start_passkey(&self, visit: &Visit, draft: &FactorDraft, origin: &Origin) -> Result<Renewed, Fault> {
        Ok(self.confirm(visit, draft.parse()?.as_ref(), origin).await?.1)
    }

    /// The ceremony that adds a passkey; none when the account has enough of them, or the portal's address has no name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn passkey_to_add(&self, visit: &Visit) -> Result<Option<Ceremony>, Fault> {
        let account = self.own_account(visit).await?;
        let factors = self.store.find_factors(&account.id).await?;
        if !self.has_passkeys() || factors.passkeys.len() >= MOST_PASSKEYS {
            return Ok(None);
        }
        Ok(Some(self.begin_registration(&account, &factors.passkeys).await?))
    }

    /// Adds a passkey.
    ///
    /// # Errors
    /// `Invalid` on `name` or `passkey`, `StepUp`, `SignedOut`; `Conflict` when it is there already, or there are too many.
    pub async fn add_passkey(&self, visit: &Visit, draft: &PasskeyDraft, origin: &Origin) -> Result<ShownOnce, Fault> {
        let (name, answer) = draft.parse()?;
        let (account, _) = self.confirm(visit, None, origin).await?;
        let made = self.end_registration(&account, &answer).await?.map_err(|reason| one_field("passkey", reason))?;
        let notice = self.factor_notice(&account, FactorChange::PasskeyAdded, &origin.agent)?;
        let (codes, hashes) = self.fresh_codes(&account);
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        let new = NewPasskey { key: &made.key, name: &name, credential: &made.credential };
        let enrolled = self.store.add_passkey(self.acting(visit, &key, &audit, origin), new, &hashes, &notice.link()?).await?;
        enrolled_with(enrolled, codes)
    }

    /// Removes the application or a passkey; with the last of them the recovery codes go.
    ///
    /// # Errors
    /// `StepUp`, `Invalid` on `current`, `TooMany`, `SignedOut`; `Conflict` when it is not there any more.
    pub async fn remove_factor(&self, visit: &Visit, draft: &FactorDraft, origin: &Origin) -> Result<Renewed, Fault> {
        let (account, renewed) = self.confirm(visit, draft.parse()?.as_ref(), origin).await?;
        let (key, audit) = (fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0), self.ulid());
        let acting = self.acting(visit, &key, &audit, origin);
        let changed = if draft.what == APPLICATION {
            let notice = self.factor_notice(&account, FactorChange::TotpRemoved, &origin.agent)?;
            self.store.remove_app(acting, &notice.link()?).await?
        } else {
            let notice = self.factor_notice(&account, FactorChange::PasskeyRemoved, &origin.agent)?;
            self.store.remove_passkey(acting, &draft.what, &notice.link()?).await?
        };
        settled(changed)?;
        Ok(renewed)
    }

    /// Makes new recovery codes; the old ones are worth nothing any more.
    ///
    /// # Errors
    /// `StepUp`, `Invalid` on `current`, `TooMany`, `SignedOut`; `Conflict` without a second factor.
    pub async fn renew_recovery(&self, visit: &Visit, draft: &FactorDraft, origin: &Origin) -> Result<(Vec<RecoveryCode>, Renewed), Fault> {
        let (account, renewed) = self.confirm(visit, draft.parse()?.as_ref(), origin).await?;
        let (key, audit) = (fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0), self.ulid());
        let notice = self.factor_notice(&account, FactorChange::RecoveryRenewed, &origin.agent)?;
        let (codes, hashes) = self.fresh_codes(&account);
        settled(self.store.renew_recovery(self.acting(visit, &key, &audit, origin), &hashes, &notice.link()?).await?)?;
        Ok((codes, renewed))
    }

    /// Removes every second factor of an account, for a person who has neither phone nor recovery codes and has shown the fund who
    /// they are. Sessions and trusted browsers end with them. False when the address has no account with a second factor.
    ///
    /// # Errors
    /// `Invalid` on `email` when it is no address.
    pub async fn clear_factors(&self, email: &str, reason: &str) -> Result<bool, Fault> {
        let email = Email::parse(email).map_err(|reason| one_field("email", reason))?;
        let Some(account) = self.account_by_email(email.as_str()).await? else { return Ok(false) };
        let notice = self.factor_notice(&account, FactorChange::Cleared, "")?;
        Ok(self.store.clear_factors(&account.id, reason, &notice.link()?, &self.ulid(), self.clock.now()).await?)
    }

    async fn unconfirmed_app(&self, account: &Account) -> Result<Option<AppFactor>, Fault> {
        let since = self.clock.now() - TO_CONFIRM;
        Ok(self.store.find_factors(&account.id).await?.app.filter(|app| app.confirmed.is_none() && app.created > since))
    }

    /// The codes of an application whose sealed secret this is.
    pub(crate) fn totp(&self, account: &Account, sealed: &str) -> Result<Totp, Fault> {
        let secret: zeroize::Zeroizing<String> = self
            .key
            .unseal(SEAL, sealed)
            .map(zeroize::Zeroizing::new)
            .ok_or_else(|| Fault::Broken("the server key is another one".into()))?;
        app_codes::totp(&secret, &self.portal.name, &account.email)
    }

    /// Ten fresh recovery codes, and what is stored of them.
    fn fresh_codes(&self, account: &Account) -> (Vec<RecoveryCode>, Vec<String>) {
        (0..CODES)
            .map(|_| {
                let mut bytes = [0_u8; 10];
                self.dice.fill(&mut bytes);
                let code = RecoveryCode::from_random(bytes);
                let hash = self.key.recovery_hash(account.id.as_str(), code.reveal());
                (code, hash)
            })
            .unzip()
    }
}

/// Names the application in forms; anything else is the key of a passkey.
pub const APPLICATION: &str = "application";

fn enrolled_with(enrolled: Enrolled, codes: Vec<RecoveryCode>) -> Result<ShownOnce, Fault> {
    match enrolled {
        Enrolled::First => Ok(Some(codes)),
        Enrolled::Another => Ok(None),
        Enrolled::Ended => Err(Refusal::SignedOut.into()),
        Enrolled::Gone => Err(Refusal::Conflict.into()),
    }
}
