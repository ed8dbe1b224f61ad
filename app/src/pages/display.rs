//! Affichage: theme and size of text.

use super::failures::flash;
use crate::api::display::SetDisplay;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::wire::{Context, Theme};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
pub(super) fn load(cx: &Context) -> Loaded {
    let (said, display) = (flash(cx), cx.display);
    Loaded::new("Affichage", Frame::Plain, move || {
        let theme = |value: &'static str, label: &'static str, theme: Theme| {
            view! { <label class="radio"><input type="radio" name="theme" value=value checked=display.theme == theme/><span>{label}</span></label> }
        };
        view! {
            <div class="stack">
                <h1>"Affichage"</h1>
                {said}
                <form class="card stack" method="post" action=SetDisplay::PATH>
                    <fieldset class="stack tight">
                        <legend><h2>"Couleurs"</h2></legend>
                        {theme("systeme", "Comme mon appareil", Theme::System)}
                        {theme("clair", "Claires", Theme::Light)}
                        {theme("sombre", "Sombres", Theme::Dark)}
                    </fieldset>
                    <label class="check"><input type="checkbox" name="large" value="oui" checked=display.large/><span>"Texte plus grand"</span></label>
                    <button class="btn primary">"Enregistrer"</button>
                </form>
            </div>
        }
        .into_any()
    })
}
