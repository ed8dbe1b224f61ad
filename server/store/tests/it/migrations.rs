use crate::support::{memory, now};
use store::MigrationState;

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_migrated_once_and_says_so() {
    let store = memory().await;
    let all = store.migrations().await.unwrap();
    assert!(!all.is_empty());
    assert!(all.iter().all(|migration| migration.state == MigrationState::Applied), "{all:?}");
    assert_eq!(store.migrate(now()).await.unwrap(), Vec::<String>::new());
}
