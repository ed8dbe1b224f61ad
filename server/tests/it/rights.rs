//! Giving rights and accepting them, through the forms as a browser without script sends them.

use crate::portal::{Answer, Browser, PASSWORD, Portal};
use http::StatusCode;

/// Step 1 for a user on a site.
pub fn who<'a>(site: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("draft[site]", site), ("draft[who][kind]", "user"), ("draft[who][email]", email), ("draft[who][starts]", "2026-11-24")]
}

const ALL: [(&str, &str); 3] =
    [("draft[grid][colleges][]", "ouvrier"), ("draft[grid][colleges][]", "etam"), ("draft[grid][colleges][]", "cadre")];

/// Step 2: every college, these modes.
pub fn grid<'a>(site: &'a str, modes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [("draft[site]", site)].into_iter().chain(ALL).chain(modes.iter().copied()).collect()
}

pub fn site(home: &str) -> &str {
    home.trim_start_matches("/site/")
}

/// Gives a user rights, through both steps.
pub async fn give(browser: &mut Browser, site: &str, email: &str, modes: &[(&str, &str)]) -> Answer {
    let first = browser.post("/api/delegation/check_beneficiary", &who(site, email)).await;
    assert_eq!(first.location(), format!("/site/{site}/droits/delegation/droits"), "{}", first.body);
    browser.submit("/api/delegation/delegate", &grid(site, modes)).await
}

/// The path of the newest invitation to an address.
pub async fn invitation(portal: &Portal, email: &str) -> String {
    let mails = portal.mails().await;
    let mail = mails.iter().rev().find(|mail| mail.to == email && mail.content.kind() == "invitation").expect("an invitation");
    mail.path.clone().unwrap()
}

