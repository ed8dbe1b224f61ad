use super::*;
use crate::account_life::Changed;
use crate::{Erasing, ErasureReason, Store};
use domain::id::AccountId;
use jiff::Timestamp;
use std::fmt::Write;

const CLAIRE: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";
const PAUL: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T3";

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

async fn memory() -> Store {
    Store::fresh(now()).await.unwrap()
}

fn nature(table: &str, field: &str) -> Nature {
    let table = TABLES.iter().find(|known| known.name == table).unwrap();
    table.fields.iter().find(|known| known.name == field).unwrap().nature
}

#[tokio::test]
async fn g26_every_field_of_the_schema_is_in_the_registry_and_the_other_way_round() {
    let mut schema: Vec<String> = Vec::new();
    for described in memory().await.describe().await.unwrap() {
        let fields = described.fields.iter().map(|(field, _)| field.as_str()).chain(["id"]);
        schema.extend(fields.map(|field| format!("{}.{field}", described.table)));
    }
    let mut registry: Vec<String> =
        TABLES.iter().flat_map(|table| table.fields.iter().map(|field| format!("{}.{}", table.name, field.name))).collect();
    schema.sort();
    registry.sort();
    let missing: Vec<_> = schema.iter().filter(|name| !registry.contains(name)).collect();
    let gone: Vec<_> = registry.iter().filter(|name| !schema.contains(name)).collect();
    assert!(missing.is_empty(), "fields that no one registered: {missing:?}");
    assert!(gone.is_empty(), "registered fields that do not exist: {gone:?}");
    assert!(registry.windows(2).all(|pair| pair[0] != pair[1]), "a field is registered twice");
}

#[test]
fn every_table_deletes_its_rows_or_replaces_values_and_never_half_of_each() {
    for table in TABLES {
        let personal = table.fields.iter().filter_map(|field| match field.nature {
            Nature::Personal { erasure, .. } => Some(erasure == Erasure::WithRow),
            Nature::Impersonal | Nature::Record(_) => None,
        });
        let deleted: Vec<bool> = personal.collect();
        assert!(deleted.iter().all(|whole| *whole == table.is_deleted()), "{}", table.name);
        assert_eq!(deleted.is_empty(), table.rows.is_none(), "{}: personal fields need to know whose they are", table.name);
        assert_eq!(table.fields[0].name, "id", "{}", table.name);
    }
}

/// A value that can be recognised, for a field of this definition: as the engine writes it, and as it is looked for.
fn canary(person: &str, table: &str, field: &str, definition: &str, number: u32) -> (String, Option<String>) {
    // An invitation is of whoever has its address.
    let of = if (table, field) == ("invitation", "email") { "account" } else { table };
    let text = format!("canari-{person}-{of}-{field}");
    if let Some(allowed) = definition.split("INSIDE [").nth(1) {
        return (allowed.split([',', ']']).next().unwrap().to_owned(), None);
    }
    let (_, kind) = definition.split_once(" TYPE ").unwrap();
    match kind {
        kind if kind.contains("record<account>") => (format!("account:⟨{person}⟩"), None),
        kind if kind.contains("record<site>") => ("site:⟨canari⟩".into(), Some("canari-nom-du-site".into())),
        kind if kind.contains("record<delegation>") => (format!("delegation:[account:⟨{person}⟩, site:⟨canari⟩, 'autre']"), None),
        kind if kind.contains("record<invitation>") => ("invitation:⟨canari⟩".into(), None),
        kind if kind.contains("record<") => {
            let table = kind.split("record<").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
            (format!("{table}:⟨canari⟩"), None)
        }
        kind if kind.contains("record") => ("site:⟨canari⟩".into(), None),
        kind if kind.contains("datetime") => {
            let time = (now() + SignedDuration::from_hours(1000 + i64::from(number))).to_string();
            (format!("d'{time}'"), Some(time))
        }
        kind if kind.contains("int") => ((7_000_000 + number).to_string(), Some((7_000_000 + number).to_string())),
        kind if kind.contains("string") => (format!("'{text}'"), Some(text)),
        other => panic!("no canary for {table}.{field}: {other}"),
    }
}

