//! The form as a browser sends it, with or without script: texts first, then files as they stream, then the button.

use super::super::answer;
use super::super::router::{FORM, Portal};
use super::reader::{Reader, Unreadable, piece, skip, text};
use super::sent::{Button, Sent};
use super::{BODY, length};
use app::pages::{Answer, Interrupted, Why, interrupted, load};
use app::routes::{Access, Page};
use app::wire::{Context, Decision, Message, Next, Saved, decide, shown_at_once};
use app::words::contact::{ALL_FILES, CONSENT_VERSION, OTHER_FILES};
use axum::Extension;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use domain::contact::{FileRefusal, display_name};
use domain::form::{FieldErrors, Reason};
use domain::home::Service;
use domain::id::{ExchangeId, FileId, SiteId};
use domain::refusal::Refusal;
use http::{HeaderMap, StatusCode, header};
use services::contact::{ContactTerms, RefusedFile, SentExchange, UploadProblem, Weight};
use services::{Fault, Visit};
use std::time::Duration;

/// Longest time for the texts of a form.
const TEXTS: Duration = Duration::from_secs(20);
/// Longest time for a form of somebody who is not logged in any more, files and all.
const ENDED: Duration = Duration::from_mins(2);
/// The session ended while the person wrote: a page gives back what they typed, and no program hears more than the refusal.
async fn ended(portal: &Portal, cx: &Context, headers: &HeaderMap, site: SiteId, request: Request) -> Response {
    let form = Page::Service(site.clone(), Service::Contact);
    let mut sent = Sent::default();
    // Of a body that is too long the texts alone are read, and few that carry files at once: nobody knows who sends them.
    let texts_only = length(headers).is_none_or(|length| length > BODY);
    let is_small = length(headers).is_some_and(|length| length <= FORM as u64);
    let turn = if is_small { None } else { portal.seats.stranger().ok() };
    let is_whole;
    if cx.accepts_html && (is_small || turn.is_some()) {
        let read = tokio::time::timeout(ENDED, texts(request, &mut sent, texts_only)).await;
        // What broke off gave its texts before.
        is_whole = matches!(read, Ok(Ok(true)));
    } else {
        let body = tokio::time::timeout(TEXTS, axum::body::to_bytes(request.into_body(), FORM));
        is_whole = matches!(body.await, Ok(Ok(_)));
    }
    drop(turn);
    // A draft that was to be deleted is not to be taken up.
    let number = sent.number.filter(|_| !matches!(sent.button, Button::Discard));
    let mut response = match number {
        Some(number) => {
            tracing::info!(request = cx.request, form = form.path(), refusal = Refusal::SignedOut.code(), "form refused");
            answer::html(cx, headers, interrupted(cx, Why::Ended, Interrupted { site, number, page: sent.page, draft: sent.draft }))
        }
        None => respond(cx, Next::page(form), Err(Refusal::SignedOut.into())),
    };
    if !is_whole {
        response.headers_mut().insert(header::CONNECTION, http::HeaderValue::from_static("close"));
    }
    response
}

/// Reads the texts of a form and past its files, so that a browser hears the answer; whether it was read to its end.
async fn texts(request: Request, sent: &mut Sent, texts_only: bool) -> Result<bool, Unreadable> {
    let mut reader = Reader::new(request).await?;
    let soon = tokio::time::Instant::now() + TEXTS;
    loop {
        let left = reader.texts_left();
        let next = if sent.has_files {
            reader.next().await
        } else {
            tokio::time::timeout_at(soon, reader.next()).await.map_err(|_| Unreadable)?
        };
        let Some(mut field) = next? else { return Ok(true) };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "fichiers" {
            sent.has_files = true;
            if texts_only {
                return Ok(false);
            }
            skip(&mut field).await?;
            continue;
        }
        let value = tokio::time::timeout_at(soon, text(&mut field, left)).await.map_err(|_| Unreadable)??;
        reader.note_text(value.len());
        sent.put(&name, value);
    }
}

/// Why reading a form ends early.
enum Stop {
    /// It is no form of ours, or broke off.
    Unreadable,
    /// It was sent before: by an earlier press, or in another tab.
    Before(SentExchange),
    Fault(Fault),
}

impl From<Unreadable> for Stop {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Fault(refusal.into())
    }
}

/// What reading and acting on a form needs.
struct Desk<'a> {
    portal: &'a Portal,
    cx: &'a Context,
    visit: &'a Visit,
    site: &'a SiteId,
}

