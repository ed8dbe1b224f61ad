//! What the list of beneficiaries is asked for (S115–S124, A26–A30): filters, order, page, as they stand in its address.

use super::{Role, Status};
use crate::delegations::beneficiary::parse_date;
use jiff::civil::Date;

/// The column the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Nom et prénom, the default (S116).
    Name,
    /// Rôle.
    Role,
    /// Statut.
    Status,
    /// Date d'effet.
    Starts,
    /// Date de fin.
    Ends,
}

impl Column {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 5] = [Self::Name, Self::Role, Self::Status, Self::Starts, Self::Ends];

    /// Its name in addresses; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "nom",
            Self::Role => "role",
            Self::Status => "statut",
            Self::Starts => "effet",
            Self::Ends => "fin",
        }
    }
}

/// A column and a direction (S117).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// From the last to the first.
    pub is_descending: bool,
}

impl Sort {
    /// By name, from A (S116).
    pub const DEFAULT: Self = Self { column: Column::Name, is_descending: false };

    /// What the arrow of a column leads to: that column from its beginning, or the other direction when it is sorted by already.
    #[must_use]
    pub fn toggled(self, column: Column) -> Self {
        Self { column, is_descending: self.column == column && !self.is_descending }
    }

    /// `nom`, `-fin`: a dash before what descends.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}{}", if self.is_descending { "-" } else { "" }, self.column.code())
    }

    fn parse(code: &str) -> Option<Self> {
        let (is_descending, name) = code.strip_prefix('-').map_or((false, code), |name| (true, name));
        let column = Column::ALL.into_iter().find(|column| column.code() == name)?;
        Some(Self { column, is_descending })
    }
}

/// A place in the list, in the store's own writing: 1 to 400 of the characters that need no escape in an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// Reads one; none when it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        ((1..=400).contains(&text.len()) && text.bytes().all(is_plain)).then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which page of the list (S124, D19).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// The first.
    #[default]
    First,
    /// What follows a line.
    After(Cursor),
    /// What precedes a line.
    Before(Cursor),
    /// The last.
    Last,
}

/// Lines a page may have (S122, S123, A29); the first is the default.
pub const SIZES: [u16; 4] = [5, 10, 20, 50];

const LAST: &str = "derniere";
const ALL_STATUSES: &str = "tous";

/// What the list is asked for. Parsing never fails: what cannot be read is as if it had not been there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    roles: Vec<Role>,
    statuses: Vec<Status>,
    /// First day on or after this one (A28).
    pub from: Option<Date>,
    /// Last day on or before this one (A28).
    pub until: Option<Date>,
    /// With `until`: those without end pass as well.
    pub without_end: bool,
    /// The order.
    pub sort: Sort,
    size: u16,
    /// Which page.
    pub place: Place,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            roles: Role::ALL.to_vec(),
            statuses: Status::OPEN.to_vec(),
            from: None,
            until: None,
            without_end: false,
            sort: Sort::DEFAULT,
            size: SIZES[0],
            place: Place::First,
        }
    }
}

