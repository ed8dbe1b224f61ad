//! The second step of a login, for accounts that have a second factor: after the right password nobody is in yet.

use crate::links::one_field;
use crate::mails::{FactorChange, MailContent};
use crate::sign_in::{Proof as FirstProof, Trust, known};
use crate::throttle::Counter;
use crate::{Ceremony, Fault, Origin, Services, SignedIn, app_codes};
use domain::form::Reason;
use domain::id::AccountId;
use domain::identity::factor::{AppCode, PasskeyAnswer, Proof, SecondDraft};
use domain::identity::recovery_code::RecoveryCode;
use domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Account, AccountState, Entry, Factors, SecondProof, StoredPasskey};

/// How long one may take between the password and the second factor.
const PENDING: SignedDuration = SignedDuration::from_mins(10);
/// How long a browser that was ticked is not asked again.
pub const TRUST_DAYS: i64 = 30;

/// What a right login and password lead to.
#[derive(Debug, Clone)]
pub enum Entered {
    /// A session.
    In(SignedIn),
    /// The second step.
    Second(Pending),
}

impl Entered {
    /// The session, when there is one already.
    #[must_use]
    pub fn signed_in(self) -> Option<SignedIn> {
        match self {
            Self::In(signed_in) => Some(signed_in),
            Self::Second(_) => None,
        }
    }
}

/// A login whose password was right; travels sealed in a cookie until the second factor is given. It opens nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Whose password was right.
    account: AccountId,
    /// Epoch of the account then.
    epoch: i64,
    /// Keyed hash of the login, for the device cookie.
    login: String,
    /// When it is over, Unix seconds.
    until: i64,
    /// Whether another identity provider proved who it is, and not the password.
    #[serde(default)]
    external: bool,
    /// Local path wanted before the login; checked against the table of pages before it is used.
    pub next: String,
}

/// What the page of the second step offers.
#[derive(Debug, Clone)]
pub struct SecondStep {
    /// Whether an application shows codes.
    pub has_app: bool,
    /// The ceremony of a passkey, when the account has one.
    pub ceremony: Option<Ceremony>,
    /// Whether recovery codes are left.
    pub has_recovery: bool,
}

/// A second factor that was looked at and found right.
enum Seen<'a> {
    App { secret: &'a str, step: i64 },
    Passkey { stored: &'a StoredPasskey, after: String },
    Recovery { hash: String, notice: Box<crate::links::Draft>, audit: String },
}

impl Seen<'_> {
    fn proof(&self) -> Result<SecondProof<'_>, Fault> {
        Ok(match self {
            Self::App { secret, step } => SecondProof::App { secret, step: *step },
            Self::Passkey { stored, after } => SecondProof::Passkey { key: &stored.key, before: &stored.credential, after },
            Self::Recovery { hash, notice, audit } => SecondProof::Recovery { hash, notice: notice.link()?, audit },
        })
    }
}

impl Services {
    /// The second step of a login, if its account asks for one and this browser is not trusted.
    pub(crate) async fn second_for(
        &self,
        account: &Account,
        login: &str,
        first: &FirstProof,
        next: &str,
        origin: &Origin,
    ) -> Result<Option<Pending>, Fault> {
        let now = self.clock.now();
        let trusted = known(origin, login).and_then(|device| device.trust.as_ref()).is_some_and(|trust| trust.holds(account.epoch, now));
        if trusted || !self.store.find_factors(&account.id).await?.any() {
            return Ok(None);
        }
        Ok(Some(Pending {
            account: account.id.clone(),
            epoch: account.epoch,
            login: login.to_owned(),
            until: (now + PENDING).as_second(),
            external: matches!(first, FirstProof::Provider(_)),
            next: next.chars().take(200).collect(),
        }))
    }

    /// What the page of the second step offers. Begins a passkey's ceremony.
    ///
    /// # Errors
    /// `SecondStepLost` when it is over, or the account changed since its password was given.
    pub async fn second_step(&self, pending: &Pending) -> Result<SecondStep, Fault> {
        let account = self.still_pending(pending).await?;
        let factors = self.store.find_factors(&account.id).await?;
        let ceremony = match factors.passkeys.as_slice() {
            [] => None,
            _ if !self.has_passkeys() => None,
            known => Some(self.begin_proof(&account, known).await?),
        };
        Ok(SecondStep { has_app: factors.confirmed_app().is_some(), ceremony, has_recovery: factors.recovery > 0 })
    }