/// Takes the form (S149–S157).
pub(in crate::http) async fn post(
    State(portal): State<Portal>,
    Extension(cx): Extension<Context>,
    Path(site): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let Ok(site) = site.parse::<SiteId>() else { return answer::failed(&cx, &headers, Refusal::NotFound.into()) };
    let form = Page::Service(site.clone(), Service::Contact);
    let Some(visit) = cx.visit.clone() else { return ended(&portal, &cx, &headers, site, request).await };
    let is_too_long = length(&headers).is_none_or(|length| length > BODY);
    let desk = Desk { portal: &portal, cx: &cx, visit: &visit, site: &site };
    let mut sent = Sent::default();
    let mut read = desk.read(request, &mut sent, is_too_long).await;
    if matches!(read, Err(Stop::Unreadable)) && sent.is_kept {
        // It broke off in a file: what came before is kept, and the form says so.
        read = desk.broke_off(&mut sent).await;
    }
    let back = match &sent.number {
        Some(number) => desk.back(number, &sent.page),
        None => Next::page(form),
    };
    let outcome = match read {
        Ok(()) if is_too_long => return desk.too_long(&headers, &sent).await,
        Ok(()) => desk.act(&mut sent).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        // A script that keeps what is typed hears that it is kept.
        Ok(_) if !cx.accepts_html && matches!(sent.button, Button::Keep) => StatusCode::NO_CONTENT.into_response(),
        Ok(next) => respond(&cx, back, Ok(next)),
        // What a script keeps is not kept: it hears that, and is led nowhere.
        Err(Stop::Before(_)) if !cx.accepts_html => respond(&cx, back, Err(Refusal::FlowLost.into())),
        Err(Stop::Before(exchange)) => respond(&cx, back, Ok(thread(&site, &exchange))),
        Err(Stop::Unreadable) => answer::failed(&cx, &headers, Refusal::Unreadable.into()),
        // Outside the perimeter the form itself answers so, too.
        Err(Stop::Fault(Fault::Refused(Refusal::NotFound))) => answer::failed(&cx, &headers, Refusal::NotFound.into()),
        // What lies in no draft goes back with the answer itself: no cookie would hold it.
        Err(Stop::Fault(fault)) if cx.accepts_html && !sent.is_kept => desk.at_once(&headers, &sent, fault).await,
        Err(Stop::Fault(fault)) => respond(&cx, back, Err(fault)),
    }
}

