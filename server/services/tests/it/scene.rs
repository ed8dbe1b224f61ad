//! The scene of the races: a site with two administrators on two instances of the portal, and what people do there.

use crate::support::{
    PASSWORD, account, again, enter, enter_as, invitation, join, mails, new_letters, origin, person, secret, with_claire_on,
};
use domain::delegations::Status;
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::delegations::policy::{Enter, may};
use domain::id::{DelegationId, SiteId};
use domain::identity::account::EmailDraft;
use domain::identity::opening::AccountDraft;
use domain::sites::siret::Siret;
use services::testing::Bench;
use services::{BeneficiaryLine, Change, Fault, Visit};
use std::path::PathBuf;
use std::sync::Arc;
use store::Address;
use tokio::sync::Barrier;

pub const FIRST: &str = "00123458200011";
pub const SECOND: &str = "00123458200029";
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 24);
pub const WORD: &str = "Trois pins verts 9";

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// One site with two Administrateurs Entreprise, Claire and Marc, on two instances of the portal.
pub struct Scene {
    pub instances: [Bench; 2],
    pub site: SiteId,
    pub claire: Visit,
    pub marc: Visit,
    pub round: usize,
    _folder: Option<Folder>,
}

/// Something somebody does.
#[derive(Debug, Clone)]
pub enum Deed {
    Give(BeneficiaryDraft, RightsDraft),
    Modify {
        key: DelegationId,
        rev: i64,
        ends: &'static str,
        rights: RightsDraft,
    },
    End(DelegationId, Act),
    Resend(DelegationId),
    Accept(String),
    /// As somebody without account.
    Open(String),
    MoveTo(String),
    ConfirmMove(String),
}

pub async fn run(bench: Bench, visit: Visit, site: SiteId, deed: Deed) -> Result<(), Fault> {
    let services = &bench.services;
    match deed {
        Deed::Give(who, what) => services.delegate(&visit, &site, &who, &what, None, &origin()).await.map(drop),
        Deed::Modify { key, rev, ends, rights } => {
            let change = Change { key: &key, rev, starts: "2026-11-24", ends, rights: &rights };
            services.modify_rights(&visit, &site, &change, None, &origin()).await.map(drop)
        }
        Deed::End(key, act) => services.end_rights(&visit, &site, &key, act, None, &origin()).await.map(drop),
        Deed::Resend(key) => services.resend_invitation(&visit, &site, &key, &origin()).await,
        Deed::Accept(link) => services.accept_invitation(&visit, &link, &origin()).await.map(drop),
        Deed::Open(link) => services.accept_as_new(&link, &person("Lou", "Roy"), &origin()).await,
        Deed::MoveTo(email) => {
            let draft = EmailDraft { email: email.clone(), email_confirmation: email, ..EmailDraft::default() };
            services.change_email(&visit, &draft, &origin()).await
        }
        Deed::ConfirmMove(link) => services.finish_email_change(&link).await,
    }
}

impl Scene {
    pub async fn on(address: Address, folder: Option<Folder>) -> Self {
        let password = told("ESPACE_RACES_PASSWORD").unwrap_or_default();
        let sign_in = matches!(address, Address::Server(_)).then_some(("root", password.as_str()));
        let one = with_claire_on(Bench::on(&address, sign_in).await).await;
        let other = match sign_in {
            Some(_) => one.beside(&address, sign_in).await,
            None => Bench { services: one.another().await, ..one.clone() },
        };
        let claire = enter(&one, PASSWORD).await;
        let site = crate::support::site(&claire);
        one.services.ask_new_letters(&Siret::parse(FIRST).unwrap()).await.unwrap();
        let letters = new_letters(&one, FIRST).await;
        let opening = one.services.prove_letters(&letters, &origin()).await.unwrap();
        let mail = "marc@exemple.fr".to_owned();
        let draft = AccountDraft { email: mail.clone(), email_confirmation: mail, ..account(&opening) };
        one.services.open_account(&opening, &draft).await.unwrap();
        let link = mails(&one).await.iter().filter(|mail| mail.content.kind() == "activation").find_map(secret).unwrap();
        one.services.activate(&link).await.unwrap();
        let marc = enter_as(&one, "marc@exemple.fr", PASSWORD).await;
        // A second site of Claire's alone.
        one.services.ask_new_letters(&Siret::parse(SECOND).unwrap()).await.unwrap();
        let letters = new_letters(&one, SECOND).await;
        let opening = one.services.prove_letters(&letters, &origin()).await.unwrap();
        one.services.associate(&opening, "claire@exemple.fr").await.unwrap();
        mails(&one).await;
        Self { instances: [one, other], site, claire, marc, round: 0, _folder: folder }
    }

