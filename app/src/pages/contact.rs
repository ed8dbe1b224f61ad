//! Contacter ma caisse (S149–S156): who writes, objet, message, files, consent. It works without script; `public/contact.js` carries the
//! files over while the person writes.

mod files;
mod interrupted;

pub use interrupted::{Interrupted, Why, interrupted};

use super::failures::flash;
use super::service::reach;
use super::space::frame;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::{Access, Legal, Page};
use crate::ui::form::{described, summary, wrap};
use crate::ui::icon::icon;
use crate::ui::text_area::text_area;
use crate::wire::Context;
use crate::words::contact as words;
use crate::words::help::title;
use crate::words::{form as form_words, questions, services as service_words};
use domain::contact::SUBJECT;
use domain::form::Reason;
use domain::home::Service;
use domain::id::SiteId;
use domain::identity::phone::Phone;
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::Fault;
use services::contact::{ContactBlock, ContactForm, Unsent};

/// What the form is drawn from.
struct Drawn {
    site: SiteId,
    sheet: String,
    form: ContactForm,
    /// Objet: what was typed, or what a link asks for.
    subject: String,
    /// The page the person came from.
    from: Option<Page>,
    /// Objet and message as the server has them, when it has any.
    stored: Option<[String; 2]>,
    /// The unsent message that is about to be deleted.
    is_doomed: bool,
    /// Why fields were refused.
    reasons: [Option<Reason>; 4],
}

