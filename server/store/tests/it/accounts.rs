use crate::support::{Folder, add_code, hours, import, line, memory, now, open, open_account, site_with_code, ulid};
use domain::id::SiteId;
use domain::sites::siret::Siret;
use store::{AccountState, CodeMatch, Consumed, Opened, Purpose, Store};

#[tokio::test(flavor = "multi_thread")]
async fn opening_activating_and_finding_an_account() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    assert_eq!(store.try_code(&site, "code", &crate::support::ulid(), now()).await.unwrap(), CodeMatch::Live);
    let (opened, account) = open_account(&store, &site, "code", "claire@exemple.fr", "token").await.unwrap();
    assert_eq!(opened, Opened::Yes);
    let found = store.find_account_by_email("claire@exemple.fr").await.unwrap().unwrap();
    assert_eq!((found.id.clone(), found.state, found.certified), (account.clone(), AccountState::Pending, None));
    // The code is used up, and asks for nothing more.
    assert_eq!(store.try_code(&site, "code", &crate::support::ulid(), now()).await.unwrap(), CodeMatch::No);
    assert!(store.is_link_live("token", Purpose::Activation, now()).await.unwrap());
    assert_eq!(store.activate("token", &ulid(), now()).await.unwrap(), Consumed::Yes(account));
    let found = store.find_account_by_email("claire@exemple.fr").await.unwrap().unwrap();
    assert_eq!((found.state, found.certified), (AccountState::Active, Some(now())));
    assert_eq!(store.activate("token", &ulid(), now()).await.unwrap(), Consumed::Dead);
    assert_eq!(store.find_account_by_email("autre@exemple.fr").await.unwrap().map(|account| account.id), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn t06_a_link_dies_at_its_hour_and_when_a_newer_one_was_sent() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    let (_, account) = open_account(&store, &site, "code", "claire@exemple.fr", "first").await.unwrap();
    assert_eq!(store.activate("first", &ulid(), hours(72)).await.unwrap(), Consumed::Dead, "at expiry");
    let resend = async |token: &str, moment| {
        let message = crate::support::fresh();
        let link = crate::support::link(&message, Purpose::Activation, "claire@exemple.fr", token, hours(144));
        store.issue_link(&account, &["pending"], &link, &ulid(), "account.activation_resent", moment).await.unwrap()
    };
    assert!(resend("second", hours(71)).await);
    assert_eq!(store.activate("first", &ulid(), hours(71)).await.unwrap(), Consumed::Dead, "an older link");
    assert_eq!(store.activate("second", &ulid(), hours(72)).await.unwrap(), Consumed::Yes(account.clone()));
    assert!(!resend("third", hours(73)).await, "an active account needs none");
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_an_opening_leave_nothing_behind() {
    let store = memory().await;
    let site = site_with_code(&store, "one").await;
    open_account(&store, &site, "one", "claire@exemple.fr", "t1").await.unwrap();
    add_code(&store, &site, "two").await;
    let (opened, _) = open_account(&store, &site, "two", "claire@exemple.fr", "t2").await.unwrap();
    assert_eq!(opened, Opened::MailTaken);
    assert_eq!(store.try_code(&site, "two", &crate::support::ulid(), now()).await.unwrap(), CodeMatch::Live, "the code was not used up");
    let (opened, _) = open_account(&store, &site, "one", "paul@exemple.fr", "t3").await.unwrap();
    assert_eq!(opened, Opened::CodeGone);
    assert_eq!(store.count_accounts().await.unwrap(), 1);
    assert_eq!(store.count_messages().await.unwrap().waiting, 1);
}

/// Sixteen clients at the same moment, over two handles: how many got through.
pub async fn race<F, R>(store: &Store, attempt: impl Fn(Store, usize) -> F) -> Vec<R>
where
    F: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let other = store.another().await.unwrap();
    let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(16));
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let act = attempt(if number % 2 == 0 { store.clone() } else { other.clone() }, number);
            let barrier = barrier.clone();
            tokio::spawn(async move {
                barrier.wait().await;
                act.await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

async fn second_site(store: &Store) -> SiteId {
    import(store, vec![line("00123458200029", "6901235B")]).await;
    store.find_site_by_letters("6901235B", &Siret::parse("00123458200029").unwrap()).await.unwrap().unwrap()
}

/// `rounds` on an engine: one code, one link, one address, each wanted by sixteen at once.
async fn races(url: &str, rounds: usize) {
    let store = open(url).await;
    for round in 0..rounds {
        let site = site_with_code(&store, &format!("code-{round}")).await;
        let code = format!("code-{round}");
        let opened = race(&store, |store, number| {
            let (site, code) = (site.clone(), code.clone());
            async move { open_account(&store, &site, &code, &format!("p{round}-{number}@exemple.fr"), &format!("t{round}-{number}")).await }
        })
        .await;
        let winners: Vec<usize> =
            opened.iter().enumerate().filter(|(_, answer)| matches!(answer, Ok((Opened::Yes, _)))).map(|(number, _)| number).collect();
        assert_eq!(winners.len(), 1, "one code opens one account: {opened:?}");
        assert_eq!(store.count_accounts().await.unwrap(), 2 * round as u64 + 1);

        let token = format!("t{round}-{}", winners[0]);
        let used = race(&store, |store, _| {
            let token = token.clone();
            async move { store.activate(&token, &ulid(), now()).await }
        })
        .await;
        assert_eq!(used.iter().filter(|answer| matches!(answer, Ok(Consumed::Yes(_)))).count(), 1, "one link is used once: {used:?}");

        // Two sites, one address: letters in the hands of people who all type the same mail. On one site the first code used
        // voids the others, and the claim on the address would decide nothing.
        let sites = [site, second_site(&store).await];
        for (number, site) in sites.iter().enumerate() {
            add_code(&store, site, &format!("again-{round}-{number}")).await;
        }
        let same = race(&store, |store, number| {
            let (site, code) = (sites[number % 2].clone(), format!("again-{round}-{}", number % 2));
            async move { open_account(&store, &site, &code, &format!("same{round}@exemple.fr"), &format!("s{round}-{number}")).await }
        })
        .await;
        assert_eq!(same.iter().filter(|answer| matches!(answer, Ok((Opened::Yes, _)))).count(), 1, "one address, one account: {same:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_t43_one_code_one_link_one_address_in_memory() {
    races("mem://", 10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_t43_one_code_one_link_one_address_on_disk() {
    let folder = Folder::new();
    races(&folder.url(), 10).await;
}
