//! `espace demo`: an imaginary fund with people whose password is public. Everything goes through the services, as it would for
//! real members; only the codes are caught on their way to the paper.

mod capture;
mod companies;
mod firm;
mod people;

use super::stop::Stop;
use crate::world::{World, make_folder};
use capture::{Codes, Links};
use companies::{Site, alerts_csv, members_csv};
use domain::sites::siret::Siret;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

/// Password of everybody in the demonstration.
pub(super) const PASSWORD: &str = "Chantier calme 48";

/// What the demonstration offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoReport {
    /// Whether this run loaded it.
    pub loaded: bool,
    /// Why the codes may stand here.
    pub notice: String,
    /// Companies.
    pub companies: usize,
    /// Sites.
    pub sites: usize,
    /// Sites with alerts.
    pub sites_with_alerts: usize,
    /// Password of all people.
    pub password: String,
    /// People.
    pub people: Vec<DemoPerson>,
    /// Letters that open an account.
    pub letters: Vec<DemoLetter>,
}

/// A person of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPerson {
    /// First and last name.
    pub name: String,
    /// Login.
    pub email: String,
    /// What there is to see.
    pub note: String,
}

/// Both letters of a site, as its employer would have them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoLetter {
    /// Company.
    pub company: String,
    /// From the welcome letter.
    pub identifiant: String,
    /// Known to the employer.
    pub siret: String,
    /// From the code letter.
    pub code: String,
}

/// Loads the demonstration into an empty database; says what it holds when it is there already.
///
/// # Errors
/// A fund that is no demonstration, a print service that would post its letters, a database with other sites, or a demonstration
/// that was interrupted.
pub(super) async fn load(world: &World, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<DemoReport, Stop> {
    if !world.fund.demonstration {
        return Err(Stop::Failed(
            "La caisse configurée n’est pas une démonstration : des comptes au mot de passe public n’y ont pas leur place.".into(),
        ));
    }
    if world.settings.print_service.is_some() && !world.settings.development {
        return Err(Stop::Failed("Un service d’impression est configuré : il posterait les courriers de la démonstration.".into()));
    }
    // Nobody else may send the mails whose links are needed here.
    let _turn = world.outbox_turn.lock().await;
    let sites = companies::all();
    if let Some(report) = already(world, &sites).await? {
        return Ok(report);
    }
    let report = fill(world, &sites, progress).await?;
    keep(world, &report).map_err(|error| Stop::Failed(format!("Le fichier {} ne s’écrit pas : {error}.", file(world).display())))?;
    Ok(report)
}

fn file(world: &World) -> PathBuf {
    world.settings.demo().join("lettres.json")
}

async fn already(world: &World, sites: &[Site]) -> Result<Option<DemoReport>, Stop> {
    let total = world.store.count_sites().await?;
    if total == 0 {
        return Ok(None);
    }
    let sirets: Vec<Siret> = sites.iter().map(|site| site.siret.clone()).collect();
    let known = world.store.known_sirets(&sirets).await?.len();
    if total != known as u64 {
        return Err(Stop::Failed("La base contient d’autres sites que ceux de la démonstration : rien n’a été modifié.".into()));
    }
    let report = std::fs::read(file(world)).ok().and_then(|bytes| serde_json::from_slice::<DemoReport>(&bytes).ok());
    match report {
        Some(report) if known == sites.len() => Ok(Some(DemoReport { loaded: false, ..report })),
        _ => Err(Stop::Failed(format!(
            "La démonstration est incomplète : un chargement a été interrompu, ou {} manque. Supprimez le dossier {} et recommencez.",
            file(world).display(),
            world.settings.data.display()
        ))),
    }
}

async fn fill(world: &World, sites: &[Site], progress: &(dyn Fn(usize, usize) + Sync)) -> Result<DemoReport, Stop> {
    let services = &world.services;
    let quiet = |_: usize, _: usize| {};
    let import = async |sites: &[&Site]| {
        let report = services.import_members(&members_csv(sites), false, &quiet).await?;
        if report.refused.is_empty() { Ok(()) } else { Err(Stop::Failed(format!("Démonstration refusée : {:?}", report.refused))) }
    };
    let owned: Vec<&Site> = sites.iter().filter(|site| site.owner.is_some()).collect();
    let posted: Vec<&Site> = sites.iter().filter(|site| site.is_posted).collect();
    let rest: Vec<&Site> = sites.iter().filter(|site| site.owner.is_none() && !site.is_posted).collect();
    // Letters and accounts cost a slow hash each; everything else is quick.
    let total = owned.len() * 2 + posted.len();

    // In this order, so that only the sites of people get letters that nobody prints.
    import(&owned).await?;
    let codes = Codes::default();
    services.make_letters(&codes, &|done, _| progress(done, total)).await?;
    let links = Links::default();
    let people = people::open(services, &owned, &codes, &links, &|done| progress(owned.len() + done, total)).await?;
    import(&posted).await?;
    let printed = Codes::onto(&*world.post);
    services.make_letters(&printed, &|done, _| progress(owned.len() * 2 + done, total)).await?;
    import(&rest).await?;
    let alerts = services.import_alerts(&alerts_csv(sites), false, &quiet).await?;

    let mut numbers: Vec<&str> = sites.iter().map(|site| site.numero.as_str()).collect();
    numbers.dedup();
    Ok(DemoReport {
        loaded: true,
        notice: "Démonstration : ces codes et ce mot de passe sont publics. Ailleurs, un code n’existe que sur le papier.".into(),
        companies: numbers.len(),
        sites: sites.len(),
        sites_with_alerts: alerts.sites,
        password: PASSWORD.to_owned(),
        people,
        letters: posted.iter().filter_map(|site| printed.letter(site)).collect(),
    })
}

/// Keeps what was shown, for a person or a test that comes later.
fn keep(world: &World, report: &DemoReport) -> std::io::Result<()> {
    make_folder(&world.settings.demo())?;
    let draft = file(world).with_extension("tmp");
    let mut out = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    out.write_all(&serde_json::to_vec_pretty(report)?)?;
    out.sync_all()?;
    std::fs::rename(draft, file(world))
}

#[cfg(test)]
mod tests;
