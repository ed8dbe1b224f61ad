//! Cookies: their names and lives, and what those of a request say.

use super::{Display, Flash, Giving, Handing, Linking};
use http::header;
use services::{Device, Opening, Pending, Services};

/// Cookies of the portal. All are `__Host-`, `Secure`, `HttpOnly`, `SameSite=Lax`, for the whole site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Secret of the session.
    Session,
    /// A [`Flash`].
    Flash,
    /// A [`Device`].
    Device,
    /// An [`Opening`].
    Opening,
    /// Secret of a followed link.
    Link,
    /// A [`Pending`] login.
    Second,
    /// The way to the identity provider.
    Journey,
    /// A [`Linking`].
    Linking,
    /// A [`Giving`].
    Giving,
    /// A [`Handing`].
    Handing,
    /// A [`Display`].
    Display,
}

impl Cookie {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Session,
        Self::Flash,
        Self::Device,
        Self::Opening,
        Self::Link,
        Self::Second,
        Self::Journey,
        Self::Linking,
        Self::Giving,
        Self::Handing,
        Self::Display,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "__Host-session",
            Self::Flash => "__Host-message",
            Self::Device => "__Host-appareil",
            Self::Opening => "__Host-ouverture",
            Self::Link => "__Host-lien",
            Self::Second => "__Host-deuxieme",
            Self::Journey => "__Host-fournisseur",
            Self::Linking => "__Host-rattachement",
            Self::Giving => "__Host-delegation",
            Self::Handing => "__Host-transmission",
            Self::Display => "__Host-affichage",
        }
    }

    /// Seconds it is kept; none for as long as the browser is open.
    const fn age(self) -> Option<u32> {
        match self {
            Self::Session => None,
            Self::Flash => Some(120),
            Self::Device => Some(180 * 86_400),
            Self::Opening | Self::Giving | Self::Handing => Some(1_800),
            Self::Link | Self::Second | Self::Journey | Self::Linking => Some(600),
            Self::Display => Some(400 * 86_400),
        }
    }

    /// The header that sets it.
    #[must_use]
    pub fn set(self, value: &str) -> String {
        let age = self.age().map_or_else(String::new, |age| format!("; Max-Age={age}"));
        format!("{}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}", self.name())
    }

    /// The header that removes it.
    #[must_use]
    pub fn clear(self) -> String {
        format!("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", self.name())
    }
}

/// What the cookies of a request say, their seals checked.
#[derive(Debug, Default)]
pub struct Carried {
    /// Secret of the session.
    pub session: Option<String>,
    /// Message of the last form.
    pub flash: Option<Flash>,
    /// The browser, known from an earlier login.
    pub device: Option<Device>,
    /// Step 1/2 of the opening.
    pub opening: Option<Opening>,
    /// Secret of a followed link.
    pub link: Option<String>,
    /// A login between its two steps.
    pub pending: Option<Pending>,
    /// The way to the identity provider, still sealed.
    pub journey: Option<String>,
    /// What the provider has proven.
    pub linking: Option<Linking>,
    /// Step 1 of a delegation.
    pub giving: Option<Giving>,
    /// Step 1 over several clients.
    pub handing: Option<Handing>,
    /// How pages are drawn.
    pub display: Display,
}

impl Carried {
    /// Reads the `Cookie` headers of a request.
    #[must_use]
    pub fn read(services: &Services, headers: &http::HeaderMap) -> Self {
        let mut carried = Self::default();
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
        for (name, value) in pairs.filter_map(|pair| pair.trim().split_once('=')) {
            let key = services.key();
            let Some(cookie) = Cookie::ALL.into_iter().find(|cookie| cookie.name() == name) else { continue };
            match cookie {
                Cookie::Session => carried.session = Some(value.to_owned()),
                Cookie::Flash => carried.flash = key.unseal(name, value),
                Cookie::Device => carried.device = key.unseal(name, value),
                Cookie::Opening => carried.opening = key.unseal(name, value),
                Cookie::Link => carried.link = key.unseal(name, value),
                Cookie::Second => carried.pending = key.unseal(name, value),
                Cookie::Journey => carried.journey = Some(value.to_owned()),
                Cookie::Linking => carried.linking = key.unseal(name, value),
                Cookie::Giving => carried.giving = key.unseal(name, value),
                Cookie::Handing => carried.handing = key.unseal(name, value),
                Cookie::Display => carried.display = key.unseal(name, value).unwrap_or_default(),
            }
        }
        carried
    }
}
