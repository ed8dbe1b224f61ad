//! Writing to the fund and what comes of it, from outside.

use crate::support::{PASSWORD, enter, invite, join, mails, origin, reason, refusal, site, with_claire};
use bytes::Bytes;
use domain::contact::{ContactDraft, ExchangeState, FileRefusal, MOST_BYTES, MOST_FILES};
use domain::delegations::acts::Act;
use domain::form::Reason;
use domain::id::{ExchangeId, FileId};
use domain::refusal::Refusal;
use services::contact::{AnswerProblem, ContactTerms, FundAnswer, Seen, StoredFile, Typed, UploadProblem, Weight};
use services::ports::{FileBytes, Files, MailContent};
use services::testing::{Bench, MemoryScanner, MemoryVault, VIRUS};
use services::{Services, Visit};
use std::sync::Arc;
use std::sync::atomic::Ordering;

const TERMS: ContactTerms<'static> = ContactTerms { consent: "2026-11", page: None, fund: "caisse@exemple.fr", files: &[] };

fn form(subject: &str, message: &str) -> ContactDraft {
    ContactDraft { subject: subject.into(), message: message.into(), consent: "on".into(), consent_version: "2026-11".into() }
}

/// A PDF of so many bytes.
pub fn pdf(bytes: usize) -> Bytes {
    let mut all = b"%PDF-1.7\n".to_vec();
    all.resize(bytes, b'x');
    all.into()
}

/// What a form says whose button was pressed, without refused files.
pub fn typed<'a>(subject: &'a str, message: &'a str) -> Typed<'a> {
    Typed { subject, message, writer: None, refused: Some(&[]) }
}

pub struct Desk {
    pub bench: Bench,
    pub vault: Arc<MemoryVault>,
    pub files: Files,
    pub claire: Visit,
}

impl Desk {
    pub async fn new() -> Self {
        let bench = with_claire().await;
        let vault = MemoryVault::new(bench.clock.clone());
        let claire = enter(&bench, PASSWORD).await;
        mails(&bench).await;
        Self { files: vault.files(), vault, claire, bench }
    }

    pub fn services(&self) -> &Services {
        &self.bench.services
    }

    pub async fn number(&self) -> ExchangeId {
        self.services().contact_form(&self.claire, &site(&self.claire), None).await.unwrap().draft
    }

    pub async fn put(&self, number: &ExchangeId, name: &str, bytes: Bytes) -> Result<(StoredFile, Weight), UploadProblem> {
        put(self.services(), &self.files, &self.claire, number, name, bytes).await
    }

    pub async fn send(&self, number: &ExchangeId) -> services::contact::SentExchange {
        let form = form("Mes congés", "Bonjour,\r\n\r\nMerci.");
        let files = self.files(number).await;
        let terms = ContactTerms { files: &files, ..TERMS };
        self.services().send_contact(&self.claire, (&site(&self.claire), number), &form, terms, &origin()).await.unwrap()
    }

    /// The files a form shows.
    pub async fn files(&self, number: &ExchangeId) -> Vec<FileId> {
        let form = self.services().contact_form(&self.claire, &site(&self.claire), Some(number.as_str())).await.unwrap();
        form.files.into_iter().map(|file| file.id).collect()
    }
}

pub async fn put(
    services: &Services,
    files: &Files,
    visit: &Visit,
    number: &ExchangeId,
    name: &str,
    bytes: Bytes,
) -> Result<(StoredFile, Weight), UploadProblem> {
    let place = (&site(visit), number);
    let mut upload = services.begin_upload(files, visit, place, name).await?;
    for chunk in bytes.chunks(65_536) {
        upload.write(Bytes::copy_from_slice(chunk)).await?;
    }
    services.end_upload(files, visit, place, upload).await
}

fn refused(outcome: Result<(StoredFile, Weight), UploadProblem>) -> FileRefusal {
    match outcome {
        Err(UploadProblem::Refused(refusal)) => refusal,
        other => panic!("a refused file was expected: {other:?}"),
    }
}

