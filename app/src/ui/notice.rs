//! Boxes that say something about what just happened or what needs doing.

use super::icon::icon;
use leptos::prelude::*;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something worked.
    Ok,
    /// Something to know.
    Info,
    /// Something is wrong.
    Signal,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Ok => "notice ok",
            Self::Info => "notice info",
            Self::Signal => "notice signal",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Ok => "circle-check",
            Self::Info => "info",
            Self::Signal => "triangle-alert",
        }
    }

    const fn role(self) -> &'static str {
        match self {
            Self::Ok | Self::Info => "status",
            Self::Signal => "alert",
        }
    }
}

/// A notice in one sentence or two.
pub fn notice(icons: &str, tone: Tone, text: impl Into<String>) -> AnyView {
    let text = text.into();
    notice_with(icons, tone, view! { <p>{text}</p> }.into_any())
}

/// A notice with more inside.
pub fn notice_with(icons: &str, tone: Tone, inside: AnyView) -> AnyView {
    view! { <div class=tone.class() role=tone.role()>{icon(icons, tone.icon())}<div>{inside}</div></div> }.into_any()
}
