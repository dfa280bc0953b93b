//! Hosts that imitate a domain of the organisation.

use std::cmp::Reverse;

use strsim::damerau_levenshtein;
use unicode_security::skeleton;
use url::quirks::domain_to_unicode;

use crate::normalize::application::Resemblance;
use crate::normalize::uri::{ascii_domain, registrable_domain, under_domain};

/// Names further apart than this do not resemble each other.
const MAX_DISTANCE: usize = 3;

/// The domain that the host imitates, where it is under none of them.
///
/// A `prefix` has the labels of the whole domain, with dots or hyphens between, before the end of another domain
/// (`contoso.com.evil.net`, `login.contoso-com.net`), or a hyphen before them (`login-contoso.com`). A `spelling` is at
/// most three edits away without the public suffix, homoglyphs not counted, and less than half the name; a distance of
/// 0 is the same name to the eye, under another suffix or in other letters. The closest domain is given.
#[must_use]
pub fn resembles(host: &str, domains: &[String]) -> Option<Resemblance> {
    if is_address(host) || domains.iter().any(|domain| under_domain(host, domain)) {
        return None;
    }
    let host = Name::of(host)?;
    let imitated = domains.iter().filter_map(|domain| {
        let own = Name::of(domain)?;
        let (kind, distance) = host.imitates(&own)?;
        Some(Resemblance {
            domain: domain.clone(),
            kind: kind.to_owned(),
            distance,
        })
    });
    imitated.min_by_key(|found| (Reverse(found.kind == "prefix"), found.distance))
}

fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok()
}

/// A host and its registrable domain, as people read them.
struct Name {
    /// All of the host.
    full: String,
    /// The part that its owner chose.
    registrable: String,
    /// The registrable domain without its public suffix.
    stem: String,
    /// Whether the public suffix is a company's and not a registry's.
    company: bool,
}

impl Name {
    fn of(host: &str) -> Option<Self> {
        let ascii = ascii_domain(host);
        let registrable = registrable_domain(&ascii)?;
        let suffix = psl::suffix(registrable.as_bytes())?;
        let registrable = readable(registrable);
        let (stem, _) = registrable.split_once('.')?;
        Some(Self {
            full: readable(&ascii),
            stem: stem.to_owned(),
            company: suffix.typ() == Some(psl::Type::Private),
            registrable,
        })
    }

    /// Everything before the public suffix.
    fn before_suffix(&self) -> &str {
        let suffix = self.registrable.get(self.stem.len()..).unwrap_or_default();
        self.full.strip_suffix(suffix).unwrap_or(&self.full)
    }

    fn imitates(&self, own: &Self) -> Option<(&'static str, u32)> {
        if self.registrable == own.registrable {
            return None;
        }
        if self.has_within(own) {
            return Some(("prefix", 0));
        }
        let distance = distance(&self.stem, &own.stem);
        let shorter = self.stem.chars().count().min(own.stem.chars().count());
        // `contoso.azurewebsites.net` is how Contoso itself would name a site there.
        let near = distance <= MAX_DISTANCE && 2 * distance < shorter && !self.company;
        near.then_some(("spelling", u32::try_from(distance).ok()?))
    }

    fn has_within(&self, own: &Self) -> bool {
        let separates = |c| c == '.' || (c == '-' && !self.company);
        let own_words: Vec<_> = own.full.split(separates).collect();
        let words: Vec<_> = self.before_suffix().split(separates).collect();
        let hyphen_before = |domain: &str| {
            let front = domain.strip_suffix(own.full.as_str());
            front.is_some_and(|front| front.ends_with('-'))
        };
        words.windows(own_words.len()).any(|part| part == own_words)
            || hyphen_before(&self.registrable)
    }
}

/// The domain in Unicode, or as it is when it has no such form.
fn readable(domain: &str) -> String {
    let unicode = if domain.contains("xn--") {
        domain_to_unicode(domain)
    } else {
        String::new()
    };
    if unicode.is_empty() {
        domain.to_owned()
    } else {
        unicode
    }
}

/// Edits between two names, or between what the eye makes of them where that is less. Where they are more than
/// [`MAX_DISTANCE`], it does not matter how many.
fn distance(a: &str, b: &str) -> usize {
    let seen = |name: &str| skeleton(name).collect::<String>();
    edits(a, b).min(edits(&seen(a), &seen(b)))
}

fn edits(a: &str, b: &str) -> usize {
    let apart = a.chars().count().abs_diff(b.chars().count());
    if apart > MAX_DISTANCE {
        return apart;
    }
    damerau_levenshtein(a, b)
}
