//! Opening the database: in memory, in a folder, or on a server shared by several portals.

use crate::kept::{Kept, Stamp};
use crate::tx::Error;
use domain::delegations::Delegation;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use surrealdb::Surreal;
use surrealdb::engine::any::Any;
use surrealdb::opt::Config;
use surrealdb::opt::auth::Root;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `mem://`: gone with the process; tests.
    Memory,
    /// `surrealkv://FOLDER`: embedded, every commit flushed to disk before it is acknowledged.
    Folder(PathBuf),
    /// `ws://host` or `wss://host`: a database server shared by several portals.
    Server(String),
}

impl FromStr for Address {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "mem://" {
            Ok(Self::Memory)
        } else if let Some(path) = text.strip_prefix("surrealkv://") {
            let path = path.split('?').next().unwrap_or_default();
            if path.is_empty() { Err("surrealkv:// has no folder".into()) } else { Ok(Self::Folder(path.into())) }
        } else if text.starts_with("ws://") || text.starts_with("wss://") {
            Ok(Self::Server(text.to_owned()))
        } else {
            Err("mem://, surrealkv://DOSSIER, ws://HÔTE or wss://HÔTE expected".into())
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Memory => f.write_str("mem://"),
            Self::Folder(path) => write!(f, "surrealkv://{}?sync=every", path.display()),
            Self::Server(url) => f.write_str(url),
        }
    }
}

impl Address {
    /// Whether this process is the only one that writes: caches may then be exact (D27).
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        match self {
            Self::Memory | Self::Folder(_) => true,
            Self::Server(_) => false,
        }
    }

    /// The folder, when there is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(path) => Some(path),
            Self::Memory | Self::Server(_) => None,
        }
    }
}

/// The database, open. Cheap to clone; all clones share one session.
#[derive(Clone)]
pub struct Store {
    // `Surreal::clone` opens a new session, so the handle itself is shared.
    db: Arc<Surreal<Any>>,
    embedded: bool,
    pub(crate) written: Arc<AtomicU64>,
    pub(crate) rights: Arc<Kept<String, Stamp, Delegation>>,
    #[cfg(feature = "testing")]
    broken: Arc<std::sync::Mutex<Option<&'static str>>>,
    #[cfg(feature = "testing")]
    scripts: Arc<std::sync::Mutex<Vec<String>>>,
}

impl Store {
    /// Opens the database and selects the portal's own namespace. `sign_in` is user and password, for a server only.
    ///
    /// # Errors
    /// [`Error::Engine`] with the engine's reason: a folder another process holds, a server that cannot be reached.
    pub async fn open(address: &Address, sign_in: Option<(&str, &str)>) -> Result<Self, Error> {
        Self::connect(address, sign_in, Config::new()).await
    }

    /// The same with the TLS that a `wss://` server is spoken to in.
    ///
    /// # Errors
    /// As [`Store::open`]; a server whose certificate nobody vouches for.
    pub async fn open_secured(address: &Address, sign_in: Option<(&str, &str)>, tls: rustls::ClientConfig) -> Result<Self, Error> {
        Self::connect(address, sign_in, Config::new().rustls(tls)).await
    }

    async fn connect(address: &Address, sign_in: Option<(&str, &str)>, config: Config) -> Result<Self, Error> {
        let engine = |error: surrealdb::Error| Error::Engine(error.to_string());
        let db = surrealdb::engine::any::connect((address.to_string(), config)).await.map_err(engine)?;
        if let Some((user, password)) = sign_in {
            db.signin(Root { username: user.to_owned(), password: password.to_owned() }).await.map_err(engine)?;
        }
        db.use_ns("espace").use_db("espace").await.map_err(engine)?;
        Ok(Self {
            db: Arc::new(db),
            embedded: address.is_embedded(),
            written: Arc::default(),
            rights: Arc::default(),
            #[cfg(feature = "testing")]
            broken: Arc::default(),
            #[cfg(feature = "testing")]
            scripts: Arc::default(),
        })
    }

    /// A second handle on the same database with a session of its own, as another instance would have.
    ///
    /// # Errors
    /// [`Error::Engine`] when the engine refuses the session.
    pub async fn another(&self) -> Result<Self, Error> {
        let db = Surreal::clone(&self.db);
        db.use_ns("espace").use_db("espace").await.map_err(|error| Error::Engine(error.to_string()))?;
        Ok(Self {
            db: Arc::new(db),
            embedded: self.embedded,
            written: Arc::clone(&self.written),
            rights: Arc::clone(&self.rights),
            #[cfg(feature = "testing")]
            broken: Arc::clone(&self.broken),
            #[cfg(feature = "testing")]
            scripts: Arc::clone(&self.scripts),
        })
    }

    /// Whether this process is the database's only writer.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.embedded
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// [`Error::Engine`] when it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        self.read("RETURN 1;", crate::row::vars! {}).await.map(drop)
    }

    /// From now on every script that contains `part` fails as if the database had gone; none works normally again.
    #[cfg(feature = "testing")]
    pub fn break_scripts(&self, part: Option<&'static str>) {
        *self.broken.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = part;
    }

    /// The scripts run since the last time this was asked.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn take_scripts(&self) -> Vec<String> {
        std::mem::take(&mut *self.scripts.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Notes a script, and says whether a test wants it to fail.
    #[cfg(feature = "testing")]
    pub(crate) fn is_broken(&self, sql: &str) -> bool {
        self.scripts.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(sql.to_owned());
        self.broken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_some_and(|part| sql.contains(part))
    }

    pub(crate) fn db(&self) -> &Surreal<Any> {
        &self.db
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("embedded", &self.embedded).finish_non_exhaustive()
    }
}
