//! The two letters, seen from outside. Where things stand and what is said is read on the [`Sheet`], which the PDF
//! writer follows without a say of its own; `the_pdf_says_what_the_sheet_says` then reads a finished file back, glyph by
//! glyph, to hold the writer to it.

mod support;

use letters::{ADDRESS, Area, Error, Fund, Letter, PAGE, Recipient, Role, Sheet, WINDOW, code_sheet, welcome_sheet};
use support::Pdf;

const IDENTIFIANT: &str = "0192837465";
const CODE: &str = "7K2M9QXD4TBA";
const SHOWN: &str = "7K2M 9QXD 4TBA";
const UNTIL: &str = "10 février 2027";

fn fund() -> Fund {
    Fund {
        name: "CIBTP Exemple".to_owned(),
        address: ["12, rue des Échafaudages", "69000 Lyon"].map(str::to_owned).to_vec(),
        phone: "04 00 00 00 00".to_owned(),
        hours: "du lundi au vendredi, de 8 h 30 à 17 h".to_owned(),
        site: "https://portail.cibtp.example".to_owned(),
        website: "www.cibtp.example".to_owned(),
    }
}

fn letter() -> Letter {
    Letter {
        place_and_date: "Lyon, le 12 novembre 2026".to_owned(),
        reference: "ADH-2026-000123".to_owned(),
        recipient: Recipient {
            lines: ["MAÇONNERIE DUPONT ET FILS", "Mme Élodie Dupont", "8 bis, chemin de l’Œuvre", "38000 GRENOBLE"]
                .map(str::to_owned)
                .to_vec(),
            company: "Maçonnerie Dupont et fils".to_owned(),
            siret: "123 456 789 00012".to_owned(),
        },
    }
}

/// Names far longer than any in use.
fn long() -> (Fund, Letter) {
    let name = "Société coopérative ouvrière de maçonnerie, charpente, couverture et travaux publics du Haut-Grésivaudan";
    let mut fund = fund();
    fund.name = format!("Caisse des congés payés du bâtiment et des travaux publics – {name}");
    fund.address = vec![name.to_owned(); 4];
    fund.site = format!("https://{}.example", "portail-employeurs".repeat(6));
    fund.website = format!("www.{}.example", "caisse-du-batiment".repeat(4));
    fund.hours = "du lundi au jeudi, de 8 h 30 à 12 h et de 13 h 30 à 17 h 30, et le vendredi, de 8 h 30 à 16 h 15 ".repeat(2);
    let mut letter = letter();
    letter.recipient.lines =
        vec![name.to_owned(), "W".repeat(70), name.to_owned(), name.to_owned(), name.to_owned(), "38000 GRENOBLE".to_owned()];
    letter.recipient.company = format!("{name} {name}");
    letter.reference = "R".repeat(60);
    (fund, letter)
}

fn both(fund: &Fund, letter: &Letter) -> [Sheet; 2] {
    [welcome_sheet(fund, letter, IDENTIFIANT).unwrap(), code_sheet(fund, letter, CODE, UNTIL).unwrap()]
}

fn block(sheet: &Sheet, role: Role) -> String {
    let texts: Vec<_> = sheet.blocks.iter().filter(|block| block.role == role).map(letters::Block::text).collect();
    texts.join("\n")
}

