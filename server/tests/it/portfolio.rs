//! The space of an accounting firm's people through the whole router, as a browser without script uses it.

use crate::portal::{Answer, Browser, Portal};
use crate::rights::{grid, join, site};
use http::{StatusCode, header};

/// Step 1 for a firm on a site.
fn firm<'a>(site: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("draft[site]", site),
        ("draft[who][kind]", "firm"),
        ("draft[who][email]", email),
        ("draft[who][siret]", "00123458200037"),
        ("draft[who][starts]", "2026-11-24"),
    ]
}

const DSN: &[(&str, &str)] = &[("draft[grid][rights][dsn]", "consultation")];
const DOCUMENTS: &[(&str, &str)] = &[("draft[grid][rights][documents]", "update")];

/// Gives a firm rights on a site, through both steps.
async fn hire(giver: &mut Browser, site: &str, email: &str, modes: &[(&str, &str)]) {
    giver.post("/api/delegation/check_beneficiary", &firm(site, email)).await;
    let done = giver.post("/api/delegation/delegate", &grid(site, modes)).await;
    assert_eq!(done.location(), format!("/site/{site}/droits"), "{}", done.body);
}

/// Claire's firm, with one client whose alerts it may read and one whose documents only.
async fn two_clients(portal: &Portal) -> (Browser, Browser, String, String) {
    let letters = portal.letters().await;
    let (mut claire, first) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (mut paul, second) = portal.owner(&letters[1], "paul@exemple.fr").await;
    hire(&mut claire, site(&first), "cabinet@exemple.fr", DSN).await;
    let mut cabinet = join(portal, "cabinet@exemple.fr", "Luc", "Petit").await;
    hire(&mut paul, site(&second), "cabinet@exemple.fr", DOCUMENTS).await;
    let link = crate::rights::invitation(portal, "cabinet@exemple.fr").await;
    cabinet.get(&link).await;
    cabinet.post("/api/delegation/accept_invitation", &[]).await;
    let file = "siret;periode;gravite;code;message\n00123458200011;2026-10;bloquant;C1;a\n00123458200029;2026-10;bloquant;C1;b\n";
    portal.services.import_alerts(file.as_bytes(), false, &|_, _| ()).await.unwrap();
    (claire, cabinet, first, second)
}