/// The record id of a person's row, and what of it is looked for.
fn row_id(person: &str, table: &str) -> (String, Option<String>) {
    let text = format!("canari-{person}-{table}-id");
    match table {
        "account" | "totp" => (format!("{table}:⟨{person}⟩"), None),
        "delegation" => (format!("delegation:[account:⟨{person}⟩, site:⟨canari⟩, '{text}']"), Some(text)),
        "favourite" => (format!("favourite:[account:⟨{person}⟩, site:⟨canari⟩]"), None),
        "access_request" => (format!("access_request:[account:⟨{person}⟩, '{text}']"), Some(text)),
        "recovery_code" => (format!("recovery_code:[account:⟨{person}⟩, '{text}']"), Some(text)),
        "sms_code" => (format!("sms_code:['{person}', '{text}']"), Some(text)),
        "throttle" | "letter_code" => (format!("{table}:⟨canari-{table}⟩"), None),
        _ => (format!("{table}:⟨{text}⟩"), Some(text)),
    }
}

/// A row in every table that has rows of people, a canary in every field: what to look for, by table and field.
async fn plant_canaries(store: &Store, person: &'static str) -> Vec<(String, String, String)> {
    let mut canaries = Vec::new();
    let mut script = "UPSERT site:⟨canari⟩ SET adherent = adherent:a, siret = '1', identifiant = '1', name = 'canari-nom-du-site',
        holder_first = '', holder_last = '', street = '', complement = '', postcode = '', city = '', created = time::now(), letters = 'done';\n"
        .to_owned();
    let mut number = if person == CLAIRE { 0 } else { 500 };
    for described in store.describe().await.unwrap() {
        let table = described.table.as_str();
        if TABLES.iter().all(|known| known.name != table || known.rows.is_none()) {
            continue;
        }
        let (id, looked_for) = row_id(person, table);
        canaries.extend(looked_for.map(|text| (table.to_owned(), "id".to_owned(), text)));
        let _ = write!(script, "CREATE {id} SET ");
        for (place, (field, definition)) in described.fields.iter().enumerate() {
            number += 1;
            let (value, looked_for) = canary(person, table, field, definition, number);
            let _ = write!(script, "{}{field} = {value}", if place == 0 { "" } else { ", " });
            canaries.extend(looked_for.map(|text| (table.to_owned(), field.clone(), text)));
        }
        script.push_str(";\n");
    }
    store.plant(&script).await.unwrap();
    canaries
}

async fn erase(store: &Store, account: &AccountId) -> Changed {
    let erasing = Erasing {
        account,
        reason: ErasureReason::Fund("demande reçue par courrier"),
        mail: None,
        audit: "01JD3V9X7ZK4M2N8P6Q5R4S3T9",
        today: jiff::civil::date(2026, 11, 24),
        now: now(),
    };
    store.erase_person(erasing).await.unwrap()
}

#[tokio::test]
async fn g26_every_personal_field_is_exported_or_withheld_and_erased_or_kept_for_a_reason() {
    let store = memory().await;
    let claire: AccountId = CLAIRE.parse().unwrap();
    let mine = plant_canaries(&store, CLAIRE).await;
    let others = plant_canaries(&store, PAUL).await;
    assert!(mine.len() > 60, "{}", mine.len());

    let export = serde_json::to_string(&store.export_person(&claire, now()).await.unwrap()).unwrap();
    for (table, field, canary) in &mine {
        match nature(table, field) {
            Nature::Personal { export: Export::Shown(_), .. } => assert!(export.contains(canary), "{table}.{field} is missing: {export}"),
            Nature::Personal { export: Export::Withheld(_), .. } => assert!(!export.contains(canary), "{table}.{field} is not to be shown"),
            Nature::Impersonal | Nature::Record(_) => panic!("{table}.{field} belongs to a person"),
        }
    }
    let of_others = |text: &str| others.iter().filter(|(_, _, canary)| canary != "canari-nom-du-site" && text.contains(canary)).count();
    assert_eq!(of_others(&export), 0, "nobody else’s data");

    let before = of_others(&store.dump().await.unwrap());
    assert_eq!(erase(&store, &claire).await, Changed::Yes);
    let dump = store.dump().await.unwrap();
    for (table, field, canary) in &mine {
        match nature(table, field) {
            Nature::Personal { erasure: Erasure::Kept(_), .. } => assert!(dump.contains(canary), "{table}.{field} is to stay"),
            // The site stays, and its name with it; what hung on it is known by its other fields.
            _ if canary == "canari-nom-du-site" => {}
            _ => assert!(!dump.contains(canary), "{table}.{field} is still there"),
        }
    }
    assert_eq!(of_others(&dump), before, "nobody else’s data are touched");
    assert_eq!(erase(&store, &claire).await, Changed::Gone, "once");
}

