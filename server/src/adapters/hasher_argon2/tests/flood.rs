//! Many logins at one moment, through the whole router, while the only core is taken: as many wait as the queue holds, the others
//! are told when to come back, and every other page answers.

use super::*;
use crate::world::testing::{Folder, settings};
use crate::world::{Outside, World};
use axum::Router;
use axum::body::Body;
use domain::fund::Fund;
use http::{Request, StatusCode, header};
use services::ServerKey;
use services::testing::{FrozenClock, SeededDice};
use store::{Address, Store};
use tokio::task::JoinSet;
use tower::ServiceExt;

const LOGINS: usize = 500;

async fn portal(hasher: Arc<Argon2Hasher>, folder: &Folder) -> Router {
    let settings = crate::config::Settings { trusted_proxies: vec![[127, 0, 0, 1].into()], ..settings(folder) };
    let store = Store::open(&Address::Memory, None).await.unwrap();
    let outside = Outside { clock: Arc::new(FrozenClock::new()), dice: Arc::new(SeededDice::default()), hasher };
    let world = World::assemble(settings, Fund::default(), store, ServerKey::new([7; 32]), outside).unwrap();
    world.migrate().await.unwrap();
    crate::http::router(Arc::new(world)).unwrap()
}

/// A program's login, so that the answer itself says what became of it. Twenty-five an address: no other limit is met.
async fn login(app: Router, number: usize) -> (StatusCode, Option<String>) {
    let body = format!("draft%5Bemail%5D=inconnu{number}%40exemple.fr&draft%5Bpassword%5D=faux+mot+12");
    let request = Request::post("/api/identity/sign_in")
        .header(header::HOST, "localhost:3000")
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_LENGTH, body.len())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", format!("192.0.2.{}", 1 + number % 20))
        .body(Body::from(body))
        .unwrap();
    let answer = app.oneshot(request).await.unwrap();
    let retry = answer.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned());
    (answer.status(), retry)
}

async fn page(app: &Router, path: &str) -> StatusCode {
    let request = Request::get(path).header(header::HOST, "localhost:3000").body(Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn g13_of_five_hundred_logins_at_once_the_queue_waits_and_the_others_are_told_when() {
    let folder = Folder::new();
    let hasher = hasher(1, Duration::from_mins(10));
    let app = portal(Arc::clone(&hasher), &folder).await;
    let (release, first) = occupy(&hasher);
    until(|| hasher.permits.available_permits() == 0).await;
    let mut logins = JoinSet::new();
    for number in 0..LOGINS {
        logins.spawn(login(app.clone(), number));
    }
    // Whoever waits does so until the core is free: exactly the others come back now.
    for _ in 0..LOGINS - QUEUE {
        let (status, retry) = logins.join_next().await.unwrap().unwrap();
        assert_eq!((status, retry.as_deref()), (StatusCode::SERVICE_UNAVAILABLE, Some("2")));
    }
    until(|| hasher.waiting.load(Ordering::SeqCst) == QUEUE).await;
    assert_eq!(logins.len(), QUEUE);
    for path in ["/connexion", "/ouverture", "/mot-de-passe-oublie", "/sante/pret"] {
        assert_eq!(page(&app, path).await, StatusCode::OK, "{path} meanwhile");
    }
    assert!(hasher.buffers.lock().unwrap().is_empty(), "no memory was taken for those who wait");
    drop(release);
    first.await.unwrap().unwrap();
    while let Some(done) = logins.join_next().await {
        assert_eq!(done.unwrap(), (StatusCode::UNPROCESSABLE_ENTITY, None), "looked at, and wrong");
    }
    until(|| hasher.permits.available_permits() == 1).await;
    assert_eq!(hasher.buffers.lock().unwrap().len(), 1, "one core, one piece of memory");
    assert_eq!(login(app, LOGINS).await, (StatusCode::UNPROCESSABLE_ENTITY, None), "as before");
}
