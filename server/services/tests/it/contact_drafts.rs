//! Messages that are not sent yet and their files, from outside: what is kept, for whom, until when.

use crate::contact::{Desk, pdf, typed};
use crate::support::{PASSWORD, enter, invite, join, refusal, site};
use domain::contact::FileRefusal;
use domain::id::ExchangeId;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::Visit;
use services::contact::{RefusedFile, Typed, UploadProblem};
use services::ports::Files;
use services::testing::MemoryVault;
use std::sync::atomic::Ordering;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_and_a_broken_line_lose_the_file_alone_and_nothing_lies_about_after_a_day() {
    let desk = Desk::new().await;
    let (services, place) = (desk.services(), site(&desk.claire));
    let (number, kept) = (desk.number().await, desk.number().await);
    desk.put(&number, "a.pdf", pdf(10)).await.unwrap();
    services.keep_draft(&desk.claire, &place, &number, typed("Objet", "Message")).await.unwrap();
    desk.vault.full.store(true, Ordering::SeqCst);
    assert!(matches!(desk.put(&number, "b.pdf", pdf(10)).await, Err(UploadProblem::Fault(services::Fault::Broken(_)))));
    desk.vault.full.store(false, Ordering::SeqCst);
    let mut broken = services.begin_upload(&desk.files, &desk.claire, (&place, &number), "c.pdf").await.unwrap();
    broken.write(pdf(10)).await.unwrap();
    drop(broken);
    let form = services.contact_form(&desk.claire, &place, Some(number.as_str())).await.unwrap();
    assert_eq!((form.subject.as_str(), form.files.len(), desk.vault.open.load(Ordering::SeqCst)), ("Objet", 1, 0));
    // Written, and the database does not answer: nobody knows whether the row is there.
    desk.bench.store().break_scripts(Some("CREATE $file"));
    assert!(desk.put(&number, "d.pdf", pdf(10)).await.is_err());
    desk.bench.store().break_scripts(None);
    desk.put(&kept, "kept.pdf", pdf(10)).await.unwrap();
    desk.send(&kept).await;
    assert_eq!((desk.vault.ids().len(), services.collect_files(&desk.files).await.unwrap()), (3, 0), "too young to be looked at");
    desk.bench.clock.advance(SignedDuration::from_hours(26));
    services.purge().await.unwrap();
    assert_eq!((services.collect_files(&desk.files).await.unwrap(), desk.vault.ids().len()), (2, 1), "the sent one stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_nobody_knows_are_left_alone_in_a_store_that_is_another_portal_s_and_only_there() {
    let desk = Desk::new().await;
    let kept = desk.number().await;
    desk.put(&kept, "kept.pdf", pdf(10)).await.unwrap();
    desk.send(&kept).await;
    let lay = async |files: &Files, many: usize| {
        for number in 0..many {
            files.vault.begin(&format!("{number:026}").parse().unwrap()).await.unwrap().finish().await.unwrap();
        }
    };
    lay(&desk.files, 600).await;
    let strange = MemoryVault::new(desk.bench.clock.clone());
    lay(&strange.files(), 3).await;
    desk.bench.clock.advance(SignedDuration::from_hours(25));
    assert!(matches!(desk.services().collect_files(&strange.files()).await, Err(services::Fault::Broken(_))));
    assert_eq!(strange.ids().len(), 3, "the files of another portal");
    assert_eq!(desk.services().collect_files(&desk.files).await.unwrap(), 600, "a batch of leftovers comes before the file that is known");
    assert_eq!(desk.vault.ids().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_drafts_the_newest_stay_and_the_oldest_goes_with_its_files() {
    let desk = Desk::new().await;
    let place = site(&desk.claire);
    let left = async |number: &ExchangeId| {
        let form = desk.services().contact_form(&desk.claire, &place, Some(number.as_str())).await.unwrap();
        (form.subject, form.files.len())
    };
    let mut numbers = Vec::new();
    for draft in 0..21 {
        let number = desk.number().await;
        desk.put(&number, "a.pdf", pdf(10)).await.unwrap();
        desk.services().keep_draft(&desk.claire, &place, &number, typed(&format!("Objet {draft}"), "")).await.unwrap();
        desk.bench.clock.advance(SignedDuration::from_secs(1));
        numbers.push(number);
    }
    assert_eq!(left(&numbers[0]).await, (String::new(), 0), "the oldest has made room");
    for (draft, number) in numbers.iter().enumerate().skip(1) {
        assert_eq!(left(number).await, (format!("Objet {draft}"), 1));
    }
    desk.bench.clock.advance(SignedDuration::from_hours(23));
    assert_eq!(desk.services().collect_files(&desk.files).await.unwrap(), 0);
    desk.bench.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(desk.services().collect_files(&desk.files).await.unwrap(), 1, "its bytes go a day after they came");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_begun_is_offered_to_its_writer_on_its_site_until_it_is_sent() {
    let desk = Desk::new().await;
    let (services, place) = (desk.services(), site(&desk.claire));
    let unsent = async |who: &Visit| services.contact_form(who, &place, None).await.unwrap().unsent;
    let keep = async |number: &ExchangeId, subject: &str| {
        services.keep_draft(&desk.claire, &place, number, typed(subject, "")).await.unwrap();
        desk.bench.clock.advance(SignedDuration::from_secs(1));
    };
    assert_eq!(unsent(&desk.claire).await, None);
    let (empty, first, second) = (desk.number().await, desk.number().await, desk.number().await);
    keep(&empty, "").await;
    assert_eq!(unsent(&desk.claire).await, None, "nothing is in it");
    keep(&first, "Premier").await;
    desk.put(&second, "a.pdf", pdf(10)).await.unwrap();
    keep(&second, "Second").await;
    keep(&empty, "").await;
    let offered = unsent(&desk.claire).await.unwrap();
    assert_eq!((&offered.number, offered.subject.as_str(), offered.files), (&second, "Second", 1), "the newest that holds anything");
    assert_eq!(services.contact_form(&desk.claire, &place, Some(first.as_str())).await.unwrap().unsent, None, "not beside another one");
    invite(&desk.bench, &desk.claire, "lea@exemple.fr", "exchanges:consultation").await;
    let lea = join(&desk.bench, "lea@exemple.fr", "Léa", "Petit").await;
    assert_eq!(unsent(&lea).await, None, "a draft is its writer's alone");
    desk.send(&second).await;
    assert_eq!(unsent(&desk.claire).await.map(|offered| offered.number), Some(first));
    desk.bench.clock.advance(SignedDuration::from_hours(25));
    services.purge().await.unwrap();
    let claire = enter(&desk.bench, PASSWORD).await;
    assert_eq!(unsent(&claire).await, None, "a day later it is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_keeps_what_is_typed_and_writes_over_nothing_that_came_from_elsewhere() {
    let desk = Desk::new().await;
    let (services, place, number) = (desk.services(), site(&desk.claire), desk.number().await);
    let left = async || services.contact_form(&desk.claire, &place, Some(number.as_str())).await.unwrap();
    let keep = async |writer, message, before| {
        let typed = Typed { subject: "Objet", message, writer: Some((writer, ["Objet", before])), refused: None };
        services.keep_draft(&desk.claire, &place, &number, typed).await
    };
    keep("a", "un", "").await.unwrap();
    let refused = [RefusedFile { name: "a.exe".into(), refusal: FileRefusal::Kind }];
    services.keep_draft(&desk.claire, &place, &number, Typed { refused: Some(&refused), ..typed("Objet", "un\r\n") }).await.unwrap();
    keep("a", "un deux", "un\n").await.unwrap();
    assert_eq!((left().await.message.as_str(), left().await.refused.len()), ("un deux", 1), "what was said of files stays said");
    keep("a", "un deux trois", "un").await.expect("it need not have heard of what it kept");
    assert_eq!(refusal(keep("b", "vieux", "un deux").await), Refusal::Conflict, "another page, which knows an older text");
    keep("b", "un deux trois", "un").await.expect("the same words are no other words");
    keep("b", "quatre", "un deux trois").await.unwrap();
    assert_eq!(refusal(keep("a", "cinq", "un deux trois").await), Refusal::Conflict);
    assert_eq!(left().await.message, "quatre");
    services.keep_draft(&desk.claire, &place, &number, typed("Objet", "pressé")).await.unwrap();
    assert_eq!((left().await.message.as_str(), left().await.refused.len()), ("pressé", 0), "a button is a decision");
    assert_eq!(refusal(keep("b", "en retard", "quatre").await), Refusal::Conflict, "what was under way when it was pressed");
    desk.send(&number).await;
    assert_eq!(refusal(keep("b", "trop tard", "pressé").await), Refusal::FlowLost);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_begun_is_deleted_with_its_files_by_its_writer_alone() {
    let desk = Desk::new().await;
    let (services, place, number) = (desk.services(), site(&desk.claire), desk.number().await);
    desk.put(&number, "a.pdf", pdf(10)).await.unwrap();
    desk.put(&number, "b.pdf", pdf(10)).await.unwrap();
    invite(&desk.bench, &desk.claire, "lea@exemple.fr", "exchanges:consultation").await;
    let lea = join(&desk.bench, "lea@exemple.fr", "Léa", "Petit").await;
    services.discard_draft(&desk.files, &lea, &place, &number).await.unwrap();
    assert_eq!(desk.vault.ids().len(), 2, "nobody else's");
    let sent = desk.number().await;
    desk.put(&sent, "c.pdf", pdf(10)).await.unwrap();
    desk.send(&sent).await;
    services.discard_draft(&desk.files, &desk.claire, &place, &sent).await.unwrap();
    assert_eq!(desk.vault.ids().len(), 3, "what was sent stays");
    services.discard_draft(&desk.files, &desk.claire, &place, &number).await.unwrap();
    services.discard_draft(&desk.files, &desk.claire, &place, &number).await.unwrap();
    assert_eq!(desk.vault.ids().len(), 1);
    assert!(services.contact_form(&desk.claire, &place, Some(number.as_str())).await.unwrap().files.is_empty());
}
