//! How often may one try? Counted before looking, in the database, so that instances agree (security of logins and letters).

use crate::{Fault, Rules, Services};
use domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::net::IpAddr;
use store::Reservation;
use tokio::sync::{Mutex, MutexGuard};

/// One gate per stripe of keys: within this process tries on one key queue here instead of colliding in the database.
pub(crate) struct Gates(Vec<Mutex<()>>);

impl Default for Gates {
    fn default() -> Self {
        Self((0..64).map(|_| Mutex::new(())).collect())
    }
}

impl Gates {
    /// Waits for its turn on a key. Never held while waiting for another turn at the same gates.
    pub(crate) async fn turn(&self, key: &str) -> MutexGuard<'_, ()> {
        let mut hash = DefaultHasher::new();
        key.hash(&mut hash);
        self.0[usize::try_from(hash.finish() % self.0.len() as u64).unwrap_or(0)].lock().await
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counter {
    /// Tries on one login from browsers it does not know.
    Account,
    /// Tries on one login from a browser that has logged in with it before.
    Device,
    /// Logins tried from one address on the network.
    Address,
    /// Letters tried for one identifiant.
    Identifiant,
    /// Letters tried from one address on the network.
    LetterAddress,
    /// Mails asked for one account.
    Mail,
    /// Mails asked from one address on the network.
    MailAddress,
    /// Letters asked for one site.
    Letters,
    /// SMS to one number, whoever asks.
    SmsNumber,
    /// SMS asked by one account, or by one visit of an opening.
    SmsOwner,
    /// SMS asked from one address on the network.
    SmsAddress,
    /// SMS of all numbers together: they cost the fund money.
    SmsAll {
        /// How many a day.
        most: usize,
    },
    /// Invitations of one account.
    Invitations,
    /// Forms of requests for access of one account.
    AccessRequests,
    /// Mails about requests for access to one site.
    AccessMails,
    /// Messages to the fund of one account.
    Messages,
    /// Messages to the fund begun by one account.
    Drafts,
    /// Codes of a second factor tried for one account.
    SecondFactor,
}

impl Counter {
    /// The counter of all SMS under the fund's rules.
    pub(crate) const fn sms_all(rules: Rules) -> Self {
        Self::SmsAll { most: rules.sms_per_day }
    }

    pub(crate) const fn scope(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Device => "device",
            Self::Address => "address",
            Self::Identifiant => "identifiant",
            Self::LetterAddress => "letter-address",
            Self::Mail => "mail",
            Self::MailAddress => "mail-address",
            Self::Letters => "letters",
            Self::SmsNumber => "sms-number",
            Self::SmsOwner => "sms-owner",
            Self::SmsAddress => "sms-address",
            Self::SmsAll { .. } => "sms-all",
            Self::Invitations => "invitations",
            Self::AccessRequests => "access-requests",
            Self::AccessMails => "access-mails",
            Self::Messages => "messages",
            Self::Drafts => "drafts",
            Self::SecondFactor => "second-factor",
        }
    }

    /// How long a try is remembered.
    const fn memory(self) -> SignedDuration {
        match self {
            Self::Account
            | Self::Device
            | Self::Identifiant
            | Self::Mail
            | Self::SmsNumber
            | Self::SmsOwner
            | Self::SmsAll { .. }
            | Self::Invitations
            | Self::AccessRequests
            | Self::AccessMails
            | Self::Messages
            | Self::Drafts
            | Self::SecondFactor => SignedDuration::from_hours(24),
            Self::Address | Self::LetterAddress | Self::MailAddress | Self::SmsAddress => SignedDuration::from_hours(1),
            Self::Letters => SignedDuration::from_hours(24 * 7),
        }
    }

    /// Seconds to wait before the next try, given the earlier ones (oldest first, all within [`Counter::memory`]).
    fn wait(self, hits: &[Timestamp], now: Timestamp) -> Option<u32> {
        match self {
            Self::Account => worst(&[
                spaced(hits, now),
                at_most(hits, now, 10, SignedDuration::from_mins(15)),
                at_most(hits, now, 25, SignedDuration::from_hours(24)),
            ]),
            Self::Device | Self::AccessRequests => at_most(hits, now, 10, SignedDuration::from_hours(24)),
            Self::Address | Self::LetterAddress => at_most(hits, now, 100, SignedDuration::from_hours(1)),
            Self::Identifiant => at_most(hits, now, 25, SignedDuration::from_hours(24)),
            Self::MailAddress | Self::SmsAddress => at_most(hits, now, 20, SignedDuration::from_hours(1)),
            Self::SmsAll { most } => at_most(hits, now, most, SignedDuration::from_hours(24)),
            // Some accountants write for many clients; each message may weigh 40 Mo.
            Self::Messages => at_most(hits, now, 100, SignedDuration::from_hours(24)),
            Self::Invitations | Self::Drafts => at_most(hits, now, 300, SignedDuration::from_hours(24)),
            Self::AccessMails => at_most(hits, now, 5, SignedDuration::from_hours(24)),
            Self::Letters => at_most(hits, now, 1, SignedDuration::from_hours(24 * 7)),
            // The minute stands before everything else, so that an impatient click spends nothing.
            Self::Mail | Self::SmsNumber | Self::SmsOwner => {
                worst(&[at_most(hits, now, 1, SignedDuration::from_mins(1)), at_most(hits, now, 5, SignedDuration::from_hours(24))])
            }
            Self::SecondFactor => {
                worst(&[at_most(hits, now, 5, SignedDuration::from_mins(15)), at_most(hits, now, 20, SignedDuration::from_hours(24))])
            }
        }
    }
}

