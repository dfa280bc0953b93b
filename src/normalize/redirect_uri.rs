//! Facts of a redirect URI: who else could be behind its host, and which broker answers it.

mod broker;
mod resemblance;

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_security::MixedScript;
use url::quirks::domain_to_unicode;

use super::Subject;
use super::application::{RedirectUri, UriFacts};
use super::uri::{is_network_scheme, uri_facts};

pub use resemblance::resembles;

static SHARED_HOSTING: HostTable = HostTable::new(include_str!("../../data/shared_hosting.txt"));
static TUNNELS: HostTable = HostTable::new(include_str!("../../data/tunnels.txt"));

/// The characters that Microsoft lists as unsupported in redirect URIs; `*` is a wildcard, and a fact of its own.
const UNSUPPORTED: [char; 7] = ['!', '$', '\'', '(', ')', ',', ';'];

/// The facts of one redirect URI. `own_domain` and `resembles` are left open: this does not know the organisation's
/// domains.
#[must_use]
pub fn redirect_uri(platform: &str, uri: &str, at: String) -> RedirectUri {
    let facts = uri_facts(uri);
    let broker = broker::broker(uri);
    let host = network_host(&facts);
    RedirectUri {
        platform: platform.to_owned(),
        shared_hosting: host.and_then(|h| SHARED_HOSTING.suffix_of(h)),
        tunnel: host.and_then(|h| TUNNELS.suffix_of(h)),
        punycode: host.is_some_and(|h| h.split('.').any(|label| label.starts_with("xn--"))),
        mixed_script: host.is_some_and(mixes_scripts),
        resembles: None,
        unsupported_characters: unsupported_characters(uri),
        // A broker's path is no path to a resource: its escaped slashes belong to a hash or to a URI within it.
        ambiguous_path: broker.is_none() && facts.path.as_deref().is_some_and(is_ambiguous),
        broker,
        facts,
        at,
    }
}

/// The host, where it is a name in the DNS.
fn network_host(facts: &UriFacts) -> Option<&str> {
    let in_dns = !facts.ip && facts.scheme.as_deref().is_some_and(is_network_scheme);
    facts.host.as_deref().filter(|_| in_dns)
}

/// The host of a URI that a browser would look up in DNS, without a final dot.
pub fn host_to_look_up(facts: &UriFacts) -> Option<&str> {
    let is_web = matches!(facts.scheme.as_deref(), Some("http" | "https"));
    let host = network_host(facts).filter(|_| is_web && !facts.loopback)?;
    let host = host.strip_suffix('.').unwrap_or(host);
    (!host.contains('*') && !host.ends_with(".localhost")).then_some(host)
}

/// The hosts of an application's redirect URIs that DNS can be asked for, without a final dot. None of another subject.
pub fn redirect_hosts(subject: &Subject) -> impl Iterator<Item = &str> {
    let application = subject.application();
    let redirects = application.and_then(|app| app.redirect_uris.as_ref());
    let redirects = redirects.into_iter().flatten();
    redirects.filter_map(|redirect| host_to_look_up(&redirect.facts))
}

fn mixes_scripts(host: &str) -> bool {
    host.contains("xn--")
        && domain_to_unicode(host)
            .split('.')
            .any(|label| !label.is_single_script())
}

fn unsupported_characters(uri: &str) -> Vec<String> {
    let mut found = Vec::new();
    for c in uri.chars().filter(|c| UNSUPPORTED.contains(c)) {
        let c = c.to_string();
        if !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// Whether servers, proxies and the platform may disagree on which resource the path names.
fn is_ambiguous(path: &str) -> bool {
    let path = path.to_ascii_lowercase().replace("%2e", ".");
    let separator = path.contains('\\') || path.contains("%2f") || path.contains("%5c");
    separator || path.split('/').any(|segment| matches!(segment, "." | ".."))
}

/// Patterns of hosts, one a line, as the files in `data/` describe them.
struct HostTable {
    text: &'static str,
    /// By their last two labels, which have no `*`.
    patterns: OnceLock<HashMap<&'static str, Vec<&'static str>>>,
}

impl HostTable {
    const fn new(text: &'static str) -> Self {
        Self {
            text,
            patterns: OnceLock::new(),
        }
    }

    fn lines(&self) -> impl Iterator<Item = &'static str> {
        let pattern = |line: &'static str| line.split('#').next().unwrap_or_default().trim();
        let patterns = self.text.lines().map(pattern);
        patterns.filter(|pattern| !pattern.is_empty())
    }

    fn patterns(&self) -> &HashMap<&'static str, Vec<&'static str>> {
        self.patterns.get_or_init(|| {
            let mut patterns: HashMap<_, Vec<_>> = HashMap::new();
            for pattern in self.lines() {
                patterns.entry(last_two(pattern)).or_default().push(pattern);
            }
            patterns
        })
    }

    /// The longest part of the host that a pattern matches: `azurewebsites.net` of `shop.azurewebsites.net`.
    fn suffix_of(&self, host: &str) -> Option<String> {
        let host = host.strip_suffix('.').unwrap_or(host);
        let patterns = self.patterns().get(last_two(host));
        let matches = patterns.into_iter().flatten();
        let matches = matches.filter_map(|pattern| suffix(host, pattern));
        matches.max_by_key(|found| found.len()).map(str::to_owned)
    }
}

/// The last two labels of a host.
fn last_two(host: &str) -> &str {
    let dot = host.rmatch_indices('.').nth(1);
    dot.and_then(|(dot, _)| host.get(dot + 1..)).unwrap_or(host)
}

/// The end of the host that the pattern matches label by label.
fn suffix<'h>(host: &'h str, pattern: &str) -> Option<&'h str> {
    let below = pattern.strip_prefix('.');
    let mut labels = host.rsplit('.');
    let mut length = 0;
    for expected in below.unwrap_or(pattern).rsplit('.') {
        let label = labels.next()?;
        let fits = match expected.strip_suffix('*') {
            Some(start) => label.starts_with(start),
            None => label == expected,
        };
        if !fits {
            return None;
        }
        length += label.len() + 1;
    }
    if below.is_some() {
        labels.next()?;
    }
    host.get((host.len() + 1).checked_sub(length)?..)
}

#[cfg(test)]
mod tests;
