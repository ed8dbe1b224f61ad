//! Step 1 of a delegation: whom, from when, until when (S125–S130).

use crate::api::delegation::CheckBeneficiary;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::opening::steps;
use crate::routes::Page;
use crate::ui::form::{summary, wrap};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::form as form_words;
use crate::words::identity::VALIDATE;
use crate::words::rights as words;
use domain::delegations::beneficiary::BeneficiaryDraft;
use domain::home::Service;
use domain::id::SiteId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, Givable};

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId, around: Frame) -> Result<Loaded, Fault> {
    let givable = cx.services.givable(cx.visit()?, site).await?;
    let (sheet, said, errors) = (icons(cx), flash(cx), cx.invalid());
    let typed = if errors.is_some() || cx.refusal().is_some() { Some(restored(cx)) } else { None };
    let draft =
        typed.or_else(|| cx.giving(site).map(|giving| giving.who.clone())).unwrap_or_else(|| BeneficiaryDraft::blank(givable.today));
    let (cx, site) = (cx.clone(), site.clone());
    Ok(Loaded::new("Délégation, étape 1", around, move || {
        view! {
            <div class="stack">
                {steps(1)}
                <hgroup>
                    <h1>{if givable.role.is_firm() { "Donner des droits à un collaborateur" } else { "Déléguer des droits" }}</h1>
                    <p class="soft">"À qui, et à partir de quand. Vous choisirez les droits à l’étape suivante."</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &words::WHO))}
                <form class="card stack" method="post" action=CheckBeneficiary::PATH novalidate>
                    <input type="hidden" name="draft[site]" value=site.to_string()/>
                    {kind(&cx, &sheet, &givable, &draft)}
                    {fields(&cx, &sheet, &givable, &draft)}
                    <p class="row">
                        <button class="btn primary">{VALIDATE}</button>
                        <a class="btn" href=Page::Service(site.clone(), Service::AccessRights).path()>"Annuler"</a>
                    </p>
                </form>
            </div>
        }
        .into_any()
    }))
}

fn restored(cx: &Context) -> BeneficiaryDraft {
    let typed = |name: &str| cx.typed(name).to_owned();
    BeneficiaryDraft { kind: typed("kind"), email: typed("email"), siret: typed("siret"), starts: typed("starts"), ends: typed("ends") }
}

/// A person or a firm (A32). A firm hands on to people only.
fn kind(cx: &Context, sheet: &str, givable: &Givable, draft: &BeneficiaryDraft) -> AnyView {
    if givable.role.is_firm() {
        return view! { <input type="hidden" name="draft[who][kind]" value="user"/> }.into_any();
    }
    let is_firm = draft.kind == "firm";
    let one = |value: &'static str, checked: bool, label: &'static str, hint: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="draft[who][kind]" value=value checked=checked/>
                <span><b>{label}</b><span class="soft">{hint}</span></span>
            </label>
        }
    };
    let reason = cx.reason("kind").map(|reason| {
        view! { <p class="error" id="kind-erreur">{icon(sheet, "circle-x")}{form_words::reason(reason)}</p> }
    });
    view! {
        <fieldset class="stack tight" id="kind" tabindex="-1">
            <legend><h2>"Bénéficiaire"</h2></legend>
            {one("user", !is_firm, "Un utilisateur de mon organisation", "Gestionnaire, dirigeant, associé…")}
            {one("firm", is_firm, "Un cabinet comptable", "Il pourra transmettre à ses collaborateurs tout ou partie de ce que vous lui donnez.")}
            {reason}
        </fieldset>
    }
    .into_any()
}

fn fields(cx: &Context, sheet: &str, givable: &Givable, draft: &BeneficiaryDraft) -> AnyView {
    let input = |name: &'static str, kind: &'static str, hint: &str, optional: bool, value: &str| {
        let reason = cx.reason(name);
        let label = words::WHO.iter().find(|(field, _)| *field == name).map_or("", |(_, label)| label);
        let control = view! {
            <input
                id=name
                name=format!("draft[who][{name}]")
                type=kind
                value=value.to_owned()
                required=!optional
                class=(name == "siret").then_some("short")
                inputmode=(name == "siret").then_some("numeric")
                autocomplete="off"
                maxlength="254"
                spellcheck="false"
                aria-describedby=crate::ui::form::described(name, !hint.is_empty(), reason.is_some())
                aria-invalid=reason.map(|_| "true")
            />
        };
        wrap(sheet, name, label, hint, reason, optional, control.into_any())
    };
    let siret = (!givable.role.is_firm()).then(|| {
        let hint = "14 chiffres, pour un cabinet comptable seulement.";
        view! { <div class="of-firm">{input("siret", "text", hint, false, &draft.siret)}</div> }
    });
    let ends_hint = match givable.ends {
        Some(end) => format!("Dernier jour inclus. Vos propres droits prennent fin le {}.", domain::text::date(end)),
        None => "Dernier jour inclus\u{202f}: les droits s’arrêtent d’eux-mêmes ensuite.".to_owned(),
    };
    view! {
        {input("email", "email", "L’invitation lui sera envoyée à cette adresse.", false, &draft.email)}
        {siret}
        <div class="pair">
            {input("starts", "date", "Aujourd’hui ou plus tard.", false, &draft.starts)}
            {input("ends", "date", &ends_hint, givable.ends.is_none(), &draft.ends)}
        </div>
    }
    .into_any()
}
