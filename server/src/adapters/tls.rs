//! TLS as a client: whom this machine believes. One configuration for calls, and for the database server.

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::Arc;

/// TLS that believes the public authorities, and those of a PEM file: a database server on the fund's own network has a certificate of the
/// fund's own authority.
///
/// # Errors
/// The reason: a file that cannot be read, or holds no certificate.
pub fn client(authorities: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = authorities {
        let shown = path.display();
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| format!("{shown} : {error}"))?;
        let mut found = 0;
        for certificate in certificates {
            roots.add(certificate.map_err(|error| format!("{shown} : {error}"))?).map_err(|error| format!("{shown} : {error}"))?;
            found += 1;
        }
        if found == 0 {
            return Err(format!("{shown} : aucun certificat"));
        }
    }
    // Named, since two libraries for it are in the tree and neither is the process's own choice.
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificate_is_refused() {
        let path = std::env::temp_dir().join(format!("espace-ac-{}", std::process::id()));
        assert!(client(None).is_ok() && client(Some(&path)).is_err(), "not there");
        std::fs::write(&path, "rien").unwrap();
        assert!(client(Some(&path)).unwrap_err().contains("aucun certificat"));
        std::fs::remove_file(&path).unwrap();
    }
}
