//! G8: pairs of acts on rights that meet at one instant, each on an instance of its own, round after round on one database. After
//! every round the site has an administrator for good, its counters are exact, and what was done was done once.
//!
//! `ESPACE_LONG` makes it a thousand rounds; `ESPACE_RACES_SERVER` (`ws://host:port`, logged in to as `root` with the password in
//! `ESPACE_RACES_PASSWORD`) runs them over a database server, each instance with its own connection.

use crate::scene::{Deed, Folder, Scene, WORD, run, told};
use crate::support::{again, enter_as, firm, grid, mails, origin, person, refusal, secret, who};
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::RightsDraft;
use domain::form::Reason;
use domain::id::DelegationId;
use domain::refusal::Refusal;
use services::ports::OutgoingMail;
use services::{Fault, Visit};
use store::Address;

fn kinds(sent: &[OutgoingMail], kind: &str) -> usize {
    sent.iter().filter(|mail| mail.content.kind() == kind).count()
}

fn done(outcomes: &[Result<(), Fault>]) -> usize {
    for outcome in outcomes {
        assert!(matches!(outcome, Ok(()) | Err(Fault::Refused(_))), "{outcome:?}");
        assert!(!matches!(outcome, Err(Fault::Refused(Refusal::Busy { .. }))), "two are no crowd: {outcome:?}");
    }
    outcomes.iter().filter(|outcome| outcome.is_ok()).count()
}

/// Why the one that was refused was.
fn refused<const N: usize>(outcomes: [Result<(), Fault>; N]) -> Refusal {
    refusal(outcomes.into_iter().find(Result::is_err).expect("one was refused"))
}

fn administrator() -> RightsDraft {
    RightsDraft { administrator: "on".into(), ..grid("") }
}

fn end_today(key: &DelegationId, rev: i64) -> Deed {
    Deed::Modify { key: key.clone(), rev, ends: "2026-11-24", rights: administrator() }
}

/// Two administrators close each other.
async fn close_and_close(scene: &Scene) {
    let (hers, his) = (scene.line("claire@exemple.fr").await.key, scene.line("marc@exemple.fr").await.key);
    let before = scene.told("closed", &hers).await + scene.told("closed", &his).await;
    let outcomes =
        scene.race([(&scene.claire, Deed::End(his.clone(), Act::Close)), (&scene.marc, Deed::End(hers.clone(), Act::Close))]).await;
    assert_eq!(done(&outcomes), 1, "{outcomes:?}");
    assert!(matches!(refused(outcomes), Refusal::LastAdministrator | Refusal::NotFound));
    assert_eq!(scene.told("closed", &hers).await + scene.told("closed", &his).await, before + 1);
    assert_eq!(kinds(&mails(scene.bench()).await, "rights_closed"), 1);
}

/// One closes the other, who gives the first an end at the same moment.
async fn close_and_end(scene: &Scene) {
    let (hers, his) = (scene.line("claire@exemple.fr").await.key, scene.line("marc@exemple.fr").await.key);
    let rev = scene.rev(&hers).await;
    let outcomes = scene.race([(&scene.claire, Deed::End(his, Act::Close)), (&scene.marc, end_today(&hers, rev))]).await;
    assert_eq!(done(&outcomes), 1, "{outcomes:?}");
    assert!(matches!(refused(outcomes), Refusal::LastAdministrator | Refusal::NotFound));
    mails(scene.bench()).await;
}

/// Each gives the other an end.
async fn end_and_end(scene: &Scene) {
    let (hers, his) = (scene.line("claire@exemple.fr").await.key, scene.line("marc@exemple.fr").await.key);
    let (her_rev, his_rev) = (scene.rev(&hers).await, scene.rev(&his).await);
    let outcomes = scene.race([(&scene.claire, end_today(&his, his_rev)), (&scene.marc, end_today(&hers, her_rev))]).await;
    assert_eq!(done(&outcomes), 1, "{outcomes:?}");
    assert_eq!(refused(outcomes), Refusal::LastAdministrator);
    mails(scene.bench()).await;
}

/// The firm of this round, in force: Luc.
async fn luc(scene: &Scene) -> Visit {
    let email = format!("cabinet{}@exemple.fr", scene.round);
    scene.must(&scene.claire, Deed::Give(firm(&email), grid("dsn:update"))).await;
    scene.join(&email, "Luc", "Petit").await
}

