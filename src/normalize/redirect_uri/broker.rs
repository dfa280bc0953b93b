//! Redirect URIs that an authentication broker answers, on Android and on Apple's systems.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::normalize::application::Broker;

/// A SHA-1 hash, which is what Android signatures are named by.
const HASH_BYTES: usize = 20;

/// The broker form that the URI has or tries to have.
pub fn broker(uri: &str) -> Option<Broker> {
    let (scheme, rest) = uri.split_once(':').unwrap_or((uri, ""));
    let after = strip_ignoring_case(scheme, "msauth")?;
    let (platform, checked) = match (after.strip_prefix('.'), strip_code(rest)) {
        (Some(bundle), _) => ("apple", check_apple(bundle, rest)),
        (None, _) if !after.is_empty() || scheme == uri => return None,
        (None, Some(encoded)) => ("apple", check_encoded(encoded)),
        (None, None) => ("android", check_android(rest)),
    };
    Some(Broker {
        platform: platform.to_owned(),
        well_formed: checked.is_ok(),
        problem: checked.err().unwrap_or_default(),
    })
}

fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// `msauth.<bundle>://auth`
fn check_apple(bundle: &str, rest: &str) -> Result<(), String> {
    let named = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if bundle.is_empty() {
        Err("names no bundle".to_owned())
    } else if !bundle.split('.').all(named) {
        Err(format!("`{bundle}` is not a bundle identifier"))
    } else if !matches!(rest, "//auth" | "//auth/") {
        Err("something other than `://auth` follows the bundle identifier".to_owned())
    } else {
        Ok(())
    }
}

/// What follows `code/`: Apple's form for sign-in with certificates, which holds the application's own redirect URI.
fn strip_code(rest: &str) -> Option<&str> {
    let after = strip_ignoring_case(rest, "//code")?;
    after.strip_prefix('/').or(after.is_empty().then_some(""))
}

fn check_encoded(encoded: &str) -> Result<(), String> {
    let lower = encoded.to_ascii_lowercase();
    if lower.contains(':') || lower.contains('/') {
        Err("the redirect URI in it is not percent-encoded".to_owned())
    } else if lower
        .split_once("%3a%2f%2f")
        .is_none_or(|(scheme, _)| scheme.is_empty())
    {
        Err("no redirect URI follows `msauth://code/`".to_owned())
    } else {
        Ok(())
    }
}

/// `msauth://<package>/<signature hash>`
fn check_android(rest: &str) -> Result<(), String> {
    let rest = rest
        .strip_prefix("//")
        .ok_or("`//` does not follow `msauth:`")?;
    let (package, hash) = rest.split_once('/').unwrap_or((rest, ""));
    if package.is_empty() {
        return Err("names no package".to_owned());
    }
    if !is_package(package) {
        return Err(format!("`{package}` is not a package name"));
    }
    if hash.is_empty() {
        return Err("has no signature hash".to_owned());
    }
    match decode(hash) {
        Some(bytes) if bytes.len() == HASH_BYTES && hash.contains(['+', '/', '=']) => {
            Err("the signature hash is not percent-encoded".to_owned())
        }
        Some(bytes) if bytes.len() == HASH_BYTES => Ok(()),
        _ => Err(format!(
            "the signature hash is not the base64 of {HASH_BYTES} bytes"
        )),
    }
}

/// Two or more names with dots between, each of which starts with a letter.
fn is_package(package: &str) -> bool {
    let named = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    package.contains('.') && package.split('.').all(named)
}

/// The bytes of a hash, percent-encoded or not; `None` when it is no base64.
fn decode(hash: &str) -> Option<Vec<u8>> {
    let escapes = [
        ("%2B", "+"),
        ("%2b", "+"),
        ("%2F", "/"),
        ("%2f", "/"),
        ("%3D", "="),
        ("%3d", "="),
    ];
    let plain = escapes
        .iter()
        .fold(hash.to_owned(), |text, (from, to)| text.replace(from, to));
    STANDARD.decode(plain).ok()
}
