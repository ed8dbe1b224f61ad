//! The companies of the demonstration: invented names, SIRETs in ranges no company has, with right keys.

use domain::sites::siret::Siret;
use std::fmt::Write;

/// Who administers a site from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Claire,
    Paul,
    Nadia,
    Luc,
}

impl Owner {
    /// All of them; the one whose account waits for its activation last.
    pub(super) const ALL: [Self; 4] = [Self::Claire, Self::Paul, Self::Nadia, Self::Luc];

    /// First and last name.
    pub(super) const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Claire => ("Claire", "Martin"),
            Self::Paul => ("Paul", "Roux"),
            Self::Nadia => ("Nadia", "Benali"),
            Self::Luc => ("Luc", "Petit"),
        }
    }
}

/// A site of the demonstration.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) numero: String,
    pub(super) company: String,
    pub(super) siret: Siret,
    pub(super) identifiant: String,
    name: String,
    holder: (&'static str, &'static str),
    street: String,
    place: (&'static str, &'static str),
    /// Who has an account for it.
    pub(super) owner: Option<Owner>,
    /// Whether its letters are printed and shown, so that somebody can open an account.
    pub(super) is_posted: bool,
    has_alerts: bool,
}

/// Companies somebody of the demonstration knows: name, owner, letters shown, sites (name, place), how many have alerts.
type Known = (&'static str, Option<Owner>, bool, &'static [(&'static str, usize)], usize);
const KNOWN: [Known; 8] = [
    ("Martin Maçonnerie", Some(Owner::Claire), false, &[("Siège", 0), ("Atelier", 1), ("Dépôt", 2), ("Agence de Grenoble", 3)], 2),
    ("Roux Couverture", Some(Owner::Paul), false, &[("", 4)], 0),
    (
        "Benali Toiture",
        Some(Owner::Nadia),
        false,
        &[("Siège", 5), ("Dépôt nord", 6), ("Dépôt sud", 7), ("Atelier zinc", 8), ("Agence", 9)],
        2,
    ),
    ("Benali Plâtrerie", Some(Owner::Nadia), false, &[("Siège", 5), ("Agence", 10), ("Dépôt", 11), ("Atelier", 12)], 1),
    ("Benali Peinture", Some(Owner::Nadia), false, &[("Siège", 5), ("Agence", 13), ("Atelier", 14)], 1),
    ("Petit Menuiserie", Some(Owner::Luc), false, &[("", 15)], 0),
    ("Charpentes Aubrac", None, true, &[("", 16)], 0),
    ("Électricité Lumeau", None, true, &[("", 17)], 0),
];

const PLACES: [(&str, &str); 18] = [
    ("69003", "Lyon"),
    ("69100", "Villeurbanne"),
    ("69200", "Vénissieux"),
    ("38000", "Grenoble"),
    ("42000", "Saint-Étienne"),
    ("01000", "Bourg-en-Bresse"),
    ("71000", "Mâcon"),
    ("26000", "Valence"),
    ("07100", "Annonay"),
    ("73000", "Chambéry"),
    ("74000", "Annecy"),
    ("63000", "Clermont-Ferrand"),
    ("43000", "Le Puy-en-Velay"),
    ("69400", "Villefranche-sur-Saône"),
    ("38200", "Vienne"),
    ("42300", "Roanne"),
    ("15000", "Aurillac"),
    ("03100", "Montluçon"),
];
const STREETS: [&str; 9] = [
    "rue des Compagnons",
    "chemin du Fil-à-Plomb",
    "avenue de la Truelle",
    "impasse des Tuiliers",
    "rue du Niveau",
    "allée des Charpentiers",
    "quai aux Pierres",
    "rue de l’Équerre",
    "place du Cordeau",
];
const TRADES: [&str; 8] = ["Maçonnerie", "Couverture", "Plomberie", "Carrelage", "Façades", "Menuiserie", "Terrassement", "Isolation"];
const FAMILIES: [&str; 32] = [
    "Valdrin",
    "Courtemine",
    "Brévalle",
    "Sartenay",
    "Montelan",
    "Grandrieu",
    "Lachassin",
    "Ferrolier",
    "Daubessac",
    "Vergelin",
    "Quintenas",
    "Peyrolan",
    "Marsigneul",
    "Boisvallon",
    "Tréfontaine",
    "Ranchelot",
    "Escoublan",
    "Hautecombe",
    "Noirvaux",
    "Chambrelan",
    "Saltrenne",
    "Jouvenceau",
    "Orsival",
    "Malbosquet",
    "Rivolard",
    "Tournelan",
    "Castelbrin",
    "Aubremont",
    "Fontanel",
    "Gravelin",
    "Pierrevaux",
    "Semblançon",
];
const FIRST_NAMES: [&str; 8] = ["Anne", "Karim", "Sophie", "Thomas", "Inès", "Julien", "Mireille", "Yann"];

/// Every site, company by company: 40 companies, 55 sites.
pub(super) fn all() -> Vec<Site> {
    let mut sites = Vec::new();
    for (number, (company, owner, is_posted, places, alerts)) in KNOWN.into_iter().enumerate() {
        let holder = owner.map_or(("Camille", "Durandal"), Owner::name);
        for (index, (name, place)) in places.iter().enumerate() {
            let named = if name.is_empty() { company.to_owned() } else { format!("{company} – {name}") };
            sites.push(Site { owner, is_posted, has_alerts: index < alerts, ..site(number, index, company, named, holder, *place) });
        }
    }
    for (index, family) in FAMILIES.into_iter().enumerate() {
        let number = KNOWN.len() + index;
        let company = format!("{} {family}", TRADES[index % TRADES.len()]);
        let holder = (FIRST_NAMES[index % FIRST_NAMES.len()], family);
        // Three of them have a second site.
        let names: &[&str] = if index % 11 == 4 { &["Siège", "Dépôt"] } else { &[""] };
        for (order, name) in names.iter().enumerate() {
            let full = if name.is_empty() { company.clone() } else { format!("{company} – {name}") };
            let has_alerts = order == 0 && index % 8 < 3;
            sites.push(Site { has_alerts, ..site(number, order, &company, full, holder, index + order) });
        }
    }
    sites
}

fn site(number: usize, order: usize, company: &str, name: String, holder: (&'static str, &'static str), place: usize) -> Site {
    Site {
        numero: format!("D{:04}", number + 1),
        company: company.to_owned(),
        siret: siret(number, order),
        identifiant: format!("69{:04}{:02}", 101 + number * 7, order + 1),
        name,
        holder,
        street: format!("{} {}", 1 + (number * 5 + order * 3) % 48, STREETS[(number + order) % STREETS.len()]),
        place: PLACES[place % PLACES.len()],
        owner: None,
        is_posted: false,
        has_alerts: false,
    }
}

/// `001 234 58x`: below every SIREN that was ever given. The first is 001 234 582.
fn siret(number: usize, order: usize) -> Siret {
    let siren = with_key(&format!("{:08}", 123_458 + number * 131));
    let text = with_key(&format!("{siren}{:04}", order + 1));
    Siret::parse(&text).unwrap_or_else(|_| unreachable!("{text} has a right key"))
}

/// Adds the digit that makes the Luhn sum a multiple of ten.
fn with_key(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0');
            // The key comes after: every second digit is doubled, from the last one on.
            if index % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// The members file of some sites.
pub(super) fn members_csv(sites: &[&Site]) -> Vec<u8> {
    let mut lines = services::members::COLUMNS.join(";");
    for site in sites {
        let (first, last) = site.holder;
        let (postcode, city) = site.place;
        let fields = [
            &*site.numero,
            &*site.company,
            site.siret.as_str(),
            &*site.identifiant,
            &*site.name,
            first,
            last,
            &*site.street,
            "",
            postcode,
            city,
        ];
        lines.push('\n');
        lines.push_str(&fields.join(";"));
    }
    lines.push('\n');
    lines.into_bytes()
}

/// Gravity, code and sentence of what the fund says; no person is named.
const ALERTS: [(&str, &str, &str); 7] = [
    ("anomalie", "CAISSE-01", "code caisse absent pour 2 salariés"),
    ("avertissement", "METIER-07", "métier non renseigné pour 4 salariés"),
    ("bloquant", "DSN-01", "déclaration mensuelle non reçue"),
    ("anomalie", "BASE-03", "base congés payés inférieure au salaire brut pour 3 salariés"),
    ("avertissement", "HEURES-04", "heures travaillées à zéro pour 1 salarié présent tout le mois"),
    ("anomalie", "CONTRAT-02", "date de fin de contrat absente pour 1 salarié sorti"),
    ("information", "RECU-00", "déclaration reçue et prise en compte"),
];

/// The alerts file of the sites that have some: August to October 2026.
pub(super) fn alerts_csv(sites: &[Site]) -> Vec<u8> {
    let mut lines = services::alerts::COLUMNS.join(";");
    for (index, site) in sites.iter().filter(|site| site.has_alerts).enumerate() {
        for (order, month) in (8..=10).enumerate() {
            // One to three months, the last ones first.
            if order + index % 3 < 2 {
                continue;
            }
            let (severity, code, message) = ALERTS[(index * 2 + order) % ALERTS.len()];
            let _ = write!(lines, "\n{};2026-{month:02};{severity};{code};{message}", site.siret);
        }
        // Whatever the wheel gave, somebody must act on October.
        let (severity, code, message) = ALERTS[index % 6];
        let _ = write!(lines, "\n{};2026-10;{severity};{code};{message}", site.siret);
    }
    lines.push('\n');
    lines.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn forty_companies_and_fifty_five_sites_that_nobody_has() {
        let sites = all();
        assert_eq!(sites.len(), 55);
        assert_eq!(sites.iter().map(|site| &site.numero).collect::<HashSet<_>>().len(), 40);
        assert_eq!(sites.iter().map(|site| &site.company).collect::<HashSet<_>>().len(), 40);
        assert_eq!(sites.iter().map(|site| &site.siret).collect::<HashSet<_>>().len(), 55);
        assert_eq!(sites.iter().map(|site| &site.identifiant).collect::<HashSet<_>>().len(), 55);
        assert!(sites.iter().all(|site| site.siret.as_str().starts_with("00")));
        assert_eq!(sites[0].siret.as_str(), "00123458200011");
        let alerts = sites.iter().filter(|site| site.has_alerts).count();
        assert!((16..=20).contains(&alerts), "{alerts}: about a third");
    }

    #[test]
    fn a_siren_has_its_own_key() {
        for site in all() {
            let siren = site.siret.siren();
            assert_eq!(with_key(&siren[..8]), siren);
        }
    }

    #[test]
    fn people_have_the_sites_they_are_said_to_have() {
        let count = |owner| all().iter().filter(|site| site.owner == Some(owner)).count();
        assert_eq!(Owner::ALL.map(count), [4, 1, 12, 1]);
        assert_eq!(all().iter().filter(|site| site.owner == Some(Owner::Claire) && site.has_alerts).count(), 2);
        assert!(all().iter().all(|site| site.owner != Some(Owner::Paul) || !site.has_alerts));
        assert_eq!(all().iter().filter(|site| site.is_posted).count(), 2);
    }
}
