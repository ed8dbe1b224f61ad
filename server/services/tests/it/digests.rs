//! Mails about rights that come in bulk leave as one, and as often as their recipient wants; security mails always leave.

use crate::support::{PASSWORD, account, enter, grid, join, links, origin, who, with_letters};
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::RightsDraft;
use domain::id::SiteId;
use jiff::SignedDuration;
use services::ports::{MailContent, OutgoingMail};
use services::testing::{Bench, MemoryMailbox};
use services::{Change, Rhythm, Rules, Visit};
use std::sync::atomic::Ordering;

const MINUTES: SignedDuration = SignedDuration::from_mins(10);

/// Claire administers two sites, Paul has rights on both; mails about rights wait ten minutes for one another.
async fn two_sites() -> (Bench, Visit, Visit, Vec<SiteId>) {
    let mut bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    let link = links(&bench).await.pop().unwrap();
    bench.services.activate(&link).await.unwrap();
    let second = bench.services.prove_letters(&letters[1], &origin()).await.unwrap();
    bench.services.associate(&second, "claire@exemple.fr").await.unwrap();
    let claire = enter(&bench, PASSWORD).await;
    let mut sites: Vec<SiteId> = claire.session.actor.delegations.iter().map(|own| own.site.clone()).collect();
    sites.sort();
    give(&bench, &claire, &sites[0], "paul@exemple.fr").await;
    let paul = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    give(&bench, &claire, &sites[1], "paul@exemple.fr").await;
    let link = crate::support::invitation(&bench, "paul@exemple.fr").await;
    bench.services.accept_invitation(&paul, &link, &origin()).await.unwrap();
    deliver(&bench).await;
    bench.services = bench.services.clone().with_rules(Rules { gathering: MINUTES, ..Rules::default() });
    (bench, claire, paul, sites)
}

async fn give(bench: &Bench, claire: &Visit, site: &SiteId, email: &str) {
    bench.services.delegate(claire, site, &who(email), &grid("dsn:update"), None, &origin()).await.unwrap();
}

/// Sends what is due.
async fn deliver(bench: &Bench) -> Vec<OutgoingMail> {
    let mailbox = MemoryMailbox::default();
    while bench.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
    mailbox.sent.into_inner().unwrap()
}

async fn end(bench: &Bench, claire: &Visit, site: &SiteId) {
    let lines = bench.services.beneficiaries(claire, site).await.unwrap();
    let open = lines.into_iter().find(|line| line.email == "paul@exemple.fr" && line.status.is_open()).unwrap();
    bench.services.end_rights(claire, site, &open.key, Act::Close, None, &origin()).await.unwrap();
}

async fn change(bench: &Bench, claire: &Visit, site: &SiteId, rights: &RightsDraft) {
    let lines = bench.services.beneficiaries(claire, site).await.unwrap();
    let open = lines.into_iter().find(|line| line.email == "paul@exemple.fr" && line.status.is_open()).unwrap();
    let rev = bench.services.beneficiary(claire, site, &open.key).await.unwrap().rev;
    let change = Change { key: &open.key, rev, starts: "2026-11-24", ends: "", rights };
    bench.services.modify_rights(claire, site, &change, None, &origin()).await.unwrap();
}

/// The sites a mail speaks of.
fn spoken(mail: &OutgoingMail) -> Vec<String> {
    match &mail.content {
        MailContent::RightsDigest { items, .. } => items.iter().flat_map(site_of).collect(),
        other => site_of(other).into_iter().collect(),
    }
}

