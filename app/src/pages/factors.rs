//! One's own second factors: the section of the tab « Sécurité », and the pages where they are added, removed, renewed.

use super::account::hidden_site;
use super::ceremony::{Ask, button, fields};
use super::failures::flash;
use super::parts::step_up;
use crate::api::factor::{AddPasskey, ConfirmApp, RemoveFactor, RenewRecovery, StartApp, StartPasskey};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::{AccountPage, Page};
use crate::ui::form::{Field, draft, field, summary, wrap};
use crate::ui::icon::icon;
use crate::ui::notice::{Tone, notice, notice_with};
use crate::wire::{Context, Message};
use crate::words::{account, factor as words, refusal};
use domain::id::SiteId;
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{APPLICATION, AppToConfirm, Ceremony, Fault, PasskeyLine, Qr, SecondFactors};

/// Modules of quiet zone around the picture of a secret, as the standard wants.
const QUIET: i32 = 4;
/// Pixels a module: whole ones, so that all are drawn alike.
const MODULE: i32 = 4;

fn to(site: Option<&SiteId>, page: AccountPage) -> String {
    Page::account(site, page).path()
}

fn needs_password(cx: &Context) -> bool {
    cx.visit.as_ref().is_some_and(|visit| cx.services.needs_password(visit))
}

fn back(site: Option<&SiteId>, label: &'static str) -> AnyView {
    view! { <a class="btn" href=to(site, AccountPage::Security)>{label}</a> }.into_any()
}

/// Why an administrator is led here and nowhere else, when the fund requires a second factor.
pub(super) fn required(cx: &Context, sheet: &str) -> Option<AnyView> {
    cx.must_enrol.then(|| notice(sheet, Tone::Signal, format!("{} {}", words::REQUIRED, refusal::reach(&cx.fund))))
}

/// The section of the tab « Sécurité ».
pub(super) fn section(sheet: &str, site: Option<&SiteId>, found: &SecondFactors) -> AnyView {
    let app = found.app.map(|since| {
        let remove = remove_link(site, APPLICATION, "Retirer l’application d’authentification");
        view! { <li class="row apart"><div><p><strong>{words::APP}</strong></p><p class="soft">{format!("Ajoutée le {}.", date(since))}</p></div>{remove}</li> }
    });
    let passkeys = found.passkeys.iter().map(|passkey| passkey_line(site, passkey)).collect_view();
    let recovery = found.any().then(|| {
        view! {
            <li class="row apart">
                <div><p><strong>{words::RECOVERY}</strong></p><p class="soft">{words::left(found.recovery)}</p></div>
                <a class="btn small" href=to(site, AccountPage::Recovery)>"Créer de nouveaux codes"</a>
            </li>
        }
    });
    let lines = found.any().then(|| view! { <ul class="lines">{app}{passkeys}{recovery}</ul> });
    let add_app = found.app.is_none().then(|| {
        view! { <a class="btn" href=to(site, AccountPage::AddApp)>{icon(sheet, "plus")}"Ajouter une application"</a> }
    });
    let add_passkey = found.can_add_passkey.then(|| {
        view! { <a class="btn" href=to(site, AccountPage::AddPasskey)>{icon(sheet, "plus")}"Ajouter une clé d’accès"</a> }
    });
    view! {
        <section class="card stack" aria-labelledby="double">
            <h2 id="double">{words::TITLE}</h2>
            <p>{if found.any() { words::SOME } else { words::NONE }}</p>
            {lines}
            <p class="row">{add_app}{add_passkey}</p>
        </section>
    }
    .into_any()
}

fn passkey_line(site: Option<&SiteId>, passkey: &PasskeyLine) -> AnyView {
    let used = passkey.used.map_or_else(|| "jamais utilisée".to_owned(), |at| format!("utilisée le {}", account::moment(at)));
    let remove = remove_link(site, &passkey.key, &format!("Retirer la clé d’accès {}", passkey.name));
    view! {
        <li class="row apart">
            <div>
                <p><strong>{passkey.name.clone()}</strong>" "<span class="tag">"clé d’accès"</span></p>
                <p class="soft">{format!("Ajoutée le {}, {used}.", date(passkey.since))}</p>
            </div>
            {remove}
        </li>
    }
    .into_any()
}