/// Accepts an invitation without having an account, and logs in.
pub async fn join(portal: &Portal, email: &str, first: &str, last: &str) -> Browser {
    let link = invitation(portal, email).await;
    let mut browser = portal.browser();
    assert_eq!(browser.get(&link).await.location(), "/invitation", "the secret leaves the address at once (D9)");
    let page = browser.get("/invitation").await;
    assert!(page.status == StatusCode::OK && page.has(email), "{}", page.body);
    let done = browser
        .post(
            "/api/delegation/accept_as_new",
            &[("draft[first]", first), ("draft[last]", last), ("draft[password]", PASSWORD), ("draft[password_confirmation]", PASSWORD)],
        )
        .await;
    assert_eq!(done.location(), "/connexion", "{}", browser.get("/invitation").await.body);
    browser.sign_in(email, PASSWORD).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn s125_s141_a_delegation_from_the_first_step_to_the_beneficiary_s_menu() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let site = site(&home);
    // S128: today by default; step 2 without step 1 leads to step 1.
    let first = claire.get(&format!("{home}/droits/delegation")).await;
    assert!(first.has("Étape 1/2") && first.has("value=\"2026-11-24\""), "{}", first.body);
    assert_eq!(claire.get(&format!("{home}/droits/delegation/droits")).await.location(), format!("{home}/droits/delegation"));
    // S126, S127: what is missing is said beside its field, and what was typed stays.
    let refused = claire
        .submit(
            "/api/delegation/check_beneficiary",
            &[("draft[site]", site), ("draft[who][kind]", "firm"), ("draft[who][email]", "paul"), ("draft[who][siret]", "123")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["email-erreur", "siret-erreur", "starts-erreur"] {
        assert!(refused.has(field), "{field}: {}", refused.body);
    }
    assert!(refused.has("value=\"paul\""));

    claire.post("/api/delegation/check_beneficiary", &who(site, "paul@exemple.fr")).await;
    let second = claire.get(&format!("{home}/droits/delegation/droits")).await;
    // S134, S136: all colleges ticked, no right chosen.
    assert!(second.has("Étape 2/2") && second.body.matches("name=\"draft[grid][colleges][]\"").count() == 3, "{}", second.body);
    assert_eq!(checked(&second, "none"), 10, "{}", second.body);
    // S135, A38.
    let nothing = claire.submit("/api/delegation/delegate", &[("draft[site]", site)]).await;
    assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.has("colleges-erreur") && nothing.has("rights-erreur"));
    // S137 without script: the column, then the grid again with it.
    let mut column = grid(site, &[]);
    column.extend([("draft[column]", "consultation"), ("draft[redraw]", "column")]);
    let filled = claire.submit("/api/delegation/redraw_grid", &column).await;
    assert_eq!((filled.status, checked(&filled, "consultation")), (StatusCode::OK, 10), "{}", filled.body);
    // The preview shows the menu of the rights chosen, and nothing is saved by it.
    let mut preview = grid(site, &[("draft[grid][rights][dsn]", "consultation")]);
    preview.push(("draft[redraw]", "preview"));
    let shown = claire.submit("/api/delegation/redraw_grid", &preview).await;
    let view = shown.body.split("id=\"apercu\"").nth(1).unwrap();
    assert!(view.contains("Suivi DSN") && !view.contains("Mes cotisations"), "{view}");
    assert!(!portal.mails().await.iter().any(|mail| mail.content.kind() == "invitation"));

    let list = claire.submit("/api/delegation/delegate", &grid(site, &[("draft[grid][rights][dsn]", "consultation")])).await;
    assert!(list.status == StatusCode::OK && list.has("invitation est envoyée") && list.has("paul@exemple.fr"), "{}", list.body);
    let mut paul = join(&portal, "paul@exemple.fr", "Paul", "Girard").await;
    let space = paul.get(&home).await;
    assert!(space.status == StatusCode::OK && space.has("Suivi DSN") && !space.has("Mes cotisations"), "{}", space.body);
    assert_eq!(paul.get(&format!("{home}/suivi-dsn")).await.status, StatusCode::OK);
    for hidden in ["cotisations", "droits", "droits/delegation", "documents"] {
        assert_eq!(paul.get(&format!("{home}/{hidden}")).await.status, StatusCode::NOT_FOUND, "{hidden}");
    }
}

/// How many radio buttons of this value are chosen.
fn checked(page: &Answer, value: &str) -> usize {
    page.body
        .split("<input")
        .skip(1)
        .map(|input| input.split('>').next().unwrap())
        .filter(|input| input.contains("draft[grid][rights]") && input.contains(&format!("value=\"{value}\"")) && input.contains("checked"))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn s143_s145_the_administrator_holds_everything_whatever_else_is_sent() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let site = site(&home);
    claire.post("/api/delegation/check_beneficiary", &who(site, "paul@exemple.fr")).await;
    let sent = [("draft[site]", site), ("draft[grid][administrator]", "on"), ("draft[grid][rights][dsn]", "none")];
    claire.submit("/api/delegation/delegate", &sent).await;
    let mut paul = join(&portal, "paul@exemple.fr", "Paul", "Girard").await;
    for page in ["", "/cotisations", "/droits", "/droits/delegation"] {
        assert_eq!(paul.get(&format!("{home}{page}")).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t50_whoever_has_an_account_accepts_in_one_step_and_nobody_else_does() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (mut paul, own) = portal.owner(&letters[1], "paul@exemple.fr").await;
    give(&mut claire, site(&home), "paul@exemple.fr", &[("draft[grid][rights][documents]", "update")]).await;
    let link = invitation(&portal, "paul@exemple.fr").await;
    // Claire follows the forwarded link: she sees whose it is, and changes nothing.
    claire.get(&link).await;
    let other = claire.get("/invitation").await;
    assert!(other.has("p***@exemple.fr") && !other.has("paul@exemple.fr") && !other.has("accept_invitation"), "{}", other.body);
    let forced = claire.submit("/api/delegation/accept_invitation", &[]).await;
    assert_eq!(forced.status, StatusCode::NOT_FOUND);
    // A stranger is led to log in, and comes back to the invitation.
    let mut stranger = portal.browser();
    stranger.get(&link).await;
    let page = stranger.get("/invitation").await;
    assert!(page.has("/connexion?suite=/invitation") && !page.has("paul@exemple.fr"), "{}", page.body);
    let login = [("draft[email]", "paul@exemple.fr"), ("draft[password]", PASSWORD), ("draft[next]", "/invitation")];
    assert_eq!(stranger.post("/api/identity/sign_in", &login).await.location(), "/invitation");
    let accepted = stranger.submit("/api/delegation/accept_invitation", &[]).await;
    assert!(accepted.status == StatusCode::OK && accepted.has("accepté"), "{}", accepted.body);
    // Both sites are Paul's now, in the session he had before, too.
    let list = paul.get("/sites").await;
    assert!(list.has("Martin Maçonnerie") && list.has("Roux Toitures"), "{}", list.body);
    assert_eq!(paul.get(&format!("{home}/documents")).await.status, StatusCode::OK);
    assert_eq!(paul.get(&format!("{own}/droits")).await.status, StatusCode::OK);
    let dead = paul.get(&link).await;
    let gone = paul.get(&dead.location()).await;
    assert_eq!(gone.status, StatusCode::GONE, "once");
    assert_eq!(gone.body.matches(">Se connecter<").count(), 1, "one way on, named once: {}", gone.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn t48_t56_a_line_belongs_to_its_site() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (mut rival, other) = portal.owner(&letters[1], "rival@exemple.fr").await;
    give(&mut claire, site(&home), "paul@exemple.fr", &[("draft[grid][rights][dsn]", "update")]).await;
    join(&portal, "paul@exemple.fr", "Paul", "Girard").await;
    let list = claire.get(&format!("{home}/droits")).await;
    let key =
        list.body.split(&format!("{home}/droits/")).filter_map(|part| part.split('"').next()).find(|part| part.ends_with("/modification"));
    let key = key.unwrap().trim_end_matches("/modification").to_owned();
    assert_eq!(claire.get(&format!("{home}/droits/{key}")).await.status, StatusCode::OK);
    let missing = rival.get(&format!("{other}/droits/01JD3V9X7ZK4M2N8P6Q5R4S3T2")).await;
    for page in ["", "/modification", "/fin"] {
        let theirs = rival.get(&format!("{other}/droits/{key}{page}")).await;
        assert_eq!((theirs.status, theirs.body), (StatusCode::NOT_FOUND, missing.body.clone()), "{page}");
        assert_eq!(rival.get(&format!("{home}/droits/{key}{page}")).await.status, StatusCode::NOT_FOUND);
    }
    for action in ["end_rights", "recreate_rights", "resend_invitation", "modify_rights"] {
        for site in [site(&other), site(&home)] {
            let mut form = grid(site, &[("draft[grid][rights][dsn]", "none"), ("draft[grid][rights][documents]", "update")]);
            form.extend([("draft[key]", key.as_str()), ("draft[rev]", "0"), ("draft[starts]", "2026-11-24")]);
            let answer = rival.submit(&format!("/api/delegation/{action}"), &form).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{action} on {site}");
        }
    }
    let after = claire.get(&format!("{home}/droits/{key}")).await;
    assert!(after.has("Actif") && after.has("En mise à jour"), "nothing changed: {}", after.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn t45_the_second_of_two_stale_pages_sees_both_versions() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let site = site(&home);
    give(&mut claire, site, "paul@exemple.fr", &[("draft[grid][rights][dsn]", "update")]).await;
    join(&portal, "paul@exemple.fr", "Paul", "Girard").await;
    let list = claire.get(&format!("{home}/droits")).await;
    let key = list.body.split(&format!("{home}/droits/")).filter_map(|part| part.split("/modification").next()).find(|key| key.len() == 26);
    let key = key.unwrap().to_owned();
    let page = claire.get(&format!("{home}/droits/{key}/modification")).await;
    let rev = page.body.split("name=\"draft[rev]\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let change = |mode: &'static str| {
        let mut form = grid(site, &[("draft[grid][rights][dsn]", mode), ("draft[starts]", "2026-11-24")]);
        form.push(("draft[grid][rights][refunds]", "consultation"));
        form
    };
    let mut first = change("consultation");
    first.extend([("draft[key]", key.as_str()), ("draft[rev]", rev.as_str())]);
    let saved = claire.submit("/api/delegation/modify_rights", &first).await;
    assert!(saved.status == StatusCode::OK && saved.has("droits sont modifiés"), "{}", saved.body);
    let mut second = change("none");
    second.extend([("draft[key]", key.as_str()), ("draft[rev]", rev.as_str())]);
    let conflict = claire.submit("/api/delegation/modify_rights", &second).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(conflict.has("Ce qui est enregistré maintenant") && checked(&conflict, "none") == 9, "{}", conflict.body);
}