fn site_of(content: &MailContent) -> Option<String> {
    match content {
        MailContent::RightsClosed { site, .. } | MailContent::RightsModified { site, .. } => Some(site.clone()),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_of_the_same_ten_minutes_leave_as_one_that_lists_them() {
    let (bench, claire, _, sites) = two_sites().await;
    end(&bench, &claire, &sites[0]).await;
    bench.clock.advance(SignedDuration::from_mins(9));
    end(&bench, &claire, &sites[1]).await;
    assert_eq!(deliver(&bench).await, [], "they wait for one another");
    bench.clock.advance(SignedDuration::from_mins(1));
    let sent = deliver(&bench).await;
    let [mail] = sent.as_slice() else { panic!("one mail: {sent:?}") };
    assert_eq!((mail.to.as_str(), mail.content.kind()), ("paul@exemple.fr", "rights_digest"));
    let mut sites = spoken(mail);
    sites.sort();
    assert_eq!(sites, ["Martin Maçonnerie", "Martin Sud"]);
    bench.clock.advance(MINUTES);
    assert_eq!(deliver(&bench).await, [], "once");
    assert_eq!(bench.services.outbox_counts().await.unwrap().waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_alone_leaves_as_it_is_and_other_mails_do_not_wait() {
    let (bench, claire, _, sites) = two_sites().await;
    end(&bench, &claire, &sites[0]).await;
    give(&bench, &claire, &sites[0], "zoe@exemple.fr").await;
    let sent = deliver(&bench).await;
    assert_eq!(sent.iter().map(|mail| mail.content.kind()).collect::<Vec<_>>(), ["invitation"], "an invitation waits for nothing");
    bench.clock.advance(MINUTES);
    let sent = deliver(&bench).await;
    assert_eq!(sent.iter().map(|mail| mail.content.kind()).collect::<Vec<_>>(), ["rights_closed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_between_gathering_and_sending_loses_nothing_and_doubles_at_most_once_under_one_id() {
    let (bench, claire, paul, sites) = two_sites().await;
    end(&bench, &claire, &sites[0]).await;
    end(&bench, &claire, &sites[1]).await;
    bench.clock.advance(MINUTES);
    let mailbox = MemoryMailbox::default();
    // Dies once it is settled what leaves together, before anything is sent.
    bench.store().break_scripts(Some("SELECT * FROM outbox WHERE digest"));
    assert!(bench.services.deliver_due(mailbox.outlets()).await.is_err());
    assert!(mailbox.sent.lock().unwrap().is_empty());
    // What happens meanwhile does not join what is settled.
    bench.store().break_scripts(None);
    give(&bench, &claire, &sites[0], "paul@exemple.fr").await;
    let link = crate::support::invitation(&bench, "paul@exemple.fr").await;
    bench.services.accept_invitation(&paul, &link, &origin()).await.unwrap();
    change(&bench, &claire, &sites[0], &grid("documents:update")).await;
    bench.clock.advance(SignedDuration::from_mins(2));
    // Dies after it was sent, before that is noted.
    bench.store().break_scripts(Some("state = 'sent'"));
    assert!(bench.services.deliver_due(mailbox.outlets()).await.is_err());
    bench.store().break_scripts(None);
    bench.clock.advance(SignedDuration::from_mins(2));
    while bench.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
    bench.clock.advance(SignedDuration::from_mins(30));
    while bench.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
    let sent = mailbox.sent.into_inner().unwrap();
    let of_paul: Vec<&OutgoingMail> = sent.iter().filter(|mail| mail.to == "paul@exemple.fr").collect();
    let kinds: Vec<&str> = of_paul.iter().map(|mail| mail.content.kind()).collect();
    assert_eq!(kinds, ["rights_digest", "rights_digest", "rights_modified"], "at most twice, and what came later by itself");
    let digests = of_paul;
    assert_eq!((&digests[0].id, &digests[0].content), (&digests[1].id, &digests[1].content));
    assert_eq!(spoken(digests[0]).len(), 2);
    assert_eq!(bench.services.outbox_counts().await.unwrap().waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn g19_a_mail_server_that_is_down_gets_the_same_digest_later() {
    let (bench, claire, _, sites) = two_sites().await;
    end(&bench, &claire, &sites[0]).await;
    end(&bench, &claire, &sites[1]).await;
    bench.clock.advance(MINUTES);
    let mailbox = MemoryMailbox::default();
    mailbox.down.store(true, Ordering::SeqCst);
    for _ in 0..30 {
        bench.services.deliver_due(mailbox.outlets()).await.unwrap();
        bench.clock.advance(SignedDuration::from_mins(2));
    }
    mailbox.down.store(false, Ordering::SeqCst);
    bench.clock.advance(SignedDuration::from_hours(2));
    let (one, other) = (bench.services.clone(), bench.another().await);
    let (a, b) = tokio::join!(one.deliver_due(mailbox.outlets()), other.deliver_due(mailbox.outlets()));
    assert_eq!(a.unwrap() + b.unwrap(), 1);
    let sent = mailbox.sent.into_inner().unwrap();
    assert_eq!(sent.len(), 1);
    assert_eq!(spoken(&sent[0]).len(), 2);
    assert_eq!(bench.services.outbox_counts().await.unwrap().waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_chooses_for_each_site_and_security_mails_ask_nobody() {
    let (bench, claire, paul, sites) = two_sites().await;
    let listed = bench.services.notifications(&paul).await.unwrap();
    assert_eq!(listed.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Martin Maçonnerie", "Martin Sud"]);
    assert!(listed.iter().all(|line| line.rhythm == Rhythm::Once));
    // One a day for the first, none for the second; what is no site of theirs and no rhythm is left out.
    let elsewhere = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";
    let typed = [(sites[0].as_str(), "daily"), (sites[1].as_str(), "never"), (elsewhere, "never")];
    bench.services.save_notifications(&paul, typed, &origin()).await.unwrap();
    bench.services.save_notifications(&paul, [(sites[0].as_str(), "sometimes")], &origin()).await.unwrap();
    let chosen: Vec<(SiteId, Rhythm)> =
        bench.services.notifications(&paul).await.unwrap().into_iter().map(|line| (line.site, line.rhythm)).collect();
    assert!(chosen.contains(&(sites[0].clone(), Rhythm::Daily)) && chosen.contains(&(sites[1].clone(), Rhythm::Never)), "{chosen:?}");
    assert_eq!(bench.store().count_rows("notification").await.unwrap(), 2);

    for rights in ["documents:update", "refunds:update"] {
        change(&bench, &claire, &sites[0], &grid(rights)).await;
        change(&bench, &claire, &sites[1], &grid(rights)).await;
    }
    // 24 November, 11:00 in Paris: nothing before the next morning at seven.
    bench.clock.advance(SignedDuration::from_mins(20 * 60 - 1));
    assert_eq!(deliver(&bench).await, []);
    bench.clock.advance(SignedDuration::from_mins(1));
    let sent = deliver(&bench).await;
    let [mail] = sent.as_slice() else { panic!("one mail a day: {sent:?}") };
    let first = &listed.iter().find(|line| line.site == sites[0]).unwrap().name;
    assert_eq!(spoken(mail), [first.as_str(), first.as_str()], "of the first site only, both events");
    assert_eq!(bench.services.outbox_counts().await.unwrap().waiting, 0, "what nobody wants is not kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn t60_whoever_wants_no_mail_is_told_of_a_new_administrator_at_once() {
    let (bench, claire, _, sites) = two_sites().await;
    let typed = sites.iter().map(|site| (site.as_str(), "never"));
    bench.services.save_notifications(&claire, typed, &origin()).await.unwrap();
    let administrator = RightsDraft { administrator: "on".into(), ..grid("") };
    bench.services.delegate(&claire, &sites[0], &who("zoe@exemple.fr"), &administrator, None, &origin()).await.unwrap();
    join(&bench, "zoe@exemple.fr", "Zoé", "Blanc").await;
    let sent: Vec<_> = deliver(&bench).await.into_iter().map(|mail| (mail.to, mail.content.kind())).collect();
    assert!(sent.contains(&("claire@exemple.fr".to_owned(), "administrator_added")), "{sent:?}");
}
