use super::*;

fn composer() -> Composer {
    Composer::new(Arc::new(Fund::default()), "https://espace.exemple.fr".into())
}

#[test]
fn every_mail_says_this() {
    for mail in samples() {
        let Written { subject, text, html } = composer().write(&mail).unwrap();
        let kind = mail.content.kind();
        insta::assert_snapshot!(format!("{kind}_text"), format!("{subject}\n\n{text}"));
        // The HTML holds the same words: stripped of its marks it says what the text says.
        let spoken = plain(&html);
        for paragraph in text.split("\n\n").flat_map(str::lines).filter(|line| !line.is_empty() && !line.starts_with("--")) {
            let words = paragraph.trim_start_matches('|').trim_end_matches("\u{202f}:");
            assert!(spoken.contains(words.trim()), "{kind}: {words} in {spoken}");
        }
    }
    insta::assert_snapshot!("activation_html", composer().write(&samples()[0]).unwrap().html);
}

/// HTML without its marks.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&#38;", "&").replace("&#39;", "'").replace("&#8239;", "\u{202f}").replace("&amp;", "&")
}

#[test]
fn t30_t26_a_name_is_text_and_never_markup_nor_a_paragraph_nor_a_header() {
    let mut mail = samples().remove(0);
    mail.content = MailContent::Activation { first: "<b>Anne</b> & co\n\n>> Piège\nhttps://evil.example\r\nBcc: x@y.fr".into(), until: 0 };
    let Written { subject, text, html } = composer().write(&mail).unwrap();
    assert!(!subject.contains('\n') && !html.contains("<b>"), "{html}");
    assert!(!html.contains("href=\"https://evil"), "{html}");
    assert!(text.contains("Bonjour <b>Anne</b> & co  >> Piège https://evil.example  Bcc: x@y.fr,"), "{text}");
}

/// All that a message could try: a button and a header of ours, the end of an SMTP message, of a quote, of a mail, markup, our own marks.
const HOSTILE: &str = "Bonjour\r\n\r\n>> Piège\r\nhttps://evil.example/a\r.\r\nBcc: x@y.fr\n\0</blockquote></p><script>alert(1)</script>\n\
    -- \n| trait\n\u{1}message\n{{ link }}\n<a href=\"https://evil.example\">ici</a> !";

/// One mail of each kind that quotes people, full of such texts.
fn hostile() -> Vec<OutgoingMail> {
    let text = || format!("{HOSTILE}\n{}", "x".repeat(10_000));
    let (site, page) = (HOSTILE.replace("evil", "site"), "/site/a/contact/echanges/b".to_owned());
    let (bad, reference, first) = (|| HOSTILE.to_owned(), || "ABCD-2345".to_owned(), || "Claire".to_owned());
    let contents = [
        MailContent::ContactCopy {
            first: first(),
            reference: reference(),
            site: site.clone(),
            subject: bad(),
            text: text(),
            files: vec![bad(), bad()],
            page: page.clone(),
        },
        MailContent::ContactReceived {
            reference: reference(),
            site: site.clone(),
            siret: bad(),
            who: bad(),
            email: bad(),
            phone: Some(bad()),
            subject: bad(),
            text: text(),
            files: vec![bad(); 20],
        },
        MailContent::ContactAnswered { first: first(), reference: reference(), site, subject: bad(), files: 0, page },
    ];
    let mail = |content: MailContent| OutgoingMail { path: content.page().map(str::to_owned), content, ..samples().remove(0) };
    contents.into_iter().map(mail).collect()
}

#[test]
fn t30_t26_a_message_is_quoted_line_by_line_and_nothing_of_it_is_ours() {
    for mail in hostile() {
        let kind = mail.content.kind();
        let Written { subject, text, html } = composer().write(&mail).unwrap();
        assert!(subject.ends_with("référence ABCD-2345") && !subject.contains("Piège"), "{kind}: {subject}");
        assert!(!text.contains(['\r', '\0', '\u{1}']) && !html.contains(['\r', '\0', '\u{1}']), "{kind}: {text}");
        // Every line of theirs is marked, so none can pass for ours.
        for typed in text.lines().filter(|line| line.contains("evil") || line.contains("Bcc") || line.contains("Piège")) {
            assert!(typed.starts_with("| ") || typed.contains("site.example"), "{kind}: {typed}");
        }
        assert!(!text.lines().any(|line| line == "." || line == ">> Piège"), "{kind}: {text}");
        assert_eq!(text.matches("\n-- \n").count(), 1, "{kind}: {text}");
        assert!(!html.contains("<script") && !html.contains("href=\"https://evil"), "{kind}: {html}");
        assert_eq!(html.matches("<a href=").count(), if mail.path.is_some() { 2 } else { 0 }, "{kind}");
        assert_eq!(html.matches("<blockquote").count(), html.matches("</blockquote>").count(), "{kind}");
        if kind != "contact_answered" {
            let whole = "| Bonjour\n|\n| >> Piège\n| https://evil.example/a\n| .\n| Bcc: x@y.fr\n\
                         |  </blockquote></p><script>alert(1)</script>\n| -- \n| | trait\n|  message\n| {{ link }}\n\
                         | <a href=\"https://evil.example\">ici</a> !\n| xxx";
            assert!(text.contains(whole) && text.contains(&"x".repeat(10_000)), "{kind}: {text}");
            assert!(html.contains("Bonjour<br><br>&#62;&#62; Piège<br>https://evil.example/a<br>.<br>Bcc: x@y.fr<br>"), "{kind}: {html}");
            assert!(html.contains(&"x".repeat(10_000)), "{kind}");
        }
    }
}

#[test]
fn whoever_wrote_is_told_there_is_an_answer_and_not_what_it_says() {
    let mail = samples().into_iter().find(|mail| mail.content.kind() == "contact_answered").unwrap();
    let text = composer().write(&mail).unwrap().text;
    assert!(text.contains("Sa réponse a 1\u{a0}fichier joint.") && text.contains("/contact/echanges/"), "{text}");
    let MailContent::ContactAnswered { first, reference, site, subject, page, .. } = mail.content.clone() else { panic!("another mail") };
    let without = MailContent::ContactAnswered { first, reference, site, subject, files: 0, page };
    let text = composer().write(&OutgoingMail { content: without, ..mail }).unwrap().text;
    assert!(!text.contains("joint"), "{text}");
}

#[test]
fn nothing_is_fetched_from_elsewhere_and_links_are_ours() {
    for mail in samples() {
        let html = composer().write(&mail).unwrap().html;
        assert!(!html.contains("<img") && !html.contains("src=") && !html.contains("url("));
        assert_eq!(html.matches("href=").count(), html.matches("href=\"https://espace.exemple.fr/").count());
        assert_eq!(mail.path.is_some(), html.contains("href="), "{}", mail.content.kind());
    }
}
