use super::*;
use crate::adapters::dice_system::SystemDice;

const CHEAP: Cost = Cost { memory: 64, passes: 1, lanes: 1 };

fn hasher(cores: usize, patience: Duration) -> Arc<Argon2Hasher> {
    Arc::new(Argon2Hasher::with(Arc::new(SystemDice), CHEAP, cores, patience))
}

fn password(text: &str) -> Password {
    Password::parse(text).unwrap()
}

/// Holds the only core until the sender goes.
fn occupy(hasher: &Arc<Argon2Hasher>) -> (std::sync::mpsc::Sender<()>, tokio::task::JoinHandle<Result<(), Fault>>) {
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let busy = Arc::clone(hasher);
    let task = tokio::spawn(async move {
        busy.run(move |_| {
            let _ = wait.recv();
        })
        .await
    });
    (release, task)
}

async fn until(what: impl Fn() -> bool) {
    for _ in 0..1000 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("never came");
}

fn is_busy<T>(result: &Result<T, Fault>) -> bool {
    matches!(result, Err(Fault::Refused(Refusal::Busy { retry_after: 2 })))
}

#[tokio::test]
async fn a_password_fits_its_own_hash_only_and_never_the_dummy() {
    let hasher = hasher(1, PATIENCE);
    let stored = hasher.hash(&password("grue Tour 12")).await.unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
    assert_ne!(stored, hasher.hash(&password("grue Tour 12")).await.unwrap(), "the salt is fresh");
    assert!(hasher.verify(&password("grue Tour 12"), Some(&stored)).await.unwrap());
    assert!(!hasher.verify(&password("grue Tour 13"), Some(&stored)).await.unwrap());
    assert!(!hasher.verify(&password("grue Tour 12"), None).await.unwrap());
    assert!(hasher.verify(&password("grue Tour 12"), Some("$2y$10$abc")).await.is_err());
}

#[tokio::test]
async fn hashes_of_another_library_are_understood() {
    // The reference implementation's own example, `echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1`.
    let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    let hasher = hasher(1, PATIENCE);
    assert!(hasher.verify(&Password::attempt("password").unwrap(), Some(stored)).await.unwrap());
}

#[tokio::test]
async fn d16_a_code_and_its_site_always_give_the_same_hash() {
    let hasher = hasher(1, PATIENCE);
    let code = LetterCode::parse("7K2M 9QXD 4TBA").unwrap();
    let hash = hasher.hash_code(&code, &[1; 32]).await.unwrap();
    assert_eq!(hash, hasher.hash_code(&code, &[1; 32]).await.unwrap());
    assert_ne!(hash, hasher.hash_code(&code, &[2; 32]).await.unwrap());
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[tokio::test]
async fn the_thirty_third_in_the_queue_is_told_to_come_back_at_once() {
    let hasher = hasher(1, Duration::from_secs(30));
    let (release, first) = occupy(&hasher);
    until(|| hasher.permits.available_permits() == 0).await;
    let queue: Vec<_> = (0..QUEUE)
        .map(|_| {
            let hasher = Arc::clone(&hasher);
            tokio::spawn(async move { hasher.verify(&password("grue Tour 12"), None).await })
        })
        .collect();
    until(|| hasher.waiting.load(Ordering::SeqCst) == QUEUE).await;
    assert!(is_busy(&hasher.verify(&password("grue Tour 12"), None).await));
    drop(release);
    first.await.unwrap().unwrap();
    for one in queue {
        assert!(!one.await.unwrap().unwrap());
    }
    assert_eq!(hasher.waiting.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn nobody_waits_longer_than_told_and_the_place_is_given_back() {
    let hasher = hasher(1, Duration::from_millis(50));
    let (release, first) = occupy(&hasher);
    until(|| hasher.permits.available_permits() == 0).await;
    assert!(is_busy(&hasher.hash(&password("grue Tour 12")).await));
    assert_eq!(hasher.waiting.load(Ordering::SeqCst), 0);
    drop(release);
    first.await.unwrap().unwrap();
    assert!(hasher.hash(&password("grue Tour 12")).await.is_ok());
}

#[tokio::test]
async fn a_caller_who_goes_away_frees_the_core_only_when_the_work_ends() {
    let hasher = hasher(1, Duration::from_millis(50));
    let (release, first) = occupy(&hasher);
    until(|| hasher.permits.available_permits() == 0).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    assert!(is_busy(&hasher.hash(&password("grue Tour 12")).await), "the work still runs");
    drop(release);
    until(|| hasher.permits.available_permits() == 1).await;
}

#[tokio::test]
async fn memory_is_lent_again_and_holds_nothing() {
    let hasher = hasher(1, PATIENCE);
    for _ in 0..3 {
        hasher.hash(&password("grue Tour 12")).await.unwrap();
    }
    until(|| hasher.permits.available_permits() == 1).await;
    let pool = hasher.buffers.lock().unwrap();
    assert_eq!(pool.len(), 1);
    assert_eq!(pool[0].len(), 64);
    assert!(pool[0].iter().all(|block| AsRef::<[u64]>::as_ref(block).iter().all(|word| *word == 0)));
}

mod flood;