impl ListQuery {
    /// Reads the pairs of an address, `role` and `statut` as often as they come.
    #[must_use]
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut query, mut roles, mut statuses) = (Self::default(), Vec::new(), Vec::new());
        for (name, value) in pairs {
            match name {
                "role" => roles.extend(value.parse::<Role>()),
                "statut" if value == ALL_STATUSES => statuses.extend(Status::ALL),
                "statut" => statuses.extend(value.parse::<Status>()),
                "effet" => query.from = parse_date(value).ok(),
                "fin" => query.until = parse_date(value).ok(),
                "sans_fin" => query.without_end = !value.is_empty(),
                "tri" => query.sort = Sort::parse(value).unwrap_or(Sort::DEFAULT),
                "lignes" => query.size = value.parse().ok().filter(|size| SIZES.contains(size)).unwrap_or(SIZES[0]),
                "apres" => query.place = Cursor::parse(value).map_or(Place::First, Place::After),
                "avant" => query.place = Cursor::parse(value).map_or(Place::First, Place::Before),
                "page" if value == LAST => query.place = Place::Last,
                _ => {}
            }
        }
        query.without_end &= query.until.is_some();
        query.choose(&roles, &statuses);
        query
    }

    /// The address's query without its question mark: the shortest that says the same, always in the same order; empty for the default.
    #[must_use]
    pub fn to_query(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if self.roles != Role::ALL {
            pairs.extend(self.roles.iter().map(|role| ("role", role.code().to_owned())));
        }
        if self.statuses == Status::ALL {
            pairs.push(("statut", ALL_STATUSES.to_owned()));
        } else if self.statuses != Status::OPEN {
            pairs.extend(self.statuses.iter().map(|status| ("statut", status.code().to_owned())));
        }
        pairs.extend(self.from.map(|day| ("effet", day.to_string())));
        if let Some(day) = self.until {
            pairs.push(("fin", day.to_string()));
            pairs.extend(self.without_end.then(|| ("sans_fin", "1".to_owned())));
        }
        pairs.extend((self.sort != Sort::DEFAULT).then(|| ("tri", self.sort.code())));
        pairs.extend((self.size != SIZES[0]).then(|| ("lignes", self.size.to_string())));
        match &self.place {
            Place::First => {}
            Place::After(cursor) => pairs.push(("apres", cursor.0.clone())),
            Place::Before(cursor) => pairs.push(("avant", cursor.0.clone())),
            Place::Last => pairs.push(("page", LAST.to_owned())),
        }
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// The roles shown, in the order of [`Role::ALL`]; never empty.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The statuses shown, in the order of [`Status::ALL`]; never empty.
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// Lines a page: one of [`SIZES`].
    #[must_use]
    pub const fn size(&self) -> u16 {
        self.size
    }

    /// Sets the filters of role and status; none chosen means the default: every role, the open statuses (S115).
    pub fn choose(&mut self, roles: &[Role], statuses: &[Status]) {
        let default = Self::default();
        let chosen: Vec<Role> = Role::ALL.into_iter().filter(|role| roles.contains(role)).collect();
        self.roles = if chosen.is_empty() { default.roles } else { chosen };
        let chosen: Vec<Status> = Status::ALL.into_iter().filter(|status| statuses.contains(status)).collect();
        self.statuses = if chosen.is_empty() { default.statuses } else { chosen };
    }

    /// The same filters and size, in another order, from the first page.
    #[must_use]
    pub fn sorted(&self, column: Column) -> Self {
        Self { sort: self.sort.toggled(column), place: Place::First, ..self.clone() }
    }

    /// The same list with so many lines a page, from the first; a size that is not offered leaves it as it was.
    #[must_use]
    pub fn sized(&self, size: u16) -> Self {
        Self { size: if SIZES.contains(&size) { size } else { self.size }, place: Place::First, ..self.clone() }
    }

    /// Another page of the same list.
    #[must_use]
    pub fn at(&self, place: Place) -> Self {
        Self { place, ..self.clone() }
    }

    /// Without the filter of one role: what the cross of its chip leads to. Taking the last one away shows all.
    #[must_use]
    pub fn without_role(&self, role: Role) -> Self {
        let mut query = self.at(Place::First);
        let kept: Vec<Role> = self.roles.iter().copied().filter(|one| *one != role).collect();
        query.choose(&kept, &self.statuses);
        query
    }

    /// Without the filter of one status. Taking the last one away shows the default.
    #[must_use]
    pub fn without_status(&self, status: Status) -> Self {
        let mut query = self.at(Place::First);
        let kept: Vec<Status> = self.statuses.iter().copied().filter(|one| *one != status).collect();
        query.choose(&self.roles, &kept);
        query
    }

    /// Whether a line passes the filters.
    #[must_use]
    pub fn shows(&self, role: Role, status: Status, starts: Date, ends: Option<Date>) -> bool {
        self.roles.contains(&role)
            && self.statuses.contains(&status)
            && self.from.is_none_or(|day| day <= starts)
            && self.until.is_none_or(|day| ends.map_or(self.without_end, |end| end <= day))
    }
}
