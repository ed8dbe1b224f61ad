//! The accounting firm of the demonstration: an accountant whom one employer has given rights on all her sites, and a collaborator on three.

use super::capture::Links;
use super::companies::Owner;
use super::people::{missing, origin};
use super::{DemoPerson, PASSWORD};
use crate::command::Stop;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::id::SiteId;
use domain::identity::opening::AccountDraft;
use domain::identity::sign_in::SignInDraft;
use jiff::ToSpan;
use jiff::civil::Date;
use services::ports::Outlets;
use services::{Scope, Services, Visit};

const ACCOUNTANT: &str = "jeanne.morel@demo.example";
const COLLABORATOR: &str = "hugo.lenoir@demo.example";
/// SIRET of the firm: invented, with a right key.
const FIRM: &str = "00199999900012";
/// How many clients the collaborator has.
const HANDED_ON: usize = 3;

/// Gives, accepts and hands on, as people would.
pub(super) async fn open(services: &Services, links: &Links) -> Result<Vec<DemoPerson>, Stop> {
    let today = services.clock().today();
    let employer = enter(services, Owner::Nadia.email()).await?;
    let mut sites: Vec<SiteId> = employer.session.actor.delegations.iter().map(|own| own.site.clone()).collect();
    sites.sort();
    let Some((first, others)) = sites.split_first() else { return Err(missing("site de l’employeuse")) };
    // The first one ends soon: the list points it out.
    give(services, &employer, first, today, Some(20)).await?;
    services.accept_as_new(&link(services, links, ACCOUNTANT).await?, &person("Jeanne", "Morel"), &origin()).await?;
    let accountant = enter(services, ACCOUNTANT).await?;
    for (place, site) in others.iter().enumerate() {
        give(services, &employer, site, today, (place % 3 == 0).then_some(200)).await?;
        services.accept_invitation(&accountant, &link(services, links, ACCOUNTANT).await?, &origin()).await?;
    }
    let accountant = enter(services, ACCOUNTANT).await?;
    let who = draft(COLLABORATOR, "user", today, Some(15));
    let some: Vec<SiteId> = sites.iter().take(HANDED_ON).cloned().collect();
    services.hand_on(&accountant, &some, &who, &rights(&[("dsn", "consultation")]), None, &origin()).await?;
    services.accept_as_new(&link(services, links, COLLABORATOR).await?, &person("Hugo", "Lenoir"), &origin()).await?;
    deliver(services, links).await?;
    Ok(shown())
}

async fn give(services: &Services, giver: &Visit, site: &SiteId, today: Date, days: Option<i64>) -> Result<(), Stop> {
    let rights = rights(&[("dsn", "update"), ("contributions", "consultation"), ("documents", "consultation")]);
    services.delegate(giver, site, &draft(ACCOUNTANT, "firm", today, days), &rights, None, &origin()).await?;
    Ok(())
}

fn draft(email: &str, kind: &str, today: Date, days: Option<i64>) -> BeneficiaryDraft {
    BeneficiaryDraft {
        kind: kind.to_owned(),
        email: email.to_owned(),
        siret: FIRM.to_owned(),
        starts: today.to_string(),
        ends: days.map(|days| today.saturating_add(days.days()).to_string()).unwrap_or_default(),
    }
}

fn rights(modes: &[(&str, &str)]) -> RightsDraft {
    let rights = modes.iter().map(|(function, mode)| ((*function).to_owned(), (*mode).to_owned())).collect();
    RightsDraft { rights, ..RightsDraft::blank() }
}

fn person(first: &str, last: &str) -> AccountDraft {
    AccountDraft {
        password: PASSWORD.to_owned(),
        password_confirmation: PASSWORD.to_owned(),
        first: first.to_owned(),
        last: last.to_owned(),
        ..AccountDraft::default()
    }
}

async fn enter(services: &Services, email: &str) -> Result<Visit, Stop> {
    let draft = SignInDraft { email: email.to_owned(), password: PASSWORD.to_owned(), ..SignInDraft::default() };
    let signed = services.sign_in(&draft, &origin()).await?.signed_in().ok_or_else(|| missing("connexion"))?;
    services.visit(&signed.session.0, Scope::All).await?.ok_or_else(|| missing("session"))
}

/// The secret of the newest invitation to an address.
async fn link(services: &Services, links: &Links, email: &str) -> Result<String, Stop> {
    deliver(services, links).await?;
    links.secret(email).ok_or_else(|| missing("invitation"))
}

async fn deliver(services: &Services, links: &Links) -> Result<(), Stop> {
    while services.deliver_due(Outlets { mailer: Some(links), texter: None }).await? > 0 {}
    Ok(())
}

fn shown() -> Vec<DemoPerson> {
    let one = |name: &str, email: &str, note: &str| DemoPerson { name: name.to_owned(), email: email.to_owned(), note: note.to_owned() };
    vec![
        one("Jeanne Morel", ACCOUNTANT, "cabinet comptable : douze clients, le portefeuille"),
        one("Hugo Lenoir", COLLABORATOR, "collaborateur du cabinet sur trois clients"),
    ]
}
