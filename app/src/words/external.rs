//! Logging in through another identity provider.

/// Button of the login page, in the words `ProConnect` asks for.
#[must_use]
pub fn identify(name: &str) -> String {
    format!("S’identifier avec {name}")
}

/// Link below that button.
#[must_use]
pub fn what_is(name: &str) -> String {
    format!("Qu’est-ce que {name}\u{202f}?")
}

/// Head of the page that links.
#[must_use]
pub fn link_title(name: &str) -> String {
    format!("Rattacher {name} à votre espace")
}

/// What that page asks of somebody who is not logged in.
#[must_use]
pub fn link_once(name: &str) -> String {
    format!(
        "{name} vous a reconnu, mais aucun espace sécurisé n’y est encore rattaché. Indiquez une seule fois l’adresse mail et le mot de passe de votre espace existant\u{202f}: ensuite, {name} suffira."
    )
}

/// What it asks of somebody who is.
#[must_use]
pub fn link_own(name: &str, email: &str) -> String {
    format!("{name} vous a reconnu. Confirmez pour pouvoir vous connecter par {name} à l’espace de {email}.")
}

/// Button of that page.
pub const LINK: &str = "Rattacher";
/// Button of the security page.
#[must_use]
pub fn add(name: &str) -> String {
    format!("Rattacher une identité {name}")
}

/// Button of the security page.
pub const UNLINK: &str = "Dissocier";

/// Link after logging out.
#[must_use]
pub fn leave(name: &str) -> String {
    format!("Se déconnecter aussi de {name}")
}

/// What is said next to that link.
#[must_use]
pub fn still_open(name: &str) -> String {
    format!("Vous êtes déconnecté de l’Espace sécurisé, mais votre session {name} peut être encore ouverte sur cet appareil.")
}

/// A provider as people recognise it: by its name, or by its host when it is not the one of today.
#[must_use]
pub fn provider_name(issuer: &str, known: Option<(&str, &str)>) -> String {
    match known {
        Some((name, of)) if of == issuer => name.to_owned(),
        _ => issuer.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(issuer).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_of_former_times_is_known_by_its_host() {
        let known = Some(("ProConnect", "https://p.exemple.fr/api/v2"));
        assert_eq!(provider_name("https://p.exemple.fr/api/v2", known), "ProConnect");
        assert_eq!(provider_name("https://q.exemple.fr/realms/x", known), "q.exemple.fr");
        assert_eq!(provider_name("?", None), "?");
    }
}
