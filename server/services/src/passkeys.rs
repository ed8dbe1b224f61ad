//! Passkeys: what a browser is asked, what its answer proves. Bound to the portal's public address; state stays on the server, sealed,
//! and each ceremony is answered once.

use crate::secrets::{fingerprint, hex, random_secret};
use crate::{Fault, Services};
use domain::form::Reason;
use domain::identity::factor::PasskeyAnswer;
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::{Account, CeremonyKind, NewCeremony, StoredPasskey};
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, Webauthn,
    WebauthnBuilder,
};

/// How long a ceremony may take.
const CEREMONY: SignedDuration = SignedDuration::from_mins(5);
/// What its state is sealed for.
const SEAL: &str = "passkey";

/// A ceremony for the page: what the browser is asked, and the name its answer gives back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// Its secret name.
    pub id: String,
    /// What the browser is asked: the JSON of the standard.
    pub options: String,
}

/// A passkey that was just made.
pub(crate) struct Made {
    pub(crate) key: String,
    pub(crate) credential: String,
}

/// The portal as passkeys know it. None where the public address has no name: passkeys are bound to one.
pub(crate) fn relying_party(public_url: &str, name: &str) -> Option<Webauthn> {
    let url = Url::parse(public_url).ok()?;
    let domain = url.domain()?;
    WebauthnBuilder::new(domain, &url).ok()?.rp_name(name).build().ok()
}

impl Services {
    /// Whether passkeys can be used at the portal's address.
    pub(crate) fn has_passkeys(&self) -> bool {
        self.portal.passkeys.is_some()
    }

    fn relying_party(&self) -> Result<&Webauthn, Fault> {
        self.portal.passkeys.as_ref().ok_or_else(|| Fault::Broken("passkeys without a public address".into()))
    }

    /// Begins to add a passkey. Authenticators that hold one of `known` already are told apart by the browser.
    pub(crate) async fn begin_registration(&self, account: &Account, known: &[StoredPasskey]) -> Result<Ceremony, Fault> {
        let known =
            known.iter().map(|passkey| Ok(read::<Passkey>(&passkey.credential)?.cred_id().clone())).collect::<Result<_, Fault>>()?;
        let user = Uuid::from_bytes(self.key.passkey_user(account.id.as_str()));
        let (options, state) = self
            .relying_party()?
            .start_passkey_registration(user, &account.email, &account.name().full(), Some(known))
            .map_err(|error| Fault::Broken(format!("passkey: {error}")))?;
        self.begin(account, CeremonyKind::Register, &options.public_key, &state).await
    }

    /// Begins a login with one of `known`.
    pub(crate) async fn begin_proof(&self, account: &Account, known: &[StoredPasskey]) -> Result<Ceremony, Fault> {
        let known: Vec<Passkey> = known.iter().map(|passkey| read(&passkey.credential)).collect::<Result<_, Fault>>()?;
        let (options, state) =
            self.relying_party()?.start_passkey_authentication(&known).map_err(|error| Fault::Broken(format!("passkey: {error}")))?;
        self.begin(account, CeremonyKind::SignIn, &options.public_key, &state).await
    }

    async fn begin(
        &self,
        account: &Account,
        kind: CeremonyKind,
        options: &(impl Serialize + Sync),
        state: &(impl Serialize + Sync),
    ) -> Result<Ceremony, Fault> {
        let id = random_secret(&*self.dice);
        let state = self.key.seal(SEAL, state, &*self.dice)?;
        self.store
            .record_ceremony(&NewCeremony {
                key: &fingerprint(&id),
                account: &account.id,
                kind,
                state: &state,
                expires: self.clock.now() + CEREMONY,
            })
            .await?;
        Ok(Ceremony { id, options: write(options)? })
    }

    /// The passkey an answer makes. The ceremony is used up whatever the answer is worth.
    pub(crate) async fn end_registration(&self, account: &Account, answer: &PasskeyAnswer) -> Result<Result<Made, Reason>, Fault> {
        let Some(state) = self.take::<PasskeyRegistration>(account, CeremonyKind::Register, answer).await? else {
            return Ok(Err(Reason::WrongPasskey));
        };
        let Ok(credential) = serde_json::from_str::<RegisterPublicKeyCredential>(&answer.credential) else {
            return Ok(Err(Reason::WrongPasskey));
        };
        match self.relying_party()?.finish_passkey_registration(&credential, &state) {
            Ok(passkey) => Ok(Ok(Made { key: key(passkey.cred_id()), credential: write(&passkey)? })),
            Err(error) => {
                tracing::info!(%error, "passkey not added");
                Ok(Err(Reason::WrongPasskey))
            }
        }
    }

    /// Which of `known` an answer proves, and its credential after this use. The ceremony is used up whatever the answer is worth.
    pub(crate) async fn end_proof<'a>(
        &self,
        account: &Account,
        known: &'a [StoredPasskey],
        answer: &PasskeyAnswer,
    ) -> Result<Option<(&'a StoredPasskey, String)>, Fault> {
        let Some(state) = self.take::<PasskeyAuthentication>(account, CeremonyKind::SignIn, answer).await? else { return Ok(None) };
        let Ok(credential) = serde_json::from_str::<PublicKeyCredential>(&answer.credential) else { return Ok(None) };
        let result = match self.relying_party()?.finish_passkey_authentication(&credential, &state) {
            Ok(result) if result.user_verified() => result,
            Ok(_) => return Ok(None),
            Err(error) => {
                tracing::info!(%error, "passkey refused");
                return Ok(None);
            }
        };
        // Removed since the ceremony began: no proof any more.
        let key = key(result.cred_id());
        let Some(stored) = known.iter().find(|passkey| passkey.key == key) else { return Ok(None) };
        // The ceremony knows the counter as it was when it began; another login may have moved it on meanwhile.
        if result.counter() > 0 && i64::from(result.counter()) <= counter(&stored.credential) {
            return Ok(None);
        }
        let mut passkey: Passkey = read(&stored.credential)?;
        passkey.update_credential(&result);
        Ok(Some((stored, write(&passkey)?)))
    }

    async fn take<T: DeserializeOwned>(&self, account: &Account, kind: CeremonyKind, answer: &PasskeyAnswer) -> Result<Option<T>, Fault> {
        let taken = self.store.take_ceremony(&fingerprint(&answer.ceremony), &account.id, kind, self.clock.now()).await?;
        Ok(taken.and_then(|state| self.key.unseal(SEAL, &state)))
    }
}

/// Key of a passkey's record: the credential's id may be as long as its maker likes.
fn key(credential: &[u8]) -> String {
    hex(&Sha256::digest(credential))
}

/// The counter in a stored credential; none counts as zero.
fn counter(credential: &str) -> i64 {
    let value: serde_json::Value = serde_json::from_str(credential).unwrap_or_default();
    value.pointer("/cred/counter").and_then(serde_json::Value::as_i64).unwrap_or(0)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::Broken(format!("stored passkey: {error}")))
}

fn write<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Broken(format!("passkey: {error}")))
}
