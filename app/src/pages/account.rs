//! One's own account: the tab « Connexion et contact » (S97–S101), and the three pages its buttons lead to.

use super::failures::flash;
use super::parts::{mobile, password_field, password_twice, step_up};
use super::space::frame;
use crate::api::account::{CertifyMobile, ChangeContact, ChangeEmail, ChangePassword, SendSms};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::{AccountPage, Page};
use crate::ui::form::{Field, draft, field, summary};
use crate::ui::icon::icon;
use crate::ui::notice::{Tone, notice};
use crate::wire::Context;
use crate::words::account as words;
use domain::id::SiteId;
use domain::identity::phone::Phone;
use domain::refusal::Refusal;
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, Profile};

/// A page of the account.
pub(super) async fn load(cx: &Context, site: Option<&SiteId>, page: AccountPage) -> Result<Loaded, Fault> {
    let around = around(cx, site, page).await?;
    let profile = cx.services.profile(cx.visit()?).await?;
    let (cx, site) = (cx.clone(), site.cloned());
    Ok(match page {
        AccountPage::Contact => contact(&cx, site, around, profile),
        AccountPage::Email => email(&cx, site, around, profile),
        AccountPage::Password => password(&cx, site, around),
        AccountPage::EditContact => edit_contact(&cx, site, around, profile),
        AccountPage::Security => super::security::load(&cx, site, around).await?,
        AccountPage::AddApp => super::factors::app(&cx, site, around).await?,
        AccountPage::AddPasskey => super::factors::passkey(&cx, site, around).await?,
        AccountPage::Recovery => super::factors::recovery(&cx, site, around).await?,
        AccountPage::RemoveFactor => super::factors::remove(&cx, site, around).await?,
        AccountPage::Data => super::data::load(&cx, site, around),
        AccountPage::DataRead => super::data::read(&cx, site, around).await?,
        AccountPage::Erase => super::data::erase(&cx, site, around).await?,
        AccountPage::Notifications => super::notifications::load(&cx, site, around).await?,
    })
}

/// What stands around a page of the account: the space of the site, or nothing.
async fn around(cx: &Context, site: Option<&SiteId>, page: AccountPage) -> Result<Frame, Fault> {
    Ok(match site {
        Some(site) => Frame::Space(Box::new(frame(cx, site).await?), Page::account(Some(site), page)),
        None => Frame::Plain,
    })
}

/// The tabs of the account.
pub(super) fn tabs(site: Option<&SiteId>, current: AccountPage) -> AnyView {
    let tabs = [AccountPage::Contact, AccountPage::Security, AccountPage::Notifications, AccountPage::Data]
        .into_iter()
        .map(|page| {
            let to = Page::account(site, page).path();
            view! { <li><a href=to aria-current=(page == current).then_some("page")>{words::tab(page)}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" id="onglets-compte" aria-label="Mon compte utilisateur"><ul>{tabs}</ul></nav> }.into_any()
}

/// The hidden field that says in which space the form stands.
pub(super) fn hidden_site(site: Option<&SiteId>) -> AnyView {
    let value = site.map(ToString::to_string).unwrap_or_default();
    view! { <input type="hidden" name=draft("site") value=value/> }.into_any()
}

fn contact(cx: &Context, site: Option<SiteId>, around: Frame, profile: Profile) -> Loaded {
    let (sheet, said) = (icons(cx), flash(cx));
    Loaded::new("Connexion et contact", around, move || {
        let to = |page| Page::account(site.as_ref(), page).path();
        let none = || view! { <span class="soft">"non renseigné"</span> }.into_any();
        let number = |text: &str| match Phone::parse(text) {
            Ok(phone) => view! { <span class="num">{phone.grouped()}</span> }.into_any(),
            Err(_) => none(),
        };
        let certified =
            profile.is_certified.then(|| view! { " "<span class="certified">{icon(&sheet, "badge-check")}"Numéro certifié"</span> });
        let email_certified = profile.email_certified.map(|(at, until)| words::email_certified(at, until));
        let changed = profile.password_changed.map_or_else(
            || format!("Choisi à l’ouverture du compte, le {}.", date(profile.opened)),
            |at| format!("Modifié le {}.", date(at.date())),
        );
        view! {
            <h1>"Connexion et contact"</h1>
            {tabs(site.as_ref(), AccountPage::Contact)}
            {said}
            <section class="card stack" aria-labelledby="connexion">
                <h2 id="connexion">"Informations de connexion"</h2>
                <dl class="kv">
                    <div><dt>"Adresse mail"</dt><dd><strong>{profile.email.clone()}</strong><br/><span class="soft">{email_certified}</span></dd></div>
                    <div><dt>"Mot de passe"</dt><dd><span class="soft">{changed}</span></dd></div>
                </dl>
                <p class="row">
                    <a class="btn" href=to(AccountPage::Email)>"Modifier adresse mail"</a>
                    <a class="btn" href=to(AccountPage::Password)>"Modifier mot de passe"</a>
                </p>
            </section>
            <section class="card stack" aria-labelledby="contact">
                <h2 id="contact">"Contact"</h2>
                <dl class="kv">
                    <div><dt>"Nom et prénom"</dt><dd>{profile.name.last.clone()}" "{profile.name.first.clone()}</dd></div>
                    <div><dt>"Téléphone"</dt><dd>{number(&profile.phone)}</dd></div>
                    <div><dt>"Téléphone mobile"</dt><dd>{number(&profile.mobile)}{certified}</dd></div>
                </dl>
                <p class="row"><a class="btn" href=to(AccountPage::EditContact)>"Modifier contact"</a></p>
            </section>
            <p class="soft">"D’autres sites déclarants\u{202f}? "<a href=Page::Associate.path()>"Associez-les à cet espace"</a></p>
        }
        .into_any()
    })
}

/// The way back from a form of the account.
fn cancel(site: Option<&SiteId>) -> AnyView {
    view! { <a class="btn" href=Page::account(site, AccountPage::Contact).path()>"Annuler"</a> }.into_any()
}

fn email(cx: &Context, site: Option<SiteId>, around: Frame, profile: Profile) -> Loaded {
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Loaded::new("Modifier l’adresse mail", around, move || {
        let needed = cx.visit.as_ref().is_some_and(|visit| cx.services.needs_password(visit));
        let mail = |name, label, hint| {
            field(
                &sheet,
                &Field {
                    name,
                    label,
                    hint,
                    kind: "email",
                    value: cx.typed(name),
                    reason: cx.reason(name),
                    autocomplete: "email",
                    ..Field::default()
                },
            )
        };
        let labels = [("email", words::NEW_EMAIL), ("email_confirmation", words::NEW_EMAIL_AGAIN), ("current", words::CURRENT)];
        view! {
            <h1>"Modifier l’adresse mail"</h1>
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &labels))}
            {notice(&sheet, Tone::Signal, words::EMAIL_WARNING)}
            <form class="card stack" method="post" action=ChangeEmail::PATH novalidate>
                {hidden_site(site.as_ref())}
                <p>"Adresse actuelle\u{202f}: "<strong>{profile.email.clone()}</strong></p>
                {mail("email", words::NEW_EMAIL, words::NEW_EMAIL_HINT)}
                {mail("email_confirmation", words::NEW_EMAIL_AGAIN, "")}
                {step_up(&cx, &sheet, needed)}
                <p class="row"><button class="btn primary">"Modifier mon adresse"</button>{cancel(site.as_ref())}</p>
            </form>
        }
        .into_any()
    })
}