/// The thread of the message this address names, when it was sent meanwhile: in another tab, or by a press whose answer was lost.
pub(super) async fn sent(cx: &Context, site: &SiteId) -> Result<Option<Page>, Fault> {
    let Ok(number) = cx.query("brouillon").parse() else { return Ok(None) };
    match cx.services.sent_contact(cx.visit()?, site, &number).await {
        Ok(sent) => Ok(sent.map(|exchange| Page::Exchange(site.clone(), exchange.id))),
        // Somebody else's number begins a form anew, like any other that is nobody's.
        Err(Fault::Refused(Refusal::NotFound)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let draft = Some(cx.query("brouillon")).filter(|draft| !draft.is_empty());
    let mut form = cx.services.contact_form(cx.visit()?, site, draft).await?;
    let stored = [form.subject.clone(), form.message.clone()];
    let stored = stored.iter().any(|text| !text.is_empty()).then_some(stored);
    // What could not be kept on the server comes with the refusal, and is newer than what is there.
    let typed = [cx.typed("subject"), cx.typed("message")];
    if typed.iter().any(|text| !text.is_empty()) {
        [form.subject, form.message] = typed.map(str::to_owned);
    }
    // A message that was begun keeps the subject it has, even none.
    let is_new = form.subject.is_empty() && form.message.is_empty();
    let subject = if is_new { asked(cx) } else { form.subject.clone() };
    let from = Page::wanted(cx.query("page")).filter(|page| page.access() == Access::Site(site.clone()));
    let reasons = words::FIELDS.map(|(field, _)| cx.reason(field));
    let is_doomed = form.unsent.as_ref().is_some_and(|unsent| unsent.number.as_str() == cx.query("supprimer"));
    let drawn = Drawn { site: site.clone(), sheet: icons(cx), form, subject, from, stored, is_doomed, reasons };
    let (said, errors, fund) = (flash(cx), cx.invalid(), cx.fund.clone());
    let page = Page::Service(site.clone(), Service::Contact);
    Ok(Loaded::new(service_words::name(Service::Contact), Frame::Space(Box::new(model), page), move || {
        view! {
            <div class="stack">
                <hgroup>
                    <h1>{service_words::name(Service::Contact)}</h1>
                    <p class="soft">{words::LEAD}</p>
                </hgroup>
                <p><a href=Page::Exchanges(drawn.site.clone()).path()>{words::TO_EXCHANGES}</a></p>
                {said}
                {drawn.form.unsent.as_ref().map(|unsent| unsent_notice(&drawn, unsent))}
                {errors.map(|errors| summary(&drawn.sheet, &errors, &words::FIELDS))}
                {block(&drawn.site, &drawn.form.block)}
                {form_of(&drawn)}
                <section class="stack tight" aria-labelledby="autrement">
                    <h2 id="autrement">"Joindre votre caisse autrement"</h2>
                    {reach(&fund)}
                </section>
            </div>
        }
        .into_any()
    }))
}

/// The subject a link asks for: a theme by its code, or a question of the Questions-Réponses. Nothing else is put into anybody's mouth.
fn asked(cx: &Context) -> String {
    let theme = words::theme(cx.query("objet")).map(str::to_owned);
    theme.or_else(|| questions::find(cx.query("question")).map(|found| words::as_subject(found.question))).unwrap_or_default()
}

/// Another message that waits to be sent: the form begins anew beside it. It is deleted at the second press (WCAG 3.3.4).
fn unsent_notice(drawn: &Drawn, unsent: &Unsent) -> AnyView {
    let form = Page::Service(drawn.site.clone(), Service::Contact).path();
    let from = drawn.from.as_ref().map(Page::path).unwrap_or_default();
    let to = |what: &str| {
        let page = if from.is_empty() { String::new() } else { format!("&page={}", from.replace('/', "%2F")) };
        format!("{form}?{what}={}{page}", unsent.number)
    };
    let said = words::unsent(unsent.touched, &unsent.subject, unsent.files);
    let actions = if drawn.is_doomed {
        view! {
            <p><b>{words::DISCARD_SURE}</b></p>
            <form class="row" method="post" action=form.clone() enctype="multipart/form-data">
                <input type="hidden" name="brouillon" value=unsent.number.to_string() autocomplete="off"/>
                <input type="hidden" name="page" value=from.clone()/>
                <button class="btn small" name="supprimer" value="1">{icon(&drawn.sheet, "trash-2")}{words::DISCARD}</button>
                <a class="btn small" href=to("brouillon")>{words::TAKE_UP}</a>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="row">
                <a class="btn small" href=to("brouillon")>{words::TAKE_UP}</a>
                <a class="btn small" href=to("supprimer")>{icon(&drawn.sheet, "trash-2")}{words::DISCARD}</a>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="notice info" aria-label=words::UNSENT>
            {icon(&drawn.sheet, "info")}
            <div class="stack tight"><p>{said}</p>{actions}</div>
        </section>
    }
    .into_any()
}

/// Who writes; changed elsewhere (S150).
fn block(site: &SiteId, block: &ContactBlock) -> AnyView {
    let number = |text: Option<&str>| {
        if let Some(Ok(phone)) = text.map(Phone::parse) {
            view! { <span class="num">{phone.grouped()}</span> }.into_any()
        } else {
            view! { <span class="soft">"non renseigné"</span> }.into_any()
        }
    };
    view! {
        <section class="card stack tight" id="coordonnees" aria-labelledby="coordonnees-titre">
            <h2 id="coordonnees-titre">{words::BLOCK}</h2>
            <dl class="kv">
                <div><dt>"Nom"</dt><dd>{block.name.clone()}</dd></div>
                <div><dt>"Adresse mail"</dt><dd>{block.email.clone()}</dd></div>
                <div><dt>"Téléphone"</dt><dd>{number(block.phone.as_deref())}</dd></div>
                <div><dt>"Téléphone mobile"</dt><dd>{number(block.mobile.as_deref())}</dd></div>
                <div>
                    <dt>"Site concerné"</dt>
                    <dd>{block.site.clone()}<br/><span class="soft">"SIRET "<span class="num">{block.siret.clone()}</span></span></dd>
                </div>
            </dl>
            <p><a href=Page::Service(site.clone(), Service::Profile).path()>{words::CHANGE_BLOCK}</a></p>
        </section>
    }
    .into_any()
}

fn form_of(drawn: &Drawn) -> AnyView {
    let [objet, message, fichiers, consentement] = drawn.reasons;
    let sheet = &drawn.sheet;
    let from = drawn.from.as_ref().map(Page::path).unwrap_or_default();
    let stored = drawn.stored.as_ref();
    // Told to the script where it is not what is drawn.
    let other =
        |place: usize| stored.map(|texts| texts[place].clone()).filter(|text| *text != [&drawn.subject, &drawn.form.message][place][..]);
    let about = drawn.from.as_ref().map(|page| {
        view! { <p class="soft">{format!("Page concernée\u{202f}: {}", title(page))}</p> }
    });
    view! {
        <form
            class="stack"
            method="post"
            action=Page::Service(drawn.site.clone(), Service::Contact).path()
            enctype="multipart/form-data"
            novalidate
            data-contact=""
            data-stored=stored.map(|_| "")
            data-stored-objet=other(0)
            data-stored-message=other(1)
            data-wait=words::WAIT
            data-ready=words::READY
            data-left-out=words::LEFT_OUT
            data-kept=words::KEPT
            data-not-kept=words::NOT_KEPT
            data-moved=words::MOVED
            data-gone=words::LEFT
        >
            // What Enter presses: the first button of a form. It must never be one that removes a file.
            <button class="sr-only" name="envoyer" value="1" tabindex="-1" aria-hidden="true">{words::SEND}</button>
            <input type="hidden" name="brouillon" value=drawn.form.draft.to_string() autocomplete="off"/>
            <input type="hidden" name="page" value=from/>
            <input type="hidden" name="consent_version" value=words::CONSENT_VERSION/>
            <section class="card stack" aria-labelledby="message-titre">
                <hgroup><h2 id="message-titre">"Votre message"</h2>{about}</hgroup>
                {subject_field(sheet, &drawn.subject, objet)}
                {message_field(sheet, &drawn.form.message, message)}
                <p class="hint" role="status" data-draft=""></p>
            </section>
            {files::section(sheet, &drawn.form, fichiers)}
            <div class="card stack">
                {consent(sheet, consentement)}
                <p class="hint" role="status" data-said=""></p>
                <p><button class="btn primary" name="envoyer" value="1" data-send="">{icon(sheet, "mail")}{words::SEND}</button></p>
            </div>
        </form>
    }
    .into_any()
}

/// S151, A44.
fn subject_field(sheet: &str, value: &str, reason: Option<Reason>) -> AnyView {
    let themes = words::THEMES.map(|(_, subject)| view! { <option value=subject></option> }).collect_view();
    let control = view! {
        <input
            id="objet"
            name="objet"
            type="text"
            value=value.to_owned()
            list="themes"
            required
            maxlength=SUBJECT.to_string()
            aria-describedby=described("objet", true, reason.is_some())
            aria-invalid=reason.map(|_| "true")
        />
        <datalist id="themes">{themes}</datalist>
    };
    wrap(sheet, "objet", "Objet", words::SUBJECT_HINT, reason, false, control.into_any())
}

/// S152.
fn message_field(sheet: &str, value: &str, reason: Option<Reason>) -> AnyView {
    let control = text_area("message", "message".into(), value, 10, described("message", true, reason.is_some()), reason.is_some());
    wrap(sheet, "message", "Message", &words::message_hint(), reason, false, control)
}

/// S155: never ticked when it is drawn.
fn consent(sheet: &str, reason: Option<Reason>) -> AnyView {
    let class = if reason.is_some() { "field invalid" } else { "field" };
    view! {
        <div class=class>
            <label class="check">
                <input
                    type="checkbox"
                    id="consentement"
                    name="consentement"
                    value="on"
                    required
                    autocomplete="off"
                    aria-describedby=described("consentement", true, reason.is_some())
                    aria-invalid=reason.map(|_| "true")
                />
                <span>{words::CONSENT}</span>
            </label>
            <p class="hint" id="consentement-aide">
                {words::CONSENT_DETAILS}
                <a href=Page::Legal(Legal::Privacy).path()>{service_words::legal(Legal::Privacy)}</a>
                ". "
                {words::consent_version()}
            </p>
            {reason.map(|reason| view! {
                <p class="error" id="consentement-erreur">{icon(sheet, "circle-x")}{form_words::reason(reason)}</p>
            })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::render_view;
    use domain::contact::{FileRefusal, Kind};
    use services::contact::{RefusedFile, StoredFile};

    const ATTACK: &str = "\"><img src=x onerror=alert(1)></textarea><script>";

    fn drawn(reasons: [Option<Reason>; 4]) -> Drawn {
        let id = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";
        let block = ContactBlock {
            name: "Claire Martin".into(),
            email: "claire@exemple.fr".into(),
            phone: None,
            mobile: Some("+33612345678".into()),
            site: ATTACK.into(),
            siret: "001\u{a0}234\u{a0}582\u{a0}00011".into(),
        };
        let file = StoredFile {
            id: id.parse().unwrap(),
            name: format!("{ATTACK}.pdf"),
            kind: Kind::Pdf,
            bytes: 12_400_000,
            sha256: String::new(),
        };
        let refused = vec![RefusedFile { name: ATTACK.into(), refusal: FileRefusal::Macros }];
        let form = ContactForm {
            draft: id.parse().unwrap(),
            block,
            subject: ATTACK.into(),
            message: format!("\n{ATTACK}"),
            files: vec![file],
            refused,
            unsent: None,
        };
        Drawn {
            site: id.parse().unwrap(),
            sheet: "/i.svg".into(),
            form,
            subject: ATTACK.into(),
            from: None,
            stored: Some([ATTACK.into(), String::new()]),
            is_doomed: false,
            reasons,
        }
    }

    #[test]
    fn s151_s155_enter_sends_nothing_is_ticked_and_everything_typed_is_text() {
        let html = render_view(|| form_of(&drawn([None; 4])));
        let first = html.split("<button").nth(1).unwrap();
        assert!(first.contains("name=\"envoyer\""), "Enter must not remove a file: {first}");
        assert!(!html.contains("checked") && !html.contains("<img") && !html.contains("<script"), "{html}");
        let place = |mark: &str| html.find(mark).unwrap_or_else(|| panic!("{mark} in {html}"));
        for (before, after) in [
            ("name=\"brouillon\"", "name=\"objet\""),
            ("name=\"objet\"", "name=\"message\""),
            ("name=\"message\"", "name=\"fichiers\""),
            ("name=\"fichiers\"", "name=\"consentement\""),
        ] {
            assert!(place(before) < place(after), "{before} before {after}");
        }
        assert!(html.contains("enctype=\"multipart/form-data\"") && html.contains("12,4\u{a0}Mo"));
        assert!(html.contains(words::file_refusal(FileRefusal::Macros)), "why a file was refused");
        assert!(html.contains("name=\"joint\"") && html.contains("data-stored-message=\"\""), "{html}");
        assert!(!html.contains("data-stored-objet"), "what is drawn is not said twice: {html}");
    }

    #[test]
    fn s151_s152_s155_a_refused_field_is_tied_to_its_reason() {
        let html =
            render_view(|| form_of(&drawn([Some(Reason::Missing), Some(Reason::Missing), Some(Reason::Files), Some(Reason::Unticked)])));
        for (field, _) in words::FIELDS {
            assert!(html.contains(&format!("id=\"{field}\"")) && html.contains(&format!("id=\"{field}-erreur\"")), "{field} in {html}");
            assert!(html.contains(&format!("aria-describedby=\"{field}-aide {field}-erreur\"")), "{field} in {html}");
        }
    }

    #[test]
    fn s150_the_block_shows_and_takes_nothing() {
        let drawn = drawn([None; 4]);
        let html = render_view(|| block(&drawn.site, &drawn.form.block));
        assert!(
            html.contains("Claire Martin") && html.contains("06\u{a0}12\u{a0}34\u{a0}56\u{a0}78") && html.contains("non renseigné"),
            "{html}"
        );
        assert!(!html.contains("<input") && !html.contains("<img"), "{html}");
    }
}
