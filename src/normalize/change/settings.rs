//! The settings of one value, by their paths in an application.

use serde_json::{Value, json};

use super::super::application::{Application, Link, OptionalClaim};

/// Each setting; none where it is not known.
pub(super) fn settings(app: &Application) -> Vec<(&'static str, Option<Value>)> {
    let mut settings = access(app);
    settings.extend(tokens(app));
    settings.extend(urls(app));
    settings.extend(publication(app));
    settings
}

/// Who may sign in, and how.
fn access(app: &Application) -> Vec<(&'static str, Option<Value>)> {
    let (lock, signature) = (app.lock.as_ref(), app.request_signature.as_ref());
    let proxy = app.on_premises_publishing.as_ref();
    vec![
        ("sign_in_audience", known(&app.sign_in_audience)),
        (
            "implicit_grant.access_token",
            known(&app.implicit_grant.access_token),
        ),
        (
            "implicit_grant.id_token",
            known(&app.implicit_grant.id_token),
        ),
        ("public_client_fallback", known(&app.public_client_fallback)),
        ("native_authentication", known(&app.native_authentication)),
        ("lock.enabled", lock.map(|lock| json!(lock.enabled))),
        (
            "lock.all_properties",
            lock.map(|lock| json!(lock.all_properties)),
        ),
        (
            "request_signature.required",
            signature.map(|one| json!(one.required)),
        ),
        (
            "request_signature.weak_algorithms",
            signature.map(|one| json!(one.weak_algorithms)),
        ),
        (
            "on_premises_publishing.external_authentication_type",
            proxy.and_then(|one| known(&one.external_authentication_type)),
        ),
    ]
}

/// What stands in tokens, and how they are read.
fn tokens(app: &Application) -> Vec<(&'static str, Option<Value>)> {
    let behaviors = app.authentication_behaviors.as_ref();
    let claims = &app.optional_claims;
    vec![
        (
            "api.access_token_version",
            known(&app.api.access_token_version),
        ),
        (
            "api.accepts_mapped_claims",
            known(&app.api.accepts_mapped_claims),
        ),
        (
            "api.known_clients",
            app.api.known_clients.as_ref().map(|ids| sorted(ids)),
        ),
        ("optional_claims.access_token", names(&claims.access_token)),
        ("optional_claims.id_token", names(&claims.id_token)),
        ("optional_claims.saml2_token", names(&claims.saml2_token)),
        ("group_claims", known(&app.group_claims)),
        (
            "authentication_behaviors.remove_unverified_email_claim",
            behaviors.map(|one| json!(one.remove_unverified_email_claim)),
        ),
        (
            "authentication_behaviors.block_azure_ad_graph_access",
            behaviors.map(|one| json!(one.block_azure_ad_graph_access)),
        ),
        (
            "authentication_behaviors.require_client_service_principal",
            behaviors.map(|one| json!(one.require_client_service_principal)),
        ),
    ]
}

fn urls(app: &Application) -> Vec<(&'static str, Option<Value>)> {
    let urls = &app.urls;
    vec![
        ("urls.home", link(&urls.home)),
        ("urls.logout", link(&urls.logout)),
        ("urls.privacy", link(&urls.privacy)),
        ("urls.terms", link(&urls.terms)),
        ("urls.support", link(&urls.support)),
        ("urls.marketing", link(&urls.marketing)),
        ("urls.saml_metadata", link(&urls.saml_metadata)),
    ]
}

/// By whose hand the application is, as users see it.
fn publication(app: &Application) -> Vec<(&'static str, Option<Value>)> {
    // Graph says it in two ways.
    let disabled = app.disabled_by_microsoft.as_deref();
    let disabled = disabled.map(|reason| json!(reason.trim_start_matches("NotDisabled")));
    vec![
        ("display_name", known(&app.display_name)),
        ("publisher.domain", known(&app.publisher.domain)),
        ("publisher.verified", known(&app.publisher.verified)),
        ("disabled_by_microsoft", disabled),
    ]
}

fn known<T: serde::Serialize>(value: &Option<T>) -> Option<Value> {
    value.as_ref().map(|value| json!(value))
}

fn link(link: &Option<Link>) -> Option<Value> {
    link.as_ref().map(|link| match link {
        Link::Url(link) => json!(link.facts.uri),
        Link::Empty {} => json!(""),
    })
}

fn names(claims: &Option<Vec<OptionalClaim>>) -> Option<Value> {
    let claims = claims.as_ref()?.iter();
    let names: Vec<String> = claims.map(|claim| claim.name.clone()).collect();
    Some(sorted(&names))
}

fn sorted(texts: &[String]) -> Value {
    let mut texts: Vec<&String> = texts.iter().collect();
    texts.sort_unstable();
    json!(texts)
}
