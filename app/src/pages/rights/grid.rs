//! The grid of rights: step 2 of a delegation, and the page that changes somebody's (S131–S145).

use crate::api::delegation::{Delegate, ModifyRights, RedrawGrid};
use crate::document::Loaded;
use crate::islands::RightsGrid;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::opening::steps;
use crate::pages::parts::{grid_errors, step_up};
use crate::routes::{Page, RightsPage};
use crate::ui::form::{summary, wrap};
use crate::ui::icon::icon;
use crate::wire::{Context, Giving, Message};
use crate::words::identity::VALIDATE;
use crate::words::{grid as grid_words, rights as words, services as service_words};
use domain::actor::Actor;
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::RightsDraft;
use domain::delegations::{College, Colleges, Delegation, Function, Rights, Role, State};
use domain::form::FieldErrors;
use domain::id::{DelegationId, SiteId};
use domain::refusal::Refusal;
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{BeneficiaryPage, Fault, Givable};

/// What a grid stands in.
struct Form {
    site: SiteId,
    key: String,
    rev: String,
    action: &'static str,
    submit: &'static str,
    cancel: Page,
    /// What the person shall be without the box.
    role: Role,
    givable: Givable,
    draft: RightsDraft,
    /// First and last day as they are shown, where they can be changed.
    days: Option<(String, String)>,
}

/// Step 2.
pub(super) async fn give(cx: &Context, site: &SiteId, giving: &Giving, around: Frame) -> Result<Loaded, Fault> {
    let givable = cx.services.givable(cx.visit()?, site).await?;
    let role = match (giving.who.kind.as_str(), givable.role.is_firm()) {
        ("firm", _) => Role::Cabinet,
        (_, true) => Role::Collaborateur,
        (_, false) => Role::Utilisateur,
    };
    let blank = || giving.rights.clone().unwrap_or_else(RightsDraft::blank);
    let form = Form {
        site: site.clone(),
        key: String::new(),
        rev: String::new(),
        action: Delegate::PATH,
        submit: "Valider et envoyer l’invitation",
        cancel: Page::Rights(site.clone(), RightsPage::New),
        role,
        draft: drawn(cx).unwrap_or_else(blank),
        givable,
        days: None,
    };
    let who = giving.who.clone();
    let starts = who.starts.parse().map_or_else(|_| who.starts.clone(), date);
    let lead = format!("{}, à partir du {starts}, {}.", who.email, words::until(who.ends.parse().ok()));
    Ok(page(cx, "Délégation, étape 2", around, form, move || {
        view! {
            {steps(2)}
            <hgroup><h1>"Délégation des droits d’accès"</h1><p class="soft">{lead}</p></hgroup>
        }
        .into_any()
    }))
}

/// Modification (S113).
pub(super) async fn modify(cx: &Context, site: &SiteId, key: &DelegationId, around: Frame) -> Result<Loaded, Fault> {
    let found = cx.services.beneficiary(cx.visit()?, site, key).await?;
    if !found.line.acts.contains(&Act::Modify) {
        return Err(Refusal::NotFound.into());
    }
    let givable = cx.services.givable(cx.visit()?, site).await?;
    let typed = drawn(cx);
    let days = match typed {
        Some(_) => (cx.typed("starts").to_owned(), cx.typed("ends").to_owned()),
        None => (found.line.starts.to_string(), found.line.ends.map(|end| end.to_string()).unwrap_or_default()),
    };
    let form = Form {
        site: site.clone(),
        key: key.to_string(),
        rev: found.rev.to_string(),
        action: ModifyRights::PATH,
        submit: VALIDATE,
        cancel: Page::Rights(site.clone(), RightsPage::Line(key.clone())),
        role: found.line.role,
        draft: typed.unwrap_or_else(|| found.draft()),
        givable,
        days: Some(days),
    };
    let conflict = matches!(cx.refusal(), Some(Refusal::Conflict)).then(|| now(&found));
    let lead = format!("{}, {}", found.line.title(), service_words::role(found.line.role));
    Ok(page(cx, "Modification des droits", around, form, move || {
        view! {
            <hgroup><h1>"Modifier les droits d’accès"</h1><p class="soft">{lead}</p></hgroup>
            {conflict}
        }
        .into_any()
    }))
}

/// What somebody else saved meanwhile, beside what was typed here (T45).
fn now(found: &BeneficiaryPage) -> AnyView {
    view! {
        <div class="card stack tight">
            <h2>"Ce qui est enregistré maintenant"</h2>
            <p>{format!("Effet le {}, {}.", date(found.line.starts), words::until(found.line.ends))}</p>
            {super::line::rights(&found.rights, found.line.role)}
            <p class="soft">"Votre saisie est ci-dessous. Valider remplace ce qui est enregistré."</p>
        </div>
    }
    .into_any()
}

/// The grid as it was sent, when it is drawn again.
fn drawn(cx: &Context) -> Option<RightsDraft> {
    match &cx.flash {
        Some(Message::Refused(_, typed) | Message::Broken(_, typed) | Message::Redrawn(typed, _)) if !typed.typed.is_empty() => {
            Some(RightsDraft::restore(typed))
        }
        _ => None,
    }
}