async fn luc_s_key(scene: &Scene) -> DelegationId {
    scene.line(&format!("cabinet{}@exemple.fr", scene.round)).await.key
}

/// A firm hands on what is taken from it at the same moment: nothing of it can be used.
async fn give_and_lose(scene: &Scene) {
    let (luc, nina) = (luc(scene).await, format!("nina{}@exemple.fr", scene.round));
    let key = luc_s_key(scene).await;
    let outcomes =
        scene.race([(&luc, Deed::Give(who(&nina), grid("dsn:update"))), (&scene.claire, Deed::End(key.clone(), Act::Delete))]).await;
    assert!(done(&outcomes) >= 1 && outcomes[1].is_ok(), "{outcomes:?}");
    let sent = mails(scene.bench()).await;
    let links: Vec<String> = sent.iter().filter(|mail| mail.to == nina).filter_map(secret).collect();
    assert_eq!(links.len(), usize::from(outcomes[0].is_ok()), "a mail for what was given, and none else");
    for link in links {
        assert_eq!(refusal(scene.bench().services.accept_as_new(&link, &person("Nina", "Roy"), &origin()).await), Refusal::DeadLink);
    }
    assert_eq!((scene.told("deleted", &key).await, kinds(&sent, "firm_removed")), (1, 1));
    assert_eq!(scene.number(&format!("count((SELECT VALUE id FROM invitation WHERE email = '{nina}'))")).await, 0);
}

/// What a firm handed on is accepted while it is taken from the firm.
async fn accept_and_lose(scene: &Scene) {
    let (luc, nina) = (luc(scene).await, format!("nina{}@exemple.fr", scene.round));
    let key = luc_s_key(scene).await;
    scene.must(&luc, Deed::Give(who(&nina), grid("dsn:update"))).await;
    let link = scene.invited(&nina).await;
    let outcomes = scene.race([(&luc, Deed::Open(link)), (&scene.claire, Deed::End(key.clone(), Act::Delete))]).await;
    assert!(done(&outcomes) >= 1 && outcomes[1].is_ok(), "{outcomes:?}");
    if outcomes[0].is_ok() {
        assert!(!scene.has_rights(&enter_as(scene.bench(), &nina, WORD).await).await, "round {}", scene.round);
    }
    assert_eq!(scene.number(&format!("count((SELECT VALUE id FROM delegation WHERE above.key = '{key}' AND state = 'open'))")).await, 0);
    mails(scene.bench()).await;
}

/// An administrator who was given that gives on while it is taken away: what comes after is refused.
async fn give_and_be_lowered(scene: &Scene) {
    let (zoe, paul) = (format!("zoe{}@exemple.fr", scene.round), format!("paul{}@exemple.fr", scene.round));
    scene.must(&scene.claire, Deed::Give(who(&zoe), administrator())).await;
    let visit = scene.join(&zoe, "Zoé", "Blanc").await;
    let key = scene.line(&zoe).await.key;
    let rev = scene.rev(&key).await;
    let lower = Deed::Modify { key: key.clone(), rev, ends: "", rights: grid("dsn:consultation") };
    let outcomes = scene.race([(&visit, Deed::Give(who(&paul), administrator())), (&scene.marc, lower)]).await;
    assert!(outcomes[1].is_ok(), "{outcomes:?}");
    let given = done(&outcomes) - 1;
    assert_eq!((scene.lines(&paul).await.len(), scene.told("modified", &key).await), (given, 1));
    let late = run(scene.instances[1].clone(), visit, scene.site.clone(), Deed::Give(who("apres@exemple.fr"), grid("dsn:update"))).await;
    assert_eq!(refusal(late), Refusal::NotFound, "on the other instance too");
    let sent = mails(scene.bench()).await;
    assert_eq!((kinds(&sent, "invitation"), kinds(&sent, "rights_modified")), (given, 1));
}

