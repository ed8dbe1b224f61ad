use super::*;
use crate::world::testing::Folder;
use bytes::Bytes;
use object_store::memory::InMemory;
use object_store::{MultipartUpload, PutOptions, PutPayload, PutResult, UploadPart};
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const FIRST: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";
const SECOND: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T3";
const THIRD: &str = "01JD3V9X7ZK4M2N8P6Q5R4S4T3";

fn id(text: &str) -> FileId {
    text.parse().unwrap()
}

fn root(folder: &Folder) -> PathBuf {
    folder.path().join("fichiers")
}

fn in_folder(folder: &Folder) -> ObjectVault {
    ObjectVault::folder(&root(folder)).unwrap()
}

/// Objects the way a bucket has them.
fn in_memory() -> ObjectVault {
    ObjectVault { store: Arc::new(InMemory::new()), root: None, part: 1000 }
}

fn content(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|number| u8::try_from(number % 251).unwrap()).collect()
}

async fn write(vault: &ObjectVault, name: &str, file: &[u8]) -> Box<dyn Deposit> {
    let mut deposit = vault.begin(&id(name)).await.unwrap();
    for chunk in file.chunks(7_777) {
        deposit.write(Bytes::copy_from_slice(chunk)).await.unwrap();
    }
    deposit
}

async fn keep(vault: &ObjectVault, name: &str) {
    write(vault, name, name.as_bytes()).await.finish().await.unwrap();
}

async fn read(vault: &ObjectVault, name: &str) -> Option<Vec<u8>> {
    let mut bytes = vault.open(&id(name)).await.unwrap()?;
    let mut file = Vec::new();
    while let Some(chunk) = bytes.try_next().await.unwrap() {
        file.extend_from_slice(&chunk);
    }
    Some(file)
}

/// Every file below a folder.
fn lying(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(lying(&path));
        } else {
            found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    found.sort();
    found
}

