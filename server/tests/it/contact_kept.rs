//! What the contact form keeps of a message that is not sent yet, and what it gives back where it cannot.

use crate::contact::{BOUNDARY, Desk, Part, SEND, hidden, joined, multipart, pdf};
use axum::body::Body;
use domain::contact::MOST_BYTES;
use http::{Method, StatusCode, header};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_somebody_writes_takes_nothing_of_what_they_wrote() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let logged_in = desk.claire.clone();
    desk.claire.cookies.clear();
    let parts = [
        Part::Text("brouillon", &number),
        Part::Text("objet", "Congés <b>de</b> mai"),
        Part::Text("message", "\n</textarea><script>alert(1)</script>"),
        Part::File("perdu.pdf", pdf(500_000)),
        Part::Text("envoyer", "1"),
    ];
    let page = desk.post(&parts).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{}", page.body);
    assert!(page.body.contains("Congés &lt;b&gt;de&lt;/b&gt; mai") || page.body.contains("Congés &lt;b>de&lt;/b> mai"), "{}", page.body);
    assert!(
        page.body.contains("&lt;/textarea&gt;&lt;script&gt;") && !page.body.contains("<script>alert"),
        "all of it is text: {}",
        page.body
    );
    assert!(page.has("choisissez-les de nouveau") && hidden(&page.body, "brouillon") == number);
    assert!(desk.portal.mails().await.is_empty());
    // What the button of that page sends, once they have logged in.
    desk.claire = logged_in;
    let form = desk.submit(&number, vec![], ("joindre", "1")).await;
    assert!(form.status == StatusCode::OK && hidden(&form.body, "brouillon") == number && form.has("&lt;script&gt;"), "{}", form.body);
    // Of a body above the bound the texts alone are read.
    desk.claire.cookies.clear();
    let huge = usize::try_from(MOST_BYTES).unwrap() + 100_000;
    let parts = [Part::Text("brouillon", &number), Part::Text("message", "gardé"), Part::File("a.pdf", pdf(huge))];
    let page = desk.post(&parts).await;
    assert!(page.status == StatusCode::UNAUTHORIZED && page.has("gardé") && page.headers["connection"] == "close", "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_hears_what_became_of_what_it_keeps_and_is_led_nowhere() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let keep = |page, message, before| {
        [
            Part::Text("brouillon", &number),
            Part::Text("page_ouverte", page),
            Part::Text("objet", ""),
            Part::Text("avant_objet", ""),
            Part::Text("message", message),
            Part::Text("avant_message", before),
            Part::Text("joindre", "1"),
        ]
    };
    desk.is_script = true;
    assert_eq!(desk.post(&keep("1", "un", "")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.post(&keep("2", "deux", "un")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.post(&keep("1", "vieux", "un")).await.status, StatusCode::CONFLICT);
    desk.is_script = false;
    let thread = desk.submit(&number, vec![], SEND).await;
    assert!(thread.has("Votre message est envoyé"), "{}", thread.body);
    desk.is_script = true;
    let answer = desk.post(&keep("2", "trois", "deux")).await;
    assert_eq!((answer.status, answer.headers.get(header::SET_COOKIE)), (StatusCode::GONE, None), "nothing is said of it later");
    desk.claire.cookies.clear();
    assert_eq!(desk.post(&keep("2", "quatre", "trois")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_begun_is_deleted_after_a_question_and_never_by_an_ended_session() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    desk.submit(&number, vec![], ("joindre", "1")).await;
    let form = desk.form.clone();
    let offer = desk.claire.get(&form).await;
    assert!(offer.has("Message non envoyé") && !offer.has("name=\"supprimer\""), "{}", offer.body);
    let asked = desk.claire.get(&format!("{form}?supprimer={number}")).await;
    assert!(asked.has("name=\"supprimer\"") && asked.has("Ils ne pourront pas être retrouvés"), "{}", asked.body);
    let parts = [Part::Text("brouillon", &number), Part::Text("page", ""), Part::Text("supprimer", "1")];
    let logged_in = desk.claire.clone();
    desk.claire.cookies.clear();
    assert!(desk.post(&parts).await.location().starts_with("/connexion?suite="), "no page takes up what was to be deleted");
    desk.claire = logged_in;
    assert!(desk.claire.get(&form).await.has("Message non envoyé"), "it is still there");
    let done = desk.post(&parts).await;
    let page = desk.claire.get(&done.location()).await;
    assert!(page.has("sont supprimés") && !page.has("Message non envoyé"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_with_other_files_than_the_page_shows_and_a_broken_line_keeps_the_rest() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    // A tab that is a day old, an upload whose answer was lost, another tab: as many files, but others; or one more, or one less.
    desk.submit(&number, vec![Part::File("vu.pdf", pdf(40))], ("joindre", "1")).await;
    let page = desk.claire.get(&format!("{}?brouillon={number}", desk.form)).await;
    let seen = joined(&page.body);
    let other = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".to_owned();
    for list in [vec![other.clone()], vec![], vec![seen[0].clone(), other]] {
        let page = desk.press(&number, &list, vec![], SEND).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{list:?}");
        assert!(page.has("La liste des fichiers a changé") && page.has("vu.pdf"), "{}", page.body);
        assert!(desk.portal.mails().await.is_empty());
    }
    let whole = multipart(&[
        Part::Text("brouillon", &number),
        Part::Text("objet", "Gardé"),
        Part::Text("message", "Gardé aussi"),
        Part::File("bon.pdf", pdf(50)),
        Part::File("coupé.pdf", pdf(5_000)),
    ]);
    let form = desk.form.clone();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let answer = desk.raw(&form, &kind, whole[..whole.len() - 3_000].to_vec()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = desk.claire.get(&answer.location()).await;
    assert_eq!((page.status, page.body.matches("name=\"retirer\"").count()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    assert!(page.has("Gardé aussi") && page.has("coupé.pdf") && page.has("bon.pdf"), "{}", page.body);
    let page = desk.submit(&number, vec![], SEND).await;
    assert!(page.status == StatusCode::OK && page.has("bon.pdf"), "{}", page.body);
    // Whoever comes back to the form of a message that left, by its address or by a press whose answer was lost, is led to it.
    let back = desk.claire.get(&format!("{}?brouillon={number}", desk.form)).await;
    assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, format!("{}/echanges/{number}", desk.form)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_comes_back_whole_with_the_answer_and_is_newer_than_what_was() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    // Longer than any cookie.
    let long = format!("{}la fin", "é ".repeat(2_400));
    let consent = app::words::contact::CONSENT_VERSION;
    let parts = |text| {
        vec![
            Part::Text("brouillon", &number),
            Part::Text("objet", "Congés de mai"),
            Part::Text("message", text),
            Part::Text("consent_version", consent),
            Part::Text("consentement", "on"),
            Part::File("", vec![]),
            Part::Text("envoyer", "1"),
        ]
    };
    let store = desk.portal.services.store().clone();
    store.break_scripts(Some("UPDATE $draft SET subject"));
    let page = desk.post(&parts(&long)).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.has("la fin</textarea>") && page.has("value=\"Congés de mai\"") && page.has("Un incident"), "{}", page.body);
    assert!(!page.body.contains("checked"), "nobody consents for them");
    store.break_scripts(None);
    desk.post(&[Part::Text("brouillon", &number), Part::Text("message", "Ancien"), Part::Text("joindre", "1")]).await;
    store.break_scripts(Some("UPDATE $draft SET subject"));
    let page = desk.post(&parts(&long)).await;
    assert!(page.has("la fin</textarea>") && page.has("data-stored-message=\"Ancien\""), "{}", page.body);
    store.break_scripts(None);
    assert!(desk.portal.mails().await.is_empty());
    let page = desk.submit(&number, vec![], SEND).await;
    assert_eq!((page.status, desk.portal.mails().await.len()), (StatusCode::OK, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_without_files_waits_for_no_seat() {
    let mut desk = Desk::new().await;
    let mut others = Vec::new();
    for _ in 0..3 {
        let number = desk.number().await;
        let path = format!("{}/fichiers?brouillon={number}", desk.form);
        let request = desk
            .claire
            .request(Method::POST, &path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::CONTENT_LENGTH, 1_000)
            .header("x-nom-fichier", "lent.pdf")
            .body(Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>()))
            .unwrap();
        let mut browser = desk.claire.clone();
        others.push(tokio::spawn(async move { browser.send(request).await.status }));
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let number = desk.number().await;
    let sent = tokio::time::timeout(Duration::from_secs(15), desk.submit(&number, vec![], SEND)).await.expect("it waits for a seat");
    assert_eq!((sent.status, desk.portal.mails().await.len()), (StatusCode::OK, 2));
    // A file does wait, until one of the slow ones is given up.
    let number = desk.number().await;
    let waits = tokio::time::timeout(Duration::from_secs(2), desk.upload(&number, "a.pdf", "application/octet-stream", pdf(20))).await;
    assert!(waits.is_err(), "three seats a person");
    others.iter().for_each(tokio::task::JoinHandle::abort);
}