/// Two administrators invite one address.
async fn invite_and_invite(scene: &Scene) {
    let paul = format!("paul{}@exemple.fr", scene.round);
    let outcomes = scene
        .race([
            (&scene.claire, Deed::Give(who(&paul), grid("dsn:consultation"))),
            (&scene.marc, Deed::Give(firm(&paul), grid("documents:update"))),
        ])
        .await;
    assert_eq!(done(&outcomes), 1, "{outcomes:?}");
    match refused(outcomes) {
        Refusal::Invalid(fields) => assert_eq!(fields.reason("email"), Some(Reason::AlreadyBeneficiary)),
        other => panic!("{other:?}"),
    }
    let key = scene.line(&paul).await.key;
    assert_eq!((scene.told("invited", &key).await, kinds(&mails(scene.bench()).await, "invitation")), (1, 1));
}

/// Two invitations of two sites, accepted by one person without account: one account.
async fn open_and_open(scene: &Scene) {
    let lou = format!("lou{}@exemple.fr", scene.round);
    let claire = again(scene.bench(), &scene.claire).await;
    let mut links = Vec::new();
    for site in claire.session.actor.delegations.iter().map(|own| &own.site) {
        scene.bench().services.delegate(&claire, site, &who(&lou), &grid("dsn:consultation"), None, &origin()).await.unwrap();
        links.push(scene.invited(&lou).await);
    }
    let [one, other] = links.try_into().unwrap();
    let outcomes = scene.race([(&claire, Deed::Open(one)), (&claire, Deed::Open(other))]).await;
    assert_eq!(done(&outcomes), 1, "{outcomes:?}");
    match refused(outcomes) {
        Refusal::Invalid(fields) => assert_eq!(fields.reason("email"), Some(Reason::AlreadyBeneficiary)),
        other => panic!("{other:?}"),
    }
    assert_eq!(scene.number(&format!("count((SELECT VALUE id FROM account WHERE email = '{lou}'))")).await, 1);
    assert_eq!(enter_as(scene.bench(), &lou, WORD).await.session.actor.delegations.len(), 1, "the other invitation still waits");
    mails(scene.bench()).await;
}

/// Paul of this round, with an account, and invited a second time after his first right was ended.
async fn paul(scene: &Scene) -> (Visit, String, DelegationId) {
    let email = format!("paul{}@exemple.fr", scene.round);
    scene.must(&scene.claire, Deed::Give(who(&email), grid("dsn:consultation"))).await;
    let visit = scene.join(&email, "Paul", "Girard").await;
    scene.must(&scene.claire, Deed::End(scene.line(&email).await.key, Act::Close)).await;
    scene.must(&scene.claire, Deed::Give(who(&email), grid("documents:update"))).await;
    let link = scene.invited(&email).await;
    let key = scene.line(&email).await.key;
    scene.bench().store().plant("DELETE throttle;").await.unwrap();
    (visit, link, key)
}

/// One link, sixteen clients.
async fn accept_sixteen_times(scene: &Scene) {
    let (visit, link, key) = paul(scene).await;
    let outcomes = scene.race(std::array::from_fn::<_, 16, _>(|_| (&visit, Deed::Accept(link.clone())))).await;
    assert_eq!(done(&outcomes), 1, "{outcomes:?}");
    assert!(outcomes.into_iter().filter(Result::is_err).all(|outcome| refusal(outcome) == Refusal::DeadLink));
    assert_eq!((scene.told("accepted", &key).await, kinds(&mails(scene.bench()).await, "invitation_accepted")), (1, 1));
    assert!(scene.has_rights(&visit).await);
}

/// An invitation is accepted while it is taken back: it is over, whichever came first.
async fn accept_and_withdraw(scene: &Scene) {
    let (visit, link, key) = paul(scene).await;
    let outcomes = scene.race([(&visit, Deed::Accept(link)), (&scene.marc, Deed::End(key.clone(), Act::Close))]).await;
    assert!(done(&outcomes) >= 1 && outcomes[1].is_ok(), "{outcomes:?}");
    assert!(!scene.has_rights(&visit).await, "round {}", scene.round);
    let accepted = i64::from(outcomes[0].is_ok());
    assert_eq!(
        (scene.told("accepted", &key).await, scene.told("closed", &key).await, scene.told("withdrawn", &key).await),
        (accepted, accepted, 1 - accepted)
    );
    mails(scene.bench()).await;
}

