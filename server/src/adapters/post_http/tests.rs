use super::*;
use crate::world::testing::Folder;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use domain::fund::Fund;
use domain::identity::letter::LetterStatus;
use domain::sites::siret::Siret;
use services::testing::Bench;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

const MEMBERS: &str = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
    A1;Martin Maçonnerie;00123458200011;69012345;;Claire;Martin;3 rue du Tour;;69001;Lyon\n\
    A2;Roux Toitures;00123458200029;69012346;;Paul;Roux;2 rue des Grues;;26000;Valence\n";
const TOKEN: &str = "jeton-de-la-caisse";

/// A print service on this machine: it answers what it is told to, then 201.
#[derive(Default)]
struct Service {
    /// Every request: its key, and the status it got.
    heard: Mutex<Vec<(String, u16)>>,
    answers: Mutex<VecDeque<u16>>,
}

impl Service {
    fn answer(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }

    /// How often each letter was taken.
    fn taken(&self) -> BTreeMap<String, usize> {
        let mut taken = BTreeMap::new();
        for (key, status) in self.heard.lock().unwrap().iter() {
            *taken.entry(key.clone()).or_default() += usize::from((200..300).contains(status));
        }
        taken
    }
}

async fn hear(State(service): State<Arc<Service>>, headers: HeaderMap, body: Bytes) -> (StatusCode, [(&'static str, &'static str); 1]) {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let key = said("idempotency-key");
    assert_eq!(said("authorization"), format!("Bearer {TOKEN}"));
    assert_eq!(said("content-type"), "application/pdf");
    assert_eq!(said("content-disposition"), format!("attachment; filename=\"{key}.pdf\""));
    assert!(body.starts_with(b"%PDF-"));
    let status = service.answers.lock().unwrap().pop_front().unwrap_or(201);
    service.heard.lock().unwrap().push((key, status));
    (StatusCode::from_u16(status).unwrap(), [("location", "/ailleurs")])
}

struct Scene {
    folder: Folder,
    bench: Bench,
    service: Arc<Service>,
    url: Url,
}

impl Scene {
    /// Two sites that wait for letters, and a service that prints them.
    async fn new() -> Self {
        let bench = Bench::new().await;
        bench.services.import_members(MEMBERS.as_bytes(), false, &|_, _| ()).await.unwrap();
        let service = Arc::new(Service::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/lettres", listener.local_addr().unwrap()).parse().unwrap();
        let app = Router::new().route("/lettres", post(hear)).with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { folder: Folder::new(), bench, service, url }
    }

    /// The driver, as after a restart of the portal.
    fn post(&self) -> PostHttp {
        let folder = PostFolder::new(self.folder.path().join("courriers"), Arc::new(Fund::default()), "https://espace.exemple.fr".into());
        PostHttp::new(folder, PrintService { url: self.url.clone(), token: Secret::new(TOKEN.into()) }).unwrap()
    }

    async fn run(&self) -> Result<services::letters::LettersReport, Fault> {
        self.bench.services.make_letters(&self.post(), &|_, _| ()).await
    }

    async fn statuses(&self, siret: &str) -> Vec<LetterStatus> {
        let list = self.bench.services.list_site_letters(&Siret::parse(siret).unwrap()).await.unwrap();
        list.letters.iter().map(|letter| letter.status).collect()
    }

    /// PDF files left on this machine.
    fn pdfs(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries
                .map(|entry| match entry.path() {
                    path if path.is_dir() => count(&path),
                    path => usize::from(path.extension().is_some_and(|ending| ending == "pdf")),
                })
                .sum()
        }
        count(self.folder.path())
    }