    pub fn bench(&self) -> &Bench {
        &self.instances[0]
    }

    /// All at one instant, on the two instances in turn; who comes first changes from round to round.
    pub async fn race<const N: usize>(&self, deeds: [(&Visit, Deed); N]) -> [Result<(), Fault>; N] {
        let gate = Arc::new(Barrier::new(N));
        let mut tasks: Vec<_> = deeds
            .into_iter()
            .enumerate()
            .map(|(place, (visit, deed))| {
                let (bench, visit, site) = (self.instances[(place + self.round) % 2].clone(), visit.clone(), self.site.clone());
                let gate = gate.clone();
                async move {
                    gate.wait().await;
                    run(bench, visit, site, deed).await
                }
            })
            .map(tokio::spawn)
            .collect();
        let mut done = Vec::new();
        for task in tasks.drain(..) {
            done.push(task.await.unwrap());
        }
        done.try_into().unwrap()
    }

    /// One after another, by whoever may.
    pub async fn must(&self, visit: &Visit, deed: Deed) {
        run(self.bench().clone(), visit.clone(), self.site.clone(), deed.clone())
            .await
            .unwrap_or_else(|fault| panic!("{deed:?}: {fault:?}"));
    }

    pub async fn number(&self, sql: &str) -> i64 {
        self.bench().store().number(sql).await.unwrap()
    }

    /// How often the journal tells this of a line.
    pub async fn told(&self, what: &str, about: &DelegationId) -> i64 {
        self.number(&format!("count((SELECT VALUE id FROM audit WHERE about = '{about}' AND what = 'delegation.{what}'))")).await
    }

    pub async fn lines(&self, email: &str) -> Vec<BeneficiaryLine> {
        let claire = again(self.bench(), &self.claire).await;
        // Whoever of the two is left may look.
        let visit = if may(&claire.session.actor, Enter, &self.site, TODAY).is_ok() { &self.claire } else { &self.marc };
        let lines = self.bench().services.beneficiaries(visit, &self.site).await.unwrap();
        lines.into_iter().filter(|line| line.email == email && line.status != Status::Ferme).collect()
    }

    /// The one line of this address that is not over.
    pub async fn line(&self, email: &str) -> BeneficiaryLine {
        let mut lines = self.lines(email).await;
        assert_eq!(lines.len(), 1, "round {}: {lines:?}", self.round);
        lines.remove(0)
    }

    pub async fn rev(&self, key: &DelegationId) -> i64 {
        self.bench().services.beneficiary(&self.claire, &self.site, key).await.unwrap().rev
    }

    pub async fn has_rights(&self, visit: &Visit) -> bool {
        may(&again(self.bench(), visit).await.session.actor, Enter, &self.site, TODAY).is_ok()
    }

    pub async fn join(&self, email: &str, first: &str, last: &str) -> Visit {
        join(self.bench(), email, first, last).await
    }

    pub async fn invited(&self, email: &str) -> String {
        invitation(self.bench(), email).await
    }

    /// What holds whatever happened: somebody administers the site for good, and the guard counts right.
    pub async fn check(&self) {
        let lasting = "SELECT VALUE id FROM delegation WHERE site = $s AND role = 'administrateur_entreprise' AND state = 'open'";
        let lasting = lasting.replace("$s", &format!("site:⟨{}⟩", self.site));
        let open = self.number(&format!("count(({lasting}))")).await;
        assert!(self.number(&format!("count(({lasting} AND ends = NONE))")).await > 0, "round {}: nobody is left", self.round);
        assert_eq!(self.number(&format!("guard:⟨{}⟩.admins", self.site)).await, open, "round {}: the counter", self.round);
    }

    /// Both administer the site again, for good; nobody is over a limit; what the round wrote down is not read again by the next ones.
    pub async fn mend(&self) {
        let script = format!(
            "UPDATE delegation SET state = 'open', ends = NONE, ended = NONE WHERE role = 'administrateur_entreprise' AND site = site:⟨{0}⟩;
             UPDATE guard:⟨{0}⟩ SET admins = 2; DELETE throttle; DELETE audit; DELETE outbox; DELETE invitation; DELETE line_due;
             DELETE delegation WHERE role != 'administrateur_entreprise';",
            self.site
        );
        self.bench().store().plant(&script).await.unwrap();
    }
}

/// What a variable of the environment says.
pub fn told(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.into_string().unwrap())
}
