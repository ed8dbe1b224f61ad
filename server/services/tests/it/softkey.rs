//! A security key in software, for one relying party: ES256, always verifying its user. What a browser adds, it adds, too.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// User present, user verified.
const VERIFIED: u8 = 0x05;
/// The same with a new credential's public key.
const ATTESTED: u8 = 0x45;

#[derive(Clone)]
pub struct SoftKey {
    pub id: Vec<u8>,
    pub key: SigningKey,
    /// Raised at every use.
    pub counter: u32,
    /// False for keys that live on several devices: they have no counter.
    pub counts: bool,
    /// The page the browser is on.
    pub origin: String,
    pub flags: u8,
}

impl SoftKey {
    pub fn new(seed: u8) -> Self {
        Self {
            id: vec![seed; 16],
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            counter: 0,
            counts: true,
            origin: "https://espace.exemple.fr".into(),
            flags: VERIFIED,
        }
    }

    /// What the browser answers to the options of a new passkey.
    pub fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let mut data = self.authenticator_data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        self.answer(json!({ "attestationObject": text(&object), "clientDataJSON": text(&self.client("webauthn.create", &options)) }))
    }

    /// What the browser answers to the options of a login.
    pub fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert!(options["allowCredentials"].as_array().unwrap().iter().any(|known| known["id"] == text(&self.id)));
        let client = self.client("webauthn.get", &options);
        let data = self.authenticator_data(self.flags);
        let signed: Signature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client)].concat());
        self.answer(json!({
            "authenticatorData": text(&data),
            "clientDataJSON": text(&client),
            "signature": text(signed.to_der().as_bytes()),
            "userHandle": null,
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = text(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} }).to_string()
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false }).to_string().into_bytes()
    }

    fn authenticator_data(&mut self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest("espace.exemple.fr").to_vec();
        data.push(flags);
        self.counter += u32::from(self.counts);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The key in COSE form: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        cose.extend(point.x().unwrap());
        cose.extend(b"\x22\x58\x20");
        cose.extend(point.y().unwrap());
        cose
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