    fn manifest(&self, batch: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.path().join("courriers").join(batch).join("manifest.csv")).unwrap();
        let mut sirets: Vec<String> = text.lines().skip(1).map(|line| line.split(';').nth(1).unwrap().to_owned()).collect();
        sirets.sort();
        sirets
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_letter_leaves_once_by_itself_and_nothing_but_the_manifest_stays() {
    let scene = Scene::new().await;
    let report = scene.run().await.unwrap();
    assert_eq!((report.made, report.finished, report.unprintable.len()), (2, 0, 0));
    let taken = scene.service.taken();
    assert_eq!(taken.len(), 4, "two letters a site, each under a key of its own: {taken:?}");
    assert!(taken.values().all(|times| *times == 1));
    assert_eq!(scene.pdfs(), 0, "the codes are on paper only");
    assert_eq!(scene.manifest(&report.batch), ["00123458200011", "00123458200029"]);
    assert_eq!(scene.post().drafts().await.unwrap(), []);
    assert_eq!(scene.statuses("00123458200011").await, [LetterStatus::Posted], "handed over is posted");
}

#[tokio::test(flavor = "multi_thread")]
async fn g19_a_service_that_fails_at_any_letter_is_sent_the_rest_by_the_next_run_under_the_same_keys() {
    for (fails, status) in [(0, 500), (1, 503), (2, 429), (3, 401), (0, 302), (1, 404)] {
        let scene = Scene::new().await;
        let mut answers = vec![201; fails];
        answers.push(status);
        scene.service.answer(&answers);
        let error = scene.run().await.unwrap_err().to_string();
        assert!(error.contains(&status.to_string()) && !error.contains(TOKEN), "{error}");
        let drafts = scene.post().drafts().await.unwrap();
        assert_eq!(drafts.len(), 1, "the pair is still a draft");
        let failed = scene.service.heard.lock().unwrap().last().unwrap().0.clone();
        assert!(failed.starts_with(drafts[0].as_str()));
        assert_eq!(scene.pdfs(), 2 - fails % 2, "what was taken is not kept");

        let report = scene.run().await.unwrap();
        assert_eq!((report.finished, report.made), (1, 1 - fails / 2));
        let taken = scene.service.taken();
        assert_eq!(taken.len(), 4, "no letter got a second key: {taken:?}");
        assert!(taken.contains_key(&failed) && taken.values().all(|times| *times == 1), "{taken:?}");
        assert_eq!((scene.pdfs(), scene.post().drafts().await.unwrap().len()), (0, 0));
        assert_eq!(scene.statuses("00123458200011").await, [LetterStatus::Posted]);
        assert_eq!(scene.statuses("00123458200029").await, [LetterStatus::Posted]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_dies_between_sending_and_noting_sends_nothing_twice() {
    let scene = Scene::new().await;
    scene.service.answer(&[503]);
    scene.run().await.unwrap_err();
    let draft = scene.post().drafts().await.unwrap().remove(0);
    // Sent; then the portal dies before the database knows.
    assert_eq!(scene.post().keep(&draft, "lot").await.unwrap(), Kept::Handed);
    let report = scene.run().await.unwrap();
    assert_eq!((report.finished, report.made), (1, 1));
    assert!(scene.service.taken().values().all(|times| *times == 1), "{:?}", scene.service.taken());
    assert_eq!(scene.manifest(&report.batch).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_refused_for_good_are_taken_back_and_stop_no_other() {
    for status in [400, 413, 422] {
        let scene = Scene::new().await;
        scene.service.answer(&[status]);
        let report = scene.run().await.unwrap();
        assert_eq!((report.made, report.unprintable.len()), (1, 1));
        let (siret, reason) = &report.unprintable[0];
        assert!(reason.contains(&status.to_string()), "{reason}");
        assert_eq!(scene.statuses(siret).await, [LetterStatus::Void], "its code opens nothing");
        assert_eq!((scene.pdfs(), scene.post().drafts().await.unwrap().len()), (0, 0));
        let again = scene.run().await.unwrap();
        assert_eq!((again.made, again.unprintable.len()), (1, 0), "the site was still waiting");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_nobody_answers_for_leaves_the_draft() {
    let scene = Scene::new().await;
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let folder = PostFolder::new(scene.folder.path().join("courriers"), Arc::new(Fund::default()), "https://espace.exemple.fr".into());
    let nobody = PrintService { url: format!("http://{closed}/lettres").parse().unwrap(), token: Secret::new(TOKEN.into()) };
    let post = PostHttp::new(folder, nobody).unwrap();
    assert!(scene.bench.services.make_letters(&post, &|_, _| ()).await.is_err());
    assert_eq!(post.drafts().await.unwrap().len(), 1);
    assert_eq!(scene.run().await.unwrap().finished, 1);
}

#[test]
fn the_token_is_never_shown() {
    let service = PrintService { url: "https://poste.exemple.fr/lettres".parse().unwrap(), token: Secret::new(TOKEN.into()) };
    assert!(!format!("{service:?}").contains(TOKEN));
}
