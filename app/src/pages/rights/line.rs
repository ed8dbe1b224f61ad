//! The page of one beneficiary (S113, S114), and what ending their rights entails (A31).

use crate::api::delegation::{EndRights, RecreateRights, ResendInvitation};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::parts::step_up;
use crate::routes::{Page, RightsPage};
use crate::ui::form::summary;
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::account::moment;
use crate::words::{grid as grid_words, rights as words, services as service_words};
use domain::delegations::acts::Act;
use domain::delegations::policy::{Need, meets};
use domain::delegations::{Function, Rights, Role, Status};
use domain::home::Service;
use domain::id::{DelegationId, SiteId};
use domain::refusal::Refusal;
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{BeneficiaryLine, BeneficiaryPage, Fault};

/// Visualisation.
pub(super) async fn load(cx: &Context, site: &SiteId, key: &DelegationId, around: Frame) -> Result<Loaded, Fault> {
    let visit = cx.visit()?;
    let found = cx.services.beneficiary(visit, site, key).await?;
    if !found.line.is_own {
        cx.services.note_viewed(visit, site, key, &cx.origin).await?;
    }
    let journal = meets(&visit.session.actor, Need::Administration, site, cx.services.clock().today());
    let bound = if found.line.ends.is_some() { cx.services.givable(visit, site).await?.ends } else { None };
    let (sheet, said, cx, site) = (icons(cx), flash(cx), cx.clone(), site.clone());
    let title = found.line.title();
    Ok(Loaded::new(title.clone(), around, move || {
        view! {
            <div class="stack">
                <hgroup>
                    <h1>{title}</h1>
                    <p class="soft">{service_words::role(found.line.role)}" "{badge(found.line.status)}</p>
                </hgroup>
                {said}
                {actions(&sheet, &site, &found)}
                {facts(&found)}
                {super::prolong::form(&cx, &sheet, &site, &found, bound)}
                <section class="stack tight" aria-labelledby="droits">
                    <h2 id="droits">"Droits d’accès"</h2>
                    {rights(&found.rights, found.line.role)}
                </section>
                {found.line.role.is_firm().then(|| collaborators(&site, &found.collaborators))}
                <p class="row">
                    <a href=Page::Service(site.clone(), Service::AccessRights).path()>"Revenir à la liste"</a>
                    {journal.then(|| view! { <a href=Page::Rights(site.clone(), RightsPage::Journal).path()>"Journal du site"</a> })}
                </p>
            </div>
        }
        .into_any()
    }))
}

/// A status as a mark: its words say it, its colour repeats it.
pub(super) fn badge(status: Status) -> AnyView {
    view! { <span class="badge" data-status=status.code()>{words::status(status)}</span> }.into_any()
}

fn actions(sheet: &str, site: &SiteId, found: &BeneficiaryPage) -> AnyView {
    let (line, key) = (&found.line, &found.line.key);
    let to = |page: fn(DelegationId) -> RightsPage| Page::Rights(site.clone(), page(key.clone())).path();
    let modify = line.acts.contains(&Act::Modify).then(|| {
        view! { <a class="btn primary" href=to(RightsPage::Modify)>{icon(sheet, "pencil")}"Modifier"</a> }
    });
    let end = (line.acts.contains(&Act::Close) || line.acts.contains(&Act::Delete)).then(|| {
        view! { <a class="btn" href=to(RightsPage::End)>{icon(sheet, "trash-2")}{end_label(line)}</a> }
    });
    let resend = (found.link_until.is_some() && line.acts.len() > 1).then(|| {
        view! {
            <form method="post" action=ResendInvitation::PATH>
                <input type="hidden" name="draft[site]" value=site.to_string()/>
                <input type="hidden" name="draft[key]" value=key.to_string()/>
                <button class="btn">{icon(sheet, "mail")}"Renvoyer l’invitation"</button>
            </form>
        }
    });
    view! { <div class="row" id="actions-beneficiaire">{modify}{resend}{end}</div> }.into_any()
}

/// What ending this line is called.
pub(super) const fn end_label(line: &BeneficiaryLine) -> &'static str {
    match (line.status, line.role) {
        (Status::EnAttente, _) => "Retirer l’invitation",
        (_, Role::Cabinet) => "Supprimer",
        _ => "Fermer",
    }
}