    /// The second step: opens the session as a login without it does.
    ///
    /// # Errors
    /// `SecondStepLost`; `TooMany` (before a code is looked at); `Invalid` on `code`, `recovery` or `passkey`.
    pub async fn sign_in_second(&self, pending: &Pending, draft: &SecondDraft, origin: &Origin) -> Result<SignedIn, Fault> {
        let typed = draft.parse()?;
        let account = self.still_pending(pending).await?;
        // What cannot be guessed is not counted; a browser that got in before is counted apart, so that whoever guesses codes
        // elsewhere does not lock the owner out.
        let tries = match (&typed, known(origin, &pending.login)) {
            (Proof::Passkey(_), _) => None,
            (_, Some(device)) => Some(format!("{} {}", account.id, device.id)),
            (_, None) => Some(account.id.to_string()),
        };
        if let Some(key) = &tries {
            self.reserve(Counter::SecondFactor, key).await?;
        }
        let factors = self.store.find_factors(&account.id).await?;
        let seen = match &typed {
            Proof::App(code) => self.see_app(&account, &factors, code)?,
            Proof::Passkey(answer) => self.see_passkey(&account, &factors, answer).await?,
            Proof::Recovery(code) => Some(self.see_recovery(&account, code, origin)?),
        };
        let wrong = || match &typed {
            Proof::App(_) => one_field("code", Reason::WrongAppCode),
            Proof::Passkey(_) => one_field("passkey", Reason::WrongPasskey),
            Proof::Recovery(_) => one_field("recovery", Reason::WrongRecoveryCode),
        };
        let Some(seen) = seen else { return Err(wrong()) };
        // The provider's token does not wait for the second step: leaving the provider then asks there who leaves.
        let first = if pending.external { FirstProof::Provider(None) } else { FirstProof::Password };
        let (entry, mut signed_in) = self.open(&account, pending.login.clone(), &first, origin, Some(&seen.proof()?)).await?;
        match entry {
            Entry::Opened => {}
            Entry::Used => return Err(wrong()),
            Entry::Ended => return Err(Refusal::SecondStepLost.into()),
        }
        if let Some(key) = &tries {
            self.forgive(Counter::SecondFactor, key).await?;
        }
        if draft.trusts() {
            let until = self.clock.now() + SignedDuration::from_hours(24 * TRUST_DAYS);
            signed_in.device.trust = Some(Trust { epoch: account.epoch, until: until.as_second() });
        }
        Ok(signed_in)
    }

    /// The account of a login under way, unchanged since its password was given.
    async fn still_pending(&self, pending: &Pending) -> Result<Account, Fault> {
        let live = Timestamp::from_second(pending.until).is_ok_and(|until| self.clock.now() < until);
        let account = if live { self.store.find_account(&pending.account).await? } else { None };
        account
            .filter(|account| account.state == AccountState::Active && account.epoch == pending.epoch)
            .ok_or_else(|| Refusal::SecondStepLost.into())
    }

    fn see_app<'a>(&self, account: &Account, factors: &'a Factors, code: &AppCode) -> Result<Option<Seen<'a>>, Fault> {
        let Some(app) = factors.confirmed_app() else { return Ok(None) };
        let totp = self.totp(account, &app.secret)?;
        Ok(app_codes::step(&totp, code, self.clock.now()).map(|step| Seen::App { secret: &app.secret, step }))
    }

    async fn see_passkey<'a>(&self, account: &Account, factors: &'a Factors, answer: &PasskeyAnswer) -> Result<Option<Seen<'a>>, Fault> {
        if !self.has_passkeys() {
            return Ok(None);
        }
        let proof = self.end_proof(account, &factors.passkeys, answer).await?;
        Ok(proof.map(|(stored, after)| Seen::Passkey { stored, after }))
    }

    /// Whether there is such a code, the transaction that uses it up finds out.
    fn see_recovery(&self, account: &Account, code: &RecoveryCode, origin: &Origin) -> Result<Seen<'static>, Fault> {
        Ok(Seen::Recovery {
            hash: self.key.recovery_hash(account.id.as_str(), code.reveal()),
            notice: Box::new(self.factor_notice(account, FactorChange::RecoveryUsed, &origin.agent)?),
            audit: self.ulid(),
        })
    }

    /// The mail about a change among the second factors.
    pub(crate) fn factor_notice(&self, account: &Account, change: FactorChange, agent: &str) -> Result<crate::links::Draft, Fault> {
        let agent = agent.to_owned();
        self.draft_alarm(account, |first, at, until| MailContent::FactorChanged { first, change, at, agent, until })
    }
}
