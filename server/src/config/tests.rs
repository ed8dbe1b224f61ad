use super::*;
use crate::adapters::scanner_clamd::ScannerAddress;
use crate::world::testing::Folder;

fn flags(pairs: &[(&'static str, &str)]) -> Flags {
    Flags { values: pairs.iter().map(|(key, value)| (*key, (*value).to_owned())).collect(), config: None }
}

fn load_with(flags: &Flags, env: &[(&str, &str)], file: Option<&str>) -> Result<Loaded, Problem> {
    let folder = Folder::new();
    let mut flags = flags.clone();
    if let Some(text) = file {
        let path = folder.path().join("espace.toml");
        std::fs::write(&path, text).unwrap();
        flags.config = Some(path.display().to_string());
    }
    load_from(&flags, &|name| env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

fn refusal(flags: &Flags, env: &[(&str, &str)], file: Option<&str>) -> String {
    load_with(flags, env, file).expect_err("a problem").0
}

#[test]
fn the_command_line_wins_over_the_environment_the_file_and_the_default() {
    let (file, env) = (Some("adresse = '127.0.0.3:3'\n"), [("ESPACE_ADRESSE", "127.0.0.2:2")]);
    let flag = flags(&[("adresse", "127.0.0.1:1")]);
    for (flags, env, file, listen, source) in [
        (flag.clone(), &env[..], file, "127.0.0.1:1", Source::Flag),
        (Flags::default(), &env[..], file, "127.0.0.2:2", Source::Environnement),
        (Flags::default(), &[][..], file, "127.0.0.3:3", Source::Fichier),
        (Flags::default(), &[][..], None, "127.0.0.1:3000", Source::Default),
    ] {
        let loaded = load_with(&flags, env, file).unwrap();
        assert_eq!(loaded.settings.listen.to_string(), listen);
        let shown = loaded.values.iter().find(|value| value.key == "adresse").unwrap();
        assert_eq!((shown.text.as_str(), shown.source), (listen, source));
    }
}

#[test]
fn without_any_configuration_the_portal_has_what_it_needs() {
    let Loaded { settings, fund, .. } = load_with(&Flags::default(), &[], None).unwrap();
    assert_eq!(settings.public_url, "http://localhost:3000");
    assert_eq!(settings.database, Address::Folder("./donnees/base".into()));
    assert_eq!(settings.key_file, PathBuf::from("./donnees/cle"));
    assert!(!settings.development && settings.smtp.is_none() && fund.demonstration);
}

#[test]
fn the_public_address_follows_the_port_unless_it_is_said() {
    let mut settings = load_with(&flags(&[("adresse", "127.0.0.1:0")]), &[], None).unwrap().settings;
    settings.follow_port(4321);
    assert_eq!((settings.public_url.as_str(), settings.listen.port()), ("http://localhost:4321", 4321));
    let said = flags(&[("url_publique", "https://Espace.exemple.fr/")]);
    let mut settings = load_with(&said, &[], None).unwrap().settings;
    settings.follow_port(4321);
    assert_eq!(settings.public_url, "https://espace.exemple.fr");
}

#[test]
fn lists_are_lists_in_the_file_and_commas_elsewhere() {
    let file = Some("hotes = ['a.fr', 'B.fr:8080']\nproxys = ['10.0.0.1', '::1']");
    let settings = load_with(&Flags::default(), &[], file).unwrap().settings;
    assert_eq!(settings.hosts, ["a.fr", "b.fr:8080"]);
    assert_eq!(settings.trusted_proxies.len(), 2);
    let settings = load_with(&flags(&[("hotes", "a.fr, b.fr")]), &[], None).unwrap().settings;
    assert_eq!(settings.hosts, ["a.fr", "b.fr"]);
}

#[test]
fn d23_a_named_fund_is_no_demonstration() {
    let fund =
        load_with(&Flags::default(), &[], Some("[caisse]\nnom = 'Caisse du Rhône'\nadresse = ['1 rue A', '69000 LYON']")).unwrap().fund;
    assert_eq!((fund.nom.as_str(), fund.adresse.len(), fund.demonstration), ("Caisse du Rhône", 2, false));
}

#[test]
fn what_is_wrong_is_named() {
    for (file, words) in [
        ("adrese = 'x'", "clé inconnue « adrese »"),
        ("adresse = 3000", "« adresse »"),
        ("adresse = 'ici'", "« adresse » (fichier) vaut « ici »"),
        ("caisse = 'x'", "« caisse » doit être une table"),
        ("[caisse]\nnomm = 'x'", "clé inconnue « caisse.nomm »"),
        ("[caisse]\nadresse = 'x'", "« caisse.adresse » : une liste de textes"),
        ("[caisse]\ndemonstration = 'oui'", "« caisse.demonstration » : true ou false"),
        ("mode = 'test'", "« mode »"),
        ("base = 'postgres://x'", "« base »"),
        ("url_publique = 'https://a.fr/chemin'", "« url_publique »"),
        ("proxys = ['localhost']", "« proxys »"),
        ("smtp = 'smtp.exemple.fr:587'", "« smtp_expediteur »"),
        ("smtp = 'smtp.exemple.fr'\nsmtp_expediteur = 'a@b.fr'", "« smtp »"),
        ("smtp_mot_de_passe_file = '/nulle/part'\nsmtp = 'a.fr:25'\nsmtp_expediteur = 'a@b.fr'", "« smtp_mot_de_passe_file »"),
        ("poste_url = 'https://poste.exemple.fr/lettres'", "« poste_jeton_file » vont ensemble"),
        ("poste_jeton_file = '/dev/null'", "« poste_url » et"),
        ("poste_jeton_file = '/dev/null'\nposte_url = 'http://poste.exemple.fr'", "« poste_url » (fichier)"),
        ("poste_jeton_file = '/dev/null'\nposte_url = 'http://127.0.0.1.exemple.fr'", "« poste_url » (fichier)"),
        ("poste_jeton_file = '/dev/null'\nposte_url = 'https://a:b@poste.exemple.fr'", "« poste_url » (fichier)"),
        ("poste_jeton_file = '/dev/null'\nposte_url = 'poste.exemple.fr'", "« poste_url » (fichier)"),
        ("base_utilisateur = 'root'", "« base_mot_de_passe_file »"),
        ("sms_expediteur = 'CIBTP'", "« sms_expediteur » est donné sans « sms_url »"),
        ("sms_url = 'http://sms.exemple.fr/'", "« sms_url » (fichier) vaut « http://sms.exemple.fr/ » : une adresse https://"),
        ("sms_url = 'https://s.fr/'\nsms_corps = '{}'", "« sms_corps »"),
        ("sms_url = 'https://s.fr/'\nsms_jeton_file = '/nulle/part'", "« sms_jeton_file »"),
        ("oidc_preset = 'proconnect'", "« oidc_preset » est donné sans « oidc_emetteur »"),
        ("oidc_emetteur = 'http://p.exemple.fr'", "« oidc_emetteur » (fichier)"),
        ("oidc_emetteur = 'https://p.fr?x'", "« oidc_emetteur »"),
        ("oidc_emetteur = 'https://p.fr'", "« oidc_client_id »"),
        ("oidc_emetteur = 'https://p.fr'\noidc_client_id = 'e'", "« oidc_secret_file »"),
        ("oidc_emetteur = 'https://p.fr'\noidc_client_id = 'e'\noidc_secret_file = '/nulle/part'", "« oidc_secret_file »"),
        ("oidc_emetteur = 'https://p.fr'\noidc_preset = 'google'", "« oidc_preset »"),
        ("fichiers = 'gs://pieces'", "« fichiers » (fichier) vaut « gs://pieces » : un dossier ou s3://"),
        ("fichiers = 's3://pieces/2026'", "sans chemin"),
        ("fichiers = 's3://'", "sans chemin"),
        ("fichiers = 's3://pieces'", "« fichiers_s3_adresse » manque"),
        ("fichiers_s3_cle = 'A'", "« fichiers_s3_cle » est donné alors que « fichiers » n’est pas s3://"),
        ("fichiers = 's3://pieces'\nfichiers_s3_adresse = 'http://s3.exemple.fr'", "« fichiers_s3_adresse » (fichier)"),
        ("fichiers = 's3://pieces'\nfichiers_s3_adresse = 'https://s3.fr?x'", "sans « ? »"),
        ("fichiers = 's3://pieces'\nfichiers_s3_adresse = 'https://s3.fr'", "« fichiers_s3_cle » manque"),
        ("fichiers = 's3://pieces'\nfichiers_s3_adresse = 'https://s3.fr'\nfichiers_s3_region = 'à Paris'", "« fichiers_s3_region »"),
        ("fichiers = 's3://pieces'\nfichiers_s3_adresse = 'https://s3.fr'\nfichiers_s3_cle = 'A'", "« fichiers_s3_secret_file » manque"),
        ("antivirus = 'clamd'", "« antivirus » (fichier) vaut « clamd » : HÔTE:PORT ou unix:/chemin"),
        ("antivirus = 'tcp://clamd:3310'", "« antivirus »"),
        ("antivirus = 'unix:clamd.ctl'", "« antivirus »"),
        ("antivirus = 'localhost:3310'\nantivirus_en_panne = 'attendre'", "« refuser » ou « accepter »"),
        ("antivirus_en_panne = 'accepter'", "« antivirus_en_panne » est donné sans « antivirus »"),
        ("journal = 'xml'", "« journal »"),
        ("= 3", "TOML"),
    ] {
        let sentence = refusal(&Flags::default(), &[], Some(file));
        assert!(sentence.contains(words), "{file}: {sentence}");
    }
    assert!(refusal(&flags(&[]), &[("ESPACE_CONFIG", "/nulle/part.toml")], None).contains("/nulle/part.toml"));
}

#[test]
fn d14_a_shared_database_needs_a_key_that_is_given() {
    let shared = flags(&[("base", "wss://base.exemple.fr")]);
    assert!(refusal(&shared, &[], None).contains("ESPACE_CLE_FILE"));
    let loaded = load_with(&shared, &[("ESPACE_CLE_FILE", "/run/secrets/cle")], None).unwrap();
    assert_eq!(loaded.settings.key_file, PathBuf::from("/run/secrets/cle"));
}

#[test]
fn passwords_are_read_from_files_and_never_shown() {
    let folder = Folder::new();
    let file = folder.path().join("secret");
    std::fs::write(&file, "grue Tour 12\n").unwrap();
    let said = flags(&[
        ("base", "ws://b"),
        ("cle_file", "/cle"),
        ("base_utilisateur", "root"),
        ("base_mot_de_passe_file", file.to_str().unwrap()),
    ]);
    let loaded = load_with(&said, &[], None).unwrap();
    assert_eq!(loaded.settings.database_login.as_ref().unwrap().1.reveal(), "grue Tour 12");
    assert!(!format!("{loaded:?}").contains("grue Tour"));
    assert!(!serde_json::to_string(&loaded.values).unwrap().contains("grue Tour"));
}

#[test]
fn a_print_service_is_reached_encrypted_or_on_this_machine() {
    let folder = Folder::new();
    let file = folder.path().join("jeton");
    std::fs::write(&file, "jeton 12\n").unwrap();
    for url in ["https://poste.exemple.fr/lettres", "http://127.0.0.1:4001/lettres", "http://[::1]:4001/", "http://localhost:4001/"] {
        let loaded = load_with(&flags(&[("poste_url", url), ("poste_jeton_file", file.to_str().unwrap())]), &[], None).unwrap();
        let service = loaded.settings.print_service.as_ref().unwrap();
        assert_eq!((service.url.as_str(), service.token.reveal()), (url, "jeton 12"));
        assert!(!format!("{loaded:?}").contains("jeton 12"));
    }
    assert!(load_with(&Flags::default(), &[], None).unwrap().settings.print_service.is_none());
}

#[test]
fn a_second_factor_is_required_of_nobody_unless_the_fund_says_so() {
    let rule = |text: &str| load_with(&flags(&[("deuxieme_facteur", text)]), &[], None).map(|loaded| loaded.settings.rules.second_factor);
    assert_eq!(load_with(&Flags::default(), &[], None).unwrap().settings.rules.second_factor, services::SecondFactor::Never);
    assert_eq!(rule("administrateurs").unwrap(), services::SecondFactor::Administrators);
    assert!(rule("toujours").unwrap_err().0.contains("« jamais » ou « administrateurs »"));
}

#[test]
fn other_machines_are_called_when_they_are_named_and_proconnect_by_its_host_alone() {
    let nothing = load_with(&Flags::default(), &[], None).unwrap().settings;
    assert!(nothing.sms.is_none() && nothing.oidc.is_none());

    let folder = Folder::new();
    let file = folder.path().join("secret");
    std::fs::write(&file, "grue Tour 12\n").unwrap();
    let secret = file.to_str().unwrap();
    let load = |pairs: &[(&'static str, &str)]| load_with(&flags(pairs), &[], None).unwrap();
    let loaded = load(&[("sms_url", "https://sms.exemple.fr/envoi"), ("sms_jeton_file", secret), ("sms_expediteur", "CIBTP")]);
    let sms = loaded.settings.sms.as_ref().unwrap();
    assert_eq!((sms.url.as_str(), sms.sender.as_str()), ("https://sms.exemple.fr/envoi", "CIBTP"));

    let common = [("oidc_client_id", "espace"), ("oidc_secret_file", secret)];
    let oidc = |pairs: &[(&'static str, &str)]| load(&[&common[..], pairs].concat());
    let named = oidc(&[("oidc_emetteur", "https://auth.exemple.fr/realms/btp"), ("oidc_nom", "Compte BTP")]).settings.oidc.unwrap();
    assert_eq!(
        (named.issuer.as_str(), named.name.as_str(), named.is_proconnect),
        ("https://auth.exemple.fr/realms/btp", "Compte BTP", false)
    );
    for issuer in ["https://auth.exemple.fr", "https://auth.exemple.fr/", "https://auth.exemple.fr/api/v2"] {
        let preset = oidc(&[("oidc_emetteur", issuer), ("oidc_preset", "proconnect")]);
        assert!(!format!("{preset:?}").contains("grue Tour"), "T62");
        let preset = preset.settings.oidc.unwrap();
        assert_eq!((preset.issuer.as_str(), preset.name.as_str()), ("https://auth.exemple.fr/api/v2", "ProConnect"));
        assert!(preset.is_proconnect);
    }
    let nameless = refusal(&flags(&[&common[..], &[("oidc_emetteur", "https://p.fr")]].concat()), &[], None);
    assert!(nameless.contains("« oidc_nom »"), "{nameless}");
}

#[test]
fn attachments_lie_among_the_data_in_a_folder_that_is_said_or_in_a_bucket() {
    let load = |pairs: &[(&'static str, &str)]| load_with(&flags(pairs), &[], None).unwrap();
    for (pairs, folder) in [
        (&[("donnees", "/srv/espace"), ("fichiers", "/mnt/pieces")][..], "/mnt/pieces"),
        (&[("donnees", "/srv/espace")][..], "/srv/espace/fichiers"),
        (&[][..], "./donnees/fichiers"),
    ] {
        let settings = load(pairs).settings;
        assert!(matches!(&settings.files, FilesSettings::Folder(path) if path.to_str() == Some(folder)), "{:?}", settings.files);
        assert!(settings.remark().is_none());
    }
    let shared = load(&[("base", "wss://base.exemple.fr"), ("cle_file", "/cle"), ("fichiers", "/mnt/pieces")]).settings;
    assert!(shared.remark().is_some_and(|remark| remark.contains("/mnt/pieces") && remark.contains("partager")));

    let folder = Folder::new();
    let file = folder.path().join("secret");
    std::fs::write(&file, "grue Tour 12\n").unwrap();
    let loaded = load(&[
        ("fichiers", "s3://pieces/"),
        ("fichiers_s3_adresse", "https://s3.exemple.fr"),
        ("fichiers_s3_cle", "ESPACE1"),
        ("fichiers_s3_secret_file", file.to_str().unwrap()),
    ]);
    assert!(!format!("{loaded:?}").contains("grue Tour"), "T62");
    let FilesSettings::S3(bucket) = loaded.settings.files else { panic!("a bucket") };
    assert_eq!((bucket.endpoint.as_str(), bucket.bucket.as_str()), ("https://s3.exemple.fr/", "pieces"));
    assert_eq!((bucket.region.as_str(), bucket.key.as_str(), bucket.secret.reveal()), ("us-east-1", "ESPACE1", "grue Tour 12"));
}

#[test]
fn a_scanner_that_is_down_lets_nothing_pass_unless_the_fund_says_so() {
    let scanner = |pairs: &[(&'static str, &str)]| load_with(&flags(pairs), &[], None).unwrap().settings.scanner;
    assert!(scanner(&[]).is_none());
    let tcp = scanner(&[("antivirus", "[::1]:3310")]).unwrap();
    assert_eq!((tcp.address, tcp.lets_pass_when_down), (ScannerAddress::Tcp("[::1]:3310".into()), false));
    let unix = scanner(&[("antivirus", "unix:/run/clamav/clamd.ctl"), ("antivirus_en_panne", "accepter")]).unwrap();
    assert_eq!((unix.address, unix.lets_pass_when_down), (ScannerAddress::Unix("/run/clamav/clamd.ctl".into()), true));
}
