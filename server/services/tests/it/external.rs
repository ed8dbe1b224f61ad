use crate::second_factor::{app, with_phone};
use crate::support::{account, login, mails, origin, refusal, with_claire, with_letters};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::ports::{FactorChange, MailContent};
use services::testing::Bench;
use services::{Arrival, Entered, External, Origin, Scope, SignedIn, Visit};

const ISSUER: &str = "https://fournisseur.exemple.fr/api/v2";

fn known_as(subject: &str) -> External {
    External { issuer: ISSUER.into(), subject: subject.into(), token: Some("jeton.du.fournisseur".into()) }
}

async fn arrive(bench: &Bench, external: &External) -> Option<SignedIn> {
    match bench.services.sign_in_external(external, "", &origin()).await.unwrap() {
        Arrival::Known(entered) => entered.signed_in(),
        Arrival::Unknown => None,
    }
}

async fn visit(bench: &Bench, signed_in: &SignedIn) -> Visit {
    bench.services.visit(&signed_in.session.0, Scope::Person).await.unwrap().unwrap()
}

async fn changes(bench: &Bench) -> Vec<FactorChange> {
    let mails = mails(bench).await;
    mails
        .into_iter()
        .filter_map(|mail| match mail.content {
            MailContent::FactorChanged { change, .. } => Some(change),
            _ => None,
        })
        .collect()
}

