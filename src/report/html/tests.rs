use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use serde_json::Value;

use super::*;
use crate::finding::Snippet;
use crate::report::fixture;

fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    render(report, &fixture::rules(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The page without its style and script, which have files of their own.
fn snapshot(name: &str, report: &Report) {
    let page = rendered(report);
    let page = page
        .replace(&asset(STYLE), "…")
        .replace(&asset(SCRIPT), "…");
    let page = page.replace(&policy(), "POLICY");
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("html_{name}"), page);
    });
}

#[test]
fn rich() {
    snapshot("rich", &fixture::rich());
}

#[test]
fn clean() {
    snapshot("clean", &fixture::clean());
}

#[test]
fn errors_only() {
    snapshot("errors_only", &fixture::errors_only());
}

/// A page as a browser reads it: its tags with the names of their attributes, the values of these, and its text.
#[derive(Default)]
struct Page {
    tags: Vec<String>,
    values: Vec<(String, String)>,
    /// By the tag before it.
    texts: Vec<(String, String)>,
    errors: Vec<String>,
    others: usize,
}

impl Page {
    fn read(html: &str) -> Self {
        let mut page = Self::default();
        let mut emitter = DefaultEmitter::default();
        // Styles, scripts and titles are read as browsers read them.
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) => {
                    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                    let mut shape = text(&tag.name);
                    for (name, value) in &tag.attributes {
                        shape += &format!(" {}", text(name));
                        page.values.push((text(name), text(value)));
                    }
                    page.tags.push(shape);
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8(tag.name.to_vec()).unwrap();
                    page.tags.push(format!("/{name}"));
                }
                Token::String(text) => {
                    let text = String::from_utf8(text.to_vec()).unwrap();
                    page.text(text);
                }
                Token::Comment(_) | Token::Doctype(_) => page.others += 1,
                Token::Error(error) => page.errors.push(format!("{error:?}")),
            }
        }
        page
    }

    fn text(&mut self, text: String) {
        let tag = self.tags.last().cloned().unwrap_or_default();
        match self.texts.last_mut() {
            Some((last, before)) if *last == tag => before.push_str(&text),
            _ => self.texts.push((tag, text)),
        }
    }

    fn texts_of(&self, tag: &str) -> Vec<&str> {
        let texts = self.texts.iter().filter(|(of, _)| of == tag);
        texts.map(|(_, text)| text.as_str()).collect()
    }
}

const HOSTILE: &str = "\"'></p></li></details></title></style></script><script>alert(1)</script><img src=x \
                       onerror=alert(1)><!-- ]]> {{style}} &lt;b&gt; &#60; \u{202e}\u{0} </noscript><base href=//x>";

/// The sample with something after every text that is not the program's own.
fn spoiled(text: &str) -> Report {
    let mut value = serde_json::to_value(fixture::rich()).unwrap();
    spoil(&mut value, text);
    let mut report: Report = serde_json::from_value(value).unwrap();
    for finding in &mut report.findings {
        finding.location.snippet = Some(Snippet {
            text: format!("{text} {text} {text}"),
            highlight: text.len() + 1..2 * text.len() + 1,
        });
    }
    report
}

fn spoil(value: &mut Value, text: &str) {
    const OWN: [&str; 7] = [
        "schema",
        "principle",
        "severity",
        "status",
        "state",
        "kind",
        "summary",
    ];
    match value {
        Value::String(there) => there.push_str(text),
        Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, text)),
        Value::Object(members) => {
            let members = members.iter_mut();
            members
                .filter(|(key, _)| !OWN.contains(&key.as_str()))
                .for_each(|(_, member)| spoil(member, text));
        }
        _ => {}
    }
}

