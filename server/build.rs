//! Puts the built files into the binary when `ESPACE_SITE` names their folder (release builds); otherwise the list is empty and
//! the portal reads them from disk, so that `cargo check` needs none.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo:rerun-if-env-changed=ESPACE_SITE");
    let mut list = String::from("static EMBEDDED: &[(&str, &[u8])] = &[\n");
    #[expect(clippy::disallowed_methods, reason = "a build script is configured by its environment")]
    let site = std::env::var("ESPACE_SITE").ok().map(PathBuf::from);
    if let Some(site) = site.filter(|site| site.is_dir()) {
        let site = site.canonicalize().unwrap_or(site);
        println!("cargo:rerun-if-changed={}", site.display());
        add(&site, &site, &mut list);
    }
    list.push_str("];\n");
    #[expect(clippy::disallowed_methods, reason = "a build script is configured by its environment")]
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("embedded.rs"), list).expect("OUT_DIR is writable");
}

fn add(root: &Path, folder: &Path, list: &mut String) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            add(root, &path, list);
        } else if let Ok(relative) = path.strip_prefix(root) {
            let (name, file) = (format!("/{}", relative.display()), path.display().to_string());
            let _ = writeln!(list, "    ({name:?}, include_bytes!({file:?})),");
        }
    }
}