/// An invitation is accepted while it is sent again.
async fn accept_and_resend(scene: &Scene) {
    let (visit, link, key) = paul(scene).await;
    let outcomes = scene.race([(&visit, Deed::Accept(link.clone())), (&scene.claire, Deed::Resend(key.clone()))]).await;
    assert!(done(&outcomes) >= 1, "{outcomes:?}");
    let sent = mails(scene.bench()).await;
    let newer = sent.iter().filter(|mail| mail.content.kind() == "invitation").find_map(secret);
    assert_eq!(newer.is_some(), outcomes[1].is_ok());
    if outcomes[0].is_err() {
        scene.must(&visit, Deed::Accept(newer.clone().unwrap())).await;
    }
    for link in [Some(link), newer].into_iter().flatten() {
        assert_eq!(refusal(scene.bench().services.accept_invitation(&visit, &link, &origin()).await), Refusal::DeadLink);
    }
    assert_eq!(scene.told("accepted", &key).await, 1);
    mails(scene.bench()).await;
}

/// An address is confirmed while it is changed to another one by a session from before (T41).
async fn confirm_and_move(scene: &Scene) {
    let mail = |round: usize| format!("eve{round}@exemple.fr");
    if scene.round == 0 {
        scene.must(&scene.claire, Deed::Give(who(&mail(0)), grid("dsn:update"))).await;
        scene.join(&mail(0), "Ève", "Noir").await;
    }
    let visit = enter_as(scene.bench(), &mail(scene.round), WORD).await;
    mails(scene.bench()).await;
    scene.must(&visit, Deed::MoveTo(mail(scene.round + 1))).await;
    let link = mails(scene.bench()).await.iter().filter(|mail| mail.content.kind() == "email_confirm").find_map(secret).unwrap();
    let outcomes = scene.race([(&visit, Deed::ConfirmMove(link)), (&visit, Deed::MoveTo("victime@exemple.fr".into()))]).await;
    assert!(outcomes[0].is_ok() && outcomes[1].is_err(), "{outcomes:?}");
    assert_eq!(scene.number("count((SELECT VALUE id FROM account WHERE email = 'victime@exemple.fr'))").await, 0);
    assert!(mails(scene.bench()).await.iter().all(|mail| mail.to != "victime@exemple.fr"));
    enter_as(scene.bench(), &mail(scene.round + 1), WORD).await;
}

/// Two sessions of one person move the login to two addresses: one of them, and the other session is over (T41).
async fn move_and_move(scene: &Scene) {
    let (mail, link) = (
        |round: usize| format!("iris{round}@exemple.fr"),
        async || {
            let links: Vec<_> =
                mails(scene.bench()).await.iter().filter(|mail| mail.content.kind() == "email_confirm").filter_map(secret).collect();
            assert_eq!(links.len(), 1, "round {}", scene.round);
            links.into_iter().next().unwrap()
        },
    );
    let (now, next, aside) = (mail(scene.round), mail(scene.round + 1), format!("ailleurs{}@exemple.fr", scene.round));
    if scene.round == 0 {
        scene.must(&scene.claire, Deed::Give(who(&now), grid("dsn:update"))).await;
        scene.join(&now, "Iris", "Blanc").await;
    }
    let (one, other) = (enter_as(scene.bench(), &now, WORD).await, enter_as(scene.bench(), &now, WORD).await);
    mails(scene.bench()).await;
    let outcomes = scene.race([(&one, Deed::MoveTo(next.clone())), (&other, Deed::MoveTo(aside.clone()))]).await;
    assert_eq!(done(&outcomes), 1, "round {}: {outcomes:?}", scene.round);
    scene.must(&one, Deed::ConfirmMove(link().await)).await;
    if outcomes[1].is_ok() {
        let visit = enter_as(scene.bench(), &aside, WORD).await;
        mails(scene.bench()).await;
        scene.must(&visit, Deed::MoveTo(next.clone())).await;
        scene.must(&visit, Deed::ConfirmMove(link().await)).await;
    }
    enter_as(scene.bench(), &next, WORD).await;
}

/// Paul of this round with a right in force.
async fn paul_in_force(scene: &Scene) -> (Visit, DelegationId, i64) {
    let email = format!("paul{}@exemple.fr", scene.round);
    scene.must(&scene.claire, Deed::Give(who(&email), grid("dsn:consultation"))).await;
    let visit = scene.join(&email, "Paul", "Girard").await;
    let key = scene.line(&email).await.key;
    mails(scene.bench()).await;
    let rev = scene.rev(&key).await;
    (visit, key, rev)
}

