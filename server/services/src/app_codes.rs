//! Codes of an application (RFC 6238): the secret, the picture that carries it, the step of a typed code.

use crate::Fault;
use crate::ports::Dice;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::identity::factor::AppCode;
use jiff::Timestamp;
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

/// SHA-1, six digits, thirty seconds: what every application understands.
const STEP: u64 = 30;
/// Steps accepted before and after the present one: clocks of phones differ.
const SKEW: u16 = 1;

/// The picture of a secret, to be drawn as SVG.
#[derive(Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side, without the quiet zone.
    pub size: i32,
    /// The dark modules as a path, one unit a module.
    pub path: String,
}

/// A fresh secret of 160 bits, as text.
pub(crate) fn fresh_secret(dice: &dyn Dice) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0_u8; 20]);
    dice.fill(&mut *bytes);
    Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes))
}

/// A secret with the names an application shows beside its codes.
pub(crate) fn totp(secret: &str, issuer: &str, login: &str) -> Result<Totp, Fault> {
    let bytes = URL_SAFE_NO_PAD.decode(secret).map_err(|_| Fault::Broken("the secret of an application is no secret".into()))?;
    // The address that carries them uses the colon.
    let named = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(STEP)
        .with_skew(SKEW)
        .with_secret(bytes)
        .with_account_name(named(login))
        .with_issuer(Some(named(issuer)))
        .build()
        .map_err(|error| Fault::Broken(format!("codes of an application: {error}")))
}

/// The step a code belongs to, if it is one of the three that count now.
pub(crate) fn step(totp: &Totp, code: &AppCode, now: Timestamp) -> Option<i64> {
    let now = u64::try_from(now.as_second()).ok()?;
    totp.check(code.reveal(), now).and_then(|step| i64::try_from(step).ok())
}

/// The secret in groups of four, for whoever types it.
pub(crate) fn grouped(totp: &Totp) -> String {
    let text = totp.secret().to_base32();
    text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect::<Vec<_>>().join(" ")
}

/// The secret's picture.
pub(crate) fn picture(totp: &Totp) -> Result<Qr, Fault> {
    let broken = |reason: String| Fault::Broken(format!("picture of a secret: {reason}"));
    let url = totp.to_url().map_err(|error| broken(error.to_string()))?;
    // A screen has no scratches: the least redundancy leaves the largest modules.
    let code = QrCode::encode_text(&url, QrCodeEcc::Low).map_err(|error| broken(error.to_string()))?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while x < size && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                use std::fmt::Write;
                let _ = write!(path, "M{start} {y}h{}v1h-{}z", x - start, x - start);
            }
            x += 1;
        }
    }
    Ok(Qr { size, path })
}

impl std::fmt::Debug for Qr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Qr(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the examples in RFC 6238, « 12345678901234567890 ».
    fn known() -> Totp {
        totp(&URL_SAFE_NO_PAD.encode("12345678901234567890"), "Caisse : essai", "claire@exemple.fr").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard_within_one_step() {
        let code = AppCode::parse("287082").unwrap();
        for (second, expected) in [(59, Some(1)), (30, Some(1)), (0, Some(1)), (89, Some(1)), (90, None), (3_600, None)] {
            assert_eq!(step(&known(), &code, Timestamp::from_second(second).unwrap()), expected, "{second}");
        }
        assert_eq!(grouped(&known()), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    #[test]
    fn the_picture_draws_each_dark_module_once() {
        let totp = known();
        let url = totp.to_url().unwrap();
        assert_eq!(
            url,
            "otpauth://totp/Caisse%20%20%20essai:claire%40exemple.fr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Caisse%20%20%20essai"
        );
        let (code, drawn) = (QrCode::encode_text(&url, QrCodeEcc::Low).unwrap(), picture(&totp).unwrap());
        let mut seen = vec![vec![false; usize::try_from(drawn.size).unwrap()]; usize::try_from(drawn.size).unwrap()];
        for run in drawn.path.split('z').filter(|run| !run.is_empty()) {
            let numbers: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            for dark in &mut seen[numbers[1]][numbers[0]..numbers[0] + numbers[2]] {
                assert!(!std::mem::replace(dark, true));
            }
        }
        for (y, row) in seen.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                assert_eq!(*dark, code.get_module(i32::try_from(x).unwrap(), i32::try_from(y).unwrap()));
            }
        }
    }
}
