use domain::form::Reason;
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
    let bench = Bench::new().await;
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
