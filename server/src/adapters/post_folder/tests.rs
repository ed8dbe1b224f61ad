use super::*;
use crate::world::testing::Folder;
use domain::identity::letter_code::LetterCode;
use domain::sites::address::Address;
use domain::sites::siret::Siret;
use std::os::unix::fs::PermissionsExt;

const FIRST: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";
const SECOND: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T3";

fn post(folder: &Folder) -> PostFolder {
    PostFolder::new(folder.path().join("courriers"), Arc::new(Fund::default()), "https://espace.exemple.fr".into())
}

fn id(text: &str) -> LetterId {
    text.parse().unwrap()
}

async fn draft(post: &PostFolder, letter: &str) {
    let address = Address { street: "3 rue du Tour".into(), postcode: "69001".into(), city: "Lyon".into(), ..Address::default() };
    post.draft(&LetterPair {
        id: &id(letter),
        company: "Martin ; Maçonnerie",
        holder: "Claire Martin",
        address: &address,
        siret: &Siret::parse("00123458200011").unwrap(),
        identifiant: "69012345",
        code: &LetterCode::parse("7K2M 9QXD 4TBA").unwrap(),
        valid_until: jiff::civil::date(2027, 2, 22),
        dated: jiff::civil::date(2026, 11, 24),
    })
    .await
    .unwrap();
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn the_two_letters_of_a_pair_end_in_two_folders_that_only_the_portal_reads() {
    let folder = Folder::new();
    let post = post(&folder);
    draft(&post, FIRST).await;
    assert_eq!(post.drafts().await.unwrap(), [id(FIRST)]);
    post.keep(&id(FIRST), "lot").await.unwrap();
    assert_eq!(post.drafts().await.unwrap(), []);
    let kept = files(post.root());
    assert_eq!(kept, [format!("lot/bienvenue/{FIRST}-bienvenue.pdf"), format!("lot/code/{FIRST}-code.pdf"), "lot/manifest.csv".to_owned()]);
    for file in kept {
        let path = post.root().join(file);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
        assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    }
    assert!(fs::read(post.root().join(format!("lot/code/{FIRST}-code.pdf"))).unwrap().starts_with(b"%PDF-"));
}

#[tokio::test]
async fn the_manifest_names_each_letter_once_and_neither_secret() {
    let folder = Folder::new();
    let post = post(&folder);
    for letter in [FIRST, SECOND] {
        draft(&post, letter).await;
        post.keep(&id(letter), "lot").await.unwrap();
    }
    let manifest = fs::read_to_string(post.root().join("lot/manifest.csv")).unwrap();
    assert_eq!(
        manifest,
        format!("{HEADER}{FIRST};00123458200011;\"Martin ; Maçonnerie\";Lyon\n{SECOND};00123458200011;\"Martin ; Maçonnerie\";Lyon\n")
    );
}

#[tokio::test]
async fn a_run_stopped_between_any_two_steps_of_keeping_is_finished_by_the_next() {
    // What is left after each step: the welcome letter moved; both moved; both moved and the line added.
    for step in 1..=3 {
        let folder = Folder::new();
        let post = post(&folder);
        draft(&post, FIRST).await;
        let line = fs::read_to_string(post.pending().join(format!("{FIRST}-{LINE}"))).unwrap();
        for part in &PARTS[..step.min(2)] {
            let inner = post.root().join("hier").join(part);
            make_folder(&inner).unwrap();
            fs::rename(post.pending().join(format!("{FIRST}-{part}.pdf")), inner.join(format!("{FIRST}-{part}.pdf"))).unwrap();
        }
        if step == 3 {
            add_line(&post.root().join("hier/manifest.csv"), &line, None).unwrap();
        }
        assert_eq!(post.drafts().await.unwrap(), [id(FIRST)], "after step {step}");
        post.keep(&id(FIRST), "aujourd’hui").await.unwrap();
        assert_eq!(
            files(post.root()),
            [format!("hier/bienvenue/{FIRST}-bienvenue.pdf"), format!("hier/code/{FIRST}-code.pdf"), "hier/manifest.csv".to_owned()],
            "after step {step}"
        );
        assert_eq!(fs::read_to_string(post.root().join("hier/manifest.csv")).unwrap(), format!("{HEADER}{line}"));
    }
}

#[tokio::test]
async fn a_discarded_draft_leaves_nothing_even_when_half_written() {
    let folder = Folder::new();
    let post = post(&folder);
    draft(&post, FIRST).await;
    fs::remove_file(post.pending().join(format!("{FIRST}-code.pdf"))).unwrap();
    post.discard(&id(FIRST)).await.unwrap();
    assert_eq!(files(post.root()), Vec::<String>::new());
    assert_eq!(post.drafts().await.unwrap(), []);
}

#[tokio::test]
async fn keeping_what_was_never_drafted_is_an_error() {
    let folder = Folder::new();
    let post = post(&folder);
    draft(&post, FIRST).await;
    assert!(post.keep(&id(SECOND), "lot").await.is_err());
}

#[tokio::test]
async fn d16_a_posted_pair_loses_its_code_and_stays_on_the_manifest() {
    let folder = Folder::new();
    let post = post(&folder);
    for letter in [FIRST, SECOND] {
        draft(&post, letter).await;
        post.keep(&id(letter), "lot").await.unwrap();
    }
    let manifest = fs::read_to_string(post.root().join("lot/manifest.csv")).unwrap();
    let spooled = post.spooled(&id(FIRST), "lot").await.unwrap();
    assert!(spooled.len() == 2 && spooled.iter().all(|file| Path::new(file).is_file()), "printed again from here: {spooled:?}");
    for _ in 0..2 {
        post.settle(&id(FIRST), "lot").await.unwrap();
    }
    assert_eq!(post.spooled(&id(FIRST), "lot").await.unwrap(), Vec::<String>::new());
    let kept = files(post.root());
    assert_eq!(
        kept,
        [
            format!("lot/bienvenue/{FIRST}-bienvenue.pdf"),
            format!("lot/bienvenue/{SECOND}-bienvenue.pdf"),
            format!("lot/code/{SECOND}-code.pdf"),
            "lot/manifest.csv".to_owned()
        ]
    );
    assert_eq!(fs::read_to_string(post.root().join("lot/manifest.csv")).unwrap(), manifest);
}

#[tokio::test]
async fn a_pair_taken_back_leaves_nothing_and_its_line_only_if_it_was_posted() {
    for (was_posted, lines) in [(false, vec![SECOND]), (true, vec![FIRST, SECOND])] {
        let folder = Folder::new();
        let post = post(&folder);
        for letter in [FIRST, SECOND] {
            draft(&post, letter).await;
            post.keep(&id(letter), "lot").await.unwrap();
        }
        for _ in 0..2 {
            post.withdraw(&id(FIRST), "lot", was_posted).await.unwrap();
        }
        assert!(files(post.root()).iter().all(|file| !file.contains(FIRST)));
        let manifest = fs::read_to_string(post.root().join("lot/manifest.csv")).unwrap();
        let expected: Vec<String> = lines.iter().map(|letter| format!("{letter};00123458200011;\"Martin ; Maçonnerie\";Lyon\n")).collect();
        assert_eq!(manifest, format!("{HEADER}{}", expected.concat()));
        assert_eq!(fs::metadata(post.root().join("lot/manifest.csv")).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_draft_taken_back_is_no_draft_any_more() {
    let folder = Folder::new();
    let post = post(&folder);
    draft(&post, FIRST).await;
    post.withdraw(&id(FIRST), "lot", false).await.unwrap();
    assert_eq!(files(post.root()), Vec::<String>::new());
}