/// A text without what lines and columns add to it.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// The address is in its zone, nothing else is in the window, all is on the printable page and nothing overlaps.
fn check_places(sheet: &Sheet) {
    const PRINTABLE: Area = Area { left: 10.0, top: 10.0, right: PAGE.right - 10.0, bottom: PAGE.bottom - 10.0 };
    let mut areas: Vec<Area> = Vec::new();
    for block in &sheet.blocks {
        let area = block.area().expect("every block has text");
        assert!(PRINTABLE.holds(&area), "{:?} is off the page: {area:?}", block.role);
        if block.role == Role::Recipient {
            assert!(ADDRESS.holds(&area), "the address leaves its zone: {area:?}");
        } else {
            assert!(!area.meets(&WINDOW), "{:?} shows through the window: {area:?}", block.role);
        }
        assert!(areas.iter().all(|other| !other.meets(&area)), "{:?} overlaps: {area:?}", block.role);
        areas.push(area);
        for line in &block.lines {
            let right = line.runs.iter().map(|run| run.x + run.width).fold(0.0, f32::max);
            assert!(right <= 190.01, "{:?} runs past the right margin: {right} mm", block.role);
        }
    }
    for stroke in &sheet.strokes {
        assert!(PRINTABLE.holds(&stroke.area) && !stroke.area.meets(&WINDOW));
    }
}

#[test]
fn each_letter_carries_one_half_of_the_secret() {
    let (welcome, code) = (
        Pdf::new(&letters::welcome(&fund(), &letter(), IDENTIFIANT).unwrap()).text(),
        Pdf::new(&letters::code(&fund(), &letter(), CODE, UNTIL).unwrap()).text(),
    );
    assert!(welcome.contains(IDENTIFIANT) && !bare(&welcome).contains(CODE));
    assert!(code.contains(SHOWN) && !bare(&code).contains(IDENTIFIANT));
    assert!(welcome.contains("second courrier, posté"));
    assert!(bare(&code).contains(&bare("L’identifiant figure dans votre premier courrier")));
}

#[test]
fn the_pdf_says_what_the_sheet_says() {
    for (fund, letter) in [(fund(), letter()), long()] {
        for sheet in both(&fund, &letter) {
            let pdf = Pdf::new(&sheet.to_pdf().unwrap());
            assert_eq!(bare(&pdf.text()), bare(&sheet.text()));
        }
    }
}

#[test]
fn each_file_is_one_tagged_a4_page_in_french_with_its_fonts() {
    for sheet in both(&fund(), &letter()).into_iter().chain(both(&long().0, &long().1)) {
        let pdf = Pdf::new(&sheet.to_pdf().unwrap());
        assert_eq!(pdf.pages(), 1);
        for part in ["/MediaBox[0 0 595.2756 841.8898]", "/Lang(fr-FR)", "/Marked true", "/S/H1", "/S/LI", "<pdfuaid:part>1<"] {
            assert!(pdf.raw.contains(part), "no {part}");
        }
        assert!(pdf.raw.contains(&format!("/Title({})", sheet.title)));
        assert_eq!(pdf.raw.matches("/FontFile2 ").count(), 2);
        assert!(!pdf.raw.contains("/CreationDate"));
        assert!(pdf.raw.len() < 60_000, "the fonts are not cut down to the characters used");
    }
}

#[test]
fn the_address_alone_stands_in_the_window() {
    for sheet in both(&fund(), &letter()) {
        check_places(&sheet);
        let address = block(&sheet, Role::Recipient);
        assert_eq!(address, "MAÇONNERIE DUPONT ET FILS Mme Élodie Dupont 8 bis, chemin de l’Œuvre 38000 GRENOBLE");
    }
}

