//! The server's key, and everything derived from it (D14, D15, D16).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit as _};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// 32 random bytes that only the portal has. Whoever has them can forge links and cookies.
pub struct ServerKey(Zeroizing<[u8; 32]>);

impl ServerKey {
    /// Takes the key.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// HMAC-SHA-256 under a purpose, so that no value serves two.
    #[must_use]
    pub fn derive(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let mut mac =
            <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&*self.0).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(&(purpose.len() as u64).to_le_bytes());
        mac.update(purpose.as_bytes());
        mac.update(data);
        mac.finalize().into_bytes().into()
    }

    /// Encrypts a value for a cookie: nobody reads or changes it but the portal, and it cannot serve as another cookie.
    ///
    /// # Errors
    /// When the value does not serialise.
    pub fn seal<T: Serialize>(&self, purpose: &str, value: &T, dice: &dyn crate::ports::Dice) -> Result<String, crate::Fault> {
        let broken = |reason: String| crate::Fault::Broken(format!("sealing: {reason}"));
        let plain = serde_json::to_vec(value).map_err(|error| broken(error.to_string()))?;
        let mut nonce = [0u8; 24];
        dice.fill(&mut nonce);
        let sealed = self.cipher(purpose).encrypt(&nonce.into(), plain.as_slice()).map_err(|error| broken(error.to_string()))?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// The value of a sealed cookie; none when it is not ours, was changed, or was made for something else.
    #[must_use]
    pub fn unseal<T: DeserializeOwned>(&self, purpose: &str, text: &str) -> Option<T> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(24)?;
        let nonce: [u8; 24] = nonce.try_into().ok()?;
        let plain = self.cipher(purpose).decrypt(&nonce.into(), sealed).ok()?;
        serde_json::from_slice(&plain).ok()
    }

    fn cipher(&self, purpose: &str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive("seal", purpose.as_bytes()).into())
    }

    /// Key of the claim on a mail address: its keyed hash, so that the database alone does not tell who has an account.
    pub(crate) fn email_key(&self, email: &str) -> String {
        hex(&self.derive("email", email.as_bytes()))
    }

    /// Key under which a phone number is counted: there are too few numbers for a hash without a key.
    pub(crate) fn number_key(&self, number: &str) -> String {
        hex(&self.derive("number", number.as_bytes()))
    }

    /// Key of a login at another identity provider: neither issuer nor subject can be read from it.
    pub(crate) fn external_key(&self, issuer: &str, subject: &str) -> String {
        hex(&self.derive("external", format!("{}\n{issuer}\n{subject}", issuer.len()).as_bytes()))
    }

    /// The secret in the link of one mail: the same whenever that mail is sent again (D15).
    pub(crate) fn link_secret(&self, message: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.derive("link", message.as_bytes()))
    }

    /// The six digits in an SMS: the same whenever that SMS is sent again.
    pub(crate) fn sms_code(&self, message: &str) -> String {
        let bytes = self.derive("sms", message.as_bytes());
        let number = u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]]);
        format!("{:06}", number % 1_000_000)
    }

    /// What is stored of a code sent to a number for somebody: no use without all three.
    pub(crate) fn sms_hash(&self, owner: &str, number: &str, code: &str) -> String {
        hex(&self.derive("sms-hash", format!("{owner}\n{number}\n{code}").as_bytes()))
    }

    /// What is stored of a recovery code: no use without the account's id and this key.
    pub(crate) fn recovery_hash(&self, account: &str, code: &str) -> String {
        hex(&self.derive("recovery", format!("{account}\n{code}").as_bytes()))
    }

    /// The name of an account inside passkeys: tells nothing about the person, nor about the account's id.
    pub(crate) fn passkey_user(&self, account: &str) -> [u8; 16] {
        let mut name = [0_u8; 16];
        name.copy_from_slice(&self.derive("passkey-user", account.as_bytes())[..16]);
        name
    }

    /// Salt of a site's letter codes (D16).
    pub(crate) fn code_salt(&self, site: &str) -> [u8; 32] {
        self.derive("letter", site.as_bytes())
    }
}

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerKey(…)")
    }
}

/// What is stored of a secret that travels: its SHA-256.
pub(crate) fn fingerprint(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// 32 random bytes as text for a cookie.
pub(crate) fn random_secret(dice: &dyn crate::ports::Dice) -> String {
    let mut bytes = Zeroizing::new([0u8; 32]);
    dice.fill(&mut *bytes);
    URL_SAFE_NO_PAD.encode(*bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededDice;

    #[test]
    fn a_sealed_value_opens_for_its_purpose_only_and_only_unchanged() {
        let (key, dice) = (ServerKey::new([1; 32]), SeededDice::default());
        let sealed = key.seal("flash", &("a", 1), &dice).unwrap();
        assert_eq!(key.unseal::<(String, u8)>("flash", &sealed), Some(("a".into(), 1)));
        assert_eq!(key.unseal::<(String, u8)>("device", &sealed), None);
        assert_eq!(ServerKey::new([2; 32]).unseal::<(String, u8)>("flash", &sealed), None);
        let mut changed = sealed.into_bytes();
        changed[40] ^= 1;
        assert_eq!(key.unseal::<(String, u8)>("flash", std::str::from_utf8(&changed).unwrap()), None);
        assert_eq!(key.unseal::<(String, u8)>("flash", "x"), None);
    }
}