/// Two administrators save one line from the same page (T45).
async fn modify_and_modify(scene: &Scene) {
    let (_, key, rev) = paul_in_force(scene).await;
    let save = |rights: &str| Deed::Modify { key: key.clone(), rev, ends: "", rights: grid(rights) };
    let outcomes = scene.race([(&scene.claire, save("documents:update")), (&scene.marc, save("refunds:update"))]).await;
    assert_eq!(done(&outcomes), 1, "{outcomes:?}");
    let wanted = if outcomes[0].is_ok() { "ouvrier,etam,cadre,documents:update" } else { "ouvrier,etam,cadre,refunds:update" };
    let page = scene.bench().services.beneficiary(&scene.claire, &scene.site, &key).await.unwrap();
    assert_eq!((page.rights.to_string().as_str(), page.rev), (wanted, rev + 1));
    assert_eq!(refused(outcomes), Refusal::Conflict);
    assert_eq!((scene.told("modified", &key).await, kinds(&mails(scene.bench()).await, "rights_modified")), (1, 1));
}

/// A line is changed while it is closed: it is closed.
async fn modify_and_close(scene: &Scene) {
    let (visit, key, rev) = paul_in_force(scene).await;
    let save = Deed::Modify { key: key.clone(), rev, ends: "", rights: grid("refunds:update") };
    let outcomes = scene.race([(&scene.claire, save), (&scene.marc, Deed::End(key.clone(), Act::Close))]).await;
    assert!(done(&outcomes) >= 1 && outcomes[1].is_ok(), "{outcomes:?}");
    assert!(!scene.has_rights(&visit).await);
    let sent = mails(scene.bench()).await;
    assert_eq!((scene.told("closed", &key).await, kinds(&sent, "rights_closed")), (1, 1));
    let modified = done(&outcomes[..1]);
    assert_eq!((scene.told("modified", &key).await, kinds(&sent, "rights_modified")), (i64::try_from(modified).unwrap(), modified));
}

/// A round costs some 0.4 s in a debug build.
fn rounds(address: &Address) -> usize {
    match address {
        _ if std::env::var_os("ESPACE_LONG").is_some() => 1_000,
        Address::Memory => 30,
        Address::Folder(_) | Address::Server(_) => 20,
    }
}

async fn rounds_on(address: Address, folder: Option<Folder>, pair: impl AsyncFn(&Scene)) {
    let rounds = rounds(&address);
    let mut scene = Scene::on(address, folder).await;
    for round in 0..rounds {
        scene.round = round;
        pair(&scene).await;
        scene.check().await;
        scene.mend().await;
    }
}

macro_rules! pairs {
    ($($name:ident: $pair:expr;)*) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn in_memory() {
                rounds_on(Address::Memory, None, $pair).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_disk() {
                let folder = Folder(std::env::temp_dir().join(format!("espace-races-{}-{}", stringify!($name), std::process::id())));
                std::fs::create_dir_all(&folder.0).unwrap();
                let address = Address::Folder(folder.0.join("base"));
                rounds_on(address, Some(folder), $pair).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            #[ignore = "needs a database server"]
            async fn over_a_server() {
                let server = told("ESPACE_RACES_SERVER").expect("ESPACE_RACES_SERVER");
                rounds_on(server.parse().unwrap(), None, $pair).await;
            }
        }
    )*};
}

pairs! {
    g8_t42_close_and_close: close_and_close;
    g8_t42_close_and_end: close_and_end;
    g8_t42_end_and_end: end_and_end;
    g8_t44_give_and_lose: give_and_lose;
    g8_t44_accept_and_lose: accept_and_lose;
    g8_t44_give_and_be_lowered: give_and_be_lowered;
    g8_t43_invite_and_invite: invite_and_invite;
    g8_t43_open_and_open: open_and_open;
    g8_t40_accept_sixteen_times: accept_sixteen_times;
    g8_t40_accept_and_withdraw: accept_and_withdraw;
    g8_t40_accept_and_resend: accept_and_resend;
    g8_t41_confirm_and_move: confirm_and_move;
    g8_t41_move_and_move: move_and_move;
    g8_t45_modify_and_modify: modify_and_modify;
    g8_t45_modify_and_close: modify_and_close;
}
