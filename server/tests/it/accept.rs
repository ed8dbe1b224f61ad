use crate::portal::Portal;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

async fn ask(address: std::net::SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /sante/vif HTTP/1.1\r\nHost: espace.exemple.fr\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn g12_slow_headers_are_cut_others_are_served_and_stopping_drains() {
    let portal = Portal::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(server::http::serve(portal.world.clone(), listener, async move {
        let _ = stopped.await;
    }));

    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: espa").await.unwrap();
        slow.push(stream);
    }
    assert!(ask(address).await.starts_with("HTTP/1.1 200"), "others are served meanwhile");
    let start = Instant::now();
    for stream in &mut slow {
        let mut rest = Vec::new();
        tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut rest)).await.expect("cut within 15 s").unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(15));

    // More connections than one address may have are closed at once; room comes back when they go.
    let mut crowd = Vec::new();
    for _ in 0..300 {
        crowd.push(TcpStream::connect(address).await.unwrap());
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut closed = 0;
    for stream in &mut crowd {
        let mut byte = [0u8; 1];
        if let Ok(Ok(0)) = tokio::time::timeout(Duration::from_millis(5), stream.read(&mut byte)).await {
            closed += 1;
        }
    }
    assert_eq!(closed, 300 - 256);
    drop(crowd);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(ask(address).await.contains("vif"));

    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(12), server).await.expect("drains").unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

/// Sends bytes, gives back everything the portal answers before it closes or falls silent.
async fn raw(address: std::net::SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let (mut text, mut part) = (Vec::new(), [0u8; 4096]);
    while let Ok(Ok(read)) = tokio::time::timeout(Duration::from_millis(700), stream.read(&mut part)).await {
        if read == 0 {
            break;
        }
        text.extend_from_slice(&part[..read]);
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn t39_requests_that_two_parsers_would_read_differently_are_refused() {
    let portal = Portal::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(server::http::serve(portal.world.clone(), listener, async move {
        let _ = stopped.await;
    }));
    let host = "Host: espace.exemple.fr\r\n";
    let smuggled = "GET /sante/vif HTTP/1.1\r\nHost: espace.exemple.fr\r\n\r\n";
    let post = format!("POST /api/identity/sign_out HTTP/1.1\r\n{host}");
    for (what, bytes, status) in [
        ("CL and TE", format!("{post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"), "411"),
        ("chunked", format!("{post}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"), "411"),
        ("two CL", format!("{post}Content-Length: 0\r\nContent-Length: 10\r\n\r\n{smuggled}"), "400"),
        ("TE that is not the last coding", format!("{post}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n{smuggled}"), "400"),
        ("folded header", format!("GET / HTTP/1.1\r\n{host}X-A: b\r\n c\r\n\r\n"), "400"),
        ("space before the colon", format!("GET / HTTP/1.1\r\n{host}X-A : b\r\n\r\n"), "400"),
        ("TRACE", format!("TRACE / HTTP/1.1\r\n{host}\r\n"), "405"),
        ("CONNECT", "CONNECT espace.exemple.fr:443 HTTP/1.1\r\nHost: espace.exemple.fr\r\n\r\n".into(), "4"),
        ("HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n".into(), "421"),
        ("two hosts", format!("GET / HTTP/1.1\r\n{host}Host: evil.example\r\n\r\n"), "421"),
        ("a header of a megabyte", format!("GET / HTTP/1.1\r\n{host}X-A: {}\r\n\r\n", "a".repeat(1 << 20)), "431"),
    ] {
        let answer = raw(address, bytes.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")) || answer.starts_with(&format!("HTTP/1.0 {status}")),
            "{what}: {answer:.200}"
        );
        assert!(!answer.contains("\"vif\""), "{what}: what came behind was answered: {answer:.400}");
    }
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
}
