//! Text in Markdown, literally. Entities mean the same in paragraphs, in tables and in HTML, and are never markup.

use url::Url;

use crate::report::table::text::clean;

/// A longer text is cut: a comment is no place for it.
const LONGEST: usize = 400;

/// Text as it stands, with what it has between backticks as code.
pub(super) fn text(text: &str) -> String {
    let text = shortened(text);
    let mut markdown = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('`') {
        let Some((quoted, behind)) = after.split_once('`') else {
            break;
        };
        markdown += &plain(before);
        if !quoted.is_empty() {
            markdown += &in_code(quoted);
        }
        rest = behind;
    }
    markdown + &plain(rest)
}

/// Text as code.
pub(super) fn code(text: &str) -> String {
    in_code(&shortened(text))
}

/// A link that shows where it leads; none for what is no address on the web.
pub(super) fn link(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url
        .host_str()
        .filter(|_| matches!(url.scheme(), "https" | "http"))?;
    let shown = plain(&shortened(&format!(
        "{host}{}",
        url.path().trim_end_matches('/')
    )));
    Some(format!(
        "[{shown}](<{}>)",
        url.as_str().replace('\\', "%5C")
    ))
}

fn shortened(text: &str) -> String {
    let text = clean(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn in_code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// Outside of code, GitHub and GitLab make links of `@name`, `#1`, `!1` and the like, and tell who is named.
fn plain(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        apart.push(character);
        let is_sign = matches!(character, '@' | '#' | '!' | '~' | '%' | '$' | '&' | '^');
        if is_sign && characters.peek().is_some_and(|next| *next != ' ') {
            apart.push('\u{200b}');
        }
    }
    escaped(&apart)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek();
        match character {
            // As in `a.json:1:2`.
            ':' if next.is_none_or(|next| *next == ' ' || next.is_ascii_digit()) => {
                escaped.push(':')
            }
            '&' | '<' | '>' | '"' | '\'' | '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '|' | '@'
            | '#' | ':' | '$' | '\u{200b}' => {
                escaped += &format!("&#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
    }
    // `www.` starts a link as well.
    escaped.replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_values_are_code() {
        assert_eq!(
            text("redirect URI `https://a.b/c_d` is `x`"),
            "redirect URI <code>https&#58;//a.b/c&#95;d</code> is <code>x</code>"
        );
        assert_eq!(text("a `b"), "a &#96;b");
        assert_eq!(text("a `` b"), "a  b");
    }

    #[test]
    fn nobody_is_called() {
        assert_eq!(text("@team"), "&#64;&#8203;team");
        assert_eq!(code("@team"), "<code>&#64;team</code>");
        assert_eq!(text("100 % of #1"), "100 % of &#35;&#8203;1");
    }

    #[test]
    fn only_the_web_is_linked() {
        assert_eq!(link("javascript:alert(1)"), None);
        assert_eq!(link("internal wiki"), None);
        assert_eq!(
            link("https://a.b/c_d/?e=<f>)").unwrap(),
            "[a.b/c&#95;d](<https://a.b/c_d/?e=%3Cf%3E)>)"
        );
    }

    #[test]
    fn a_long_text_is_cut() {
        assert!(text(&"a".repeat(1000)).ends_with("a…"));
    }
}
