//! The list of beneficiaries as a browser without script has it: its address says everything; its files are what it shows.

use crate::portal::{Answer, Browser, Portal};
use crate::rights::{give, grid, join, site};
use http::{StatusCode, header};
use jiff::civil::date;

const TODAY: jiff::civil::Date = date(2026, 11, 24);
const DSN: [(&str, &str); 1] = [("draft[grid][rights][dsn]", "update")];

/// Claire's portal, her browser, her home, and so many others in her list.
async fn crowd(many: usize) -> (Portal, Browser, String) {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    portal.services.store().load_lines(&site(&home).parse().unwrap(), many, TODAY).await.unwrap();
    (portal, claire, home)
}

/// The addresses of links with this text in them.
fn links(page: &Answer, text: &str) -> Vec<String> {
    let anchors = page.body.split("<a ").skip(1).filter(|anchor| anchor.split("</a>").next().unwrap().contains(text));
    anchors.map(|anchor| anchor.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")).collect()
}

fn link(page: &Answer, text: &str) -> String {
    links(page, text).into_iter().next().unwrap_or_else(|| panic!("no link {text}: {}", page.body))
}

fn rows(page: &Answer) -> usize {
    page.body.matches("<th scope=\"row\"").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn s115_s117_s122_s124_a27_the_list_its_arrows_its_pages_and_its_chips() {
    let (_portal, mut claire, home) = crowd(60).await;
    let list = format!("{home}/droits");
    let page = claire.get(&list).await;
    assert_eq!((page.status, rows(&page)), (StatusCode::OK, 5), "{}", page.body);
    assert!(page.has("aria-sort=\"ascending\"") && page.body.matches("aria-sort=").count() == 1, "{}", page.body);
    for chip in ["Actif", "En attente d’activation", "À venir"] {
        assert_eq!(links(&page, &format!("Retirer le filtre </span>{chip}")).len(), 1, "{chip}: {}", page.body);
    }
    assert!(!page.has("Première") && page.has("Suivante") && page.has("Dernière"));
    assert_eq!(link(&page, "Nom et prénom"), format!("{list}?tri=-nom"), "{}", page.body);
    assert_eq!(link(&page, "Date de fin"), format!("{list}?tri=fin"));
    // A27: the others are counted, and a link shows them too.
    let others = link(&page, "Fermé (");
    assert_eq!(others, format!("{list}?statut=actif&statut=en_attente&statut=a_venir&statut=ferme"));
    let shown = claire.get(&others).await;
    assert!(!links(&shown, "Retirer le filtre </span>Fermé").is_empty() && links(&shown, "Fermé (").is_empty());
    // From page to page and back.
    let second = claire.get(&link(&page, "Suivante")).await;
    assert!(rows(&second) == 5 && second.has("Première") && second.has("Précédente"));
    let back = claire.get(&link(&second, "Précédente")).await;
    let titles = |page: &Answer| {
        page.body.split("<th scope=\"row\">").skip(1).map(|row| row.split("</a>").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&back), titles(&page));
    let last = claire.get(&link(&page, "Dernière")).await;
    assert!(rows(&last) == 5 && !last.has("Suivante") && last.has("Précédente"));
    let descending = claire.get(&format!("{list}?tri=-nom")).await;
    let mut reversed = titles(&last);
    reversed.reverse();
    assert_eq!(titles(&descending), reversed);
    assert!(descending.has("aria-sort=\"descending\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn s118_s121_what_the_form_of_filters_sends_is_what_it_shows_again() {
    let (_portal, mut claire, home) = crowd(60).await;
    let sent = "role=cabinet&role=utilisateur&statut=actif&statut=expire&effet=2026-09-01&fin=2026-12-31&sans_fin=1&tri=-effet&lignes=20";
    let page = claire.get(&format!("{home}/droits?{sent}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let form = page.body.split("<form").find(|form| form.contains("name=\"effet\"")).unwrap();
    let checked: Vec<&str> = form
        .split("<input")
        .skip(1)
        .map(|input| input.split('>').next().unwrap())
        .filter(|input| input.contains("checked"))
        .map(|input| input.split("value=\"").nth(1).unwrap().split('"').next().unwrap())
        .collect();
    assert_eq!(checked, ["cabinet", "utilisateur", "actif", "expire", "1"], "{form}");
    assert!(form.contains("value=\"2026-09-01\"") && form.contains("value=\"2026-12-31\""), "{form}");
    assert!(form.contains("name=\"lignes\" value=\"20\""), "{form}");
    assert!(form.contains("<option value=\"-effet\" selected"), "{form}");
    let every = "role=administrateur_entreprise&role=administrateur&role=cabinet&role=utilisateur";
    let whole = claire.get(&format!("{home}/droits?{every}")).await;
    assert!(links(&whole, "Retirer le filtre </span>Utilisateur").is_empty(), "every box ticked leaves nothing out");
    let nothing = claire.get(&format!("{home}/droits?statut=ferme&effet=2199-01-01")).await;
    assert!(nothing.has("Aucun bénéficiaire ne correspond") && rows(&nothing) == 0, "{}", nothing.body);
    assert_eq!(link(&nothing, "Retirer les filtres"), format!("{home}/droits?lignes=20"), "the number of lines stays");
    assert_eq!(rows(&claire.get(&format!("{home}/droits?lignes=99999999")).await), 5);
    for junk in ["role=%3Cscript%3E", "effet=hier", "apres=%2e%2e", "tri=--nom", "apres=forge"] {
        assert_eq!(rows(&claire.get(&format!("{home}/droits?{junk}")).await), 20, "{junk}: as the browser had it before");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s123_a29_the_number_of_lines_is_kept_for_the_person_s_browser() {
    let (_portal, mut claire, home) = crowd(60).await;
    let list = format!("{home}/droits");
    let page = claire.get(&list).await;
    let sizes: Vec<&str> =
        page.body.split("id=\"lignes\"").nth(1).unwrap().split("</select>").next().unwrap().split("value=\"").skip(1).collect();
    assert_eq!(sizes.iter().map(|option| option.split('"').next().unwrap()).collect::<Vec<_>>(), ["5", "10", "20", "50"]);
    assert_eq!(rows(&claire.get(&format!("{list}?lignes=20")).await), 20);
    assert_eq!(rows(&claire.get(&list).await), 20, "without saying so again");
    assert_eq!(rows(&claire.get(&format!("{list}?statut=tous&tri=fin")).await), 20);
    assert_eq!(rows(&claire.get(&format!("{list}?lignes=7")).await), 5, "none that is offered");
    claire.post("/api/display/set", &[("theme", "sombre"), ("large", "")]).await;
    claire.get(&format!("{list}?lignes=10")).await;
    let page = claire.get(&list).await;
    assert!(rows(&page) == 10 && page.has("data-theme=\"dark\""), "one cookie, neither forgets the other");
}

#[tokio::test(flavor = "multi_thread")]
async fn s113_s114_each_action_says_what_it_does_and_to_whom() {
    let (portal, mut claire, home) = crowd(0).await;
    let site = site(&home);
    give(&mut claire, site, "paul@exemple.fr", &DSN).await;
    join(&portal, "paul@exemple.fr", "Paul", "Girard").await;
    let page = claire.get(&format!("{home}/droits")).await;
    for action in ["Voir", "Modifier", "Fermer"] {
        assert_eq!(page.body.matches(&format!("{action}\u{202f}: Girard Paul")).count(), 1, "{action}: {}", page.body);
    }
    assert!(!page.has("Modifier\u{202f}: Martin Claire") && page.has("Martin Claire</a> (vous)"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn t33_the_files_hold_what_the_list_shows() {
    let (_portal, mut claire, home) = crowd(60).await;
    let page = claire.get(&format!("{home}/droits?statut=ferme&tri=-nom")).await;
    let path = link(&page, "Exporter en CSV");
    assert_eq!(path, format!("{home}/droits/liste.csv?statut=ferme&tri=-nom"));
    let file = claire.get(&path).await;
    let head = |name: header::HeaderName| file.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default();
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(head(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(head(header::CONTENT_DISPOSITION), "attachment; filename=\"beneficiaires-2026-11-24.csv\"");
    assert_eq!((head(header::CACHE_CONTROL), head(header::X_CONTENT_TYPE_OPTIONS)), ("no-store, private", "nosniff"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').split_terminator("\r\n").collect();
    assert_eq!(lines[0], "Nom;Prénom;Adresse mail;Rôle;Statut;Date d’effet;Date de fin");
    assert!(lines.len() > 3 && lines[1..].iter().all(|line| line.contains(";Fermé;")), "{}", file.body);
    assert!(page.has(&format!("sur {}", lines.len() - 1)), "{} {}", lines.len(), page.body);
    let book = claire.get(&link(&page, "Exporter en XLSX")).await;
    assert!(book.status == StatusCode::OK && book.body.starts_with("PK"));
    assert_eq!(claire.get(&format!("{home}/droits/liste.pdf")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn t48_t49_a_file_is_its_reader_s_list_and_nobody_else_s() {
    let (portal, mut claire, home) = crowd(20).await;
    let site = site(&home);
    let file = format!("{home}/droits/liste.csv?statut=tous");
    let mut stranger = portal.browser();
    assert_eq!(stranger.get(&file).await.location(), format!("/connexion?suite={home}/droits"));
    // A firm has its own list: no line, no count, no size of the company's.
    let firm = [
        ("draft[site]", site),
        ("draft[who][kind]", "firm"),
        ("draft[who][email]", "cabinet@exemple.fr"),
        ("draft[who][siret]", "00123458200037"),
        ("draft[who][starts]", "2026-11-24"),
    ];
    claire.post("/api/delegation/check_beneficiary", &firm).await;
    claire.submit("/api/delegation/delegate", &grid(site, &DSN)).await;
    let mut cabinet = join(&portal, "cabinet@exemple.fr", "Luc", "Petit").await;
    let page = cabinet.get(&format!("{home}/droits")).await;
    assert!(page.status == StatusCode::OK && page.has("encore donné de droits à personne"), "{}", page.body);
    assert!(!page.has("personne.") && !page.has("Martin Claire") && !page.has("bénéficiaires sur"), "{}", page.body);
    give(&mut cabinet, site, "nina@exemple.fr", &DSN).await;
    let theirs = cabinet.get(&file).await;
    assert_eq!(theirs.body.matches("\r\n").count(), 2, "{}", theirs.body);
    assert!(theirs.has("nina@exemple.fr") && theirs.has("Collaborateur") && !theirs.has("personne."));
    assert!(!claire.get(&file).await.has("nina@exemple.fr"), "what a firm hands on is in its list");
    // A user gives nothing: no list, no file.
    give(&mut claire, site, "paul@exemple.fr", &DSN).await;
    let mut paul = join(&portal, "paul@exemple.fr", "Paul", "Girard").await;
    let missing = paul.get("/site/01JD3V9X7ZK4M2N8P6Q5R4S3T2/droits/liste.csv").await;
    for path in [&file, "/site/x/droits/liste.csv"] {
        let answer = paul.get(path).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::NOT_FOUND, &missing.body), "{path}");
    }
}
