//! What the list of clients is asked for, as it stands in its address.

use crate::delegations::Role;
use crate::dsn::Severity;
use crate::text::encoded;

/// Clients of one page.
pub const PAGE: usize = 50;
/// Most characters that are searched for.
const LONGEST: usize = 100;

/// The column the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Site, the default.
    Name,
    /// Entreprise.
    Company,
    /// SIRET.
    Siret,
    /// Ville.
    City,
    /// Rôle.
    Role,
    /// DSN du mois: the gravest first.
    Month,
    /// Alertes: the gravest first.
    Alerts,
    /// Fin de la délégation: the nearest first.
    Ends,
}

impl Column {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 8] = [Self::Name, Self::Company, Self::Siret, Self::City, Self::Role, Self::Month, Self::Alerts, Self::Ends];

    /// Its name in addresses; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "site",
            Self::Company => "entreprise",
            Self::Siret => "siret",
            Self::City => "ville",
            Self::Role => "role",
            Self::Month => "dsn",
            Self::Alerts => "alertes",
            Self::Ends => "fin",
        }
    }
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// From the last to the first.
    pub is_descending: bool,
}

impl Sort {
    /// By name, from A.
    pub const DEFAULT: Self = Self { column: Column::Name, is_descending: false };

    /// `site`, `-fin`: a dash before what descends.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}{}", if self.is_descending { "-" } else { "" }, self.column.code())
    }

    fn parse(code: &str) -> Option<Self> {
        let (is_descending, name) = code.strip_prefix('-').map_or((false, code), |name| (true, name));
        Some(Self { column: Column::ALL.into_iter().find(|column| column.code() == name)?, is_descending })
    }
}

/// What the list is asked for. Parsing never fails: what cannot be read is as if it had not been there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioQuery {
    /// Words of name, company, SIRET or city; empty for all.
    pub search: String,
    /// Only what the person has marked.
    pub favourites: bool,
    /// Only clients with an alert of one of these severities; empty for all.
    pub severities: Vec<Severity>,
    /// Only what ends soon.
    pub ending: bool,
    /// Only where the person is this.
    pub role: Option<Role>,
    /// The order.
    pub sort: Sort,
    /// Which page, from 1.
    pub page: usize,
}

impl Default for PortfolioQuery {
    fn default() -> Self {
        Self { search: String::new(), favourites: false, severities: Vec::new(), ending: false, role: None, sort: Sort::DEFAULT, page: 1 }
    }
}

impl PortfolioQuery {
    /// Reads the pairs of an address; `gravite` as often as it comes.
    #[must_use]
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut query, mut severities): (Self, Vec<Severity>) = (Self::default(), Vec::new());
        for (name, value) in pairs {
            match name {
                "recherche" => query.search = value.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect(),
                "favoris" => query.favourites = !value.is_empty(),
                "gravite" => severities.extend(value.parse::<Severity>()),
                "fin" => query.ending = !value.is_empty(),
                "role" => query.role = value.parse().ok().filter(|role| matches!(role, Role::Cabinet | Role::Collaborateur)),
                "tri" => query.sort = Sort::parse(value).unwrap_or(Sort::DEFAULT),
                "page" => query.page = value.parse().ok().filter(|page| *page > 0).unwrap_or(1),
                _ => {}
            }
        }
        query.severities = Severity::ALL.into_iter().filter(|severity| severities.contains(severity)).collect();
        query
    }

    /// The address's query without its question mark: the shortest that says the same, always in the same order; empty for the default.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if !self.search.is_empty() {
            pairs.push(("recherche", encoded(&self.search)));
        }
        pairs.extend(self.favourites.then(|| ("favoris", "1".to_owned())));
        pairs.extend(self.severities.iter().map(|severity| ("gravite", severity.key().to_owned())));
        pairs.extend(self.ending.then(|| ("fin", "1".to_owned())));
        pairs.extend(self.role.map(|role| ("role", role.code().to_owned())));
        pairs.extend((self.sort != Sort::DEFAULT).then(|| ("tri", self.sort.code())));
        pairs.extend((self.page > 1).then(|| ("page", self.page.to_string())));
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// Whether it asks for less than everything.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.search.is_empty() || self.favourites || !self.severities.is_empty() || self.ending || self.role.is_some()
    }

    /// The same in another order, from the first page: that column from its beginning, or the other way when it is sorted by already.
    #[must_use]
    pub fn sorted(&self, column: Column) -> Self {
        let is_descending = self.sort.column == column && !self.sort.is_descending;
        Self { sort: Sort { column, is_descending }, page: 1, ..self.clone() }
    }

    /// Another page of the same list.
    #[must_use]
    pub fn at(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }
}
