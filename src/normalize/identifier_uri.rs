//! Facts of an identifier URI, the name of an application as a resource.

use super::application::IdentifierUri;
use super::permission::is_guid;
use super::uri::uri_facts;

/// The facts of one identifier URI of the application with that id.
///
/// The default forms are `api://<application id>` and `api://<tenant id>/<application id>`; whether a URI is one is not
/// known without the application id, unless it is of another form altogether. `own_domain` is left open.
#[must_use]
pub fn identifier_uri(uri: &str, app_id: Option<&str>, at: String) -> IdentifierUri {
    let name = uri
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("api"))
        .map(|(_, name)| name);
    let first = name.and_then(|name| name.split(['/', '?', '#']).next());
    IdentifierUri {
        facts: uri_facts(uri),
        default_form: default_form(name.unwrap_or_default(), app_id),
        guid: first
            .filter(|text| is_guid(text))
            .map(str::to_ascii_lowercase),
        trailing_slash: uri.ends_with('/'),
        at,
    }
}

fn default_form(name: &str, app_id: Option<&str>) -> Option<bool> {
    let last = match name.split_once('/') {
        Some((tenant, last)) if is_guid(tenant) => last,
        Some(_) => return Some(false),
        None => name,
    };
    match app_id {
        Some(app_id) => Some(!last.is_empty() && last.eq_ignore_ascii_case(app_id)),
        None if is_guid(last) => None,
        None => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const APP: &str = "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
    const TENANT: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

    fn facts(uri: &str, app_id: Option<&str>) -> (Option<bool>, Option<String>, bool) {
        let found = identifier_uri(uri, app_id, "/identifierUris/0".to_owned());
        assert_eq!(
            (found.at.as_str(), found.facts.uri.as_str()),
            ("/identifierUris/0", uri)
        );
        (found.default_form, found.guid, found.trailing_slash)
    }

    #[test]
    fn default_forms_name_the_application() {
        let own = |uri: &str| facts(uri, Some(APP));
        let guid = |guid: &str| Some(guid.to_owned());
        assert_eq!(own(&format!("api://{APP}")), (Some(true), guid(APP), false));
        assert_eq!(
            own(&format!("API://{}", APP.to_uppercase())),
            (Some(true), guid(APP), false)
        );
        assert_eq!(
            own(&format!("api://{TENANT}/{APP}")),
            (Some(true), guid(TENANT), false)
        );
        assert_eq!(
            facts(&format!("api://{APP}"), Some(&APP.to_uppercase())).0,
            Some(true)
        );
    }

    #[test]
    fn other_forms_do_not() {
        let guid = |guid: &str| Some(guid.to_owned());
        for (uri, expected_guid, slash) in [
            (format!("api://{TENANT}"), guid(TENANT), false),
            (format!("api://{APP}/"), guid(APP), true),
            (format!("api://{APP}/orders"), guid(APP), false),
            (format!("api://{APP}?x"), guid(APP), false),
            (format!("api://{TENANT}/orders"), guid(TENANT), false),
            (format!("api://{TENANT}/{APP}/"), guid(TENANT), true),
            (
                format!("api://{TENANT}/{TENANT}/{APP}"),
                guid(TENANT),
                false,
            ),
            (format!("api://orders/{APP}"), None, false),
            (format!("api:{APP}"), None, false),
            (format!("https://{APP}"), None, false),
            (format!("https://contoso.com/{APP}"), None, false),
            (format!("api://x{APP}"), None, false),
            (APP.to_owned(), None, false),
            ("api://".to_owned(), None, true),
            ("https://contoso.com/".to_owned(), None, true),
            (String::new(), None, false),
        ] {
            assert_eq!(
                facts(&uri, Some(APP)),
                (Some(false), expected_guid, slash),
                "{uri}"
            );
        }
        assert_eq!(facts("api://", Some("")).0, Some(false));
    }

    #[test]
    fn without_an_application_id_a_possible_default_form_is_unknown() {
        assert_eq!(facts(&format!("api://{APP}"), None).0, None);
        assert_eq!(facts(&format!("api://{TENANT}/{APP}"), None).0, None);
        for uri in [
            "https://contoso.com/orders",
            "api://orders",
            "api://",
            "urn:orders",
        ] {
            assert_eq!(facts(uri, None).0, Some(false), "{uri}");
        }
        assert_eq!(
            facts(&format!("api://{TENANT}/orders"), None).0,
            Some(false)
        );
        assert_eq!(facts(&format!("api://orders/{APP}"), None).0, Some(false));
    }

    proptest! {
        #[test]
        fn anything_has_facts(uri in "(api://)?.{0,40}", app_id: Option<String>) {
            let found = identifier_uri(&uri, app_id.as_deref(), String::new());
            prop_assert!(app_id.is_none() || found.default_form.is_some());
            prop_assert!(found.guid.is_none_or(|guid| uri.to_lowercase().contains(&guid)));
        }
    }
}