fn worst(waits: &[Option<u32>]) -> Option<u32> {
    waits.iter().copied().flatten().max()
}

/// At most `most` tries within `window`.
fn at_most(hits: &[Timestamp], now: Timestamp, most: usize, window: SignedDuration) -> Option<u32> {
    let recent: Vec<Timestamp> = hits.iter().copied().filter(|hit| now.duration_since(*hit) < window).collect();
    (recent.len() >= most).then(|| seconds(window - now.duration_since(recent[recent.len() - most])))
}

/// Five tries are free; then a minute between two, doubling to a quarter of an hour.
fn spaced(hits: &[Timestamp], now: Timestamp) -> Option<u32> {
    let beyond = hits.len().checked_sub(5)?;
    let pause = SignedDuration::from_secs((60 << beyond.min(4)).min(900));
    let since = now.duration_since(*hits.last()?);
    (since < pause).then(|| seconds(pause - since))
}

fn seconds(duration: SignedDuration) -> u32 {
    u32::try_from(duration.as_secs().max(0)).unwrap_or(u32::MAX).saturating_add(1)
}

/// An address on the network as it is counted: one IPv4, or the /64 an IPv6 customer holds.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let s = v6.segments();
            format!("{:x}:{:x}:{:x}:{:x}::/64", s[0], s[1], s[2], s[3])
        }
    }
}

impl Services {
    /// Counts a try, or refuses it.
    pub(crate) async fn reserve(&self, counter: Counter, key: &str) -> Result<(), Fault> {
        let _turn = self.counters.turn(&format!("{} {key}", counter.scope())).await;
        let now = self.clock.now();
        let since = now - counter.memory();
        match self.store.reserve(counter.scope(), key, since, now + counter.memory(), now, |hits| counter.wait(hits, now)).await? {
            Reservation::Counted => Ok(()),
            Reservation::Wait(retry_after) => Err(Refusal::TooMany { retry_after }.into()),
        }
    }

    /// Forgets the tries under a key, after a success.
    pub(crate) async fn forgive(&self, counter: Counter, key: &str) -> Result<(), Fault> {
        Ok(self.store.forgive(counter.scope(), key).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// Tries as fast as the rule lets, for `span` seconds: when each was allowed.
    fn greedy(counter: Counter, span: i64) -> Vec<i64> {
        let (mut now, mut allowed) = (0, Vec::new());
        while now < span {
            let hits: Vec<Timestamp> = allowed.iter().filter(|hit| now - **hit < counter.memory().as_secs()).map(|hit| at(*hit)).collect();
            match counter.wait(&hits, at(now)) {
                None => allowed.push(now),
                Some(wait) => now += i64::from(wait),
            }
        }
        allowed
    }

    #[test]
    fn g1_a_guesser_gets_ten_tries_in_a_quarter_and_twenty_five_in_a_day() {
        let tries = greedy(Counter::Account, 86_400);
        assert_eq!(tries[..6], [0, 0, 0, 0, 0, 61]);
        assert!(tries.len() <= 25, "{}", tries.len());
        for start in &tries {
            assert!(tries.iter().filter(|hit| (*start..*start + 900).contains(hit)).count() <= 10);
        }
    }

    #[test]
    fn each_counter_has_its_bound() {
        assert_eq!(greedy(Counter::Device, 3600).len(), 10);
        assert_eq!(greedy(Counter::Address, 3600).len(), 100);
        assert_eq!(greedy(Counter::Identifiant, 86_400).len(), 25);
        assert_eq!(greedy(Counter::Mail, 86_400).len(), 5);
        assert_eq!(greedy(Counter::MailAddress, 3600).len(), 20);
        assert_eq!(greedy(Counter::Letters, 7 * 86_400).len(), 1);
        assert_eq!(greedy(Counter::SmsNumber, 86_400).len(), 5);
        assert_eq!(greedy(Counter::SmsNumber, 86_400)[1], 61);
        assert_eq!(greedy(Counter::SmsOwner, 86_400).len(), 5);
        assert_eq!(greedy(Counter::SmsAll { most: 40 }, 86_400).len(), 40);
        assert_eq!(greedy(Counter::SecondFactor, 86_400).len(), 20);
        assert_eq!(greedy(Counter::AccessRequests, 86_400).len(), 10);
        assert_eq!(greedy(Counter::Messages, 86_400).len(), 100);
        assert_eq!(greedy(Counter::AccessMails, 86_400).len(), 5);
    }

    #[test]
    fn ipv6_is_counted_by_network_and_mapped_v4_as_v4() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1:2::/64");
        assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1");
    }
}
