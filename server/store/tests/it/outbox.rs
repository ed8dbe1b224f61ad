use crate::support::{hours, memory, now, open_account, site_with_code};

/// Nothing waits for anything.
const ALL: store::Gathering<'static> = store::Gathering { kinds: &[], ripe: jiff::Timestamp::UNIX_EPOCH };

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_leased_by_one_worker_tried_again_and_given_up() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    open_account(&store, &site, "code", "claire@exemple.fr", "token").await.unwrap();
    let other = store.another().await.unwrap();
    let (a, b) = tokio::join!(
        store.lease_messages("a", &[store::Channel::Mail], ALL, 10, (hours(1), now())),
        other.lease_messages("b", &[store::Channel::Mail], ALL, 10, (hours(1), now()))
    );
    let leased: Vec<_> = a.unwrap().into_iter().chain(b.unwrap()).collect();
    assert_eq!(leased.len(), 1);
    assert_eq!((leased[0].recipient.as_str(), leased[0].kind.as_str(), leased[0].attempts), ("claire@exemple.fr", "activation", 1));
    assert!(
        store.lease_messages("c", &[store::Channel::Mail], ALL, 10, (hours(2), hours(0))).await.unwrap().is_empty(),
        "leased until its hour"
    );
    let again = store.lease_messages("c", &[store::Channel::Mail], ALL, 10, (hours(2), hours(1))).await.unwrap();
    assert_eq!((again.len(), again[0].attempts), (1, 2), "a dead worker's message comes back");
    store.mark_failed(&again[0].id, "refusé", Some(hours(3))).await.unwrap();
    assert!(store.lease_messages("c", &[store::Channel::Mail], ALL, 10, (hours(9), hours(2))).await.unwrap().is_empty());
    assert_eq!(store.count_messages().await.unwrap().waiting, 1);
    store.mark_failed(&again[0].id, "refusé", None).await.unwrap();
    let counts = store.count_messages().await.unwrap();
    assert_eq!((counts.waiting, counts.dead), (0, 1));
    store.mark_sent(&again[0].id, hours(4)).await.unwrap();
    assert_eq!(store.count_messages().await.unwrap().dead, 0);
}