fn remove_link(site: Option<&SiteId>, what: &str, label: &str) -> AnyView {
    let to = format!("{}?quoi={what}", to(site, AccountPage::RemoveFactor));
    view! { <a class="btn small" href=to aria-label=label.to_owned()>"Retirer"</a> }.into_any()
}

/// Adding an application: what it is; then its secret, and the field of its first code.
pub(super) async fn app(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let visit = cx.visit()?;
    let has_one = cx.services.second_factors(visit).await?.app.is_some();
    let waiting = cx.services.app_to_confirm(visit).await?;
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Ok(Loaded::new("Ajouter une application", around, move || {
        let inside = match waiting {
            _ if has_one => view! {
                <section class="card stack">
                    <p>"Votre compte a déjà une application d’authentification. Pour en changer, retirez-la d’abord."</p>
                    <p class="row">{back(site.as_ref(), "Revenir à la sécurité du compte")}</p>
                </section>
            }
            .into_any(),
            None => start(&cx, &sheet, site.as_ref(), StartApp::PATH, APP_STEPS),
            Some(app) => confirm_app(&cx, &sheet, site.as_ref(), &app),
        };
        view! {
            <hgroup>
                <h1>"Ajouter une application"</h1>
                <p class="soft">{words::APP_HINT}</p>
            </hgroup>
            {required(&cx, &sheet)}
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &[("code", words::CODE), ("current", account::CURRENT)]))}
            {inside}
        }
        .into_any()
    }))
}

const APP_STEPS: &str = "Installez d’abord une application d’authentification sur votre téléphone, par exemple FreeOTP ou celle que votre entreprise vous conseille. La page suivante affiche le code à scanner.";
const PASSKEY_STEPS: &str = "Pour votre sécurité, confirmez votre mot de passe avant d’ajouter une clé d’accès.";

/// The first step of adding something: a sentence, and the password when it was given too long ago.
fn start(cx: &Context, sheet: &str, site: Option<&SiteId>, action: &'static str, sentence: &'static str) -> AnyView {
    view! {
        <form class="card stack" method="post" action=action novalidate>
            {hidden_site(site)}
            <p>{sentence}</p>
            {step_up(cx, sheet, needs_password(cx))}
            <p class="row"><button class="btn primary">"Continuer"</button>{back(site, "Annuler")}</p>
        </form>
    }
    .into_any()
}

fn confirm_app(cx: &Context, sheet: &str, site: Option<&SiteId>, app: &AppToConfirm) -> AnyView {
    let code = Field {
        name: "code",
        label: "Code affiché par l’application",
        hint: "6 chiffres, sous le nom de votre caisse.",
        reason: cx.reason("code"),
        autocomplete: "one-time-code",
        inputmode: "numeric",
        class: "code short",
        ..Field::default()
    };
    view! {
        <section class="card stack" aria-labelledby="scanner">
            <h2 id="scanner">"1. Scannez ce code avec l’application"</h2>
            <div class="secret">
                {picture(&app.picture)}
                <div class="stack tight">
                    <p>"Vous ne pouvez pas scanner\u{202f}? Choisissez dans l’application «\u{a0}saisir une clé\u{a0}» et recopiez\u{202f}:"</p>
                    <dl class="kv">
                        <div><dt>"Clé"</dt><dd class="code">{app.secret.clone()}</dd></div>
                        <div><dt>"Compte"</dt><dd>{app.login.clone()}</dd></div>
                        <div><dt>"Type"</dt><dd>"basée sur l’heure, 6 chiffres"</dd></div>
                    </dl>
                    <p class="soft">{format!("L’application affichera ensuite «\u{a0}{}\u{a0}».", app.issuer)}</p>
                </div>
            </div>
        </section>
        <form class="card stack" method="post" action=ConfirmApp::PATH novalidate>
            <h2>"2. Saisissez le code qu’elle affiche"</h2>
            {hidden_site(site)}
            {field(sheet, &code)}
            {step_up(cx, sheet, needs_password(cx))}
            <p class="row"><button class="btn primary">"Confirmer"</button>{back(site, "Annuler")}</p>
        </form>
    }
    .into_any()
}

