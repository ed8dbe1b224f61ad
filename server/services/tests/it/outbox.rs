use crate::support::{account, origin, with_letters};
use jiff::SignedDuration;
use services::testing::{Bench, MemoryMailbox};
use std::sync::atomic::Ordering;

#[tokio::test(flavor = "multi_thread")]
async fn g19_a_mail_server_down_for_a_day_loses_nothing_and_sends_once() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    let mailbox = MemoryMailbox::default();
    mailbox.down.store(true, Ordering::SeqCst);
    for _ in 0..24 * 30 {
        bench.services.deliver_due(mailbox.outlets()).await.unwrap();
        bench.clock.advance(SignedDuration::from_mins(2));
    }
    assert_eq!(bench.services.outbox_counts().await.unwrap().waiting, 1);
    mailbox.down.store(false, Ordering::SeqCst);
    for _ in 0..40 {
        bench.services.deliver_due(mailbox.outlets()).await.unwrap();
        bench.clock.advance(SignedDuration::from_mins(2));
    }
    assert_eq!(mailbox.sent.lock().unwrap().len(), 1);
    assert_eq!(bench.services.outbox_counts().await.unwrap().waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_never_leaves_is_given_up_visibly() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    let mailbox = MemoryMailbox::default();
    mailbox.down.store(true, Ordering::SeqCst);
    for _ in 0..60 {
        bench.services.deliver_due(mailbox.outlets()).await.unwrap();
        bench.clock.advance(SignedDuration::from_hours(1));
    }
    let counts = bench.services.outbox_counts().await.unwrap();
    assert_eq!((counts.waiting, counts.dead), (0, 1));
}
