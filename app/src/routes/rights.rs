//! The pages behind « Gérer les droits d’accès », beside the list.

use domain::id::{AccessRequestId, DelegationId};

/// The pages behind « Gérer les droits d’accès ».
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RightsPage {
    /// Delegating, step 1 (S125).
    New,
    /// Delegating, step 2 (S131).
    Grant,
    /// Visualisation.
    Line(DelegationId),
    /// Modification.
    Modify(DelegationId),
    /// Fermeture of a user, Suppression of a firm: what it entails, and the button.
    End(DelegationId),
    /// Somebody of a firm asks for rights.
    Request(AccessRequestId),
    /// What was seen and changed on the site.
    Journal,
}

impl RightsPage {
    /// Those that are about nobody yet.
    pub const FIXED: [Self; 3] = [Self::New, Self::Grant, Self::Journal];

    pub(super) fn slug(&self) -> String {
        match self {
            Self::New => "droits/delegation".into(),
            Self::Grant => "droits/delegation/droits".into(),
            Self::Line(key) => format!("droits/{key}"),
            Self::Modify(key) => format!("droits/{key}/modification"),
            Self::End(key) => format!("droits/{key}/fin"),
            Self::Request(key) => format!("droits/demande/{key}"),
            Self::Journal => "droits/journal".into(),
        }
    }

    /// The page about one line at an address below the site's.
    pub(super) fn parse(rest: &str) -> Option<Self> {
        if let Some(key) = rest.strip_prefix("droits/demande/") {
            return key.parse().ok().map(Self::Request);
        }
        let (key, what) = rest.strip_prefix("droits/").map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
        let key: DelegationId = key.parse().ok()?;
        match what {
            "" => Some(Self::Line(key)),
            "modification" => Some(Self::Modify(key)),
            "fin" => Some(Self::End(key)),
            _ => None,
        }
    }
}
