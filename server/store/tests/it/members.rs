use crate::support::{import, line, memory};
use domain::sites::siret::Siret;
use store::{MemberLine, MemberOutcome};

#[tokio::test(flavor = "multi_thread")]
async fn s47_a_member_has_several_sites_and_a_second_import_updates() {
    let store = memory().await;
    let lines = || vec![line("00123458200011", "6901234B"), line("00123458200029", "6901235B")];
    assert_eq!(import(&store, lines()).await, [MemberOutcome::New, MemberOutcome::New]);
    let site = store.find_site_by_letters("6901234B", &Siret::parse("00123458200011").unwrap()).await.unwrap().unwrap();
    let renamed = MemberLine { name: "Martin Sud".into(), company: "Martin SAS".into(), ..line("00123458200011", "6901234B") };
    assert_eq!(import(&store, vec![renamed]).await, [MemberOutcome::Known(site.clone())]);
    let holder = store.find_holder(&site).await.unwrap().unwrap();
    assert_eq!((holder.site.name.as_str(), holder.company.as_str(), holder.last.as_str()), ("Martin Sud", "Martin SAS", "Martin"));
    assert_eq!(store.count_sites().await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn d13_an_identifiant_belongs_to_one_siret() {
    let store = memory().await;
    import(&store, vec![line("00123458200011", "6901234B")]).await;
    let outcomes = store.check_members(&[line("00123458200029", "6901234B"), line("00123458200011", "6909999B")]).await.unwrap();
    assert_eq!(outcomes, [MemberOutcome::IdentifiantTaken, MemberOutcome::IdentifiantChanged]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s13_identifiant_and_siret_must_be_of_one_site() {
    let store = memory().await;
    import(&store, vec![line("00123458200011", "6901234B"), line("00123458200029", "6901235B")]).await;
    let siret = |text| Siret::parse(text).unwrap();
    assert!(store.find_site_by_letters("6901234B", &siret("00123458200011")).await.unwrap().is_some());
    assert!(store.find_site_by_letters("6901234B", &siret("00123458200029")).await.unwrap().is_none());
    assert!(store.find_site_by_letters("INCONNU1", &siret("00123458200029")).await.unwrap().is_none());
}
