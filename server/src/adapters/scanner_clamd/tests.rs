use super::*;
use crate::world::testing::Folder;
use tokio::net::{TcpListener, UnixListener};
use tokio::task::JoinHandle;

fn scanner(address: ScannerAddress) -> ClamdScanner {
    ClamdScanner::new(ScannerSettings { address, lets_pass_when_down: false })
}

async fn listen() -> (TcpListener, ScannerAddress) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = ScannerAddress::Tcp(listener.local_addr().unwrap().to_string());
    (listener, address)
}

/// A daemon that hears one file and answers with these bytes; what it heard.
async fn clamd(answer: &'static [u8]) -> (ClamdScanner, JoinHandle<Vec<u8>>) {
    let (listener, address) = listen().await;
    let heard = tokio::spawn(async move { serve(listener.accept().await.unwrap().0, answer).await });
    (scanner(address), heard)
}

async fn serve(mut caller: impl AsyncRead + AsyncWrite + Unpin, answer: &[u8]) -> Vec<u8> {
    let mut command = [0; COMMAND.len()];
    caller.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let length = usize::try_from(caller.read_u32().await.unwrap()).unwrap();
        if length == 0 {
            break;
        }
        assert!(length <= 64 * 1024);
        let start = file.len();
        file.resize(start + length, 0);
        caller.read_exact(&mut file[start..]).await.unwrap();
    }
    caller.write_all(answer).await.unwrap();
    file
}

async fn scan(scanner: &ClamdScanner, file: &[u8]) -> Result<bool, Fault> {
    let mut scan = scanner.begin().await?;
    for chunk in file.chunks(99_991) {
        scan.write(chunk).await?;
    }
    scan.finish().await
}

fn file() -> Vec<u8> {
    (0..=200 * 1024_u32).map(|number| u8::try_from(number % 251).unwrap()).collect()
}

#[tokio::test]
async fn a_file_is_heard_whole_and_its_verdict_believed() {
    for (answer, is_clean) in [(&b"stream: OK\0"[..], true), (b"stream: Eicar-Test-Signature FOUND\0", false)] {
        let (scanner, heard) = clamd(answer).await;
        assert_eq!(scan(&scanner, &file()).await.unwrap(), is_clean);
        assert!(heard.await.unwrap() == file(), "every byte, in its order");
    }
}

#[tokio::test]
async fn a_socket_of_this_machine_does_as_well() {
    let folder = Folder::new();
    let path = folder.path().join("clamd.ctl");
    let listener = UnixListener::bind(&path).unwrap();
    let heard = tokio::spawn(async move { serve(listener.accept().await.unwrap().0, b"stream: OK\0").await });
    assert!(scan(&scanner(ScannerAddress::Unix(path)), b"chantier").await.unwrap());
    assert_eq!(heard.await.unwrap(), b"chantier");
}

#[tokio::test]
async fn whatever_else_it_says_is_no_verdict() {
    let answers: [&'static [u8]; 8] = [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OK",
        b"stream: OK FOUND?\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        &[b'x'; 5000],
    ];
    for answer in answers {
        let (scanner, _heard) = clamd(answer).await;
        let fault = scan(&scanner, b"chantier").await.expect_err("no verdict");
        assert!(fault.to_string().starts_with("virus scanner: "), "{fault}");
    }
}

#[tokio::test]
async fn a_scanner_that_leaves_early_or_is_not_there_has_seen_nothing() {
    let (listener, address) = listen().await;
    let leaving = tokio::spawn(async move {
        let (mut caller, _) = listener.accept().await.unwrap();
        caller.read_exact(&mut [0; COMMAND.len()]).await.unwrap();
    });
    let scanner = scanner(address);
    assert!(scan(&scanner, &file()).await.is_err(), "left early");
    leaving.await.unwrap();
    assert!(scanner.begin().await.is_err(), "nobody listens there any more");
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let (listener, address) = listen().await;
    let scanner = ClamdScanner { patience: Duration::from_millis(50), ..scanner(address) };
    let fault = scan(&scanner, b"chantier").await.expect_err("silence");
    assert!(fault.to_string().contains("no answer in time"), "{fault}");
    drop(listener);
}