/// The picture of a secret. What it holds stands beside it as text.
fn picture(qr: &Qr) -> AnyView {
    let side = qr.size + 2 * QUIET;
    view! {
        <svg
            class="qr"
            viewBox=format!("-{QUIET} -{QUIET} {side} {side}")
            width=(side * MODULE).to_string()
            height=(side * MODULE).to_string()
            role="img"
            aria-label="Code à scanner ; la clé qu’il contient figure à côté"
            shape-rendering="crispEdges"
        >
            <rect x=format!("-{QUIET}") y=format!("-{QUIET}") width=side.to_string() height=side.to_string() fill="#fff"></rect>
            <path d=qr.path.clone() fill="#000"></path>
        </svg>
    }
    .into_any()
}

/// Adding a passkey: the password first when it was given too long ago, so that no passkey is made for nothing.
pub(super) async fn passkey(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let visit = cx.visit()?;
    let can = cx.services.second_factors(visit).await?.can_add_passkey;
    let ceremony = if can && !needs_password(cx) { cx.services.passkey_to_add(visit).await? } else { None };
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Ok(Loaded::new("Ajouter une clé d’accès", around, move || {
        let inside = match &ceremony {
            Some(ceremony) => new_passkey(&cx, &sheet, site.as_ref(), ceremony),
            None if can => start(&cx, &sheet, site.as_ref(), StartPasskey::PATH, PASSKEY_STEPS),
            None => view! {
                <section class="card stack">
                    <p>"Vous ne pouvez pas ajouter d’autre clé d’accès ici. Retirez d’abord une de celles que vous n’utilisez plus."</p>
                    <p class="row">{back(site.as_ref(), "Revenir à la sécurité du compte")}</p>
                </section>
            }
            .into_any(),
        };
        let labels = [("name", PASSKEY_NAME), ("passkey", "Clé d’accès"), ("current", account::CURRENT)];
        view! {
            <hgroup>
                <h1>"Ajouter une clé d’accès"</h1>
                <p class="soft">{words::PASSKEYS_HINT}</p>
            </hgroup>
            {required(&cx, &sheet)}
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &labels))}
            {inside}
        }
        .into_any()
    }))
}

const PASSKEY_NAME: &str = "Nom de cette clé d’accès";

fn new_passkey(cx: &Context, sheet: &str, site: Option<&SiteId>, ceremony: &Ceremony) -> AnyView {
    let typed = cx.typed("name");
    let name = Field {
        name: "name",
        label: PASSKEY_NAME,
        value: if typed.is_empty() { &cx.origin.agent } else { typed },
        hint: "Pour la reconnaître parmi vos clés, par exemple «\u{a0}Téléphone\u{a0}».",
        reason: cx.reason("name"),
        autocomplete: "off",
        ..Field::default()
    };
    let wrong = cx.reason("passkey").map(|reason| wrap(sheet, "passkey", "Clé d’accès", "", Some(reason), false, ().into_any()));
    view! {
        <form class="card stack" method="post" action=AddPasskey::PATH novalidate data-passkey="create" data-options=ceremony.options.clone()>
            {hidden_site(site)}
            {fields(ceremony)}
            {field(sheet, &name)}
            {wrong}
            <p class="row">{button(Ask::Create, true)}{back(site, "Annuler")}</p>
        </form>
    }
    .into_any()
}

/// Recovery codes: shown once after they were made; otherwise how many are left, and the way to new ones.
pub(super) async fn recovery(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let found = cx.services.second_factors(cx.visit()?).await?;
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Ok(Loaded::new("Codes de secours", around, move || {
        let inside = match &cx.flash {
            Some(Message::RecoveryCodes(codes)) => shown(&sheet, site.as_ref(), codes),
            _ if !found.any() => view! {
                <section class="card stack">
                    <p>"Les codes de secours accompagnent une application ou une clé d’accès. Ajoutez-en d’abord une."</p>
                    <p class="row">{back(site.as_ref(), "Revenir à la sécurité du compte")}</p>
                </section>
            }
            .into_any(),
            _ => view! {
                <form class="card stack" method="post" action=RenewRecovery::PATH novalidate>
                    {hidden_site(site.as_ref())}
                    <p>{words::left(found.recovery)}" De nouveaux codes remplacent les anciens, qui ne serviront plus."</p>
                    {step_up(&cx, &sheet, needs_password(&cx))}
                    <p class="row"><button class="btn primary">"Créer de nouveaux codes"</button>{back(site.as_ref(), "Annuler")}</p>
                </form>
            }
            .into_any(),
        };
        view! {
            <h1>"Codes de secours"</h1>
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &[("current", account::CURRENT)]))}
            {inside}
        }
        .into_any()
    }))
}