fn facts(found: &BeneficiaryPage) -> AnyView {
    let line = &found.line;
    let fact = |label: &'static str, value: String| (!value.is_empty()).then(|| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    let invited = found.link_until.map_or_else(String::new, |until| {
        let state = if line.is_link_over { "expiré le" } else { "valable jusqu’au" };
        format!("Lien {state} {}", moment(until))
    });
    view! {
        <dl class="kv card" id="fiche-beneficiaire">
            {fact("Adresse mail", line.email.clone())}
            {fact("SIRET du cabinet", found.siret.clone().unwrap_or_default())}
            {fact("Date d’effet", date(line.starts))}
            {fact("Date de fin", line.ends.map_or_else(|| "Sans fin".to_owned(), |end| format!("{} inclus", date(end))))}
            {fact("Donnés par", if found.by.is_empty() { "Courriers de la caisse".to_owned() } else { found.by.clone() })}
            {fact("Donnés le", moment(found.created))}
            {fact("Terminés le", found.ended.map(moment).unwrap_or_default())}
            {fact("Invitation", invited)}
        </dl>
    }
    .into_any()
}

/// What is held, as a table; administrators hold everything.
pub(super) fn rights(rights: &Rights, role: Role) -> AnyView {
    if role.is_administrator() {
        return view! { <p>"Tous les droits, pour tous les collèges."</p> }.into_any();
    }
    let rows = Function::ALL
        .into_iter()
        .map(|function| {
            let mode = rights.mode(function);
            view! {
                <div>
                    <dt>{grid_words::function(function)}</dt>
                    <dd class=mode.is_none().then_some("soft")>{grid_words::mode(mode)}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <p>{format!("Collèges\u{202f}: {}", words::colleges(rights))}</p>
        <dl class="kv card">{rows}</dl>
    }
    .into_any()
}

fn collaborators(site: &SiteId, lines: &[BeneficiaryLine]) -> AnyView {
    let content = if lines.is_empty() {
        view! { <p class="soft">"Le cabinet n’a transmis de droits à personne."</p> }.into_any()
    } else {
        let items = lines
            .iter()
            .map(|line| {
                let to = Page::Rights(site.clone(), RightsPage::Line(line.key.clone())).path();
                view! { <li><a href=to>{line.title()}</a>" "{badge(line.status)}" "<span class="soft">{words::until(line.ends)}</span></li> }
            })
            .collect_view();
        view! { <ul class="lines">{items}</ul> }.into_any()
    };
    view! {
        <section class="stack tight" aria-labelledby="collaborateurs">
            <h2 id="collaborateurs">"Collaborateurs du cabinet"</h2>
            {content}
        </section>
    }
    .into_any()
}

/// Fermeture, Suppression, or an invitation taken back.
pub(super) async fn end(cx: &Context, site: &SiteId, key: &DelegationId, around: Frame) -> Result<Loaded, Fault> {
    let found = cx.services.beneficiary(cx.visit()?, site, key).await?;
    if !found.line.acts.contains(&Act::Close) && !found.line.acts.contains(&Act::Delete) {
        return Err(Refusal::NotFound.into());
    }
    let (sheet, said, errors, cx, site) = (icons(cx), flash(cx), cx.invalid(), cx.clone(), site.clone());
    Ok(Loaded::new("Fin de droits", around, move || {
        let line = &found.line;
        let open = found.collaborators.iter().filter(|person| person.status.is_open()).count();
        let is_invitation = line.status == Status::EnAttente;
        let label = end_label(line);
        let again = (line.role.is_firm() && !is_invitation).then(|| {
            view! { <button class="btn" formaction=RecreateRights::PATH>"Supprimer et recréer avec les mêmes droits"</button> }
        });
        let hanging = (open > 0).then(|| {
            let names = found.collaborators.iter().filter(|person| person.status.is_open());
            view! { <ul class="lines">{names.map(|person| view! { <li>{person.title()}</li> }).collect_view()}</ul> }
        });
        view! {
            <div class="stack">
                <hgroup><h1>{format!("{label}\u{202f}: {}", line.title())}</h1><p class="soft">{service_words::role(line.role)}</p></hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &words::GRID))}
                <form class="card stack" id="consequences" method="post" action=EndRights::PATH novalidate>
                    <input type="hidden" name="draft[site]" value=site.to_string()/>
                    <input type="hidden" name="draft[key]" value=line.key.to_string()/>
                    <input type="hidden" name="draft[firm]" value=if line.role.is_firm() { "1" } else { "" }/>
                    <p>{words::consequence(line.role, is_invitation, open)}</p>
                    {hanging}
                    {step_up(&cx, &sheet, cx.visit().is_ok_and(|visit| cx.services.needs_password(visit)))}
                    <p class="row">
                        <button class="btn danger">{label}</button>
                        {again}
                        <a class="btn" href=Page::Rights(site.clone(), RightsPage::Line(line.key.clone())).path()>"Annuler"</a>
                    </p>
                </form>
            </div>
        }
        .into_any()
    }))
}