fn header_of(answer: &Answer, name: header::HeaderName) -> String {
    answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn s111_one_page_shows_every_client_and_one_click_leads_to_the_right_page_of_the_right_one() {
    let portal = Portal::new().await;
    let (_, mut cabinet, first, second) = two_clients(&portal).await;
    let page = cabinet.get("/portefeuille").await;
    assert_eq!(page.status, StatusCode::OK);
    for said in ["Portefeuille de clients", "Martin Maçonnerie", "Roux Toitures", "octobre 2026", "Cabinet", "Sans fin", "2\u{a0}clients."]
    {
        assert!(page.has(said), "{said}: {}", page.body);
    }
    // A17: the alerts of the client without the right are not there, and its follow-up has no door.
    assert!(page.has(&format!("href=\"{first}/suivi-dsn\"")) && !page.has(&format!("{second}/suivi-dsn")));
    assert_eq!(page.body.matches("1\u{a0}bloquante").count(), 2, "month and total of the first alone");
    for path in [first.clone(), format!("{first}/suivi-dsn"), format!("{first}/droits"), second.clone(), format!("{second}/droits")] {
        assert!(page.has(&format!("href=\"{path}\"")), "{path}");
        assert_eq!(cabinet.get(&path).await.status, StatusCode::OK, "{path}");
    }
    // Inside a client's space the way back is in the head of the page.
    assert!(cabinet.get(&first).await.has("href=\"/portefeuille\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn t33_the_file_is_what_is_shown_and_no_cell_is_a_formula() {
    let portal = Portal::new().await;
    let (_, mut cabinet, ..) = two_clients(&portal).await;
    let members = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\nA100;=Martin \"Fils\";00123458200011;6901234B;@Siège;Claire;Martin;1 rue;;69003;Lyon\n";
    portal.services.import_members(members.as_bytes(), false, &|_, _| ()).await.unwrap();
    let all = cabinet.get("/portefeuille?format=csv").await;
    assert_eq!(all.status, StatusCode::OK);
    assert_eq!(header_of(&all, header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(header_of(&all, header::CONTENT_DISPOSITION), "attachment; filename=\"portefeuille-2026-11-24.csv\"");
    assert_eq!(header_of(&all, header::CACHE_CONTROL), "no-store, private");
    let lines: Vec<&str> = all.body.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}Site;Entreprise;SIRET;Ville;Rôle;Mois DSN;Bloquantes du mois;"), "{}", lines[0]);
    assert_eq!(
        lines[1..],
        [
            "'@Siège;\"'=Martin \"\"Fils\"\"\";00123458200011;Lyon;Cabinet;2026-10;1;0;0;0;1;0;0;0;En cours;;",
            "Roux Toitures;Roux Toitures;00123458200029;Valence;Cabinet;;;;;;;;;;En cours;;",
            "",
        ]
    );
    // T49: filtered and ordered as the page; what may not be seen does not come in by a filter.
    for (query, count) in [("gravite=bloquant", 1), ("recherche=roux", 1), ("recherche=absent", 0), ("favoris=1", 0), ("tri=-site", 2)] {
        let file = cabinet.get(&format!("/portefeuille?{query}&format=csv")).await;
        assert_eq!(file.body.split("\r\n").count() - 2, count, "{query}: {}", file.body);
    }
    assert_eq!(portal.browser().get("/portefeuille?format=csv").await.location(), "/connexion?suite=/portefeuille");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_needs_no_script_and_leads_back_to_the_list_as_it_was() {
    let portal = Portal::new().await;
    let (mut claire, mut cabinet, first, _) = two_clients(&portal).await;
    let star = format!("on:{}", site(&first));
    let form = [("draft[query]", "recherche=martin&tri=-site"), ("draft[star]", star.as_str())];
    let marked = cabinet.post("/api/portfolio/set_favourite", &form).await;
    assert_eq!(marked.location(), "/portefeuille?recherche=martin&tri=-site");
    let page = cabinet.get("/portefeuille?favoris=1").await;
    assert!(page.has("Retirer des favoris") && !page.has("Roux Toitures"), "{}", page.body);
    // A query that is none of ours is not gone back to.
    for trick in ["x\r\nSet-Cookie: a=b", "é", "//evil", "a b", &"a".repeat(2_000)] {
        let answer = cabinet.post("/api/portfolio/set_favourite", &[("draft[query]", trick), ("draft[star]", star.as_str())]).await;
        assert_eq!(answer.location(), "/portefeuille", "{trick:?}");
    }
    // Whose client it is not cannot mark it, nor learn whether it exists.
    let missing = "on:01JD3V9X7ZK4M2N8P6Q5R4S3T2";
    let (theirs, none) = (
        claire.submit("/api/portfolio/set_favourite", &[("draft[star]", star.as_str())]).await,
        claire.submit("/api/portfolio/set_favourite", &[("draft[star]", missing)]).await,
    );
    assert_eq!((theirs.status, &theirs.body), (none.status, &none.body));
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let off = format!("off:{}", site(&first));
    cabinet.post("/api/portfolio/set_favourite", &[("draft[query]", ""), ("draft[star]", off.as_str())]).await;
    assert!(!cabinet.get("/portefeuille").await.has("Retirer des favoris"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t53_t49_what_ended_is_gone_from_page_and_file_in_the_same_session() {
    let portal = Portal::new().await;
    let (mut claire, mut cabinet, first, _) = two_clients(&portal).await;
    let list = claire.get(&format!("{first}/droits")).await;
    let key =
        list.body.split(&format!("href=\"{first}/droits/")).filter_map(|part| part.split('"').next()).find(|key| key.ends_with("/fin"));
    let key = key.unwrap_or_else(|| panic!("{}", list.body)).trim_end_matches("/fin").to_owned();
    claire.post("/api/delegation/end_rights", &[("draft[site]", site(&first)), ("draft[key]", &key), ("draft[firm]", "1")]).await;
    for path in ["/portefeuille", "/portefeuille?format=csv", "/portefeuille?gravite=bloquant", "/portefeuille?recherche=00123458200011"] {
        let answer = cabinet.get(path).await;
        assert!(answer.status == StatusCode::OK && !answer.has("Martin Maçonnerie"), "{path}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_works_for_no_firm_has_an_empty_list_and_lands_where_they_did() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let page = claire.get("/portefeuille").await;
    assert!(page.status == StatusCode::OK && page.has("Aucun client pour l’instant") && !page.has("Martin Maçonnerie"), "{}", page.body);
    assert_eq!(claire.get("/sites").await.location(), home);
    assert!(!claire.get(&home).await.has("href=\"/portefeuille\""));
    assert_eq!(claire.get("/portefeuille/collaborateurs/droits").await.location(), "/portefeuille/collaborateurs");
}

#[tokio::test(flavor = "multi_thread")]
async fn s111_from_the_request_of_an_accountant_to_the_invitation_in_the_employer_s_grid() {
    let portal = Portal::new().await;
    let (mut claire, mut cabinet, first, _) = two_clients(&portal).await;
    // An employer the accountant has no right from: Claire, once the firm's right there is over.
    let list = claire.get(&format!("{first}/droits")).await;
    let key =
        list.body.split(&format!("href=\"{first}/droits/")).filter_map(|part| part.split('"').next()).find(|key| key.ends_with("/fin"));
    let key = key.unwrap().trim_end_matches("/fin").to_owned();
    claire.post("/api/delegation/end_rights", &[("draft[site]", site(&first)), ("draft[key]", &key), ("draft[firm]", "1")]).await;
    portal.mails().await;

    let refused = cabinet
        .submit("/api/portfolio/ask_access", &[("draft[siret]", "1"), ("draft[sirets]", "00123458200012"), ("draft[message]", "Bonjour")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["siret-erreur", "sirets-erreur", "colleges-erreur", "<li class=\"num\">00123458200012</li>", ">\nBonjour</textarea>"] {
        assert!(refused.has(said), "{said}: {}", refused.body);
    }
    let known = [
        ("draft[siret]", "00123458200037"),
        ("draft[sirets]", "siret;nom\r\n00123458200011;Martin\r\n"),
        ("draft[message]", "</textarea><script>alert(1)</script>"),
        ("draft[grid][colleges][]", "etam"),
        ("draft[grid][rights][dsn]", "update"),
    ];
    let mut unknown = known;
    unknown[1].1 = "00123458200045";
    let mut column = known.to_vec();
    column.extend([("draft[column]", "consultation"), ("draft[redraw]", "column")]);
    let drawn = cabinet.submit("/api/portfolio/ask_access", &column).await;
    assert!(drawn.status == StatusCode::OK && drawn.has("00123458200011;Martin") && !drawn.has("<script>alert"), "{}", drawn.body);
    // Neutral: the same answer whether the fund knows the SIRET or not.
    let theirs = cabinet.post("/api/portfolio/ask_access", &known).await;
    assert_eq!(theirs.location(), "/portefeuille/demandes");
    let theirs = cabinet.get("/portefeuille/demandes").await;
    assert!(theirs.has("1\u{a0}demande enregistrée") && !theirs.has("Martin Maçonnerie"), "{}", theirs.body);
    let none = cabinet.submit("/api/portfolio/ask_access", &unknown).await;
    let rows = none.body.matches("En attente de réponse").count();
    assert!(none.has("1\u{a0}demande enregistrée") && rows == 2, "{}", none.body);

    let mails = portal.mails().await;
    assert_eq!(
        mails.iter().map(|mail| (mail.to.as_str(), mail.content.kind())).collect::<Vec<_>>(),
        [("claire@exemple.fr", "access_asked")]
    );
    for path in [first.clone(), format!("{first}/droits")] {
        let page = claire.get(&path).await;
        assert!(page.has("1\u{a0}demande d’accès") && page.has("cabinet@exemple.fr"), "{path}: {}", page.body);
    }
    let home = claire.get(&first).await;
    let request = home.body.split(&format!("href=\"{first}/droits/demande/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = claire.get(&format!("{first}/droits/demande/{request}")).await;
    assert!(
        page.status == StatusCode::OK && page.has("ETAM") && page.has("&lt;script&gt;alert(1)") && page.has("indiqué par cette personne"),
        "{}",
        page.body
    );
    assert_eq!(cabinet.get(&format!("{first}/droits/demande/{request}")).await.status, StatusCode::NOT_FOUND);

    // Accorder: the grid of any delegation, filled in.
    let ids = [("draft[site]", site(&first)), ("draft[key]", request.as_str())];
    assert_eq!(claire.post("/api/portfolio/examine_access", &ids).await.location(), format!("{first}/droits/delegation/droits"));
    let filled = claire.get(&format!("{first}/droits/delegation/droits")).await;
    assert!(filled.has("cabinet@exemple.fr"), "{}", filled.body);
    let radio = filled.body.split("id=\"dsn-update\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(radio.contains("checked"), "{radio}");
    let form = [("draft[site]", site(&first)), ("draft[grid][colleges][]", "etam"), ("draft[grid][rights][dsn]", "update")];
    claire.post("/api/delegation/delegate", &form).await;
    assert!(cabinet.get("/portefeuille/demandes").await.has("Acceptée\u{202f}: invitation envoyée"));
    assert!(!claire.get(&first).await.has("demande d’accès"));
    let gone = claire.submit("/api/portfolio/refuse_access", &ids).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let link = crate::rights::invitation(&portal, "cabinet@exemple.fr").await;
    cabinet.get(&link).await;
    cabinet.post("/api/delegation/accept_invitation", &[]).await;
    assert!(cabinet.get("/portefeuille").await.has("Martin Maçonnerie"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s112_a42_one_collaborator_on_several_clients_with_one_mail_and_one_acceptance() {
    let portal = Portal::new().await;
    let (_, mut cabinet, first, second) = two_clients(&portal).await;
    let (one, two) = (site(&first).to_owned(), site(&second).to_owned());
    let nothing =
        cabinet.submit("/api/handing_on/choose_clients", &[("draft[who][email]", "nina"), ("draft[who][starts]", "2026-11-23")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["href=\"#sites\"", "email-erreur", "starts-erreur"] {
        assert!(nothing.has(said), "{said}: {}", nothing.body);
    }
    let choose = |sites: &[&str]| -> Vec<(&'static str, String)> {
        let mut form: Vec<(&'static str, String)> = sites.iter().map(|site| ("draft[sites][]", (*site).to_owned())).collect();
        form.extend([("draft[who][email]", "nina@exemple.fr".to_owned()), ("draft[who][starts]", "2026-11-24".to_owned())]);
        form
    };
    let post = async |browser: &mut Browser, form: &[(&'static str, String)]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post("/api/handing_on/choose_clients", &form).await
    };
    let chosen = post(&mut cabinet, &choose(&[&one, &two])).await;
    assert_eq!(chosen.location(), "/portefeuille/collaborateurs/droits");
    // S148: nothing is held on both clients, so every mode is out of reach.
    let grid_page = cabinet.get("/portefeuille/collaborateurs/droits").await;
    let dsn = grid_page.body.split("id=\"dsn-consultation\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(grid_page.status == StatusCode::OK && dsn.contains("disabled"), "{dsn}");
    // Sent all the same: each client answers for itself.
    let report = cabinet
        .submit("/api/handing_on/hand_on", &[("draft[grid][colleges][]", "etam"), ("draft[grid][rights][dsn]", "consultation")])
        .await;
    assert!(report.has("Martin Maçonnerie\u{202f}: Invitation envoyée") && report.has("Roux Toitures\u{202f}: Refusé"), "{}", report.body);
    // The other client too, of what is held there; both wait.
    post(&mut cabinet, &choose(&[&two])).await;
    let report = cabinet
        .submit("/api/handing_on/hand_on", &[("draft[grid][colleges][]", "etam"), ("draft[grid][rights][documents]", "consultation")])
        .await;
    assert!(report.has("Roux Toitures\u{202f}: Invitation envoyée") && report.has("En attente d’activation"), "{}", report.body);
    let mails = portal.mails().await;
    let kinds: Vec<_> = mails.iter().map(|mail| (mail.to.as_str(), mail.content.kind())).collect();
    assert_eq!(kinds, [("nina@exemple.fr", "invitation_several"), ("nina@exemple.fr", "invitation_several")], "one a form");
    let ended = cabinet.submit("/api/handing_on/end_several", &[]).await;
    assert_eq!(ended.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = cabinet.get("/portefeuille/collaborateurs").await;
    let lines: Vec<(&str, String)> = page
        .body
        .split("name=\"draft[lines][]\" value=\"")
        .skip(1)
        .map(|part| ("draft[lines][]", part.split('"').next().unwrap().to_owned()))
        .collect();
    assert_eq!(lines.len(), 2, "{}", page.body);
    let form: Vec<(&str, &str)> = lines.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ended = cabinet.submit("/api/handing_on/end_several", &form).await;
    assert_eq!(ended.body.matches("Droits terminés").count(), 2, "{}", ended.body);
    assert!(ended.has("Vous n’avez transmis de droits à personne."));
    // T54: a line of somebody else's is not there.
    let stranger = format!("{one}:01JD3V9X7ZK4M2N8P6Q5R4S3T2");
    let none = cabinet.submit("/api/handing_on/end_several", &[("draft[lines][]", stranger.as_str())]).await;
    assert!(none.has("Refusé"), "{}", none.body);
}