fn password(cx: &Context, site: Option<SiteId>, around: Frame) -> Loaded {
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Loaded::new("Modifier le mot de passe", around, move || {
        let labels =
            [("current", words::CURRENT), ("password", "Nouveau mot de passe"), ("password_confirmation", "Confirmation du mot de passe")];
        view! {
            <hgroup>
                <h1>"Modifier le mot de passe"</h1>
                <p class="soft">"Vos autres appareils seront déconnectés, et un mail vous en avertira."</p>
            </hgroup>
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &labels))}
            <form class="card stack" method="post" action=ChangePassword::PATH novalidate>
                {hidden_site(site.as_ref())}
                {password_field(&cx, &sheet, "current", words::CURRENT, "current-password", false)}
                {password_twice(&cx, &sheet)}
                <p class="row"><button class="btn primary">"Enregistrer"</button>{cancel(site.as_ref())}</p>
            </form>
        }
        .into_any()
    })
}

fn edit_contact(cx: &Context, site: Option<SiteId>, around: Frame, profile: Profile) -> Loaded {
    let (sheet, errors, cx) = (icons(cx), cx.invalid(), cx.clone());
    Loaded::new("Modifier contact", around, move || {
        let needed =
            cx.visit.as_ref().is_some_and(|visit| cx.services.needs_password(visit)) || matches!(cx.refusal(), Some(Refusal::StepUp));
        let typed = matches!(
            cx.flash,
            Some(crate::wire::Message::Refused(..) | crate::wire::Message::Broken(..) | crate::wire::Message::SmsSent(_))
        );
        let value = |name: &str, known: &str| if typed { cx.typed(name).to_owned() } else { known.to_owned() };
        let shown = |text: &str| Phone::parse(text).map_or_else(|_| text.to_owned(), |phone| phone.grouped());
        let one = |name, label, kind, value: &str, autocomplete, optional| {
            field(&sheet, &Field { name, label, kind, value, autocomplete, optional, reason: cx.reason(name), ..Field::default() })
        };
        let certified = profile.is_certified.then_some(profile.mobile.as_str());
        let mobile_value = value("mobile", &shown(&profile.mobile));
        view! {
            <hgroup>
                <h1>"Modifier contact"</h1>
                <p class="soft">"Un numéro de mobile certifié reçoit les messages de votre caisse et permet de saisir de nouvelles coordonnées bancaires."</p>
            </hgroup>
            {flash(&cx)}
            {errors.map(|errors| summary(&sheet, &errors, &words::CONTACT))}
            <form class="card stack" method="post" action=ChangeContact::PATH novalidate>
                {hidden_site(site.as_ref())}
                // What Enter presses: the first button of a form.
                <button class="sr-only" tabindex="-1" aria-hidden="true">"Enregistrer"</button>
                {one("first", "Prénom", "text", &value("first", &profile.name.first), "given-name", false)}
                {one("last", "Nom", "text", &value("last", &profile.name.last), "family-name", false)}
                {one("phone", "Téléphone", "tel", &value("phone", &shown(&profile.phone)), "tel", true)}
                {mobile(&cx, &sheet, &mobile_value, certified, SendSms::PATH, CertifyMobile::PATH)}
                {step_up(&cx, &sheet, needed)}
                <p class="row"><button class="btn primary">"Enregistrer"</button>{cancel(site.as_ref())}</p>
            </form>
        }
        .into_any()
    })
}
