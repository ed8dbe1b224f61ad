//! What the rules of rights show from outside.

mod acting;
mod drafts;
mod giving;
mod listing;
mod policy;
mod turning;
mod values;

use super::giving::Terms;
use super::policy::{Give, Granted, may};
use super::{College, Delegation, Function, Mode, Rights, Role, State};
use crate::actor::Actor;
use crate::id::{DelegationId, SiteId};
use crate::identity::person::PersonName;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 6, 15);

fn site() -> SiteId {
    "01JD3V9X7ZK4M2N8P6Q5R4S3T4".parse().unwrap()
}

fn elsewhere() -> SiteId {
    "01JD3V9X7ZK4M2N8P6Q5R4S3T5".parse().unwrap()
}

fn id(number: u8) -> DelegationId {
    format!("01JD3V9X7ZK4M2N8P6Q5R4S3{number:02}").parse().unwrap()
}

/// In force since the tenth of January, without end.
fn delegation(number: u8, role: Role, rights: Rights) -> Delegation {
    Delegation { id: id(number), site: site(), role, state: State::Open, starts: date(2026, 1, 10), ends: None, rights, above: None }
}

fn under(firm: &Delegation, number: u8, rights: Rights) -> Delegation {
    Delegation { above: Some(Box::new(firm.clone())), ..delegation(number, Role::Collaborateur, rights) }
}

fn actor(delegations: &[Delegation]) -> Actor {
    Actor { account: "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap(), name: PersonName::default(), delegations: delegations.to_vec() }
}

fn giver(delegations: &[Delegation]) -> Granted<Give> {
    may(&actor(delegations), Give, &site(), TODAY).unwrap()
}

/// DSN in update and documents in consultation, for ouvriers and ETAM.
fn some() -> Rights {
    Rights::within([College::Ouvrier, College::Etam].into_iter().collect())
        .with(Function::Dsn, Mode::Update)
        .with(Function::Documents, Mode::Consultation)
}

fn terms(role: Role, rights: Rights) -> Terms {
    Terms { role, rights, starts: TODAY, ends: None }
}