fn password(text: &str) -> domain::identity::password::Password {
    domain::identity::password::Password::attempt(text).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_provider_proves_says_once_which_account_is_theirs() {
    let bench = with_claire().await;
    let claire = known_as("sub-claire");
    assert!(arrive(&bench, &claire).await.is_none(), "nobody is found by anything but the subject");
    assert_eq!(refusal(bench.services.link_external(&claire, &login("faux"), "", &origin()).await), Refusal::WrongCredentials);
    assert!(arrive(&bench, &claire).await.is_none());
    bench.services.link_external(&claire, &login("grue Tour 12"), "", &origin()).await.unwrap();
    assert_eq!(changes(&bench).await, [FactorChange::ExternalAdded], "T60");

    let signed_in = arrive(&bench, &claire).await.expect("from now on the provider is enough");
    assert_eq!(visit(&bench, &signed_in).await.session.email, "claire@exemple.fr");
    for other in [
        known_as("sub-Claire"),
        known_as("sub-claire "),
        External { issuer: "https://autre.exemple.fr".into(), ..claire.clone() },
        External { issuer: format!("{ISSUER}\nsub"), subject: "claire".into(), token: None },
    ] {
        assert!(arrive(&bench, &other).await.is_none(), "{other:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_the_page_that_links_spends_the_tries_of_the_login() {
    let bench = with_claire().await;
    for _ in 0..5 {
        refusal(bench.services.link_external(&known_as("x"), &login("faux"), "", &origin()).await);
    }
    assert!(matches!(refusal(bench.services.sign_in(&login("grue Tour 12"), &origin()).await), Refusal::TooMany { .. }));
    let right = bench.services.link_external(&known_as("x"), &login("grue Tour 12"), "", &origin()).await;
    assert!(matches!(refusal(right), Refusal::TooMany { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_opens_no_account_that_a_password_would_not_open() {
    let bench = with_claire().await;
    let claire = known_as("sub-claire");
    bench.services.link_external(&claire, &login("grue Tour 12"), "", &origin()).await.unwrap();
    bench.clock.advance(SignedDuration::from_hours(24 * 183));
    assert_eq!(refusal(bench.services.sign_in_external(&claire, "", &origin()).await), Refusal::Uncertified, "A11");
    assert_eq!(refusal(bench.services.link_external(&known_as("b"), &login("grue Tour 12"), "", &origin()).await), Refusal::Uncertified);

    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    let sleeping = bench.services.link_external(&claire, &login("grue Tour 12"), "", &origin()).await;
    assert_eq!(refusal(sleeping), Refusal::NotActivated, "D11");
    assert!(arrive(&bench, &claire).await.is_none(), "nothing was linked");
}

#[tokio::test(flavor = "multi_thread")]
async fn t16_a_session_opened_by_a_provider_knows_no_recent_password() {
    let bench = with_claire().await;
    let claire = known_as("sub-claire");
    let linked = bench.services.link_external(&claire, &login("grue Tour 12"), "", &origin()).await.unwrap().signed_in().unwrap();
    let by_provider = arrive(&bench, &claire).await.unwrap();
    mails(&bench).await;
    for signed_in in [&linked, &by_provider] {
        assert!(bench.services.needs_password(&visit(&bench, signed_in).await));
    }
    let here = visit(&bench, &by_provider).await;
    let id = bench.services.external_logins(&here).await.unwrap()[0].id.clone();
    assert_eq!(refusal(bench.services.unlink_external(&here, &id, None, &origin()).await), Refusal::StepUp);
    let wrong = bench.services.unlink_external(&here, &id, Some(&password("faux")), &origin()).await;
    assert!(matches!(refusal(wrong), Refusal::Invalid(_)));
    assert!(arrive(&bench, &claire).await.is_some(), "nothing was taken away");
    let here = visit(&bench, &by_provider).await;
    let renewed = bench.services.unlink_external(&here, &id, Some(&password("grue Tour 12")), &origin()).await.unwrap();
    assert!(renewed.is_some(), "T17: a new secret with the password");
    assert_eq!(changes(&bench).await, [FactorChange::ExternalRemoved], "T60");
    assert!(arrive(&bench, &claire).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_logged_in_links_with_a_recent_password() {
    let bench = with_claire().await;
    let signed_in = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap();
    bench.clock.advance(SignedDuration::from_mins(16));
    let (claire, here) = (known_as("sub-claire"), visit(&bench, &signed_in).await);
    assert_eq!(refusal(bench.services.link_own_external(&claire, &here, None, &origin()).await), Refusal::StepUp);
    let renewed = bench.services.link_own_external(&claire, &here, Some(&password("grue Tour 12")), &origin()).await.unwrap();
    let cookie = renewed.unwrap().0;
    let here = bench.services.visit(&cookie, Scope::Person).await.unwrap().unwrap();
    assert!(bench.services.is_own_external(&claire, &here).await.unwrap());
    assert!(!bench.services.is_own_external(&known_as("b"), &here).await.unwrap());
    bench.services.link_own_external(&known_as("b"), &here, None, &origin()).await.expect("the password was just given");
    bench.services.sign_out(&cookie).await.unwrap();
    let ended = bench.services.link_own_external(&known_as("c"), &here, None, &origin()).await;
    assert_eq!(refusal(ended), Refusal::SignedOut, "T19");
    assert!(arrive(&bench, &known_as("c")).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_s_token_comes_back_at_the_end_of_its_session_and_of_no_other() {
    let bench = with_claire().await;
    let claire = known_as("sub-claire");
    let linked = bench.services.link_external(&claire, &login("grue Tour 12"), "", &origin()).await.unwrap().signed_in().unwrap();
    assert_eq!(bench.services.sign_out(&linked.session.0).await.unwrap().as_deref(), Some("jeton.du.fournisseur"));
    assert_eq!(bench.services.sign_out(&linked.session.0).await.unwrap(), None, "once");
    let by_password = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap();
    assert_eq!(bench.services.sign_out(&by_password.session.0).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn t17_a_login_by_a_provider_ends_the_session_before_it_and_says_so_to_new_browsers() {
    let bench = with_claire().await;
    let claire = known_as("sub-claire");
    let first = bench.services.link_external(&claire, &login("grue Tour 12"), "", &origin()).await.unwrap().signed_in().unwrap();
    mails(&bench).await;
    let here = Origin { session: Some(first.session.0.clone()), ..origin() };
    bench.services.sign_in_external(&claire, "", &here).await.unwrap();
    assert!(bench.services.visit(&first.session.0, Scope::Person).await.unwrap().is_none());
    let news = mails(&bench).await;
    assert!(news.iter().any(|mail| matches!(mail.content, MailContent::NewDevice { .. })), "T60: a browser nobody knew");
    let known = Origin { device: Some(first.device.clone()), ..origin() };
    bench.services.sign_in_external(&claire, "", &known).await.unwrap();
    assert!(mails(&bench).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn returns_are_counted_by_address_and_looked_at_once() {
    let bench = Bench::new().await;
    bench.services.admit_return("one", &origin()).await.unwrap();
    assert_eq!(refusal(bench.services.admit_return("one", &origin()).await), Refusal::ProviderFailed);
    for number in 0..98 {
        bench.services.admit_return(&format!("n{number}"), &origin()).await.unwrap();
    }
    assert!(matches!(refusal(bench.services.admit_return("last", &origin()).await), Refusal::TooMany { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_stands_for_the_password_and_never_for_the_second_factor() {
    let (bench, _, phone, _) = with_phone().await;
    let claire = known_as("sub-claire");
    let linked = bench.services.link_external(&claire, &login("grue Tour 12"), "", &origin()).await.unwrap();
    assert!(matches!(linked, Entered::Second(_)), "linked, and asked for a code");
    let arrived = bench.services.sign_in_external(&claire, "", &origin()).await.unwrap();
    let Arrival::Known(Entered::Second(pending)) = arrived else { panic!("let in without a code") };
    let signed_in = bench.services.sign_in_second(&pending, &app(&phone.shows(&bench, 1)), &origin()).await.unwrap();
    assert_eq!(visit(&bench, &signed_in).await.session.email, "claire@exemple.fr");
}
