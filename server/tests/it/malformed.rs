//! G23: forms with files and files of the fund, mutilated in every way: each gets an answer, nothing panics, nothing is half taken in.
//! `ESPACE_LONG` plays many times as many.

use crate::portal::Portal;
use axum::body::Body;
use http::{Method, StatusCode, header};
use std::time::{Duration, Instant};

/// Chance that repeats: a failure names its round.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }

    /// The bytes with up to twelve wounds: cut, doubled, overwritten, moved.
    fn mutilate(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut all = bytes.to_vec();
        for _ in 0..=self.next(12) {
            let (at, length) = (self.next(all.len()), self.next(40));
            let end = (at + length).min(all.len());
            match self.next(6) {
                0 => drop(all.drain(at..end)),
                1 => all.splice(at..at, vec![0_u8; length]).for_each(drop),
                2 => all.extend_from_within(at..end),
                3 => all.truncate(at),
                4 if !all.is_empty() => all[at] = u8::try_from(self.next(256)).unwrap(),
                _ => {
                    let piece: Vec<u8> =
                        [&b"\r\n"[..], b"--limite", b"\"", b";", b"\xff\xfe", b"filename=\"a.pdf\"", b"\0"][self.next(7)].into();
                    all.splice(at..at, piece).for_each(drop);
                }
            }
        }
        all
    }
}

fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("ESPACE_LONG").is_some() { long } else { short }
}

#[tokio::test(flavor = "multi_thread")]
async fn g23_forms_with_files() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let form = format!("{home}/contact");
    let text = |name: &str, value: &str| format!("--limite\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let version = app::words::contact::CONSENT_VERSION;
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut slowest = Duration::ZERO;
    for round in 0..rounds(150, 20_000) {
        let number = domain::id::ExchangeId::try_from(format!("01JD3V9X7Z{:016}", round % 12)).unwrap();
        let head = [("brouillon", number.as_str()), ("objet", "Objet"), ("message", "Message"), ("consent_version", version)];
        let mut body: String = head.iter().map(|(name, value)| text(name, value)).collect();
        body +=
            "--limite\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n";
        body += "%PDF-1.7\nxxxxxxxxxxxxxxxxxxxx\r\n";
        body += &text("joindre", "1");
        body += "--limite--\r\n";
        let body = chance.mutilate(body.as_bytes());
        let request = claire
            .request(Method::POST, &form)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=limite")
            .header(header::CONTENT_LENGTH, body.len())
            .header("x-forwarded-for", format!("198.51.100.{}", round % 250))
            .body(Body::from(body))
            .unwrap();
        let began = Instant::now();
        let answer = claire.send(request).await;
        slowest = slowest.max(began.elapsed());
        let is_answer = [StatusCode::SEE_OTHER, StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS];
        assert!(is_answer.contains(&answer.status), "round {round}: {} {}", answer.status, answer.body);
        if round % 50 == 49 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    println!("g23 forms with files: slowest {slowest:?}");
    assert!(portal.mails().await.is_empty(), "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn g23_files_of_the_fund() {
    let portal = Portal::new().await;
    portal.letters().await;
    let members = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
        A100;Martin Maçonnerie;00123458200011;6901234B;\"Siège; 1\";Claire;Martin;1 rue des Grues;;69003;Lyon\n";
    let alerts = "siret;periode;gravite;code;message\n00123458200011;2026-10;bloquant;A1;\"Texte \"\"cité\"\"\"\n";
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let mut slowest = Duration::ZERO;
    for _ in 0..rounds(100, 20_000) {
        let began = Instant::now();
        // A file that cannot be read is refused by its lines, or as a whole with a reason; it never fails the portal.
        let report = portal.services.import_members(&chance.mutilate(members.as_bytes()), false, &|_, _| ()).await;
        assert!(!matches!(report, Err(services::Fault::Broken(_))), "{report:?}");
        let report = portal.services.import_alerts(&chance.mutilate(alerts.as_bytes()), false, &|_, _| ()).await;
        assert!(!matches!(report, Err(services::Fault::Broken(_))), "{report:?}");
        slowest = slowest.max(began.elapsed());
    }
    println!("g23 files of the fund: slowest {slowest:?}");
}