#[test]
fn each_line_of_the_address_lies_where_the_post_reads_it() {
    // What shows of a sheet folded in three, wherever it has slid, in the window of a French envelope; La Poste's six lines of
    // thirty-eight characters, the first too wide for the largest size.
    const SHOWN: Area = Area { left: 105.0, top: 45.0, right: 195.0, bottom: 85.0 };
    let lines = [
        "MAÇONNERIE COMMUNE GUILLAUMONT ROUMAGN",
        "MADAME LA GÉRANTE ÉLODIE DUPONT-MARTIN",
        "BÂTIMENT 3 ESCALIER B PORTE 12 A GAUCH",
        "118 TER BOULEVARD DES COMPAGNONS DU TO",
        "ZONE ARTISANALE DES HAUTES BRUYERES NO",
        "38000 SAINT MARTIN LE VINOUX CEDEX 123",
    ];
    assert!(lines.iter().all(|line| line.chars().count() == 38));
    let mut full = letter();
    full.recipient.lines = lines.map(str::to_owned).to_vec();
    for letter in [letter(), full] {
        for sheet in both(&fund(), &letter) {
            let address: Vec<_> = sheet.blocks.iter().filter(|block| block.role == Role::Recipient).collect();
            let [address] = address.as_slice() else { panic!("the address is one block") };
            assert_eq!(address.lines.iter().map(letters::Line::text).collect::<Vec<_>>(), letter.recipient.lines, "no line is broken");
            for run in address.lines.iter().flat_map(|line| &line.runs) {
                assert!(SHOWN.holds(&run.area()), "{:?} leaves the window", run.area());
                assert!((run.x - ADDRESS.left).abs() < 0.01, "the lines start under each other");
                assert!(run.size >= 10.0, "{} points are too small for the post's machines", run.size);
            }
        }
    }
}

#[test]
fn the_sheet_says_where_to_fold_it() {
    for sheet in both(&fund(), &letter()) {
        let marks: Vec<f32> = sheet.strokes.iter().filter(|stroke| stroke.area.right < 20.0).map(|stroke| stroke.area.top).collect();
        assert_eq!(marks, [99.0, 198.0], "an A4 sheet folded in three");
    }
}

#[test]
fn d23_the_letterhead_says_who_writes_and_how_to_reach_them() {
    let fund = fund();
    for sheet in both(&fund, &letter()) {
        let (head, foot) = (bare(&block(&sheet, Role::Sender)), bare(&block(&sheet, Role::Footer)));
        for said in [&fund.name, &fund.address[0], &fund.address[1], &fund.phone, &fund.website] {
            assert!(head.contains(&bare(said)), "not in the letterhead: {said}");
        }
        for said in [&fund.phone, &fund.hours, &fund.site] {
            assert!(foot.contains(&bare(said)), "not at the foot: {said}");
        }
    }
    let unknown = Fund { website: String::new(), ..fund };
    assert!(block(&both(&unknown, &letter())[0], Role::Sender).ends_with("00"), "no empty line for what is not known");
}

#[test]
fn what_is_read_out_has_headings_a_list_and_the_order_of_the_page() {
    for (fund, letter) in [(fund(), letter()), long()] {
        for sheet in both(&fund, &letter) {
            let (structure, marks) = Pdf::new(&sheet.to_pdf().unwrap()).structure();
            let steps = "LI(Lbl LBody) LI(Lbl LBody) LI(Lbl LBody)";
            assert_eq!(structure.replace("P ", ""), format!("Document(H1 H2 L({steps}) P)"), "paragraphs around");
            let lines = sheet.blocks.iter().map(|block| block.lines.len()).sum::<usize>();
            assert_eq!(marks, (0..u32::try_from(lines).unwrap()).collect::<Vec<_>>(), "every line, once, in the order of the sheet");
        }
    }
}

#[test]
fn long_names_stay_inside_and_lose_nothing() {
    let (fund, letter) = long();
    for sheet in both(&fund, &letter) {
        check_places(&sheet);
        assert_eq!(bare(&block(&sheet, Role::Recipient)), bare(&letter.recipient.lines.concat()));
        assert!(bare(&block(&sheet, Role::Reference)).contains(&bare(&letter.recipient.company)));
        assert!(bare(&block(&sheet, Role::Sender)).contains(&bare(&fund.name)));
        assert!(bare(&block(&sheet, Role::Footer)).contains(&bare(&fund.site)));
    }
}

