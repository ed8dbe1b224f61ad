//! Killed while it writes: what was acknowledged is there when the folder is opened again, and nothing is there by half.
//!
//! The writer is this very test binary, started again with a variable that turns one test into the writer.

use crate::support::{Folder, fresh, import, line, now, open};
use domain::id::LetterId;
use domain::sites::siret::Siret;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{CodeMatch, NewLetter};

const FOLDER: &str = "ESPACE_TEST_WRITER_FOLDER";

#[expect(clippy::disallowed_methods, reason = "the test starts itself as another process")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Writes pairs of letters for ever and prints each code once its write was acknowledged. Does nothing unless it is told where.
#[tokio::test(flavor = "multi_thread")]
async fn writer() {
    let Some(url) = variable(FOLDER) else { return };
    let store = open(&url).await;
    import(&store, vec![line("00123458200011", "6901234B")]).await;
    let site = store.find_site_by_letters("6901234B", &Siret::parse("00123458200011").unwrap()).await.unwrap().unwrap();
    println!("ready");
    for number in 0.. {
        let letter: LetterId = fresh();
        let code = format!("{}-{number}", std::process::id());
        // Each later than the one before, over all the writers: the two newest codes of a site are live.
        #[expect(clippy::disallowed_methods, reason = "several processes share no clock of the test's")]
        let now = jiff::Timestamp::now();
        store
            .record_letter(NewLetter {
                id: &letter,
                site: &site,
                batch: "lot",
                code: &code,
                expires: now + jiff::SignedDuration::from_hours(99),
                now,
            })
            .await
            .unwrap();
        println!("ack {letter} {code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn g15_kill_9_during_writes_loses_no_acknowledged_write() {
    let kills = if variable("ESPACE_LONG").is_some() { 100 } else { 5 };
    let folder = Folder::new();
    let mut acknowledged: Vec<(LetterId, String)> = Vec::new();
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "deaths::writer", "--nocapture"])
            .env(FOLDER, folder.url())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // The runner of the tests may write on the same line before the writer does.
        while !lines.next().unwrap().unwrap().ends_with("ready") {}
        std::thread::sleep(Duration::from_millis(200 + 137 * (kill % 5)));
        child.kill().unwrap();
        child.wait().unwrap();
        // What was printed before the kill was acknowledged before it. A last line cut in two does not count.
        for text in lines.map_while(Result::ok) {
            if let [ack, letter, code] = text.split(' ').collect::<Vec<_>>()[..]
                && ack.ends_with("ack")
                && code.contains('-')
            {
                acknowledged.push((letter.parse().unwrap(), code.to_owned()));
            }
        }

        let store = open(&folder.url()).await;
        for (letter, _) in &acknowledged {
            assert!(store.find_letter(letter).await.unwrap().is_some(), "kill {kill}: an acknowledged letter is gone");
        }
        // Whole or not at all: the code of the newest letter is live with its letter.
        let site = store.find_site_by_letters("6901234B", &Siret::parse("00123458200011").unwrap()).await.unwrap().unwrap();
        let (_, newest) = acknowledged.last().expect("the writer wrote");
        let again = store.try_code(&site, newest, &crate::support::ulid(), now()).await.unwrap();
        assert_eq!(again, CodeMatch::Live, "kill {kill}: a letter without its code");
        drop(store);
        // The engine lets go of the folder a moment after its last handle.
        tokio::time::sleep(Duration::from_millis(1200)).await;
    }
    println!("{kills} kills, {} acknowledged writes, none lost", acknowledged.len());
    assert!(acknowledged.len() > 5 * kills as usize);
}