async fn read(bytes: FileBytes) -> Vec<u8> {
    use futures_util::StreamExt;
    bytes
        .map(Result::unwrap)
        .fold(Vec::new(), |mut all, chunk| async move {
            all.extend_from_slice(&chunk);
            all
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn s150_s151_s152_s156_s157_a_message_leaves_with_its_files_and_both_get_a_mail() {
    let desk = Desk::new().await;
    let (services, claire, place) = (desk.services(), &desk.claire, site(&desk.claire));
    let block = services.contact_form(claire, &place, None).await.unwrap().block;
    assert_eq!((block.name.as_str(), block.email.as_str()), ("Claire Martin", "claire@exemple.fr"));
    let number = desk.number().await;
    let (first, _) = desk.put(&number, "C:\\dossier\\état.pdf", pdf(1_000)).await.unwrap();
    let (_, weight) = desk.put(&number, "état.pdf", pdf(2_000)).await.unwrap();
    assert_eq!((first.name.as_str(), weight.files, weight.bytes), ("état.pdf", 2, 3_000), "two equal names are two files");
    let sent = desk.send(&number).await;

    let page = services.list_exchanges(claire, &place, 1).await.unwrap();
    assert_eq!((page.total, page.sees_all, page.lines[0].files, page.lines[0].state), (1, true, 2, ExchangeState::Sent));
    let exchange = services.read_exchange(claire, &place, &sent.id).await.unwrap();
    assert_eq!((exchange.message.as_str(), exchange.line.reference), ("Bonjour,\n\nMerci.", sent.reference.clone()));
    let (file, bytes) = services.open_exchange_file(&desk.files, claire, (&place, &sent.id), &first.id).await.unwrap();
    assert_eq!((file.name.as_str(), read(bytes).await), ("état.pdf", pdf(1_000).to_vec()));

    let mut mails = mails(&desk.bench).await;
    mails.sort_by(|a, b| b.to.cmp(&a.to));
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["claire@exemple.fr", "caisse@exemple.fr"], "a copy, and the fund (A44)");
    for mail in &mails {
        let (MailContent::ContactCopy { reference, files, .. } | MailContent::ContactReceived { reference, files, .. }) = &mail.content
        else {
            panic!("{mail:?}")
        };
        assert_eq!((reference.as_str(), files.len()), (sent.reference.as_str(), 2));
    }
    let fresh = services.contact_form(claire, &place, Some(number.as_str())).await.unwrap();
    assert!(fresh.draft != number && fresh.files.is_empty() && fresh.message.is_empty(), "a sent form begins anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn t37_nothing_leaves_without_subject_message_and_consent_to_the_text_in_force() {
    let desk = Desk::new().await;
    let (number, place) = (desk.number().await, site(&desk.claire));
    let send = async |form: ContactDraft| desk.services().send_contact(&desk.claire, (&place, &number), &form, TERMS, &origin()).await;
    assert_eq!(reason(send(form("  ", "Bonjour")).await, "objet"), Some(Reason::Missing));
    assert_eq!(reason(send(form("Objet", "\r\n ")).await, "message"), Some(Reason::Missing));
    assert_eq!(reason(send(ContactDraft { consent: String::new(), ..form("a", "b") }).await, "consentement"), Some(Reason::Unticked));
    assert_eq!(
        reason(send(ContactDraft { consent_version: "2020-01".into(), ..form("a", "b") }).await, "consentement"),
        Some(Reason::Unticked)
    );
    assert!(mails(&desk.bench).await.is_empty());
    let sent = desk.send(&number).await;
    let told = desk.services().read_for_fund(&sent.reference, Seen::TakenOut).await.unwrap().unwrap();
    assert_eq!((told.consent.as_str(), told.email.as_str()), ("2026-11", "claire@exemple.fr"), "S155: the version is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn t46_fifty_presses_at_once_on_two_instances_send_one_message() {
    let desk = Desk::new().await;
    let (number, place) = (desk.number().await, site(&desk.claire));
    let (file, _) = desk.put(&number, "a.pdf", pdf(100)).await.unwrap();
    let other = desk.bench.another().await;
    let presses: Vec<_> = (0..50)
        .map(|press| {
            let services = if press % 2 == 0 { desk.services().clone() } else { other.clone() };
            let (claire, place, number, files) = (desk.claire.clone(), place.clone(), number.clone(), [file.id.clone()]);
            tokio::spawn(async move {
                let terms = ContactTerms { files: &files, ..TERMS };
                services.send_contact(&claire, (&place, &number), &form("a", "b"), terms, &origin()).await
            })
        })
        .collect();
    let mut references = Vec::new();
    for press in presses {
        references.push(press.await.unwrap().expect("each press hears of the one message").reference);
    }
    references.dedup();
    assert_eq!(references.len(), 1);
    assert_eq!(desk.services().list_exchanges(&desk.claire, &place, 1).await.unwrap().total, 1);
    assert_eq!(mails(&desk.bench).await.len(), 2, "one copy and one for the fund");
}

#[tokio::test(flavor = "multi_thread")]
async fn s153_the_twenty_first_file_is_refused_and_a_removed_one_makes_room() {
    let desk = Desk::new().await;
    let (number, place) = (desk.number().await, site(&desk.claire));
    for file in 0..MOST_FILES {
        desk.put(&number, &format!("{file}.pdf"), pdf(10)).await.unwrap();
    }
    assert_eq!(refused(desk.put(&number, "x.pdf", pdf(10)).await), FileRefusal::TooMany);
    let files = desk.services().contact_form(&desk.claire, &place, Some(number.as_str())).await.unwrap().files;
    let weight = desk.services().drop_draft_file(&desk.files, &desk.claire, &place, &number, &files[0].id).await.unwrap();
    assert_eq!((weight.files, weight.bytes, desk.vault.ids().len()), (19, 190, 19), "its bytes went at once");
    desk.put(&number, "x.pdf", pdf(10)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn s154_forty_million_bytes_and_not_one_more_however_they_come() {
    let desk = Desk::new().await;
    let number = desk.number().await;
    let all = usize::try_from(MOST_BYTES).unwrap();
    assert_eq!(refused(desk.put(&number, "a.pdf", pdf(all + 1)).await), FileRefusal::TooLarge);
    desk.put(&number, "a.pdf", pdf(all - 100)).await.unwrap();
    assert_eq!(refused(desk.put(&number, "b.pdf", pdf(101)).await), FileRefusal::TooLarge);
    // Eight that fit alone come in at the same moment: two together would not.
    let parallel: Vec<_> = (0..8)
        .map(|_| {
            let (services, files, claire, number) = (desk.services().clone(), desk.files.clone(), desk.claire.clone(), number.clone());
            tokio::spawn(async move { put(&services, &files, &claire, &number, "c.pdf", pdf(60)).await })
        })
        .collect();
    let mut taken = 0;
    for one in parallel {
        match one.await.unwrap() {
            Ok((_, weight)) => {
                taken += 1;
                assert!(weight.bytes <= MOST_BYTES);
            }
            other => assert_eq!(refused(other), FileRefusal::TooLarge),
        }
    }
    assert_eq!((taken, desk.vault.ids().len()), (1, 2), "what was refused left nothing behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn t35_only_kinds_that_are_what_they_say_and_only_past_the_scanner() {
    let desk = Desk::new().await;
    let number = desk.number().await;
    for (name, bytes, expected) in [
        ("a.exe", pdf(10), FileRefusal::Kind),
        ("a.pdf.exe", pdf(10), FileRefusal::Kind),
        ("a.svg", Bytes::from_static(b"<svg/>"), FileRefusal::Kind),
        ("a.pdf", Bytes::from_static(b"<html><script>"), FileRefusal::Content),
        ("a.png", pdf(10), FileRefusal::Content),
        ("a.pdf", Bytes::new(), FileRefusal::Empty),
    ] {
        assert_eq!(refused(desk.put(&number, name, bytes).await), expected, "{name}");
    }
    let scanner = Arc::new(MemoryScanner::default());
    let scanned = Files { scanner: Some(scanner.clone()), ..desk.files.clone() };
    let put = async |name: &str, bytes| put(desk.services(), &scanned, &desk.claire, &number, name, bytes).await;
    let sick: Bytes = [pdf(10).as_ref(), VIRUS].concat().into();
    assert_eq!(refused(put("a.pdf", sick.clone()).await), FileRefusal::Infected);
    scanner.down.store(true, Ordering::SeqCst);
    assert_eq!(refused(put("a.pdf", pdf(10)).await), FileRefusal::ScannerDown, "fail closed");
    let lenient = MemoryScanner { down: true.into(), lets_pass: true };
    let lenient = Files { scanner: Some(Arc::new(lenient)), ..desk.files.clone() };
    crate::contact::put(desk.services(), &lenient, &desk.claire, &number, "a.pdf", pdf(10)).await.unwrap();
    assert_eq!((desk.vault.ids().len(), desk.vault.open.load(Ordering::SeqCst)), (1, 0), "what was refused left nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn t29_drafts_and_exchanges_are_their_writer_s_and_of_those_with_the_right() {
    let desk = Desk::new().await;
    let (services, place) = (desk.services(), site(&desk.claire));
    invite(&desk.bench, &desk.claire, "paul@exemple.fr", "documents:consultation").await;
    let paul = join(&desk.bench, "paul@exemple.fr", "Paul", "Girard").await;
    invite(&desk.bench, &desk.claire, "lea@exemple.fr", "exchanges:consultation").await;
    let lea = join(&desk.bench, "lea@exemple.fr", "Léa", "Petit").await;
    let number = desk.number().await;
    let (file, _) = desk.put(&number, "a.pdf", pdf(10)).await.unwrap();

    assert!(services.contact_form(&paul, &place, Some(number.as_str())).await.unwrap().files.is_empty(), "a fresh form");
    let gone = put(services, &desk.files, &paul, &number, "b.pdf", pdf(10)).await;
    assert!(matches!(gone, Err(UploadProblem::Fault(services::Fault::Refused(Refusal::NotFound)))), "{gone:?}");
    assert_eq!(refusal(services.drop_draft_file(&desk.files, &paul, &place, &number, &file.id).await), Refusal::NotFound);
    assert_eq!(refusal(services.keep_draft(&paul, &place, &number, typed("x", "y")).await), Refusal::NotFound);
    assert_eq!(refusal(services.send_contact(&paul, (&place, &number), &form("x", "y"), TERMS, &origin()).await), Refusal::NotFound);

    let sent = desk.send(&number).await;
    for (who, sees) in [(&desk.claire, true), (&lea, true), (&paul, false)] {
        let page = services.list_exchanges(who, &place, 1).await.unwrap();
        assert_eq!((page.total, page.sees_all), (usize::from(sees), sees));
        assert_eq!(services.read_exchange(who, &place, &sent.id).await.is_ok(), sees);
        let opened = services.open_exchange_file(&desk.files, who, (&place, &sent.id), &file.id).await;
        assert_eq!(opened.is_ok(), sees);
        assert!(sees || matches!(opened, Err(services::Fault::Refused(Refusal::NotFound))));
    }
    assert_eq!(refusal(services.send_contact(&paul, (&place, &number), &form("x", "y"), TERMS, &origin()).await), Refusal::NotFound);
    // One's own is seen without the right.
    let own = services.contact_form(&paul, &place, None).await.unwrap().draft;
    let own = services.send_contact(&paul, (&place, &own), &form("De Paul", "Bonjour"), TERMS, &origin()).await.unwrap();
    assert!(services.read_exchange(&paul, &place, &own.id).await.unwrap().line.is_own);
    assert_eq!(services.list_exchanges(&paul, &place, 1).await.unwrap().total, 1);
    assert_eq!(services.list_exchanges(&lea, &place, 1).await.unwrap().total, 2);
    let elsewhere = desk.bench.services.contact_form(&paul, &"01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap(), None).await;
    assert_eq!(refusal(elsewhere), Refusal::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fund_reads_and_answers_and_the_writer_sees_both() {
    let desk = Desk::new().await;
    let (services, place) = (desk.services(), site(&desk.claire));
    let sent = desk.send(&desk.number().await).await;
    mails(&desk.bench).await;
    let state = async || services.read_exchange(&desk.claire, &place, &sent.id).await.unwrap().line.state;
    services.read_for_fund(&sent.reference, Seen::TakenOut).await.unwrap().unwrap();
    assert_eq!(state().await, ExchangeState::Sent, "taking it out is no reading");
    services.read_for_fund(&sent.reference, Seen::Opened).await.unwrap().unwrap();
    assert_eq!(state().await, ExchangeState::Read);

    let stream = |bytes: Bytes| -> FileBytes { Box::pin(futures_util::stream::iter([Ok(bytes)])) };
    let answer = async |by: &str, text: &str, files| {
        services.answer_for_fund(&desk.files, &sent.reference, FundAnswer { by, text }, files).await.unwrap()
    };
    assert_eq!(answer("Service", " ", vec![]).await, Err(AnswerProblem::Text(Reason::Missing)));
    let wrong = vec![("a.pdf".to_owned(), stream(pdf(10))), ("b.exe".to_owned(), stream(pdf(10)))];
    let problem = answer("Service", "Bonjour", wrong).await.unwrap_err();
    assert_eq!(problem, AnswerProblem::File { name: "b.exe".into(), refusal: FileRefusal::Kind });
    assert!(desk.vault.ids().is_empty() && mails(&desk.bench).await.is_empty(), "nothing half done");
    let done = answer("Service cotisations", "Bonjour,\nvoici.", vec![("attestation.pdf".to_owned(), stream(pdf(10)))]).await.unwrap();
    assert_eq!((done.files, done.told), (1, true));
    // Whoever did not hear of it and asks again answers once; its files go.
    let again = vec![("attestation.pdf".to_owned(), stream(pdf(10)))];
    assert_eq!(answer("Service cotisations", "Bonjour,\r\nvoici.", again).await, Err(AnswerProblem::Twice));
    assert_eq!(desk.vault.ids().len(), 1);

    let exchange = services.read_exchange(&desk.claire, &place, &sent.id).await.unwrap();
    assert_eq!((exchange.line.state, exchange.files.len(), exchange.answers.len()), (ExchangeState::Answered, 0, 1));
    let got = &exchange.answers[0];
    assert_eq!(
        (got.by.as_str(), got.text.as_str(), got.files[0].name.as_str()),
        ("Service cotisations", "Bonjour,\nvoici.", "attestation.pdf")
    );
    drop(services.open_exchange_file(&desk.files, &desk.claire, (&place, &sent.id), &got.files[0].id).await.unwrap());
    let told = mails(&desk.bench).await;
    assert!(told.len() == 1 && !format!("{told:?}").contains("voici"), "the answer itself stays in the space");
    assert_eq!(services.list_for_fund(Some(ExchangeState::Answered)).await.unwrap().len(), 1);
    assert!(services.list_for_fund(Some(ExchangeState::Sent)).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_announced_only_to_somebody_who_can_read_it() {
    let desk = Desk::new().await;
    let (services, place) = (desk.services(), site(&desk.claire));
    invite(&desk.bench, &desk.claire, "paul@exemple.fr", "documents:consultation").await;
    let paul = join(&desk.bench, "paul@exemple.fr", "Paul", "Girard").await;
    let number = services.contact_form(&paul, &place, None).await.unwrap().draft;
    let sent = services.send_contact(&paul, (&place, &number), &form("x", "y"), TERMS, &origin()).await.unwrap();
    mails(&desk.bench).await;
    let answer = async |text| {
        let answer = FundAnswer { by: "Service", text };
        let told = services.answer_for_fund(&desk.files, &sent.reference, answer, vec![]).await.unwrap().unwrap().told;
        (told, mails(&desk.bench).await.len())
    };
    assert_eq!(answer("Un").await, (true, 1));
    let lines = services.beneficiaries(&desk.claire, &place).await.unwrap();
    let key = lines.into_iter().find(|line| line.email == "paul@exemple.fr").unwrap().key;
    services.end_rights(&desk.claire, &place, &key, Act::Close, None, &origin()).await.unwrap();
    mails(&desk.bench).await;
    assert_eq!(answer("Deux").await, (false, 0), "the mail would lead to a page they are refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_fund_opens_or_takes_out_leaves_a_line() {
    let desk = Desk::new().await;
    let sent = desk.send(&desk.number().await).await;
    for (seen, what) in [(Seen::TakenOut, "exchange.exported"), (Seen::Opened, "exchange.read"), (Seen::Opened, "exchange.read")] {
        let before = desk.bench.store().count_rows(&format!("audit WHERE what = '{what}'")).await.unwrap();
        desk.services().read_for_fund(&sent.reference, seen).await.unwrap().unwrap();
        assert_eq!(desk.bench.store().count_rows(&format!("audit WHERE what = '{what}'")).await.unwrap(), before + 1, "{what}");
    }
}