#[test]
fn nothing_breaks_out_of_its_place() {
    let tame = Page::read(&rendered(&spoiled("x")));
    let hostile = Page::read(&rendered(&spoiled(HOSTILE)));
    assert_eq!(hostile.errors, [""; 0]);
    assert_eq!(hostile.tags, tame.tags, "no tag, no attribute more");
    assert_eq!(hostile.others, 1, "the document type, and no comment");
    for tag in ["style", "script"] {
        assert_eq!(hostile.texts_of(tag), tame.texts_of(tag));
        assert_eq!(hostile.texts_of(tag).len(), 1);
    }
    assert!(
        hostile
            .texts
            .iter()
            .any(|(_, text)| text.contains("<img src=x"))
    );
    assert!(
        hostile
            .texts
            .iter()
            .all(|(_, text)| !text.contains('\u{202e}'))
    );
}

#[test]
fn only_pages_of_the_web_are_links() {
    let mut report = fixture::rich();
    for finding in &mut report.findings {
        finding.references = [
            "javascript:alert(1)",
            "data:text/html,x",
            "//x",
            " https://x.example/?a=\"b",
        ]
        .map(str::to_owned)
        .to_vec();
    }
    let page = Page::read(&rendered(&report));
    let links = page.values.iter().filter(|(name, _)| name == "href");
    let links: Vec<&str> = links.map(|(_, value)| value.as_str()).collect();
    assert!(links.contains(&"https://x.example/?a=%22b"));
    let outside = links.iter().filter(|link| !link.starts_with('#'));
    assert!(
        outside
            .into_iter()
            .all(|link| link.starts_with("https://x.example"))
    );
}

#[test]
fn the_policy_lets_only_the_page_s_own_style_and_script_run() {
    let page = Page::read(&rendered(&fixture::rich()));
    let content = page
        .values
        .iter()
        .find(|(_, value)| value.starts_with("default-src"));
    let content = &content.unwrap().1;
    for tag in ["style", "script"] {
        let text = page.texts_of(tag)[0];
        let hash = BASE64_STANDARD.encode(Sha256::digest(text));
        assert!(
            content.contains(&format!("{tag}-src 'sha256-{hash}'")),
            "{tag}"
        );
    }
    assert!(!content.contains("unsafe") && !content.contains("http"));
    let inline = |(name, _): &&(String, String)| name == "style" || name.starts_with("on");
    assert_eq!(page.values.iter().find(inline), None);
}

#[test]
fn nothing_is_loaded() {
    let page = Page::read(&rendered(&fixture::rich()));
    let loads = ["src", "srcset", "data", "action", "background", "poster"];
    let loading = |(name, _): &&(String, String)| loads.contains(&name.as_str());
    assert_eq!(page.values.iter().find(loading), None);
    assert!(!page.tags.iter().any(|tag| tag.starts_with("link")));
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
}

#[test]
fn every_id_is_there_once_and_every_inner_link_leads_to_one() {
    let page = Page::read(&rendered(&fixture::rich()));
    let values = |of: &str| -> Vec<&str> {
        let values = page.values.iter().filter(|(name, _)| name == of);
        values.map(|(_, value)| value.as_str()).collect()
    };
    let ids = values("id");
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), ids.len());
    let named = values("for").into_iter().chain(values("aria-labelledby"));
    let linked = values("href")
        .into_iter()
        .filter_map(|link| link.strip_prefix('#'));
    for id in named.chain(linked) {
        assert!(distinct.contains(id), "there is no {id}");
    }
}

#[test]
fn every_finding_is_in_the_page() {
    let report = fixture::rich();
    let page = Page::read(&rendered(&report));
    let items = page
        .tags
        .iter()
        .filter(|tag| *tag == "li data-severity data-status");
    assert_eq!(items.count(), report.findings.len());
    let text: String = page.texts.iter().map(|(_, text)| text.as_str()).collect();
    for finding in &report.findings {
        for shown in [&finding.message, &finding.remediation] {
            let shown = shown.replace('`', "");
            assert!(text.contains(&shown), "{shown}");
        }
    }
}

#[test]
fn carriage_returns_change_no_hash() {
    assert_eq!(asset("a\r\nb\n"), "a\nb\n");
}
