//! Suivi DSN (S64): the site's anomalies, by month and severity.

use super::space::frame;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::Page;
use crate::wire::Context;
use crate::words::services as words;
use domain::dsn::{Alert, Period};
use domain::home::Service;
use domain::id::SiteId;
use domain::refusal::Refusal;
use domain::text::{count, of_month};
use leptos::prelude::*;
use services::Fault;

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let visit = cx.visit.as_ref().ok_or(Refusal::SignedOut)?;
    cx.services.note_dsn(visit, site, &cx.origin).await?;
    let alerts = cx.services.dsn_alerts(&visit.session.actor, site).await?;
    let page = Page::Service(site.clone(), Service::Dsn);
    Ok(Loaded::new("Suivi DSN", Frame::Space(Box::new(model), page), move || {
        let content = if alerts.is_empty() { empty() } else { months(alerts) };
        view! {
            <hgroup>
                <h1>"Suivi DSN"</h1>
                <p class="soft">{words::purpose(Service::Dsn)}</p>
            </hgroup>
            {content}
        }
        .into_any()
    }))
}

fn empty() -> AnyView {
    view! {
        <div class="card empty" id="mois-dsn">
            <p>"Aucune anomalie relevée dans vos DSN."</p>
            <p class="soft">"Les remarques de votre caisse apparaîtront ici, mois par mois."</p>
        </div>
    }
    .into_any()
}

/// Alerts come newest month first, gravest first within a month.
fn months(alerts: Vec<Alert>) -> AnyView {
    let mut groups: Vec<(Period, Vec<Alert>)> = Vec::new();
    for alert in alerts {
        match groups.last_mut() {
            Some((period, group)) if *period == alert.period => group.push(alert),
            _ => groups.push((alert.period, vec![alert])),
        }
    }
    let items = groups.into_iter().map(|(period, group)| one_month(period, &group)).collect_view();
    view! { <ol class="timeline" id="mois-dsn">{items}</ol> }.into_any()
}

fn one_month(period: Period, alerts: &[Alert]) -> AnyView {
    let raised = alerts.iter().filter(|alert| alert.severity.is_alert()).count();
    let lines = alerts
        .iter()
        .map(|alert| {
            let code = (!alert.code.is_empty()).then(|| view! { <span class="soft num">{format!("Contrôle {}", alert.code)}</span> });
            view! {
                <li>
                    <span class=format!("sev {}", alert.severity.key())>{words::severity(alert.severity)}</span>
                    <div>
                        <p>{alert.message.clone()}</p>
                        <p class="soft">{words::advice(alert.severity)}</p>
                        {code}
                    </div>
                </li>
            }
        })
        .collect_view();
    let heading = format!("DSN {} {}", of_month(period.month), period.year);
    view! {
        <li class="period">
            <h2>{heading}" "<span class="soft">{count(raised, "anomalie", "anomalies")}</span></h2>
            <ul>{lines}</ul>
        </li>
    }
    .into_any()
}