/// What is removed by a task of its own is gone soon.
async fn soon(is_so: impl Fn() -> bool) -> bool {
    for _ in 0..200 {
        if is_so() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

#[tokio::test]
async fn a_file_is_read_as_it_was_written_and_not_before_it_is_whole() {
    let folder = Folder::new();
    for vault in [in_folder(&folder), in_memory()] {
        for size in [1, 1000, 200 * 1024 + 1, 2 * FOLDER_PART, 2 * FOLDER_PART + 1] {
            let file = content(size);
            let deposit = write(&vault, FIRST, &file).await;
            assert!(read(&vault, FIRST).await.is_none(), "{size}");
            deposit.finish().await.unwrap();
            assert!(read(&vault, FIRST).await.is_some_and(|read| read == file), "{size}");
            vault.remove(&id(FIRST)).await.unwrap();
            assert!(read(&vault, FIRST).await.is_none(), "{size}");
            vault.remove(&id(FIRST)).await.unwrap();
        }
    }
    keep(&in_folder(&folder), FIRST).await;
    assert!(root(&folder).join("T2").join(FIRST).is_file());
    assert_eq!(fs::metadata(root(&folder)).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_deposit_that_is_dropped_leaves_nothing() {
    let folder = Folder::new();
    let vault = in_folder(&folder);
    let deposit = write(&vault, FIRST, &content(2 * FOLDER_PART)).await;
    assert_eq!(lying(&root(&folder)), [format!("{FIRST}#1")]);
    drop(deposit);
    assert!(soon(|| lying(&root(&folder)).is_empty()).await, "{:?}", lying(&root(&folder)));
    assert!(read(&vault, FIRST).await.is_none());
}

/// An upload to a disk that is full, and whether it was given up.
#[derive(Debug)]
struct Full(Arc<AtomicBool>);

#[async_trait]
impl MultipartUpload for Full {
    fn put_part(&mut self, _: PutPayload) -> UploadPart {
        let source = Box::new(io::Error::from(io::ErrorKind::StorageFull));
        Box::pin(std::future::ready(Err(object_store::Error::Generic { store: "test", source })))
    }

    async fn complete(&mut self) -> object_store::Result<PutResult> {
        Ok(PutResult { e_tag: None, version: None })
    }

    async fn abort(&mut self) -> object_store::Result<()> {
        self.0.store(true, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_what_failed_once_never_becomes_a_file() {
    let is_given_up = Arc::new(AtomicBool::new(false));
    let mut deposit = Box::new(ObjectDeposit::new(Box::new(Full(is_given_up.clone())), 4, None));
    let Err(Fault::Broken(reason)) = deposit.write(Bytes::from_static(b"chantier")).await else { panic!("it is full") };
    assert_eq!(reason, format!("file store: {}", io::Error::from(io::ErrorKind::StorageFull)));
    assert!(deposit.write(Bytes::from_static(b"chantier")).await.is_err());
    assert!(deposit.finish().await.is_err(), "although the upload would complete");
    assert!(soon(|| is_given_up.load(Ordering::SeqCst)).await);
}

/// Says when a file was last written, in seconds.
fn date(path: &Path, seconds: u64) {
    let file = File::options().append(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

#[tokio::test]
async fn old_files_are_found_in_pages_and_those_that_were_never_ended_are_removed() {
    let folder = Folder::new();
    let vault = in_folder(&folder);
    let place = |name: &str| root(&folder).join(&name[24..26]).join(name);
    for name in [FIRST, SECOND, THIRD] {
        keep(&vault, name).await;
        date(&place(name), 900_000);
    }
    let new = "01JD3V9X7ZK4M2N8P6Q5R4S3T4";
    keep(&vault, new).await;
    date(&place(new), 1_100_000);
    for (name, seconds) in [(format!("{SECOND}#1"), 900_000), (format!("{THIRD}#12"), 1_100_000), ("T3-lisez-moi".to_owned(), 900_000)] {
        let path = root(&folder).join("T3").join(name);
        fs::write(&path, "x").unwrap();
        date(&path, seconds);
    }
    fs::create_dir(root(&folder).join("lost+found")).unwrap();

    let before = Timestamp::from_second(1_000_000).unwrap();
    assert_eq!(vault.older(before, None, 2).await.unwrap(), [id(FIRST), id(SECOND)]);
    assert_eq!(vault.older(before, Some(&id(SECOND)), 2).await.unwrap(), [id(THIRD)]);
    assert!(vault.older(before, Some(&id(THIRD)), 2).await.unwrap().is_empty());
    let mut left = Vec::from([FIRST, SECOND, THIRD, new, "T3-lisez-moi"].map(str::to_owned));
    left.push(format!("{THIRD}#12"));
    left.sort();
    assert_eq!(lying(&root(&folder)), left);
}

#[tokio::test]
async fn old_objects_are_found_in_pages_and_those_of_others_are_not() {
    let vault = in_memory();
    for name in [THIRD, SECOND, FIRST] {
        keep(&vault, name).await;
    }
    for name in [format!("ailleurs/{FIRST}"), "T2/lisez-moi".to_owned()] {
        vault.store.put_opts(&Key::from(name), "x".into(), PutOptions::default()).await.unwrap();
    }
    let tomorrow = Timestamp::from_second(4_000_000_000).unwrap();
    assert_eq!(vault.older(tomorrow, None, 2).await.unwrap(), [id(FIRST), id(SECOND)]);
    assert_eq!(vault.older(tomorrow, Some(&id(SECOND)), 2).await.unwrap(), [id(THIRD)]);
    assert!(vault.older(Timestamp::UNIX_EPOCH, None, 2).await.unwrap().is_empty());
}

/// A service that answers once; its address and what it was asked.
async fn service(answer: &'static str) -> (S3Settings, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let heard = tokio::spawn(async move {
        let (mut caller, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        while !heard.ends_with(b"\r\n\r\n") {
            heard.push(caller.read_u8().await.unwrap());
        }
        caller.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(heard).unwrap()
    });
    let secret = Secret::new("secret-du-compartiment".into());
    (S3Settings { endpoint, bucket: "pieces".into(), region: "us-east-1".into(), key: "ESPACE1".into(), secret }, heard)
}

#[tokio::test]
async fn a_bucket_is_asked_by_its_name_and_its_refusal_is_said_without_the_secret() {
    let answer = "HTTP/1.1 403 Forbidden\r\ncontent-length: 40\r\n\r\n<Error><Code>AccessDenied</Code></Error>";
    let (settings, heard) = service(answer).await;
    let Err(Fault::Broken(reason)) = ObjectVault::s3(&settings).unwrap().open(&id(FIRST)).await else { panic!("it refuses") };
    assert!(reason.contains("403") && reason.contains("AccessDenied"), "{reason}");
    let heard = heard.await.unwrap();
    assert!(heard.starts_with(&format!("GET /pieces/T2/{FIRST} HTTP/1.1\r\n")), "{heard}");
    assert!(heard.contains("ESPACE1/"), "{heard}");
    assert!(![&reason, &heard, &format!("{settings:?}")].iter().any(|text| text.contains("secret-du-compartiment")));

    let (settings, _heard) = service("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
    assert!(ObjectVault::s3(&settings).unwrap().open(&id(FIRST)).await.unwrap().is_none());
}

#[test]
fn a_bucket_elsewhere_is_called_by_tls_only() {
    let settings = |endpoint: &str| S3Settings {
        endpoint: endpoint.parse().unwrap(),
        bucket: "pieces".into(),
        region: "us-east-1".into(),
        key: "ESPACE1".into(),
        secret: Secret::new("secret".into()),
    };
    for good in ["https://s3.exemple.fr", "https://pieces.s3.exemple.fr", "http://127.0.0.1:9000"] {
        assert!(ObjectVault::s3(&settings(good)).is_ok(), "{good}");
    }
    for bad in ["http://s3.exemple.fr", "http://127.0.0.1.exemple.fr", "https://a:b@s3.exemple.fr"] {
        assert!(ObjectVault::s3(&settings(bad)).is_err(), "{bad}");
    }
}
