use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft, Wanted};
use domain::delegations::{Colleges, Rights, Role};
use domain::form::Reason;
use domain::id::SiteId;
use domain::identity::opening::{AccountDraft, LettersDraft};
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use services::ports::OutgoingMail;
use services::testing::{Bench, MemoryMailbox, MemoryPost};
use services::{Fault, Opening, Origin, Scope, Visit};

pub const MEMBERS: &str = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
A100;Martin Maçonnerie;00123458200011;6901234B;;Claire;Martin;1 rue des Grues;;69003;Lyon\n\
A100;Martin Maçonnerie;00123458200029;6901235B;Martin Sud;Claire;Martin;2 rue des Grues;;26000;Valence\n";

pub fn origin() -> Origin {
    Origin { address: "192.0.2.7".parse().unwrap(), agent: "Chrome, Linux".into(), device: None, session: None }
}

pub fn from(address: &str) -> Origin {
    Origin { address: address.parse().unwrap(), ..origin() }
}

/// What the letters of each site say: SIRET, identifiant, code.
pub async fn with_letters(bench: &Bench) -> Vec<LettersDraft> {
    bench.services.import_members(MEMBERS.as_bytes(), false, &|_, _| ()).await.unwrap();
    let post = MemoryPost::default();
    bench.services.make_letters(&post, &|_, _| ()).await.unwrap();
    let mut drafts: Vec<LettersDraft> = post
        .letters
        .lock()
        .unwrap()
        .iter()
        .map(|(_, siret, identifiant, code)| LettersDraft { identifiant: identifiant.clone(), siret: siret.clone(), code: code.grouped() })
        .collect();
    drafts.sort_by(|a, b| a.siret.cmp(&b.siret));
    drafts
}

pub fn account(opening: &Opening) -> AccountDraft {
    AccountDraft {
        site: opening.site.to_string(),
        email: "claire@exemple.fr".into(),
        email_confirmation: "claire@exemple.fr".into(),
        password: "grue Tour 12".into(),
        password_confirmation: "grue Tour 12".into(),
        first: "Claire".into(),
        last: "Martin".into(),
        ..AccountDraft::default()
    }
}

pub fn login(password: &str) -> SignInDraft {
    SignInDraft { email: "Claire@Exemple.fr".into(), password: password.into(), next: String::new() }
}

/// Sends what waits and returns the mails, in order; demands are looked at on the way.
pub async fn mails(bench: &Bench) -> Vec<OutgoingMail> {
    let mailbox = MemoryMailbox::default();
    while bench.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
    mailbox.sent.into_inner().unwrap()
}

/// Sends what waits and returns the secrets of the links, in order.
pub async fn links(bench: &Bench) -> Vec<String> {
    mails(bench).await.iter().filter_map(secret).collect()
}

/// The secret of a mail's link.
pub fn secret(mail: &OutgoingMail) -> Option<String> {
    Some(mail.path.as_ref()?.rsplit('/').next()?.to_owned())
}

/// A portal where Claire's account is open and active.
pub async fn with_claire() -> Bench {
    with_claire_on(Bench::new().await).await
}

/// The same on a database that is empty.
pub async fn with_claire_on(bench: Bench) -> Bench {
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    let link = links(&bench).await.pop().unwrap();
    bench.services.activate(&link).await.unwrap();
    bench
}

pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> Refusal {
    match outcome {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

/// New letters of a site that stands in line for them: what they say.
pub async fn new_letters(bench: &Bench, siret: &str) -> LettersDraft {
    let post = MemoryPost::default();
    bench.services.make_letters(&post, &|_, _| ()).await.unwrap();
    let letters = post.letters.lock().unwrap();
    let (_, siret, identifiant, code) = letters.iter().find(|letter| letter.1 == siret).expect("letters of this site");
    LettersDraft { identifiant: identifiant.clone(), siret: siret.clone(), code: code.grouped() }
}

/// Claire's password.
pub const PASSWORD: &str = "grue Tour 12";

/// Logs in as Claire from a browser that is not known.
pub async fn enter(bench: &Bench, password: &str) -> Visit {
    let session = bench.services.sign_in(&login(password), &origin()).await.unwrap().signed_in().unwrap().session.0;
    visit(bench, &session).await.unwrap()
}

/// Who a cookie belongs to.
pub async fn visit(bench: &Bench, cookie: &str) -> Option<Visit> {
    bench.services.visit(cookie, Scope::All).await.unwrap()
}

/// Why a field was refused.
pub fn reason(outcome: Result<impl std::fmt::Debug, Fault>, field: &str) -> Option<Reason> {
    match refusal(outcome) {
        Refusal::Invalid(fields) => fields.reason(field),
        other => panic!("a field was expected: {other:?}"),
    }
}

/// What somebody without account types to accept an invitation.
pub fn person(first: &str, last: &str) -> AccountDraft {
    AccountDraft {
        password: "Trois pins verts 9".into(),
        password_confirmation: "Trois pins verts 9".into(),
        first: first.into(),
        last: last.into(),
        ..AccountDraft::default()
    }
}

/// Step 1 as typed: a user, from today on.
pub fn who(email: &str) -> BeneficiaryDraft {
    BeneficiaryDraft { kind: "user".into(), email: email.into(), starts: "2026-11-24".into(), ..BeneficiaryDraft::default() }
}

/// Step 1 for a firm.
pub fn firm(email: &str) -> BeneficiaryDraft {
    BeneficiaryDraft { kind: "firm".into(), siret: "00123458200037".into(), ..who(email) }
}

/// A grid from its short form, `ouvrier,etam,dsn:update`; all colleges when none is named.
pub fn grid(rights: &str) -> RightsDraft {
    let mut rights: Rights = rights.parse().unwrap();
    if rights.colleges.is_empty() {
        rights.colleges = Colleges::ALL;
    }
    RightsDraft::of(&Wanted { role: Role::Utilisateur, rights })
}

/// The site the visitor stands in.
pub fn site(visit: &Visit) -> SiteId {
    visit.session.actor.delegations[0].site.clone()
}

/// Gives a user rights on the giver's first site.
pub async fn invite(bench: &Bench, visit: &Visit, email: &str, rights: &str) {
    bench.services.delegate(visit, &site(visit), &who(email), &grid(rights), None, &origin()).await.unwrap();
}

/// The newest link of an invitation to this address.
pub async fn invitation(bench: &Bench, email: &str) -> String {
    let mails = mails(bench).await;
    let mail = mails.iter().rev().find(|mail| mail.to == email && mail.content.kind() == "invitation").expect("an invitation");
    secret(mail).unwrap()
}

/// Accepts an invitation as somebody without account, and logs in.
pub async fn join(bench: &Bench, email: &str, first: &str, last: &str) -> Visit {
    let link = invitation(bench, email).await;
    bench.services.accept_as_new(&link, &person(first, last), &origin()).await.unwrap();
    enter_as(bench, email, "Trois pins verts 9").await
}

/// Logs in.
pub async fn enter_as(bench: &Bench, email: &str, password: &str) -> Visit {
    let draft = SignInDraft { email: email.into(), password: password.into(), next: String::new() };
    let session = bench.services.sign_in(&draft, &from("198.51.100.77")).await.unwrap().signed_in().unwrap().session.0;
    visit(bench, &session).await.unwrap()
}

/// The same visit with its rights as they are now: what the next request sees.
pub async fn again(bench: &Bench, before: &Visit) -> Visit {
    visit(bench, &before.key.0).await.unwrap()
}
