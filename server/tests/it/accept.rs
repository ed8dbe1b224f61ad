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
