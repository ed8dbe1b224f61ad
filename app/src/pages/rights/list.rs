//! Liste des bénéficiaires de délégation (S108, S115–S124).

use super::line::{badge, end_label};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::space::frame;
use crate::routes::{Page, RightsPage};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::services as service_words;
use domain::delegations::acts::Act;
use domain::home::Service;
use domain::id::{DelegationId, SiteId};
use domain::text::{count, date, fold};
use leptos::prelude::*;
use services::{BeneficiaryLine, Fault};

/// The list.
pub(in crate::pages) async fn load(cx: &Context, site: &SiteId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let mut lines = cx.services.beneficiaries(cx.visit()?, site).await?;
    lines.retain(|line| line.status.is_open());
    lines.sort_by_key(|line| (line.last.is_empty(), fold(&line.title())));
    let requests = super::request::notice(cx, site).await?;
    let (sheet, said, site) = (icons(cx), flash(cx), site.clone());
    let page = Page::Service(site.clone(), Service::AccessRights);
    Ok(Loaded::new("Gérer les droits d’accès", Frame::Space(Box::new(model), page), move || {
        let rows = lines.iter().map(|line| row(&sheet, &site, line)).collect_view();
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Liste des bénéficiaires de délégation"</h1>
                    <p class="soft" role="status">{count(lines.len(), "bénéficiaire", "bénéficiaires")}</p>
                </hgroup>
                {said}
                {requests}
                <p><a class="btn primary" href=Page::Rights(site.clone(), RightsPage::New).path()>{icon(&sheet, "user-plus")}"Déléguer des droits"</a></p>
                <div class="card tablewrap">
                    <table class="list">
                        <caption class="sr-only">"Bénéficiaires et leurs droits"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Nom et prénom"</th>
                                <th scope="col">"Rôle"</th>
                                <th scope="col">"Statut"</th>
                                <th scope="col">"Date d’effet"</th>
                                <th scope="col">"Date de fin"</th>
                                <th scope="col">"Actions"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div>
        }
        .into_any()
    }))
}

fn row(sheet: &str, site: &SiteId, line: &BeneficiaryLine) -> AnyView {
    let title = line.title();
    let to = |page: fn(DelegationId) -> RightsPage| Page::Rights(site.clone(), page(line.key.clone())).path();
    let act = |href: String, name: &'static str, label: &str| {
        let named = format!("{label}\u{202f}: {title}");
        view! { <a class="btn small icon-only" href=href title=label.to_owned()>{icon(sheet, name)}<span class="sr-only">{named}</span></a> }
    };
    let modify = line.acts.contains(&Act::Modify).then(|| act(to(RightsPage::Modify), "pencil", "Modifier"));
    let ends = line.acts.contains(&Act::Close) || line.acts.contains(&Act::Delete);
    let end = ends.then(|| act(to(RightsPage::End), "trash-2", end_label(line)));
    let mail = (!line.last.is_empty()).then(|| view! { <span class="soft block">{line.email.clone()}</span> });
    view! {
        <tr>
            <th scope="row"><a href=to(RightsPage::Line)>{title.clone()}</a>{line.is_own.then_some(" (vous)")}{mail}</th>
            <td data-label="Rôle">{service_words::role(line.role)}</td>
            <td data-label="Statut">{badge(line.status)}</td>
            <td data-label="Date d’effet">{date(line.starts)}</td>
            <td data-label="Date de fin">{line.ends.map_or_else(|| "Sans fin".to_owned(), date)}</td>
            <td data-label="Actions"><span class="row tight">{act(to(RightsPage::Line), "eye", "Voir")}{modify}{end}</span></td>
        </tr>
    }
    .into_any()
}