#[test]
fn what_cannot_fit_is_an_error_rather_than_a_cut_address() {
    let wide = "MAÇONNERIE ".repeat(40);
    let mut to = letter();
    to.recipient.lines = vec![wide.clone(); 2];
    assert_eq!(letters::welcome(&fund(), &to, IDENTIFIANT).err(), Some(Error::TooLong("postal address")));
    let mut to = letter();
    to.recipient.company.clone_from(&wide);
    to.reference.clone_from(&wide);
    assert_eq!(letters::welcome(&fund(), &to, IDENTIFIANT).err(), Some(Error::TooLong("fund's address or company's name")));
    let from = Fund { name: wide.clone(), ..fund() };
    assert_eq!(letters::welcome(&from, &letter(), IDENTIFIANT).err(), Some(Error::TooLong("fund's name")));
    let from = Fund { hours: wide.clone(), site: wide.clone(), ..fund() };
    assert_eq!(letters::welcome(&from, &letter(), IDENTIFIANT).err(), Some(Error::TooLong("footer")));
    let mut to = letter();
    to.place_and_date.clone_from(&wide);
    assert_eq!(letters::welcome(&fund(), &to, IDENTIFIANT).err(), Some(Error::TooLong("place and date")));
    assert_eq!(letters::welcome(&fund(), &letter(), &"0".repeat(90)).err(), Some(Error::TooLong("identifiant")));
    let from = Fund { site: "W".repeat(150), ..fund() };
    assert_eq!(letters::code(&from, &letter(), CODE, &"W".repeat(500)).err(), Some(Error::TooLong("text of the letter")));
    assert_eq!(letters::code(&fund(), &letter(), CODE, &"1".repeat(501)).err(), Some(Error::TooLong("last day of validity")));
}

#[test]
fn a_body_longer_than_usual_is_set_smaller() {
    let usual = code_sheet(&fund(), &letter(), CODE, UNTIL).unwrap();
    let longer = code_sheet(&fund(), &letter(), CODE, &"0123456789 ".repeat(40)).unwrap();
    check_places(&longer);
    let size = |sheet: &Sheet| {
        let body = sheet.blocks.iter().find(|block| block.role == Role::Paragraph).unwrap();
        body.lines[0].runs[0].size
    };
    assert!(size(&longer) < size(&usual));
}

#[test]
fn a_letter_without_an_address_or_with_seven_lines_is_refused() {
    let mut to = letter();
    to.recipient.lines = vec![" ".to_owned()];
    assert_eq!(letters::welcome(&fund(), &to, IDENTIFIANT).err(), Some(Error::Missing("postal address")));
    to.recipient.lines = vec!["x".to_owned(); 7];
    assert_eq!(letters::welcome(&fund(), &to, IDENTIFIANT).err(), Some(Error::TooManyLines(7)));
    let from = Fund { phone: String::new(), ..fund() };
    assert_eq!(letters::welcome(&from, &letter(), IDENTIFIANT).err(), Some(Error::Missing("telephone number")));
    assert_eq!(letters::welcome(&fund(), &letter(), " ").err(), Some(Error::Missing("identifiant")));
    assert_eq!(letters::code(&fund(), &letter(), CODE, "").err(), Some(Error::Missing("last day of validity")));
}

#[test]
fn only_what_can_be_typed_is_printed_as_a_secret() {
    assert_eq!(letters::welcome(&fund(), &letter(), "12\u{200b}34").err(), Some(Error::Unprintable("identifiant")));
    for wrong in ["", "7K2M9QXD4TB", "7K2M9QXD4TBAA", "7K2M-9QXD-4TB", "7K2M9QXD4TBÉ"] {
        assert_eq!(letters::code(&fund(), &letter(), wrong, UNTIL).err(), Some(Error::Code));
    }
    let grouped = code_sheet(&fund(), &letter(), SHOWN, UNTIL).unwrap();
    assert_eq!(block(&grouped, Role::Secret), SHOWN);
}

