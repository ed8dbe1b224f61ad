//! One mail of each kind, for previews and snapshots.

use super::{digest, quote};
use domain::delegations::Role;
use services::Watch;
use services::ports::{FactorChange, MailContent, OutgoingMail};

/// One mail of each kind, for previews and tests: every one is written by the same code as the real ones.
#[must_use]
pub fn samples() -> Vec<OutgoingMail> {
    let (first, agent) = ("Claire".to_owned(), "Firefox, Windows".to_owned());
    let (until, at) = (1_795_773_900, 1_795_514_700);
    let (site, by, who) = ("Martin Maçonnerie – Siège".to_owned(), "Claire Martin".to_owned(), "Paul Girard".to_owned());
    let contact = quote::samples(&first, &site);
    let contents = vec![
        MailContent::Activation { first: first.clone(), until },
        MailContent::EmailConfirm { first: first.clone(), until },
        MailContent::EmailMoving { first: first.clone(), new_email: "c***@exemple.fr".into(), until },
        MailContent::EmailTaken { first: first.clone() },
        MailContent::Certification { first: first.clone(), until },
        MailContent::CertificationSoon { first: first.clone(), due: at, until },
        MailContent::Reset { first: first.clone(), until },
        MailContent::PasswordChanged { first: first.clone(), at, agent: agent.clone(), until },
        MailContent::NewDevice { first: first.clone(), at, agent: agent.clone(), until },
        MailContent::FactorChanged { first: first.clone(), change: FactorChange::TotpAdded, at, agent, until },
        MailContent::NewAdministrator { first: first.clone(), site: "Martin Maçonnerie – Siège".into() },
        MailContent::LettersAsked { first: first.clone(), site: "Martin Maçonnerie – Siège".into() },
        MailContent::AdministratorAdded { first: first.clone(), who: who.clone(), site: site.clone(), by: by.clone() },
        MailContent::Erased { first: first.clone() },
        MailContent::Alarm { watch: Watch::Guesses, number: 1204, at },
        MailContent::Invitation { site: site.clone(), by: by.clone(), role: Role::Cabinet, starts: Some("2027-01-01".into()), until },
        MailContent::InvitationAccepted { first: first.clone(), who: who.clone(), site: site.clone() },
        MailContent::RightsModified { first: first.clone(), site: site.clone(), by: by.clone() },
        MailContent::RightsClosed { first: first.clone(), site: site.clone(), by: by.clone() },
        MailContent::FirmRemoved { first: first.clone(), site: site.clone(), by: by.clone() },
        MailContent::CollaboratorClosed { first: first.clone(), who: who.clone(), site: site.clone(), by },
        MailContent::RightsEnding {
            first: first.clone(),
            who: who.clone(),
            site: site.clone(),
            ends: "2026-12-31".into(),
            own: false,
            page: "/site/01JD3V9X7ZK4M2N8P6Q5R4S3T2/droits/01JD3V9X7ZK4M2N8P6Q5R4S3T3/modification".into(),
        },
        MailContent::RightsExpired {
            first: first.clone(),
            who: who.clone(),
            site: site.clone(),
            ends: "2026-12-31".into(),
            own: true,
            page: String::new(),
        },
        digest::sample(&first, &site, &who),
        MailContent::InvitationSeveral {
            by: who.clone(),
            role: Role::Collaborateur,
            sites: vec![site.clone(), "Roux Toitures".into()],
            starts: None,
            until,
        },
        MailContent::AccessAsked { first: first.clone(), who, sites: vec![site, "Roux Toitures".into()] },
    ];
    contents
        .into_iter()
        .chain(contact)
        .map(|content| OutgoingMail {
            id: "01JD3V9X7ZK4M2N8P6Q5R4S3T2".into(),
            to: "claire@exemple.fr".into(),
            path: content
                .purpose()
                .map(|purpose| format!("{}/exemple-de-lien", services::link_page(purpose)))
                .or_else(|| content.page().map(str::to_owned)),
            until: content.until().map(|_| jiff::civil::datetime(2026, 11, 27, 11, 5, 0, 0)),
            at: content.at().map(|_| jiff::civil::datetime(2026, 11, 24, 11, 5, 0, 0)),
            content,
            written: jiff::Timestamp::UNIX_EPOCH,
        })
        .collect()
}
