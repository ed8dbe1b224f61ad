//! `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`: the form in which password hashes are stored.

use argon2::Params;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// What a hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// OWASP's first recommendation with one lane: 19 MiB, two passes.
    pub const CURRENT: Self = Self { memory: 19_456, passes: 2, lanes: 1 };

    /// Bounds of what a stored hash may ask for: a forged row must not take the machine's memory.
    fn is_bearable(self) -> bool {
        (8..=65_536).contains(&self.memory) && (1..=10).contains(&self.passes) && (1..=4).contains(&self.lanes)
    }

    /// The library's form of it, for a hash of `length` bytes.
    pub(super) fn params(self, length: usize) -> Result<Params, argon2::Error> {
        Params::new(self.memory, self.passes, self.lanes, Some(length))
    }
}

/// A hash with everything needed to make it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phc {
    pub(super) cost: Cost,
    pub(super) salt: Vec<u8>,
    pub(super) hash: Vec<u8>,
}

impl Phc {
    /// Reads a stored hash; none when it is no argon2id of version 19 within the bounds.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("$argon2id$v=19$")?;
        let mut parts = rest.split('$');
        let (cost, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let mut numbers = cost.split(',');
        let mut number = |name: &str| numbers.next()?.strip_prefix(name)?.strip_prefix('=')?.parse::<u32>().ok();
        let cost = Cost { memory: number("m")?, passes: number("t")?, lanes: number("p")? };
        if numbers.next().is_some() {
            return None;
        }
        let (salt, hash) = (STANDARD_NO_PAD.decode(salt).ok()?, STANDARD_NO_PAD.decode(hash).ok()?);
        let is_sane = cost.is_bearable() && (8..=64).contains(&salt.len()) && (16..=64).contains(&hash.len());
        is_sane.then_some(Self { cost, salt, hash })
    }
}

impl std::fmt::Display for Phc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Cost { memory, passes, lanes } = self.cost;
        let (salt, hash) = (STANDARD_NO_PAD.encode(&self.salt), STANDARD_NO_PAD.encode(&self.hash));
        write!(f, "$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${hash}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let phc = Phc { cost: Cost::CURRENT, salt: (0..16).collect(), hash: (0..32).collect() };
        assert_eq!(phc.to_string(), "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        assert_eq!(Phc::parse(&phc.to_string()), Some(phc));
    }

    #[test]
    fn other_kinds_and_unbearable_costs_are_refused() {
        let tail = "$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
        for head in [
            "$argon2i$v=19$m=19456,t=2,p=1",
            "$argon2id$v=16$m=19456,t=2,p=1",
            "$argon2id$v=19$m=4000000,t=2,p=1",
            "$argon2id$v=19$m=19456,t=999,p=1",
            "$argon2id$v=19$m=19456,t=2,p=0",
            "$argon2id$v=19$t=2,m=19456,p=1",
            "$argon2id$v=19$m=19456,t=2,p=1,x=1",
        ] {
            assert_eq!(Phc::parse(&format!("{head}{tail}")), None, "{head}");
        }
        assert_eq!(Phc::parse("$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAEC"), None);
        assert_eq!(Phc::parse(""), None);
    }
}
