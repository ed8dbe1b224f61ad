use crate::support::{add_code, hours, import, line, memory, now, site_with_code};
use store::CodeMatch;

#[tokio::test(flavor = "multi_thread")]
async fn t11_ten_wrong_codes_kill_the_letter_even_for_the_right_code() {
    let store = memory().await;
    let site = site_with_code(&store, "right").await;
    for number in 0..9 {
        assert_eq!(store.try_code(&site, &format!("wrong-{number}"), &crate::support::ulid(), now()).await.unwrap(), CodeMatch::No);
    }
    assert_eq!(
        store.try_code(&site, "right", &crate::support::ulid(), now()).await.unwrap(),
        CodeMatch::Live,
        "nine wrong tries leave it alive"
    );
    assert_eq!(store.try_code(&site, "wrong-10", &crate::support::ulid(), now()).await.unwrap(), CodeMatch::No);
    assert_eq!(store.try_code(&site, "right", &crate::support::ulid(), now()).await.unwrap(), CodeMatch::No);
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_code_lives_ninety_days_and_two_are_live_at_most() {
    let store = memory().await;
    let site = site_with_code(&store, "first").await;
    assert_eq!(store.try_code(&site, "first", &crate::support::ulid(), hours(24 * 90)).await.unwrap(), CodeMatch::No);
    add_code(&store, &site, "second").await;
    assert_eq!(
        store.try_code(&site, "first", &crate::support::ulid(), now()).await.unwrap(),
        CodeMatch::Live,
        "asking for a new one voids nothing"
    );
    add_code(&store, &site, "third").await;
    assert_eq!(store.try_code(&site, "third", &crate::support::ulid(), now()).await.unwrap(), CodeMatch::Live);
    let live = [
        store.try_code(&site, "first", &crate::support::ulid(), now()).await.unwrap(),
        store.try_code(&site, "second", &crate::support::ulid(), now()).await.unwrap(),
    ];
    assert_eq!(live.iter().filter(|code| **code == CodeMatch::Live).count(), 1, "{live:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sites_that_want_letters_are_listed_once_each() {
    let store = memory().await;
    import(&store, vec![line("00123458200011", "6901234B"), line("00123458200029", "6901235B")]).await;
    assert_eq!(store.count_letter_jobs().await.unwrap(), 2);
    let first = store.list_letter_jobs("", 1).await.unwrap();
    let second = store.list_letter_jobs(first[0].site.as_str(), 10).await.unwrap();
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_ne!(first[0].site, second[0].site);
    assert_eq!(first[0].address.lines(), ["1 rue des Grues", "69003 LYON"]);
    add_code(&store, &first[0].site, "x").await;
    assert_eq!(store.count_letter_jobs().await.unwrap(), 1);
    assert_eq!(store.want_letters(&first[0].siret, &crate::support::ulid(), now()).await.unwrap(), store::Desired::Yes);
    assert_eq!(store.count_letter_jobs().await.unwrap(), 2);
}