fn shown(sheet: &str, site: Option<&SiteId>, codes: &[String]) -> AnyView {
    let lines = codes.iter().map(|code| view! { <li>{code.clone()}</li> }).collect_view();
    let on = if site.is_some() { to(site, AccountPage::Security) } else { Page::Sites.path() };
    view! {
        {notice_with(sheet, Tone::Ok, view! { <h2>"La double authentification protège votre compte"</h2><p>{words::SHOWN_ONCE}</p> }.into_any())}
        <section class="card stack" aria-labelledby="vos-codes">
            <h2 id="vos-codes">"Vos codes de secours"</h2>
            <ol class="codes">{lines}</ol>
        </section>
        <p class="row"><a class="btn primary" href=on>"J’ai gardé mes codes, continuer"</a></p>
    }
    .into_any()
}

/// Removing the application or a passkey: what will happen, and the way back.
pub(super) async fn remove(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let found = cx.services.second_factors(cx.visit()?).await?;
    let what = if cx.query("quoi").is_empty() { cx.typed("what") } else { cx.query("quoi") }.to_owned();
    let name = match found.passkeys.iter().find(|passkey| passkey.key == what) {
        Some(passkey) => Some(format!("la clé d’accès «\u{a0}{}\u{a0}»", passkey.name)),
        None => (what == APPLICATION && found.app.is_some()).then(|| "l’application d’authentification".to_owned()),
    };
    let is_last = found.passkeys.len() + usize::from(found.app.is_some()) == 1;
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Ok(Loaded::new("Retirer une deuxième preuve", around, move || {
        let inside = match name {
            None => view! {
                <section class="card stack">
                    <p>"Elle a déjà été retirée."</p>
                    <p class="row">{back(site.as_ref(), "Revenir à la sécurité du compte")}</p>
                </section>
            }
            .into_any(),
            Some(name) => {
                let consequence = if is_last {
                    "C’est la dernière\u{202f}: vos codes de secours ne serviront plus, et votre mot de passe protégera seul votre compte."
                } else {
                    "Vos autres moyens et vos codes de secours restent valables."
                };
                view! {
                    <form class="card stack" method="post" action=RemoveFactor::PATH novalidate>
                        {hidden_site(site.as_ref())}
                        <input type="hidden" name=draft("what") value=what/>
                        <p>"Vous allez retirer "<strong>{name}</strong>". Elle ne permettra plus de vous connecter."</p>
                        <p>{consequence}" Un mail vous le confirmera."</p>
                        {step_up(&cx, &sheet, needs_password(&cx))}
                        <p class="row"><button class="btn danger">"Retirer"</button>{back(site.as_ref(), "Annuler")}</p>
                    </form>
                }
                .into_any()
            }
        };
        view! {
            <h1>"Retirer une deuxième preuve"</h1>
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &[("current", account::CURRENT)]))}
            {inside}
        }
        .into_any()
    }))
}

/// The offer to whoever has no second factor: on the home of a site, once per browser, and never in the way.
pub(super) async fn offer(cx: &Context, page: &Page) -> Result<Option<AnyView>, Fault> {
    let declined = cx.origin.device.as_ref().is_none_or(|device| device.declined);
    if declined || cx.services.second_factors(cx.visit()?).await?.any() {
        return Ok(None);
    }
    Ok(Some(offered(&icons(cx), page)))
}

fn offered(sheet: &str, page: &Page) -> AnyView {
    let security = to(page.site(), AccountPage::Security);
    notice_with(
        sheet,
        Tone::Info,
        view! {
            <h2>"Protégez mieux votre compte"</h2>
            <p>{words::NONE}</p>
            <form class="row" method="post" action=crate::api::factor::Decline::PATH>
                <input type="hidden" name=draft("page") value=page.path()/>
                <a class="btn small" href=security>"Mettre en place"</a>
                <button class="btn small quiet">"Ne plus proposer ici"</button>
            </form>
        }
        .into_any(),
    )
}
