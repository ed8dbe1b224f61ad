//! The only room where SurrealQL is spoken. One concrete [`Store`], no trait in front of it: tests use the real engine on `mem://`.
//!
//! Every write is one script in one transaction ([`tx`]), retried when another write got in between. Times come in as arguments.

mod access_requests;
mod account_life;
mod accounts;
mod alarms;
mod alerts;
mod association;
mod connect;
mod delegation_row;
mod delegations;
mod digest;
mod external;
mod factors;
mod handed_on;
mod invitations;
mod journal;
mod kept;
mod letter_life;
mod letters;
mod lines;
mod members;
mod migrate;
mod notifications;
mod outbox;
mod personal;
mod portfolio;
mod rights_end;
mod row;
mod second;
mod sessions;
mod sites;
mod sms;
#[cfg(any(test, feature = "testing"))]
mod testing;
mod throttle;
mod tokens;
mod tx;

pub use access_requests::{AccessRequest, AccessState, AskedSite, Asking, NewAccessRequests, OwnAccessRequest};
pub use account_life::{Acting, Changed};
pub use accounts::{Account, AccountState, NewAccount, Opened};
pub use alerts::{AlertLine, AlertReport};
pub use association::{Administrator, Attached, NewSite};
pub use connect::{Address, Store};
pub use delegations::{Beneficiary, Giver, Held, Holdings, Ruled, Ruling, Within};
pub use digest::Gatherable;
pub use external::{ExternalLogin, Linked, NewExternal};
pub use factors::{AppFactor, Enrolled, Factors, NewPasskey, StoredPasskey};
pub use handed_on::HandedOn;
pub use invitations::{Accepted, Invitation, InvitationLink, NewInvitation, NewPerson};
pub use journal::{JournalAsk, JournalRow, Named, People, Reading};
pub use kept::{Kept, Stamp};
pub use letter_life::{BatchCount, Letter, LetterEvent, LetterScope, Voided};
pub use letters::{CodeMatch, Desired, LetterJob, NewLetter};
pub use lines::{Days, ListedLine, Part};
pub use members::{MemberLine, MemberOutcome};
pub use migrate::{Migration, MigrationState};
pub use outbox::{Channel, Gathering, NewMessage, OutboxCounts, OutboxRow};
pub use personal::{Cell, Datum, Erasing, ErasureReason, Line, Purged, Section, SiteLeft, TABLES, register};
pub use portfolio::{ClientRow, ClientSites, Clients};
pub use rights_end::{Ending, Renewer};
pub use second::{CeremonyKind, Entry, NewCeremony, SecondProof};
pub use sessions::{Event, OpenSession, Scope, Session, SessionStart};
pub use sites::{Holder, Site, SiteRow};
pub use sms::NewSmsCode;
#[cfg(any(test, feature = "testing"))]
pub use testing::Described;
pub use throttle::Reservation;
pub use tokens::{Consumed, NewLink, Purpose};
pub use tx::Error;
