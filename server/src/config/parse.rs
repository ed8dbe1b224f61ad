//! From texts to values, and what must fit together.

use super::{LogFormat, Problem, Secret, Settings, Source, Value, elsewhere, files};
use crate::adapters::mail_smtp::Smtp;
use domain::identity::email::Email;
use jiff::SignedDuration;
use services::SecondFactor;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use store::Address;

/// The public address of a portal nobody has named.
pub(super) fn local_url(port: u16) -> String {
    format!("http://localhost:{port}")
}

pub(super) struct Values<'a>(&'a [Value]);

impl Values<'_> {
    /// What somebody said; defaults in words are no values.
    pub(super) fn said(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|value| value.key == key && value.source != Source::Default).map(|value| value.text.trim())
    }

    /// What somebody said, or a default that is a value.
    pub(super) fn get(&self, key: &str) -> &str {
        self.0.iter().find(|value| value.key == key).map_or("", |value| value.text.trim())
    }

    pub(super) fn wrong(&self, key: &str, reason: &str) -> Problem {
        let source = self.0.iter().find(|value| value.key == key).map_or(Source::Default, |value| value.source);
        Problem(format!("« {key} » ({source}) vaut « {} » : {reason}.", self.get(key)))
    }

    fn list<T>(&self, key: &str, read: impl Fn(&str) -> Option<T>, reason: &str) -> Result<Vec<T>, Problem> {
        self.get(key)
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| read(item).ok_or_else(|| self.wrong(key, reason)))
            .collect()
    }

    pub(super) fn secret(&self, key: &str) -> Result<Option<Secret>, Problem> {
        let Some(path) = self.said(key) else { return Ok(None) };
        let text = std::fs::read_to_string(path).map_err(|error| self.wrong(key, &format!("le fichier ne se lit pas ({error})")))?;
        Ok(Some(Secret(text.trim_end_matches(['\r', '\n']).to_owned())))
    }
}

pub(super) fn settings(values: &[Value]) -> Result<Settings, Problem> {
    let values = Values(values);
    let listen: SocketAddr =
        values.get("adresse").parse().map_err(|_| values.wrong("adresse", "une adresse IP et un port sont attendus, 127.0.0.1:3000"))?;
    let data = PathBuf::from(values.get("donnees"));
    let database = database(&values, &data)?;
    let key_file = values.said("cle_file").map(PathBuf::from);
    if !database.is_embedded() && key_file.is_none() {
        return Err(Problem(
            "« cle_file » (ESPACE_CLE_FILE) est obligatoire avec une base ws:// ou wss:// : tous les portails qui la partagent \
             doivent avoir la même clé de 32 octets."
                .into(),
        ));
    }
    let public_url = values.said("url_publique").map(|url| public_url(&values, url)).transpose()?;
    Ok(Settings {
        has_public_url: public_url.is_some(),
        public_url: public_url.unwrap_or_else(|| local_url(listen.port())),
        listen,
        hosts: values.list("hotes", host, "des noms d’hôte séparés par des virgules sont attendus")?,
        trusted_proxies: values.list(
            "proxys",
            |item| item.parse::<IpAddr>().ok(),
            "des adresses IP séparées par des virgules sont attendues",
        )?,
        development: match values.get("mode") {
            "production" => false,
            "developpement" | "développement" => true,
            _ => return Err(values.wrong("mode", "« production » ou « developpement » est attendu")),
        },
        site_dir: values.said("site").map(PathBuf::from),
        texts: values.said("textes").map(PathBuf::from),
        database_login: database_login(&values)?,
        database_authority: values.said("base_ac_file").map(PathBuf::from),
        database,
        has_key_file: key_file.is_some(),
        key_file: key_file.unwrap_or_else(|| data.join("cle")),
        files: files::files(&values, &data)?,
        scanner: files::scanner(&values)?,
        data,
        smtp: smtp(&values)?,
        sms: elsewhere::sms(&values)?,
        oidc: elsewhere::oidc(&values)?,
        rules: rules(&values)?,
        alarms_to: values.list("alarmes", |text| Email::parse(text).ok(), "des adresses mail sont attendues")?,
        print_service: elsewhere::print_service(&values)?,
        log: match values.get("journal") {
            "texte" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return Err(values.wrong("journal", "« texte » ou « json » est attendu")),
        },
        log_filter: match values.get("journal_filtre") {
            filter if tracing_subscriber::EnvFilter::try_new(filter).is_ok() => filter.to_owned(),
            _ => return Err(values.wrong("journal_filtre", "par exemple « info,surrealdb=warn »")),
        },
    })
}