/// Rows that belong to nobody and end all the same.
const OF_FUND: &str = "CREATE throttle:⟨canari-throttle⟩ SET hits = [], expires = d'2030-01-01T00:00:00Z';
    CREATE letter_code:⟨canari-letter_code⟩ SET letter = letter:a, created = time::now(), expires = d'2030-01-01T00:00:00Z', state = 'void';";

/// What makes a row one that this end is about.
fn meets(table: &str, which: &str) -> &'static str {
    match (table, which) {
        ("account", "comptes jamais activés") => "state = 'pending'",
        ("totp", "jamais confirmées") => "confirmed = NONE",
        ("outbox", "envoyés") => "state = 'sent'",
        ("outbox", "abandonnés") => "state = 'dead'",
        ("outbox", "jamais partis") => "state = 'waiting'",
        ("outbox", "confirmations d’effacement, parties ou abandonnées") => "state = 'sent', kind = 'erased'",
        ("contact_file", "messages non envoyés") => "state = 'draft'",
        ("contact_file", "messages envoyés et réponses") => "state = 'kept'",
        (
            "session" | "contact_draft" | "exchange" | "exchange_answer" | "access_request" | "invitation" | "challenge" | "sms_code"
            | "token" | "audit" | "email_claim" | "throttle" | "letter_code" | "habit",
            _,
        ) => "id = id",
        other => panic!("say what a row of this kind looks like: {other:?}"),
    }
}

#[tokio::test]
async fn t19_each_row_ends_at_its_age_and_not_a_second_before() {
    for table in TABLES {
        for end in table.ends {
            let store = memory().await;
            plant_canaries(&store, CLAIRE).await;
            store.plant(OF_FUND).await.unwrap();
            let (since, id) = (now() + SignedDuration::from_hours(1), row_id(CLAIRE, table.name).0);
            // Far from every other end, then at the one that is looked at.
            let set = format!("UPDATE {id} SET {}, {} = d'{since}';", meets(table.name, end.which), end.since).replace("id = id, ", "");
            store.plant(&set).await.unwrap();
            let over = since + end.age;
            for (when, left) in [(over - SignedDuration::from_secs(1), true), (over, false), (over, false)] {
                store.purge(when).await.unwrap();
                let people = store.list_people_over(10, when).await.unwrap();
                let gone = match end.fate {
                    Fate::Deleted => store.count_rows(&id).await.unwrap() == 0,
                    Fate::PersonErased => !people.is_empty(),
                };
                assert_eq!(!gone, left, "{} {} at {when}", table.name, end.which);
            }
        }
    }
}

#[tokio::test]
async fn what_exchanges_leave_is_found_without_reading_their_tables() {
    let store = memory().await;
    for table in TABLES.iter().filter(|table| table.name.starts_with("exchange") || table.name.starts_with("contact_")) {
        for end in table.ends {
            let plan = store.explain_purge(table, end, now()).await.unwrap();
            assert!(plan.contains("IndexScan") && !plan.contains("TableScan"), "{} {}: {plan}", table.name, end.which);
        }
    }
}

#[tokio::test]
async fn the_printed_registry_is_the_one_in_the_documentation() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/donnees-personnelles.md")).unwrap_or_default();
    assert_eq!(page, register(), "espace donnees registre > docs/donnees-personnelles.md");
}
