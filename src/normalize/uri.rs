//! Facts of a URI, and how hosts compare with domains.
//!
//! Parsing follows the WHATWG standard, as browsers do, where it decides which host is reached. That standard also
//! repairs and normalizes: what a registration holds is reported as it is written, and what a browser would have to
//! repair first is not valid.

use std::borrow::Cow;
use std::net::IpAddr;

use url::{Host, Url};

use super::application::UriFacts;

/// The facts of one absolute URI.
///
/// A user name and password are left out of [`UriFacts::uri`], which policies and reports may show.
///
/// A URI that is not valid still has the facts that can be read from it. The registrable domain is the one under the
/// public suffixes of registries and of companies (`foo.azurewebsites.net` is its customer's, as `contoso.com` is
/// Contoso's); only hosts of network schemes have one, since `msauth://com.contoso.shop` names no domain.
/// `own_domain` is left open: this does not know the organisation's domains.
#[must_use]
pub fn uri_facts(uri: &str) -> UriFacts {
    let seen = as_parsers_see(uri);
    let lower = uri.to_ascii_lowercase();
    let wildcard = lower.contains('*') || lower.contains("%2a");
    let facts = UriFacts {
        uri: uri.to_owned(),
        wildcard,
        ..UriFacts::default()
    };
    let Some(parts) = Parts::of(&seen) else {
        return without_userinfo(facts);
    };
    let (host, ip) = parts.host();
    let domain = host
        .as_deref()
        .filter(|_| ip.is_none() && is_network_scheme(&parts.scheme));
    without_userinfo(UriFacts {
        valid: parts.is_absolute(host.as_deref()) && is_clean(uri) && parses(uri, wildcard),
        port: parts.port(),
        path: Some(parts.path.to_owned()),
        registrable_domain: domain.and_then(registrable_domain).map(str::to_owned),
        loopback: is_loopback(host.as_deref(), ip),
        ip: ip.is_some(),
        query: parts.query,
        fragment: parts.fragment,
        userinfo: parts.authority.is_some_and(|a| a.contains('@')),
        scheme: Some(parts.scheme),
        host,
        ..facts
    })
}

/// The facts with `…` in the place of a user name and password. What cannot be parsed may hold them before any `@`.
fn without_userinfo(mut facts: UriFacts) -> UriFacts {
    if facts.valid && !facts.userinfo {
        return facts;
    }
    let uri = &facts.uri;
    let colon = uri
        .find([':', '@'])
        .filter(|at| uri.as_bytes().get(*at) == Some(&b':'));
    let (scheme, rest) = uri.split_at(colon.map_or(0, |colon| colon + 1));
    let name = rest.trim_start_matches(['/', '\\']);
    let slashes = rest.strip_suffix(name).unwrap_or_default();
    let authority = name.split(['/', '\\', '?', '#']).next();
    let at = authority
        .and_then(|authority| authority.rfind('@'))
        .or_else(|| name.rfind('@'));
    let Some(shown) = at.and_then(|at| name.get(at..)) else {
        return facts;
    };
    facts.uri = format!("{scheme}{slashes}…{shown}");
    if !facts.userinfo {
        facts.path = facts.path.filter(|path| !path.contains('@'));
    }
    facts
}

/// Whether the host is the domain or under it, compared label by label and without regard to case or a final dot.
#[must_use]
pub fn under_domain(host: &str, domain: &str) -> bool {
    let (host, domain) = (ascii_domain(host), ascii_domain(domain));
    !domain.is_empty()
        && (host == domain
            || host
                .strip_suffix(&*domain)
                .is_some_and(|rest| rest.ends_with('.')))
}

/// The domain that its owner registered, under a public suffix; `None` for a bare suffix.
#[must_use]
pub fn registrable_domain(host: &str) -> Option<&str> {
    let host = without_final_dot(host);
    let domain = psl::domain_str(host)?;
    let labelled = domain
        .split('.')
        .all(|label| !label.is_empty() && !label.contains('*'));
    labelled.then_some(domain)
}

/// A domain in lower case and in its ASCII form, without a final dot.
pub(super) fn ascii_domain(domain: &str) -> Cow<'_, str> {
    let domain = without_final_dot(domain);
    if domain.is_ascii() {
        return domain.to_ascii_lowercase().into();
    }
    match Host::parse(domain) {
        Ok(Host::Domain(ascii)) => ascii.into(),
        _ => domain.to_lowercase().into(),
    }
}

/// Whether hosts of that scheme are names in the DNS.
pub(super) fn is_network_scheme(scheme: &str) -> bool {
    default_port(scheme).is_some()
}

