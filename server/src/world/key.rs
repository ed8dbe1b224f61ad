//! The server key (D14): read, or made at first start.

use super::Unready;
use crate::adapters::dice_system::SystemDice;
use crate::config::Settings;
use services::ServerKey;
use services::ports::Dice;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zeroize::Zeroizing;

/// The key in the configured file. A file at the default place is made when there is no database yet.
pub(super) fn read_or_make(settings: &Settings) -> Result<ServerKey, Unready> {
    let path = &settings.key_file;
    let shown = path.display();
    match std::fs::read(path).map(Zeroizing::new) {
        Ok(bytes) => <[u8; 32]>::try_from(bytes.as_slice())
            .map(ServerKey::new)
            .map_err(|_| Unready(format!("La clé du portail {shown} a {} octets au lieu de 32.", bytes.len()))),
        Err(error) if error.kind() == ErrorKind::NotFound && !settings.has_key_file => {
            // A new key would silently disown every account: their logins are found through the old one.
            if settings.database.folder().is_some_and(holds_something) {
                return Err(Unready(format!(
                    "La base existe mais la clé du portail {shown} manque. Sans elle, aucun compte n’est reconnu : \
                     remettez-la à sa place depuis la sauvegarde."
                )));
            }
            make(path).map_err(|error| Unready(format!("La clé du portail {shown} ne peut pas être créée : {error}.")))
        }
        Err(error) => Err(Unready(format!("La clé du portail {shown} ne se lit pas : {error}."))),
    }
}

fn holds_something(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

fn make(path: &Path) -> std::io::Result<ServerKey> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    SystemDice.fill(&mut *bytes);
    // Whole or not at all: the name appears once the 32 bytes are on the disk.
    let draft = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(&*bytes)?;
    file.sync_all()?;
    std::fs::hard_link(&draft, path).and(std::fs::remove_file(&draft))?;
    Ok(ServerKey::new(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing::{Folder, settings};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn d14_the_key_is_made_once_for_nobody_else_to_read() {
        let folder = Folder::new();
        let settings = settings(&folder);
        let first = read_or_make(&settings).unwrap();
        assert_eq!(std::fs::metadata(&settings.key_file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read(&settings.key_file).unwrap().len(), 32);
        assert_eq!(first.derive("test", b""), read_or_make(&settings).unwrap().derive("test", b""));
    }

    #[test]
    fn a_key_that_is_named_is_never_made() {
        let folder = Folder::new();
        let settings = Settings { has_key_file: true, ..settings(&folder) };
        assert!(read_or_make(&settings).unwrap_err().0.contains("ne se lit pas"));
        std::fs::write(&settings.key_file, [1; 31]).unwrap();
        assert!(read_or_make(&settings).unwrap_err().0.contains("31 octets"));
    }

    #[test]
    fn a_database_without_its_key_gets_no_new_one() {
        let folder = Folder::new();
        let base = folder.path().join("base");
        std::fs::create_dir(&base).unwrap();
        let settings = Settings { database: store::Address::Folder(base.clone()), ..settings(&folder) };
        assert!(read_or_make(&settings).is_ok(), "an empty folder is no database");
        std::fs::remove_file(&settings.key_file).unwrap();
        std::fs::write(base.join("LOCK"), "").unwrap();
        assert!(read_or_make(&settings).unwrap_err().0.contains("sauvegarde"));
    }
}
