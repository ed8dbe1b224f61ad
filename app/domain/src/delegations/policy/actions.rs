//! What can be done on a site, one type each, with what it takes.

use super::super::{Function, Mode};
use super::{Action, Need};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident: $need:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl Action for $name {
            const NEEDS: Need = $need;
        }
    )*};
}

const fn read(function: Function) -> Need {
    Need::Function(function, Mode::Consultation)
}

const fn update(function: Function) -> Need {
    Need::Function(function, Mode::Update)
}

actions! {
    /// Stand in the space of a site.
    Enter: Need::Presence;
    /// See who holds rights on the site, and the rights of each (S108).
    ReadDelegations: Need::Administration;
    /// Change and end the rights of others in the company's name.
    ManageDelegations: Need::Administration;
    /// Read what was done on the site.
    ReadJournal: Need::Administration;
    /// Give rights, and follow those one may change: an administrator all of the site, a firm what it handed on (S110–S112).
    Give: Need::Giving;

    /// Read the legal information.
    ReadLegalInformation: read(Function::LegalInformation);
    /// Change the legal information.
    UpdateLegalInformation: update(Function::LegalInformation);
    /// Read the DSN follow-up and its alerts; icons and texts anywhere are that same right (A17).
    ReadDsn: read(Function::Dsn);
    /// Act on the DSN follow-up.
    UpdateDsn: update(Function::Dsn);
    /// Read contributions and statements of account.
    ReadContributions: read(Function::Contributions);
    /// Act on contributions.
    UpdateContributions: update(Function::Contributions);
    /// Read the bank details.
    ReadBankDetails: read(Function::BankDetails);
    /// Change the bank details.
    UpdateBankDetails: update(Function::BankDetails);
    /// Read who works there.
    ReadEmployees: read(Function::Employees);
    /// Declare who comes and goes.
    UpdateEmployees: update(Function::Employees);
    /// Read the absences.
    ReadAbsences: read(Function::Absences);
    /// Enter absences and requests for leave.
    UpdateAbsences: update(Function::Absences);
    /// Read the weather stoppages.
    ReadWeatherStoppages: read(Function::WeatherStoppages);
    /// Declare a weather stoppage.
    UpdateWeatherStoppages: update(Function::WeatherStoppages);
    /// Read the refunds.
    ReadRefunds: read(Function::Refunds);
    /// Ask for a refund.
    UpdateRefunds: update(Function::Refunds);
    /// Read the documents.
    ReadDocuments: read(Function::Documents);
    /// Hand in and sort documents.
    UpdateDocuments: update(Function::Documents);
    /// Read what was exchanged with the fund.
    ReadExchanges: read(Function::Exchanges);
    /// Write to the fund in the company's name.
    UpdateExchanges: update(Function::Exchanges);
}
