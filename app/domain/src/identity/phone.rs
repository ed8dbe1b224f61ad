//! Phone numbers of France and its overseas territories, by our own table (D20): the browser needs the same rule.

use crate::form::Reason;
use serde::{Deserialize, Serialize};

/// Overseas numbering: country code, and the prefixes of its mobiles after the code. Source: the French numbering plan
/// (Arcep), 2026.
const OVERSEAS: &[(&str, &[&str])] = &[
    ("590", &["690", "691"]),
    ("594", &["694"]),
    ("596", &["696", "697"]),
    ("262", &["639", "692", "693"]),
    ("508", &["40", "41", "42", "43", "55"]),
    ("687", &["7", "8", "9"]),
    ("689", &["87", "88", "89"]),
    ("681", &["82", "83", "84"]),
];

/// Form of a mobile as people type it, for the `pattern` of a field: the mainland's and overseas' mobile prefixes (A12). The rule
/// that counts is [`Phone::is_mobile`]; a test keeps the two in step.
pub const MOBILE_PATTERN: &str = r"\s*(?:(?:\+33|0033|0)[\s.\-]*[67](?:[\s.\-]*\d){8}|(?:0|(?:\+|00)(?:590|594|596|262))[\s.\-]*(?:69[0-7]|639)(?:[\s.\-]*\d){6}|(?:\+|00)508[\s.\-]*(?:4[0-3]|55)(?:[\s.\-]*\d){4}|(?:\+|00)687[\s.\-]*[789](?:[\s.\-]*\d){5}|(?:\+|00)689[\s.\-]*8[789](?:[\s.\-]*\d){6}|(?:\+|00)681[\s.\-]*8[234](?:[\s.\-]*\d){4})\s*";

/// A phone number in E.164 (`+33612345678`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Reads a typed number; spaces, dots, hyphens and brackets are dropped.
    ///
    /// # Errors
    /// `Phone` when it is no number of France or overseas.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')' | '/')).collect();
        let international = digits.strip_prefix('+').or_else(|| digits.strip_prefix("00")).map(str::to_owned);
        let number = match international {
            Some(number) => number,
            // Overseas departments dial like the mainland: 0690… is +590 690…, 0692… is +262 692….
            None if digits.len() == 10 && digits.starts_with('0') => {
                let national = &digits[1..];
                let country = OVERSEAS
                    .iter()
                    .take(4)
                    .find(|(code, mobiles)| national.starts_with(code) || mobiles.iter().any(|prefix| national.starts_with(prefix)))
                    .map_or("33", |(code, _)| code);
                format!("{country}{national}")
            }
            None => return Err(Reason::Phone),
        };
        let valid = number.bytes().all(|b| b.is_ascii_digit())
            && match number.strip_prefix("33") {
                Some(rest) => rest.len() == 9 && matches!(rest.as_bytes()[0], b'1'..=b'7' | b'9'),
                None => OVERSEAS.iter().any(|(code, _)| {
                    number.strip_prefix(code).is_some_and(|rest| {
                        rest.len() == if code.starts_with("59") || *code == "262" { 9 } else { 6 } || (*code == "689" && rest.len() == 8)
                    })
                }),
            };
        if valid { Ok(Self(format!("+{number}"))) } else { Err(Reason::Phone) }
    }

    /// Whether messages can be sent to it (A12): 06 and 07, and the overseas mobile prefixes.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        let number = &self.0[1..];
        match number.strip_prefix("33") {
            Some(rest) => rest.starts_with('6') || rest.starts_with('7'),
            None => OVERSEAS
                .iter()
                .any(|(code, mobiles)| number.strip_prefix(code).is_some_and(|rest| mobiles.iter().any(|prefix| rest.starts_with(prefix)))),
        }
    }

    /// As people read it: « 06 12 34 56 78 », « +687 75 12 34 », with no-break spaces.
    #[must_use]
    pub fn grouped(&self) -> String {
        let number = &self.0[1..];
        let (head, rest) = if let Some(rest) = number.strip_prefix("33") {
            (String::new(), format!("0{rest}"))
        } else {
            let code = OVERSEAS.iter().map(|(code, _)| *code).find(|code| number.starts_with(code)).unwrap_or_default();
            let rest = &number[code.len()..];
            if rest.len() == 9 { (String::new(), format!("0{rest}")) } else { (format!("+{code}\u{a0}"), rest.to_owned()) }
        };
        let pairs: Vec<&str> = (0..rest.len()).step_by(2).map(|start| &rest[start..(start + 2).min(rest.len())]).collect();
        format!("{head}{}", pairs.join("\u{a0}"))
    }

    /// `+33612345678`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An optional number: nothing typed is fine, something typed must be a number.
///
/// # Errors
/// `Phone` when something was typed that is no number.
pub fn optional(typed: &str) -> Result<Option<Phone>, Reason> {
    if typed.trim().is_empty() { Ok(None) } else { Phone::parse(typed).map(Some) }
}

/// An optional mobile.
///
/// # Errors
/// `Phone` when it is no number, `NotMobile` when it is one that receives no messages.
pub fn optional_mobile(typed: &str) -> Result<Option<Phone>, Reason> {
    match optional(typed)? {
        Some(phone) if !phone.is_mobile() => Err(Reason::NotMobile),
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        for (typed, stored, mobile) in [
            ("06 12 34 56 78", "+33612345678", true),
            ("+33 7.12.34.56.78", "+33712345678", true),
            ("0033612345678", "+33612345678", true),
            ("04-72-00-00-00", "+33472000000", false),
            ("0690 12 34 56", "+590690123456", true),
            ("0692123456", "+262692123456", true),
            ("0262 12 34 56", "+262262123456", false),
            ("+687 751234", "+687751234", true),
            ("+689 87123456", "+68987123456", true),
        ] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!((phone.as_str(), phone.is_mobile()), (stored, mobile), "{typed}");
        }
        for wrong in ["0812345678", "0899123456", "12", "+1 202 555 0100", "06 12 34 56", "061234567a", "+33 0612345678"] {
            assert_eq!(Phone::parse(wrong), Err(Reason::Phone), "{wrong}");
        }
        assert_eq!(Phone::parse("0612345678").unwrap().grouped(), "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78");
        assert_eq!(Phone::parse("+687 751234").unwrap().grouped(), "+687\u{a0}75\u{a0}12\u{a0}34");
        assert_eq!(Phone::parse("0690 12 34 56").unwrap().grouped(), "06\u{a0}90\u{a0}12\u{a0}34\u{a0}56");
        assert_eq!(optional("  "), Ok(None));
        assert_eq!(optional_mobile("0472000000"), Err(Reason::NotMobile));
    }
}