impl Desk<'_> {
    /// Reads the form: what it says into `sent`, its files into the store. Of one that is too long the texts before its files only.
    async fn read(&self, request: Request, sent: &mut Sent, texts_only: bool) -> Result<(), Stop> {
        let mut reader = Reader::new(request).await?;
        // Files may come slowly, texts need not.
        let soon = tokio::time::Instant::now() + TEXTS;
        loop {
            let left = reader.texts_left();
            let next = if sent.seat.is_some() { Ok(reader.next().await) } else { tokio::time::timeout_at(soon, reader.next()).await };
            let Some(mut field) = next.map_err(|_| Stop::Unreadable)?? else { break };
            let name = field.name().unwrap_or_default().to_owned();
            if name == "fichiers" {
                sent.has_files = true;
                // A browser sends one part without name when nothing was chosen: it waits for no seat.
                if field.file_name().is_some_and(|name| !name.is_empty()) {
                    if texts_only {
                        drop(field);
                        reader.leave();
                        break;
                    }
                    let taken = async {
                        self.before_files(sent).await?;
                        self.take_file(&mut field, sent).await
                    };
                    if let Err(stop) = taken.await {
                        drop(field);
                        reader.skip_rest().await;
                        return Err(stop);
                    }
                    continue;
                }
            }
            let value = tokio::time::timeout(TEXTS, text(&mut field, left)).await.map_err(|_| Stop::Unreadable)??;
            reader.note_text(value.len());
            sent.put(&name, value);
        }
        if sent.number.is_none() { Err(Stop::Unreadable) } else { Ok(()) }
    }

    /// Keeps the texts before the first file is read, which also asks for the right to write here: a line that breaks takes the file
    /// along, not the message. Then waits for a seat.
    async fn before_files(&self, sent: &mut Sent) -> Result<(), Stop> {
        if !sent.is_kept {
            self.keep(sent).await?;
        }
        if sent.seat.is_none() {
            let free = self.portal.seats.take(&self.visit.session.actor.account).await;
            sent.seat = Some(free.ok_or(Refusal::Busy { retry_after: 60 })?);
        }
        Ok(())
    }

    /// The form broke off in the middle of a file.
    async fn broke_off(&self, sent: &mut Sent) -> Result<(), Stop> {
        let others = if sent.files.is_empty() && sent.refused.is_empty() { ALL_FILES } else { OTHER_FILES };
        let name = sent.current.take().unwrap_or_else(|| others.to_owned());
        sent.has_files = true;
        sent.refuse(name, FileRefusal::Interrupted);
        self.keep(sent).await?;
        Err(invalid(FieldErrors::default(), &sent.refused).into())
    }

    /// Keeps what was typed and which files were refused.
    async fn keep(&self, sent: &mut Sent) -> Result<Weight, Stop> {
        let number = sent.number.as_ref().ok_or(Stop::Unreadable)?;
        let services = &self.cx.services;
        match services.keep_draft(self.visit, self.site, number, sent.typed()).await {
            Ok(weight) => {
                sent.is_kept = true;
                Ok(weight)
            }
            // Sent meanwhile: whoever pressed twice is led to what the first press did.
            Err(Fault::Refused(Refusal::FlowLost)) => match services.sent_contact(self.visit, self.site, number).await? {
                Some(exchange) => Err(Stop::Before(exchange)),
                None => Err(Refusal::FlowLost.into()),
            },
            Err(fault) => Err(fault.into()),
        }
    }

    /// Takes one file in, or notes why not and reads past it.
    async fn take_file(&self, field: &mut Field<'_>, sent: &mut Sent) -> Result<(), Stop> {
        let raw_name = field.file_name().unwrap_or_default().to_owned();
        let number = sent.number.as_ref().ok_or(Stop::Unreadable)?;
        sent.current = Some(display_name(&raw_name));
        let taken = self.stream(field, number, &raw_name).await?;
        // From here on a line that breaks is not about this file.
        sent.current = None;
        let refusal = match taken {
            Ok(file) => {
                sent.files.push(file);
                return Ok(());
            }
            Err(UploadProblem::Refused(refusal)) => refusal,
            Err(UploadProblem::Fault(Fault::Refused(refusal))) => return Err(refusal.into()),
            Err(UploadProblem::Fault(Fault::Broken(reason))) => {
                // A disk that is full, a store that is away: the file does not come in, the message is kept.
                tracing::error!(request = self.cx.request, reason, "file not kept");
                FileRefusal::Interrupted
            }
        };
        sent.refuse(display_name(&raw_name), refusal);
        Ok(skip(field).await?)
    }

    async fn stream(&self, field: &mut Field<'_>, number: &ExchangeId, name: &str) -> Result<Result<FileId, UploadProblem>, Unreadable> {
        let (services, files) = (&self.cx.services, &self.portal.world.files);
        let mut upload = match services.begin_upload(files, self.visit, (self.site, number), name).await {
            Ok(upload) => upload,
            Err(problem) => return Ok(Err(problem)),
        };
        while let Some(bytes) = piece(field).await? {
            if let Err(problem) = upload.write(bytes).await {
                return Ok(Err(problem));
            }
        }
        Ok(services.end_upload(files, self.visit, (self.site, number), upload).await.map(|(file, _)| file.id))
    }

    /// The page of this site the person came from, if the form names one.
    fn came_from(&self, page: &str) -> Option<Page> {
        Page::wanted(page).filter(|page| page.access() == Access::Site(self.site.clone()))
    }

    /// The form with this draft, and the page the person came from.
    fn back(&self, number: &ExchangeId, page: &str) -> Next {
        let page = self.page_query(page);
        Next::page(Page::Service(self.site.clone(), Service::Contact)).with_query(&format!("brouillon={number}{page}"))
    }

    /// The page they came from, as a part of a query.
    fn page_query(&self, page: &str) -> String {
        self.came_from(page).map_or_else(String::new, |page| format!("&page={}", page.path().replace('/', "%2F")))
    }

    /// Does what the button says.
    async fn act(&self, sent: &mut Sent) -> Result<Next, Stop> {
        let (services, visit, site) = (&self.cx.services, self.visit, self.site);
        let number = sent.number.clone().ok_or(Stop::Unreadable)?;
        if let Some(exchange) = services.sent_contact(visit, site, &number).await? {
            return Err(Stop::Before(exchange));
        }
        if matches!(sent.button, Button::Discard) {
            services.discard_draft(&self.portal.world.files, visit, site, &number).await?;
            let form =
                Next::page(Page::Service(site.clone(), Service::Contact)).with_query(self.page_query(&sent.page).trim_start_matches('&'));
            return Ok(form.saying(Message::Saved(Saved::MessageDiscarded)));
        }
        self.keep(sent).await?;
        let back = self.back(&number, &sent.page);
        match &sent.button {
            Button::Keep | Button::Discard if sent.refused.is_empty() => Ok(back),
            Button::Keep | Button::Discard => Err(invalid(FieldErrors::default(), &sent.refused).into()),
            Button::Remove(file) => match services.drop_draft_file(&self.portal.world.files, visit, site, &number, file).await {
                // Pressed twice: it is gone, as was wanted.
                Ok(_) | Err(Fault::Refused(Refusal::NotFound)) => Ok(back),
                Err(fault) => Err(fault.into()),
            },
            Button::Send if !sent.refused.is_empty() => {
                let errors = sent.draft.parse(CONSENT_VERSION).err().as_ref().map(services::contact::field_errors).unwrap_or_default();
                Err(invalid(errors, &sent.refused).into())
            }
            Button::Send => {
                let page = self.came_from(&sent.page).map(|page| page.path());
                let (fund, files) = (&self.cx.fund.courriel, &sent.files);
                let terms = ContactTerms { consent: CONSENT_VERSION, page: page.as_deref(), fund, files };
                let exchange = services.send_contact(visit, (site, &number), &sent.draft, terms, &self.cx.origin).await?;
                Ok(thread(site, &exchange))
            }
        }
    }

    /// A body above the bound is not read: its texts are kept, and the form says so with the status of it.
    async fn too_long(&self, headers: &HeaderMap, sent: &Sent) -> Response {
        let mut kept = Sent { number: sent.number.clone(), page: sent.page.clone(), draft: sent.draft.clone(), ..Sent::default() };
        kept.has_files = true;
        kept.refuse(ALL_FILES.to_owned(), FileRefusal::TooLarge);
        let mut response = match self.keep(&mut kept).await {
            Ok(_) => {
                let mut response = self.at_once(headers, &kept, invalid(FieldErrors::default(), &kept.refused).into()).await;
                *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
                response
            }
            Err(Stop::Before(exchange)) => {
                respond(self.cx, Next::page(Page::Exchanges(self.site.clone())), Ok(thread(self.site, &exchange)))
            }
            Err(Stop::Fault(Fault::Refused(Refusal::NotFound))) => answer::failed(self.cx, headers, Refusal::NotFound.into()),
            Err(Stop::Fault(fault)) => self.at_once(headers, &kept, fault).await,
            Err(Stop::Unreadable) => answer::failed(self.cx, headers, Refusal::Unreadable.into()),
        };
        response.headers_mut().insert(header::CONNECTION, http::HeaderValue::from_static("close"));
        response
    }

    /// The form drawn in the answer itself, with what was refused and, where they lie in no draft, the texts whole.
    async fn at_once(&self, headers: &HeaderMap, sent: &Sent, fault: Fault) -> Response {
        let form = Page::Service(self.site.clone(), Service::Contact);
        let mut cx = self.cx.clone();
        let typed = if sent.is_kept { FieldErrors::default() } else { sent.draft.typed() };
        cx.flash = Some(shown_at_once(&cx, &form, fault, typed));
        cx.path = form.path();
        let number = sent.number.as_ref().map(ToString::to_string).unwrap_or_default();
        cx.query = vec![("brouillon".to_owned(), number), ("page".to_owned(), sent.page.clone())];
        // Drawn with the person's rights on the site, as the page itself is.
        let visit = match cx.origin.session.as_deref() {
            Some(session) => cx.services.visit(session, services::Scope::Site(self.site)).await,
            None => Ok(None),
        };
        cx.visit = visit.unwrap_or_default();
        match (load(&form, &cx).await, &sent.number) {
            (Ok(Answer::Page(page)), _) => answer::html(&cx, headers, *page),
            (Ok(Answer::Elsewhere(path)), _) => answer::elsewhere(&path),
            (Err(Fault::Broken(reason)), Some(number)) => {
                tracing::error!(request = cx.request, reason, "form not drawn");
                let left =
                    Interrupted { site: self.site.clone(), number: number.clone(), page: sent.page.clone(), draft: sent.draft.clone() };
                answer::html(&cx, headers, interrupted(&cx, Why::Broken, left))
            }
            (Ok(Answer::File(_)), _) => answer::failed(&cx, headers, Refusal::Unreadable.into()),
            (Err(fault), _) => answer::failed(&cx, headers, fault),
        }
    }
}

fn invalid(mut errors: FieldErrors, refused: &[RefusedFile]) -> Refusal {
    if !refused.is_empty() {
        errors.errors.push(("fichiers".to_owned(), Reason::Files));
    }
    Refusal::Invalid(errors)
}

/// The thread confirms that the message was sent (S157).
fn thread(site: &SiteId, exchange: &SentExchange) -> Next {
    Next::page(Page::Exchange(site.clone(), exchange.id.clone())).saying(Message::Saved(Saved::MessageSent))
}

/// The answer as it leaves, decided where all forms are.
fn respond(cx: &Context, back: Next, outcome: Result<Next, Fault>) -> Response {
    match decide(cx, back, FieldErrors::default(), outcome) {
        Decision::Elsewhere(headers) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::SEE_OTHER;
            for (name, value) in headers {
                response.headers_mut().append(name, value);
            }
            response
        }
        Decision::Plain(status, retry_after, failure) => {
            let mut response = answer::json(status, &serde_json::to_value(&failure).unwrap_or_default());
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    }
}
