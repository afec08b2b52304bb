//! Parses the help line setting: the contact for users.

use url::Url;

use crate::models::help_line::{HelpLine, HelpLink};

use super::setting::optional_line;

/// The longest line, in characters.
const MAX_LENGTH: usize = 200;

/// Parses a line of text. At most one e-mail address or `https://` URL in it becomes a link.
pub fn parse(text: &str) -> Result<HelpLine, String> {
    let text = optional_line(text)?;
    if text.chars().count() > MAX_LENGTH {
        return Err(format!("is longer than {MAX_LENGTH} characters"));
    }
    let mut links = Vec::new();
    let mut start = 0;
    for part in text.split(' ') {
        let opened = part.trim_start_matches(['(', '<', '"']);
        let word = opened.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '>', '"']);
        let at = start + part.len() - opened.len();
        links.extend(mail(word).or_else(|| web(word)).map(|href| (at, at + word.len(), href)));
        start += part.len() + 1;
    }
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    match &links[..] {
        [] => Ok(HelpLine { text, link: None }),
        [(at, end, href)] => Ok(HelpLine {
            text: part(0..*at),
            link: Some(HelpLink { text: part(*at..*end), href: href.clone(), after: part(*end..text.len()) }),
        }),
        _ => Err("names more than one e-mail address or https:// address".to_owned()),
    }
}

/// Accepts only characters that need no encoding in a URL.
fn mail(word: &str) -> Option<String> {
    let (name, host) = word.split_once('@')?;
    let is_plain =
        |text: &str, more: &[char]| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(&c));
    let is_host = host.contains('.') && host.split('.').all(|label| is_plain(label, &['-']));
    (is_host && is_plain(name, &['.', '_', '-', '+'])).then(|| format!("mailto:{word}"))
}

fn web(word: &str) -> Option<String> {
    let url = Url::parse(word).ok().filter(|url| url.scheme() == "https" && url.has_host())?;
    (url.username().is_empty() && url.password().is_none()).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn one_address_of_a_line_is_a_link() {
        for (line, before, text, href, after) in [
            ("Ask support@example.com.", "Ask ", "support@example.com", "mailto:support@example.com", "."),
            (
                "Whom to ask (https://help.example.com/a?b=c&d), any day",
                "Whom to ask (",
                "https://help.example.com/a?b=c&d",
                "https://help.example.com/a?b=c&d",
                "), any day",
            ),
            ("HTTPS://Help.Example.com", "", "HTTPS://Help.Example.com", "https://help.example.com/", ""),
            ("Zo\u{eb}: <zoe+it@acme.example>", "Zo\u{eb}: <", "zoe+it@acme.example", "mailto:zoe+it@acme.example", ">"),
        ] {
            let line = parse(line).expect(line);
            let link = line.link.expect("a link");
            assert_eq!((&*line.text, &*link.text, &*link.href, &*link.after), (before, text, href, after));
        }
        for plain in [
            "",
            "Ask your admin",
            "http://help.example.com",
            "javascript:alert(1)@a.b",
            "a@b",
            "@example.com",
            "https://u:p@example.com",
            "x@y.z?cc=all@y.z",
        ] {
            let line = parse(plain).expect(plain);
            assert_eq!((&*line.text, line.link), (plain, None));
        }
        for wrong in ["a@example.com or b@example.com", "two\nlines", " blank", &"x".repeat(201)] {
            parse(wrong).expect_err(wrong);
        }
    }
}
