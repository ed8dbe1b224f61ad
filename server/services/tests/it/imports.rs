use crate::support::{MEMBERS, with_letters};
use services::testing::{Bench, MemoryPost};

fn header() -> &'static str {
    MEMBERS.lines().next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_line_is_refused_with_its_number_and_nothing_is_written() {
    let bench = Bench::new().await;
    let file = format!(
        "{}A101;Roux;00123458200012;6901236B;;P;R;1 rue;;69000;Lyon\nA101;Roux;00123458200037;;;P;R;1 rue;;69000;Lyon\nA101;Roux;00123458200011;6901239B;;P;R;1 rue;;69000;Lyon\nA102;Roux;00123458200037;6901240B;;P;R;;;69000;Lyon\n",
        MEMBERS
    );
    let report = bench.services.import_members(file.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert_eq!((report.new, report.written), (0, false));
    let lines: Vec<u64> = report.refused.iter().map(|error| error.line).collect();
    assert_eq!(lines, [4, 5, 6, 7], "{:?}", report.refused);
    assert!(report.refused[2].reason.contains("déjà présent"));
    let report = bench.services.import_members(file.as_bytes(), true, &|_, _| ()).await.unwrap();
    assert_eq!((report.new, report.written, report.refused.len()), (2, true, 4), "--partiel takes the right lines");
    let report = bench.services.import_members(MEMBERS.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert_eq!((report.new, report.updated), (0, 2), "a second import updates");
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_files_and_missing_columns() {
    let bench = Bench::new().await;
    let windows: Vec<u8> = MEMBERS.replace(';', ",").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let report = bench.services.import_members(&windows, false, &|_, _| ()).await.unwrap();
    assert_eq!(report.new, 2, "{report:?}");
    let report = bench.services.import_members(b"siret;identifiant\n", false, &|_, _| ()).await.unwrap();
    assert!(report.refused[0].reason.contains("raison_sociale"), "{report:?}");
    let taken = format!("{}\nA9;Autre;00123458200037;6901234B;;P;R;1 rue;;69000;Lyon\n", header());
    let report = bench.services.import_members(taken.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert!(report.refused[0].reason.contains("déjà attribué"), "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s1_d16_letters_are_made_once_and_again_when_asked() {
    let bench = Bench::new().await;
    assert_eq!(with_letters(&bench).await.len(), 2);
    let post = MemoryPost::default();
    let report = bench.services.make_letters(&post, &|_, _| ()).await.unwrap();
    assert_eq!((report.made, report.batch.as_str()), (0, ""));
    let siret = domain::sites::siret::Siret::parse("00123458200029").unwrap();
    assert_eq!(bench.services.ask_new_letters(&siret).await.unwrap().hindrance, None);
    let report = bench.services.make_letters(&post, &|_, _| ()).await.unwrap();
    assert_eq!(report.made, 1);
    assert_eq!(post.kept.lock().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_fits_no_letter_stops_no_other() {
    let bench = Bench::new().await;
    let file = format!(
        "{}\nA1;{};00123458200011;6901234B;;P;R;1 rue;;69000;Lyon\nA2;Roux;00123458200029;6901235B;;P;R;1 rue;;69000;Lyon\n",
        header(),
        services::testing::UNPRINTABLE
    );
    bench.services.import_members(file.as_bytes(), false, &|_, _| ()).await.unwrap();
    for made in [1, 0] {
        let report = bench.services.make_letters(&MemoryPost::default(), &|_, _| ()).await.unwrap();
        assert_eq!((report.made, report.unprintable.len()), (made, 1), "it is named again until it is corrected");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d17_alerts_are_taken_in_line_by_line() {
    let bench = Bench::new().await;
    bench.services.import_members(MEMBERS.as_bytes(), false, &|_, _| ()).await.unwrap();
    let wrong = "siret;periode;gravite;code;message\n00123458200011;2026-10;grave;C3;x\n00123458200011;10/2026;anomalie;C3;x\n00900000000000;2026-10;anomalie;C3;x\n00123458200037;2026-10;anomalie;C3;x\n00123458200011;2026-10;anomalie;C3;\n";
    let report = bench.services.import_alerts(wrong.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert!(!report.written);
    let lines: Vec<u64> = report.refused.iter().map(|error| error.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6], "{:?}", report.refused);
    let right = "siret;periode;gravite;code;message\n00123458200011;2026-10;Bloquant;C3;code caisse absent\n00123458200029;2026-10;;;\n";
    let report = bench.services.import_alerts(right.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert_eq!((report.sites, report.alerts, report.written), (2, 1, true));
}
