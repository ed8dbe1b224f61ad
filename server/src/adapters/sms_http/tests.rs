use super::*;
use domain::fund::Fund;
use services::ports::SmsContent;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SMS: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";

fn sms() -> OutgoingSms {
    OutgoingSms { id: SMS.into(), to: "+33612345678".into(), content: SmsContent::Code, code: Some("123456".into()) }
}

/// A gateway that answers once with these bytes (nothing at all for an empty answer), and what it was asked.
async fn gateway(answer: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/envoi", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        let mut buffer = [0u8; 4096];
        while !String::from_utf8_lossy(&heard).contains("\"}") {
            let read = socket.read(&mut buffer).await.unwrap();
            if read == 0 {
                break;
            }
            heard.extend_from_slice(&buffer[..read]);
        }
        if answer.is_empty() {
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
        socket.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(heard).unwrap()
    });
    (url, heard)
}

fn texter(url: String, sender: &str) -> HttpTexter {
    let composer = Composer::new(Arc::new(Fund::default()), "https://espace.exemple.fr".into());
    let settings = SmsSettings { url, token: Some(Secret::new("jeton-secret".into())), body: Body::default(), sender: sender.into() };
    HttpTexter::new(composer, settings, Outbound::new(Duration::from_millis(500)).unwrap())
}

#[tokio::test]
async fn an_sms_is_posted_once_with_number_text_sender_token_and_the_id_of_its_row() {
    let (url, heard) = gateway("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}").await;
    texter(url, "CIBTP").send(&sms()).await.unwrap();
    let heard = heard.await.unwrap();
    let (headers, body) = heard.split_once("\r\n\r\n").unwrap();
    let headers = headers.to_ascii_lowercase();
    assert!(headers.starts_with("post /envoi http/1.1"), "{headers}");
    for line in
        ["authorization: bearer jeton-secret", "content-type: application/json", &format!("idempotency-key: {}", SMS.to_lowercase())]
    {
        assert!(headers.lines().any(|heard| heard == line), "{line}: {headers}");
    }
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!((&body["to"], &body["from"]), (&"+33612345678".into(), &"CIBTP".into()));
    assert!(body["text"].as_str().unwrap().contains("votre code est 123456"), "{body}");
}

#[tokio::test]
async fn what_the_gateway_answers_decides_whether_it_is_tried_again() {
    for (answer, again) in [
        ("HTTP/1.1 500 Oups\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 503 Oups\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 408 Oups\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 429 Oups\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 302 Oups\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", true),
        ("HTTP/1.1 400 Oups\r\ncontent-length: 12\r\n\r\n+33612345678", false),
        ("HTTP/1.1 401 Oups\r\ncontent-length: 0\r\n\r\n", false),
        ("n’importe quoi\r\n\r\n", true),
        ("HTTP/1.1 2", true),
        ("", true),
    ] {
        let (url, heard) = gateway(answer).await;
        let problem = texter(url, "").send(&sms()).await.expect_err(answer);
        heard.abort();
        let (text, later) = match problem {
            MailProblem::Later(text) => (text, true),
            MailProblem::Never(text) => (text, false),
        };
        assert_eq!(later, again, "{answer:?}: {text}");
        for secret in ["33612345678", "123456", "jeton-secret"] {
            assert!(!text.contains(secret), "T62: {text}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_says_yes_is_a_yes_whatever_follows() {
    let (url, _heard) = gateway("HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n<html>n’importe quoi").await;
    texter(url, "").send(&sms()).await.unwrap();
}

#[tokio::test]
async fn nothing_leaves_the_machine_without_tls_and_a_gateway_that_is_down_means_later() {
    for url in ["http://sms.exemple.fr/envoi", "http://127.0.0.1:1/envoi"] {
        assert!(matches!(texter(url.into(), "").send(&sms()).await, Err(MailProblem::Later(_))), "{url}");
    }
}

#[test]
fn values_are_text_whatever_they_hold_and_no_sender_is_no_member() {
    let body =
        Body::parse(r#"{"messages":[{"destinataire":"{chiffres}","contenu":"{texte} {numero}"}],"de":"{expediteur}","n":1}"#).unwrap();
    let filled = body.fill("+33612345678", "« {numero} », \"}]{\\ \n{expediteur}", "");
    assert_eq!(
        filled,
        serde_json::json!({
            "messages": [{ "destinataire": "33612345678", "contenu": "« {numero} », \"}]{\\ \n{expediteur} +33612345678" }],
            "n": 1
        })
    );
    assert_eq!(body.fill("+33612345678", "x", "CIBTP")["de"], "CIBTP");
}

#[test]
fn a_body_that_cannot_carry_a_message_is_refused() {
    for wrong in ["", "[]", "\"{texte}{numero}\"", "{\"a\":\"{texte}\"}", "{\"a\":\"{numero}\"}", "{\"a\":\"{texte}{numero}{nom}\"}"] {
        assert!(Body::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn t62_the_token_does_not_print() {
    assert!(!format!("{:?}", texter("https://x".into(), "")).contains("jeton-secret"));
}
