//! The claims of a token become its facts.

use serde_json::{Map, Value};

use super::claims::{Claims, one_or_more};
use super::issuer::issuer;
use super::{Token, TokenClient, TokenIssuer, TokenSignature};
use crate::normalize::reader::Notes;
use crate::normalize::to_rfc3339;

/// Where a token's parts stand in its document.
pub(super) struct Parts<'a> {
    pub(super) header: Option<&'a Map<String, Value>>,
    pub(super) claims: &'a Map<String, Value>,
    /// JSON Pointers of both.
    pub(super) header_at: String,
    pub(super) claims_at: String,
}

pub(super) fn token(parts: &Parts<'_>) -> (Token, Notes) {
    let mut claims = Claims::new(parts.claims, &parts.claims_at);
    let notes = &mut claims.notes;
    notes.places.push(("token.header", parts.header_at.clone()));
    notes.places.push(("token.claims", parts.claims_at.clone()));
    let version = version(&mut claims);
    let scopes = scopes(&mut claims);
    let roles = claims.texts("token.roles", "roles");
    let dates = ["iat", "nbf", "exp"].map(|name| date(&mut claims, name));
    let [issued, not_before, expires] = dates;
    let lifetime_seconds = match (not_before.or(issued), expires) {
        (Some(start), Some(end)) => Some(end.as_second() - start.as_second()),
        _ => None,
    };
    let flow = flow(&mut claims, scopes.as_deref());
    let token = Token {
        header: parts.header.cloned(),
        claims: parts.claims.clone(),
        token_type: token_type(&claims, parts.header, version).to_owned(),
        version,
        flow: flow.to_owned(),
        issuer: token_issuer(&mut claims),
        audience: audience(&mut claims),
        scopes,
        roles,
        client: client(&mut claims, version),
        tenant: lower(claims.text("token.tenant", "tid")),
        auth_contexts: claims
            .texts("token.auth_contexts", "acrs")
            .unwrap_or_default(),
        capabilities: capabilities(&mut claims),
        issued: issued.map(to_rfc3339),
        not_before: not_before.map(to_rfc3339),
        expires: expires.map(to_rfc3339),
        lifetime_seconds,
        signature: TokenSignature::unchecked("no keys were given to check it with"),
        ..Token::default()
    };
    claims.check_others();
    (token, claims.notes)
}

fn lower(text: Option<&str>) -> Option<String> {
    text.map(str::to_ascii_lowercase)
}

fn version(claims: &mut Claims<'_>) -> Option<u8> {
    match claims.text("token.version", "ver")? {
        "1.0" => Some(1),
        "2.0" => Some(2),
        _ => None,
    }
}

fn scopes(claims: &mut Claims<'_>) -> Option<Vec<String>> {
    let scopes = claims.text("token.scopes", "scp")?;
    Some(scopes.split_whitespace().map(str::to_owned).collect())
}

/// What is no date is reported: of `exp` by a rule, of the others as a problem.
fn date(claims: &mut Claims<'_>, name: &str) -> Option<jiff::Timestamp> {
    match name {
        "iat" => claims.date("token.issued", name),
        "nbf" => claims.date("token.not_before", name),
        _ => claims.date_if_any("token.expires", name),
    }
}

/// Whom the token speaks for. Only `idtyp` says so for certain.
fn flow(claims: &mut Claims<'_>, scopes: Option<&[String]>) -> &'static str {
    match claims.text("token.flow", "idtyp") {
        Some("app") => return "app_only",
        Some("user") => return "delegated",
        Some(_) => return "unknown",
        None => {}
    }
    let subject = claims.get("sub").and_then(Value::as_str);
    let object = claims.get("oid").and_then(Value::as_str);
    if scopes.is_some_and(|scopes| !scopes.is_empty()) {
        "delegated"
    } else if subject.is_some() && subject == object {
        // A user's subject is another one for every application.
        "app_only"
    } else {
        "unknown"
    }
}

/// Claims that only access tokens have.
const OF_ACCESS_TOKENS: [&str; 6] = ["scp", "azp", "azpacr", "appid", "appidacr", "idtyp"];
/// Claims that only ID tokens have.
const OF_ID_TOKENS: [&str; 3] = ["nonce", "c_hash", "at_hash"];

fn token_type(
    claims: &Claims<'_>,
    header: Option<&Map<String, Value>>,
    version: Option<u8>,
) -> &'static str {
    let has_any = |names: &[&str]| names.iter().any(|name| claims.has(name));
    let media_type = header.and_then(|header| header.get("typ")?.as_str());
    let is_access = media_type.is_some_and(|typ| typ.eq_ignore_ascii_case("at+jwt"));
    if has_any(&OF_ID_TOKENS) {
        "id"
    } else if is_access || has_any(&OF_ACCESS_TOKENS) {
        "access"
    } else if claims.has("roles") || version.is_none() {
        "unknown"
    } else {
        // Every access token of Microsoft's names its client.
        "id"
    }
}

fn token_issuer(claims: &mut Claims<'_>) -> TokenIssuer {
    claims.place("token.issuer", "iss");
    let uri = claims.get("iss").and_then(Value::as_str);
    uri.map(issuer).unwrap_or_default()
}

fn audience(claims: &mut Claims<'_>) -> Vec<String> {
    claims.place("token.audience", "aud");
    claims.get("aud").and_then(one_or_more).unwrap_or_default()
}

/// By the claims of the token's version where it has them: a rule reports those of both.
fn client(claims: &mut Claims<'_>, version: Option<u8>) -> TokenClient {
    let is_v1 = version == Some(1) || !claims.has("azp");
    let names = match is_v1 && claims.has("appid") {
        true => ["appid", "appidacr"],
        false => ["azp", "azpacr"],
    };
    let [id, method] = names;
    let app_id = lower(claims.text("token.client.app_id", id));
    let auth_method = match claims.text("token.client.auth_method", method) {
        Some("0") => "none",
        Some("1") => "secret",
        Some("2") => "certificate",
        _ => "unknown",
    };
    TokenClient {
        app_id,
        auth_method: auth_method.to_owned(),
    }
}

fn capabilities(claims: &mut Claims<'_>) -> Vec<String> {
    let capabilities = claims.texts("token.capabilities", "xms_cc");
    let lower = |capability: String| capability.to_ascii_lowercase();
    capabilities.into_iter().flatten().map(lower).collect()
}