#[test]
fn the_code_is_large_and_its_characters_stand_in_equal_cells() {
    let sheet = code_sheet(&fund(), &letter(), "WWWWMMMM1I0O", UNTIL).unwrap();
    let secret = sheet.blocks.iter().find(|block| block.role == Role::Secret).unwrap();
    let [run] = secret.lines[0].runs.as_slice() else { panic!("the code is one run") };
    assert!(run.size >= 20.0 && run.cell.unwrap() > 0.8 * run.size * 25.4 / 72.0);
    check_places(&sheet);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let make = |code: &str| letters::code(&fund(), &letter(), code, UNTIL).unwrap();
    assert!(make(CODE) == make(CODE));
    assert!(make(CODE) != make("7K2M9QXD4TBB"));
}

#[test]
fn characters_without_a_drawing_become_squares() {
    let mut to = letter();
    to.recipient.lines[0] = "漢字 & Fils\u{0}\n\u{1f3d7}\u{fe0f} \u{5d0}\u{202e} ﬁn e\u{301}".to_owned();
    to.recipient.company = "\u{ffff}\u{e000}\u{10ffff}".to_owned();
    for sheet in both(&fund(), &to) {
        check_places(&sheet);
        assert!(block(&sheet, Role::Recipient).starts_with("□□ & Fils □ □ "));
        let pdf = Pdf::new(&sheet.to_pdf().unwrap());
        assert_eq!(pdf.pages(), 1);
    }
}

#[test]
fn the_words_follow_french_typography() {
    for sheet in both(&fund(), &letter()) {
        let text = sheet.text();
        for wrong in [" :", " ;", " !", " ?", "« ", " »", "'"] {
            assert!(!text.contains(wrong), "« {wrong} » in {}", sheet.title);
        }
        assert!(text.contains("« Je crée mon espace sécurisé »".replace("« ", "«\u{a0}").replace(" »", "\u{a0}»").as_str()));
        assert!(text.contains("Une question\u{202f}?"));
    }
}

#[test]
fn the_code_letter_says_how_long_how_often_and_who_never_asks() {
    let text = code_sheet(&fund(), &letter(), CODE, UNTIL).unwrap().text().replace('\u{a0}', " ");
    for said in ["jusqu’au 10 février 2027", "ne sert qu’une fois", "Personne à la caisse ne vous demandera jamais ce code"] {
        assert!(text.contains(said), "not said: {said}");
    }
}

#[test]
fn errors_do_not_repeat_the_secret() {
    let error = letters::code(&fund(), &letter(), "7K2M9QXD4TBAZZ", UNTIL).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("7K2M"));
}

/// Texts that would be markup, scripts or addresses elsewhere are printed as text, and the file does nothing.
#[test]
fn g10_t26_a_text_is_printed_and_never_obeyed() {
    let payloads: Vec<String> = serde_json::from_str(include_str!("../../../end2end/fixtures/payloads.json")).unwrap();
    assert!(payloads.len() >= 70);
    for (number, pair) in payloads.chunks(2).enumerate() {
        let (one, other) = (&pair[0], pair.last().unwrap());
        let mut letter = letter();
        letter.recipient.lines[0].clone_from(one);
        letter.recipient.lines[1] = format!("{other})>>/AA<</S/JavaScript/JS(app.alert(1))>>(");
        letter.recipient.company.clone_from(other);
        // The two letters in turn: each payload in one, every place with many.
        let [welcome, code] = both(&fund(), &letter);
        let sheet = if number % 2 == 0 { welcome } else { code };
        let pdf = Pdf::new(&sheet.to_pdf().unwrap());
        let seen = pdf.text();
        assert_eq!(bare(&seen), bare(&sheet.text()), "{pair:?}");
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        assert!(pair.iter().all(|payload| plain(&seen).contains(&plain(payload))), "{pair:?} is on the page");
        let skeleton = pdf.skeleton();
        for power in
            ["/JavaScript", "/JS", "/AA", "/OpenAction", "/Launch", "/URI", "/Annot", "/GoTo", "/EmbeddedFile", "/XFA", "/RichMedia"]
        {
            assert!(!skeleton.contains(power), "{power} with {pair:?}");
        }
        assert!(pdf.raw.contains(&format!("/Title({})", sheet.title)), "the title is ours");
    }
}