fn page(cx: &Context, title: &'static str, around: Frame, form: Form, head: impl FnOnce() -> AnyView + Send + 'static) -> Loaded {
    let (sheet, said, errors) = (icons(cx), flash(cx), cx.invalid());
    let preview = matches!(cx.flash, Some(Message::Redrawn(_, true))).then(|| preview(cx, &form));
    let cx = cx.clone();
    Loaded::new(title, around, move || {
        let stepping = step_up(&cx, &sheet, cx.visit().is_ok_and(|visit| cx.services.needs_password(visit)));
        view! {
            <div class="stack">
                {head()}
                {said}
                {errors.as_ref().map(|errors| summary(&sheet, errors, &labels(errors)))}
                <form class="stack" method="post" action=form.action novalidate>
                    <input type="hidden" name="draft[site]" value=form.site.to_string()/>
                    <input type="hidden" name="draft[key]" value=form.key.clone()/>
                    <input type="hidden" name="draft[rev]" value=form.rev.clone()/>
                    // What Enter presses: the first button of a form.
                    <button class="sr-only" tabindex="-1" aria-hidden="true">{form.submit}</button>
                    {days(&cx, &sheet, form.days.as_ref())}
                    {grid_errors(&cx, &sheet)}
                    {island(&cx, &form)}
                    {stepping}
                    <p class="row" id="valider-droits">
                        <button class="btn primary">{form.submit}</button>
                        <button class="btn" name="draft[redraw]" value="preview" formaction=RedrawGrid::PATH formnovalidate>
                            {icon(&sheet, "eye")}"Voir l’espace comme le verra ce bénéficiaire"
                        </button>
                        <a class="btn" href=form.cancel.path()>{if form.key.is_empty() { "Précédent" } else { "Annuler" }}</a>
                    </p>
                </form>
                {preview}
            </div>
        }
        .into_any()
    })
}

/// Each field of the summary with its label, a function's by its name.
fn labels(errors: &FieldErrors) -> Vec<(&str, &'static str)> {
    let function = |name: &str| Function::ALL.into_iter().find(|function| name == format!("rights[{}]", function.code()));
    errors
        .errors
        .iter()
        .map(|(name, _)| {
            let fixed = words::GRID.iter().find(|(field, _)| field == name).map(|(_, label)| *label);
            (name.as_str(), fixed.or_else(|| function(name).map(grid_words::function)).unwrap_or("Droits d’accès"))
        })
        .collect()
}

fn days(cx: &Context, sheet: &str, days: Option<&(String, String)>) -> Option<AnyView> {
    let (starts, ends) = days?;
    let input = |name: &'static str, label: &str, hint: &str, optional: bool, value: &str| {
        let reason = cx.reason(name);
        let control = view! {
            <input
                id=name
                name=format!("draft[{name}]")
                type="date"
                value=value.to_owned()
                required=!optional
                aria-describedby=crate::ui::form::described(name, true, reason.is_some())
                aria-invalid=reason.map(|_| "true")
            />
        };
        wrap(sheet, name, label, hint, reason, optional, control.into_any())
    };
    Some(
        view! {
            <div class="pair">
                {input("starts", "Date d’effet", "Modifiable tant qu’elle n’est pas passée.", false, starts)}
                {input("ends", "Date de fin", "Dernier jour inclus.", true, ends)}
            </div>
        }
        .into_any(),
    )
}

fn island(cx: &Context, form: &Form) -> AnyView {
    let held = &form.givable.rights;
    let error = |name: &str| cx.reason(name).map(|_| format!("{name}-erreur")).unwrap_or_default();
    let offered = matches!(form.role, Role::Utilisateur | Role::Administrateur) && form.givable.role.is_administrator();
    view! {
        <RightsGrid
            chosen=Function::ALL.into_iter().map(|function| form.draft.mode(function)).collect()
            most=Function::ALL.into_iter().map(|function| held.mode(function)).collect()
            ticked=College::ALL.into_iter().filter(|college| form.draft.has(*college) && held.colleges.contains(*college)).collect()
            allowed=held.colleges.iter().collect()
            administrator=offered.then(|| form.draft.is_administrator())
            redraw=RedrawGrid::PATH.to_owned()
            colleges_error=error("colleges")
            rights_error=error("rights")
        />
    }
    .into_any()
}

/// The menu and the tiles as the beneficiary will have them: the same functions of the same rights.
fn preview(cx: &Context, form: &Form) -> AnyView {
    let colleges: Colleges = College::ALL.into_iter().filter(|college| form.draft.has(*college)).collect();
    let mut rights = Rights::within(colleges);
    for function in Function::ALL {
        rights.set(function, form.draft.mode(function).min(form.givable.rights.mode(function)));
    }
    let role = if form.draft.is_administrator() && !form.role.is_firm() { Role::Administrateur } else { Role::Utilisateur };
    let today = form.givable.today;
    let Some(visit) = &cx.visit else { return ().into_any() };
    let id: Result<DelegationId, _> = form.site.to_string().parse();
    let Ok(id) = id else { return ().into_any() };
    let delegation = Delegation { id, site: form.site.clone(), role, state: State::Open, starts: today, ends: None, rights, above: None };
    let someone = Actor { delegations: vec![delegation], ..visit.session.actor.clone() };
    let menu = domain::home::menu(&someone, &form.site, today);
    let lead = if menu.is_empty() { grid_words::PREVIEW_EMPTY } else { grid_words::PREVIEW };
    let entries = menu
        .into_iter()
        .map(|(entry, services)| {
            let names = services.into_iter().map(|service| view! { <li>{service_words::name(service)}</li> }).collect_view();
            view! { <li><b>{service_words::entry(entry)}</b><ul>{names}</ul></li> }
        })
        .collect_view();
    view! {
        <section class="card stack tight" aria-labelledby="apercu">
            <h2 id="apercu" tabindex="-1" autofocus=true>"Ce que verra ce bénéficiaire"</h2>
            <p class="soft">{lead}</p>
            {(!entries.is_empty()).then(|| view! { <ul class="preview">{entries}</ul> })}
        </section>
    }
    .into_any()
}
