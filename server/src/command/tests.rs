use super::*;
use clap::CommandFactory;

#[test]
fn the_command_line_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn d5_every_french_verb_has_its_english_alias() {
    for words in [
        "serve --demo",
        "servir --adresse 127.0.0.1:0",
        "migrate --dry-run",
        "migrer --essai",
        "member import a.csv --partial",
        "adherent importer a.csv --partiel --json",
        "alerts import a.csv",
        "aide avis",
        "help-texts opinions --json",
        "letters generate",
        "letters list --siret 00123458200011",
        "letters list --batch 2026-11-24-10h00m00",
        "courriers lister --lot 2026-11-24-10h00m00",
        "letters post 2026-11-24-10h00m00",
        "letters void 01JD3V9X7ZK4M2N8P6Q5R4S3T2 --reason perdu",
        "courriers annuler 01JD3V9X7ZK4M2N8P6Q5R4S3T2 --motif perdu",
        "letters reprint 01JD3V9X7ZK4M2N8P6Q5R4S3T2",
        "letters ask 00123458200011",
        "account clear-second-factor claire@exemple.fr --reason perdu-au-guichet",
        "health",
        "config show",
        "demo --developpement",
        "data export a@b.fr --to a.json",
        "data erase a@b.fr --reason lettre --yes",
        "data register",
        "mails preview --to x",
        "courriels apercu --vers x",
        "sms send bonjour",
        "sms envoyer bonjour",
        "exchanges list --state read",
        "echanges lister --etat repondu --json",
        "exchanges read abcd2345",
        "exchanges answer ABCD-2345 --by Paul --text bonjour --file a.pdf --file b.pdf",
        "echanges repondre ABCD-2345 --par Paul --texte-fichier - --fichier a.pdf",
        "exchanges answer ABCD-2345 --by Paul --text-file a.txt",
        "exchanges export ABCD-2345 x",
    ] {
        assert!(Cli::try_parse_from(["espace"].into_iter().chain(words.split(' '))).is_ok(), "{words}");
    }
    let without_reason = ["espace", "compte", "retirer-deuxieme-facteur", "claire@exemple.fr"];
    assert!(Cli::try_parse_from(without_reason).is_err());
    assert!(Cli::try_parse_from(without_reason.into_iter().chain(["--motif", " "])).is_err(), "a reason says something");
    assert_eq!(Cli::try_parse_from(["espace", "demolir"]).unwrap_err().exit_code(), 2);
    assert!(Cli::try_parse_from(["espace", "servir", "--developpement", "--mode", "production"]).is_err());
}

#[test]
fn the_columns_in_the_help_are_those_of_the_import() {
    let mut cli = Cli::command();
    for (group, columns) in [("adherent", services::members::COLUMNS.join(";")), ("alertes", services::alerts::COLUMNS.join(";"))] {
        let command = cli.find_subcommand_mut(group).and_then(|group| group.find_subcommand_mut("importer")).unwrap();
        assert!(command.render_help().to_string().contains(&columns), "{group}");
    }
}