fn rules(values: &Values<'_>) -> Result<services::Rules, Problem> {
    let months: i64 = values
        .get("certification_mois")
        .parse()
        .ok()
        .filter(|months| (1..=60).contains(months))
        .ok_or_else(|| values.wrong("certification_mois", "un nombre de mois de 1 à 60 est attendu"))?;
    // Thirty days and a half: six months are 183 days.
    let second_factor = match values.get("deuxieme_facteur") {
        "jamais" => SecondFactor::Never,
        "administrateurs" => SecondFactor::Administrators,
        _ => return Err(values.wrong("deuxieme_facteur", "« jamais » ou « administrateurs » est attendu")),
    };
    let number = |key: &str| {
        let number = values.get(key).parse().ok().filter(|number| *number > 0);
        number.ok_or_else(|| values.wrong(key, "un nombre à partir de 1 est attendu"))
    };
    let by_mode = if values.get("mode") == "production" { "10" } else { "0" };
    let minutes: Option<i64> =
        values.said("regroupement_minutes").unwrap_or(by_mode).parse().ok().filter(|minutes| (0..=60).contains(minutes));
    let minutes = minutes.ok_or_else(|| values.wrong("regroupement_minutes", "un nombre de 0 à 60 est attendu"))?;
    Ok(services::Rules {
        gathering: SignedDuration::from_mins(minutes),
        certification: SignedDuration::from_hours(months * 732),
        second_factor,
        sms_per_day: number("sms_par_jour")?,
        alarming_guesses: number("alarme_essais")?,
    })
}

fn database(values: &Values<'_>, data: &Path) -> Result<Address, Problem> {
    match values.said("base") {
        None => Ok(Address::Folder(data.join("base"))),
        Some(text) => text.parse().map_err(|_| values.wrong("base", "mem://, surrealkv://DOSSIER, ws://HÔTE ou wss://HÔTE est attendu")),
    }
}

fn database_login(values: &Values<'_>) -> Result<Option<(String, Secret)>, Problem> {
    match (values.said("base_utilisateur"), values.secret("base_mot_de_passe_file")?) {
        (None, None) => Ok(None),
        (Some(user), Some(password)) => Ok(Some((user.to_owned(), password))),
        _ => Err(Problem("« base_utilisateur » et « base_mot_de_passe_file » vont ensemble.".into())),
    }
}

/// `https://espace.exemple.fr[:port]`: an origin, since links are made by adding a path.
fn public_url(values: &Values<'_>, url: &str) -> Result<String, Problem> {
    let url = url.trim_end_matches('/');
    let authority = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match authority.and_then(host) {
        Some(_) => Ok(url.to_lowercase()),
        None => Err(values.wrong("url_publique", "https:// suivi d’un nom d’hôte est attendu, sans chemin")),
    }
}

/// A `Host` value: name or address, perhaps a port.
pub(super) fn host(text: &str) -> Option<String> {
    let is_host = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
    is_host.then(|| text.to_ascii_lowercase())
}

fn smtp(values: &Values<'_>) -> Result<Option<Smtp>, Problem> {
    let Some(server) = values.said("smtp") else { return Ok(None) };
    let parsed = server.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
    let Some((name, port)) = parsed.filter(|(name, _)| host(name).is_some()) else {
        return Err(values.wrong("smtp", "HÔTE:PORT est attendu, smtp.exemple.fr:587"));
    };
    let Some(from) = values.said("smtp_expediteur") else {
        return Err(Problem("« smtp » est donné sans « smtp_expediteur » : de qui viendraient les courriels ?".into()));
    };
    let from = from.parse().map_err(|_| values.wrong("smtp_expediteur", "une adresse électronique est attendue"))?;
    let credentials = match (values.said("smtp_utilisateur"), values.secret("smtp_mot_de_passe_file")?) {
        (None, None) => None,
        (Some(user), Some(password)) => Some((user.to_owned(), password)),
        _ => return Err(Problem("« smtp_utilisateur » et « smtp_mot_de_passe_file » vont ensemble.".into())),
    };
    Ok(Some(Smtp { host: name.to_owned(), port, credentials, from }))
}
