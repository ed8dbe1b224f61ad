use crate::support::{Folder, hours, memory, now, open};
use jiff::Timestamp;
use store::{Reservation, Store};

async fn reserve(store: &Store, most: usize, at: Timestamp) -> Reservation {
    store.reserve("account", "k", hours(-24), hours(24), at, move |hits| (hits.len() >= most).then_some(60)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_are_counted_refused_and_forgiven() {
    let store = memory().await;
    for _ in 0..3 {
        assert_eq!(reserve(&store, 3, now()).await, Reservation::Counted);
    }
    assert_eq!(reserve(&store, 3, now()).await, Reservation::Wait(60));
    store.forgive("account", "k").await.unwrap();
    assert_eq!(reserve(&store, 3, now()).await, Reservation::Counted);
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_crowd_at_the_same_moment_gets_no_more_than_the_limit() {
    let folder = Folder::new();
    let store = open(&folder.url()).await;
    let other = store.another().await.unwrap();
    let tasks: Vec<_> = (0..60)
        .map(|number| {
            let store = if number % 2 == 0 { store.clone() } else { other.clone() };
            tokio::spawn(async move { reserve(&store, 10, now()).await })
        })
        .collect();
    let mut counted = 0;
    for task in tasks {
        counted += usize::from(task.await.unwrap() == Reservation::Counted);
    }
    assert!((1..=10).contains(&counted), "{counted} of 60 got through a limit of 10");
}
