//! The people of the demonstration: accounts opened with letters, as anybody's.

use super::capture::{Codes, Links};
use super::companies::{Owner, Site};
use super::{DemoPerson, PASSWORD, firm};
use crate::command::Stop;
use domain::identity::opening::{AccountDraft, LettersDraft};
use services::ports::Outlets;
use services::{Opening, Origin, Services};
use std::net::{IpAddr, Ipv4Addr};

/// Opens every account. The one that is not to be activated comes last: its mail stays in the outbox.
pub(super) async fn open(
    services: &Services,
    sites: &[&Site],
    codes: &Codes<'_>,
    links: &Links,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Vec<DemoPerson>, Stop> {
    let (mut done, mut of_firm) = (0, Vec::new());
    for owner in Owner::ALL {
        let mine: Vec<&Site> = sites.iter().copied().filter(|site| site.owner == Some(owner)).collect();
        let Some((first, others)) = mine.split_first() else { continue };
        if !owner.is_activated() {
            // Mails are delivered on the way: before the one that is to stay.
            of_firm = firm::open(services, links).await?;
        }
        let opening = prove(services, first, codes).await?;
        services.open_account(&opening, &draft(owner, &opening)).await?;
        done += 1;
        progress(done);
        if owner.is_activated() {
            services.deliver_due(Outlets { mailer: Some(links), texter: None }).await?;
            let secret = links.secret(owner.email()).ok_or_else(|| missing("lien d’activation"))?;
            services.activate(&secret).await?;
        }
        for site in others {
            let opening = prove(services, site, codes).await?;
            services.associate(&opening, owner.email()).await?;
            done += 1;
            progress(done);
        }
    }
    Ok(Owner::ALL.into_iter().map(Owner::shown).chain(of_firm).collect())
}

async fn prove(services: &Services, site: &Site, codes: &Codes<'_>) -> Result<Opening, Stop> {
    let code = codes.of(&site.siret).ok_or_else(|| missing("code de courrier"))?;
    let draft = LettersDraft { identifiant: site.identifiant.clone(), siret: site.siret.to_string(), code: code.reveal().to_owned() };
    Ok(services.prove_letters(&draft, &origin()).await?)
}

fn draft(owner: Owner, opening: &Opening) -> AccountDraft {
    let (first, last) = owner.name();
    AccountDraft {
        site: opening.site.to_string(),
        email: owner.email().to_owned(),
        email_confirmation: owner.email().to_owned(),
        password: PASSWORD.to_owned(),
        password_confirmation: PASSWORD.to_owned(),
        first: first.to_owned(),
        last: last.to_owned(),
        ..AccountDraft::default()
    }
}

/// An address of documentation (RFC 5737): these tries must not count against whoever tries the portal from this machine.
pub(super) fn origin() -> Origin {
    Origin { address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), agent: "démonstration".into(), device: None, session: None }
}

pub(super) fn missing(what: &str) -> Stop {
    Stop::Failed(format!("Démonstration : {what} introuvable."))
}

impl Owner {
    /// Whether the account is activated.
    const fn is_activated(self) -> bool {
        !matches!(self, Self::Luc)
    }

    /// Login.
    pub(super) const fn email(self) -> &'static str {
        match self {
            Self::Claire => "claire.martin@demo.example",
            Self::Paul => "paul.roux@demo.example",
            Self::Nadia => "nadia.benali@demo.example",
            Self::Luc => "luc.petit@demo.example",
        }
    }

    fn shown(self) -> DemoPerson {
        let (first, last) = self.name();
        let note = match self {
            Self::Claire => "quatre sites, des alertes DSN sur deux",
            Self::Paul => "un seul site, aucune alerte",
            Self::Nadia => "douze sites de trois entreprises : la recherche apparaît",
            Self::Luc => "compte ouvert mais pas activé : son courriel attend",
        };
        DemoPerson { name: format!("{first} {last}"), email: self.email().to_owned(), note: note.to_owned() }
    }
}