fn without_final_dot(domain: &str) -> &str {
    domain.strip_suffix('.').unwrap_or(domain)
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

/// The text that a parser works on: no space or control character at its ends, no tab or line end within.
fn as_parsers_see(uri: &str) -> Cow<'_, str> {
    let trimmed = uri.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if trimmed.contains(['\t', '\n', '\r']) {
        trimmed.replace(['\t', '\n', '\r'], "").into()
    } else {
        trimmed.into()
    }
}

/// Whether it is free of what no URI may hold and parsers repair. A backslash is judged where it stands, and of a query
/// no more is asked than parsers do.
fn is_clean(uri: &str) -> bool {
    let forbidden = |c| matches!(c, '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}');
    let before_query = uri.split(['?', '#']).next().unwrap_or_default();
    !before_query.contains(forbidden)
        && !uri.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Whether a parser takes it; a wildcard where none may stand (a port, say) is a fact of its own.
fn parses(uri: &str, wildcard: bool) -> bool {
    Url::parse(uri).is_ok() || (wildcard && Url::parse(&uri.replace('*', "0")).is_ok())
}

fn is_loopback(host: Option<&str>, ip: Option<IpAddr>) -> bool {
    match ip {
        Some(IpAddr::V4(ip)) => ip.is_loopback(),
        Some(IpAddr::V6(ip)) => ip.to_canonical().is_loopback(),
        None => host.is_some_and(|host| without_final_dot(host) == "localhost"),
    }
}

/// The parts of a URI as written; only the scheme is lower-cased.
struct Parts<'a> {
    scheme: String,
    /// What stands after `//`, user information and port included.
    authority: Option<&'a str>,
    path: &'a str,
    query: bool,
    fragment: bool,
}

impl<'a> Parts<'a> {
    /// The parts, `None` without a scheme.
    fn of(uri: &'a str) -> Option<Self> {
        let (scheme, rest) = uri.split_once(':')?;
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(name) {
            return None;
        }
        let scheme = scheme.to_ascii_lowercase();
        let (rest, fragment) = cut(rest, '#');
        let (rest, query) = cut(rest, '?');
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                // Browsers take a backslash for a slash, others for a part of the host or of the user name.
                let backslash = is_network_scheme(&scheme);
                let ends = |c| c == '/' || (backslash && c == '\\');
                let (authority, path) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
                (Some(authority), path)
            }
            None => (None, rest),
        };
        Some(Self {
            scheme,
            authority,
            path,
            query,
            fragment,
        })
    }

    /// Whether nothing that a network scheme needs was left to a parser's repair: `https:host` and `https:///host`
    /// have no authority, and `https://host\path` ends it ambiguously.
    fn is_absolute(&self, host: Option<&str>) -> bool {
        let backslash = self.path.starts_with('\\');
        match self.scheme.as_str() {
            "file" => self.authority.is_some_and(|a| !a.contains('\\')) && !backslash,
            scheme => !is_network_scheme(scheme) || (host.is_some() && !backslash),
        }
    }

    /// Host and port, as written.
    fn host_and_port(&self) -> Option<(&'a str, &'a str)> {
        let authority = self.authority?;
        let host_port = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let host_end = host_port.rfind(']').map_or(0, |n| n + 1);
        let colon = host_port.get(host_end..)?.rfind(':').map(|n| host_end + n);
        let (host, port) = host_port.split_at(colon.unwrap_or(host_port.len()));
        Some((host, port.trim_start_matches(':')))
    }

    fn port(&self) -> Option<u16> {
        let port = self.host_and_port()?.1.parse().ok()?;
        (default_port(&self.scheme) != Some(port)).then_some(port)
    }

    /// The host, lower case and in ASCII, and its address where it is one in any notation.
    fn host(&self) -> (Option<String>, Option<IpAddr>) {
        let text = self.host_and_port().map_or("", |(host, _)| host);
        let parsed = if is_network_scheme(&self.scheme) {
            Host::parse(text)
        } else {
            Host::parse_opaque(text)
        };
        match parsed {
            Ok(Host::Ipv4(ip)) => (Some(ip.to_string()), Some(ip.into())),
            Ok(Host::Ipv6(ip)) => (Some(format!("[{ip}]")), Some(ip.into())),
            Ok(Host::Domain(domain)) if !domain.is_empty() => {
                let domain = domain.to_ascii_lowercase();
                let ip = domain.parse().ok();
                (Some(domain), ip)
            }
            _ => (None, None),
        }
    }
}

/// What stands before the separator, and whether it was there.
fn cut(text: &str, separator: char) -> (&str, bool) {
    text.split_once(separator)
        .map_or((text, false), |(before, _)| (before, true))
}

#[cfg(test)]
mod tests;
