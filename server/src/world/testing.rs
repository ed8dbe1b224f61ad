//! A portal for tests: memory, a folder that goes away, hashes that cost nothing.

use super::{Outside, World};
use crate::adapters::files::FilesSettings;
use crate::config::{LogFormat, Settings};
use domain::fund::Fund;
use services::ServerKey;
use services::testing::{FastHasher, FrozenClock, SeededDice};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Address, Store};

/// A folder of its own, removed when dropped.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes one.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("espace-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Settings of a development portal in memory whose files are in the folder.
pub(crate) fn settings(folder: &Folder) -> Settings {
    Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        public_url: "http://localhost:3000".into(),
        has_public_url: false,
        hosts: Vec::new(),
        trusted_proxies: Vec::new(),
        development: true,
        site_dir: None,
        texts: None,
        data: folder.path().to_owned(),
        database: Address::Memory,
        database_login: None,
        database_authority: None,
        key_file: folder.path().join("cle"),
        has_key_file: false,
        smtp: None,
        sms: None,
        oidc: None,
        rules: services::Rules::default(),
        alarms_to: Vec::new(),
        print_service: None,
        files: FilesSettings::Folder(folder.path().join("fichiers")),
        scanner: None,
        log: LogFormat::Text,
        log_filter: "off".into(),
    }
}

/// A portal in memory with its schema.
pub(crate) async fn world(folder: &Folder) -> World {
    world_of(settings(folder)).await
}

/// The same under other settings.
pub(crate) async fn world_of(settings: Settings) -> World {
    let store = Store::open(&Address::Memory, None).await.unwrap();
    let outside =
        Outside { clock: Arc::new(FrozenClock::new()), dice: Arc::new(SeededDice::default()), hasher: Arc::new(FastHasher::default()) };
    let world = World::assemble(settings, Fund::default(), store, ServerKey::new([7; 32]), outside).unwrap();
    world.migrate().await.unwrap();
    world
}
