//! Scalars of a registration whose meaning the formats share.

use super::application::Publisher;
use super::permission;
use super::reader::{Node, Reader};

/// Who may sign in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Audience {
    pub(super) name: &'static str,
    pub(super) multitenant: bool,
    pub(super) personal_accounts: bool,
}

pub(super) const MY_ORG: Audience = Audience {
    name: "AzureADMyOrg",
    multitenant: false,
    personal_accounts: false,
};

pub(super) const MULTIPLE_ORGS: Audience = Audience {
    name: "AzureADMultipleOrgs",
    multitenant: true,
    personal_accounts: false,
};

const AUDIENCES: [Audience; 4] = [
    MY_ORG,
    MULTIPLE_ORGS,
    Audience {
        name: "AzureADandPersonalMicrosoftAccount",
        multitenant: true,
        personal_accounts: true,
    },
    Audience {
        name: "PersonalMicrosoftAccount",
        multitenant: false,
        personal_accounts: true,
    },
];

/// `signInAudience`. Null says nothing: there is no empty audience.
pub(super) fn audience(reader: &Reader, node: &Node<'_>) -> Option<Audience> {
    const FACT: &str = "application.sign_in_audience";
    reader.place(FACT, node);
    reader.place("application.multitenant", node);
    reader.place("application.personal_accounts", node);
    let name = reader.string(FACT, node).filter(|name| !name.is_empty())?;
    let audience = AUDIENCES
        .into_iter()
        .find(|a| a.name.eq_ignore_ascii_case(&name));
    if audience.is_none() {
        let names = AUDIENCES.map(|a| format!("`{}`", a.name)).join(", ");
        let message = format!("`{}` is `{name}`, expected one of {names}", node.pointer());
        reader.problem(FACT, node, message);
    }
    audience
}

/// The version of access tokens that the application accepts. Where the source has the key, null means 1.
pub(super) fn access_token_version(reader: &Reader, node: &Node<'_>) -> Option<u8> {
    const FACT: &str = "application.api.access_token_version";
    reader.place(FACT, node);
    let Some(value) = node.value() else {
        return node.is_collected().then_some(1);
    };
    match value.as_u64() {
        Some(1) => Some(1),
        Some(2) => Some(2),
        _ if value.as_str().is_some_and(super::placeholder::unresolved) => {
            reader.unknown(FACT, node);
            None
        }
        _ => {
            let message = format!("`{}` is neither 1, 2 nor null", node.pointer());
            reader.problem(FACT, node, message);
            None
        }
    }
}

/// When the registration was made, RFC 3339 in UTC.
pub(super) fn created(reader: &Reader, node: &Node<'_>) -> Option<String> {
    const FACT: &str = "application.created";
    let text = reader.string(FACT, node).filter(|text| !text.is_empty())?;
    let date = super::parse_date(&text);
    if date.is_none() {
        let message = format!("`{}` is not a date", node.pointer());
        reader.problem(FACT, node, message);
    }
    date.map(super::to_rfc3339)
}

/// Null means that no groups are emitted.
pub(super) fn group_claims(reader: &Reader, node: &Node<'_>) -> Option<String> {
    const FACT: &str = "application.group_claims";
    reader.place(FACT, node);
    let claims = reader.string(FACT, node)?;
    Some(if claims.is_empty() {
        "None".to_owned()
    } else {
        claims
    })
}

pub(super) fn disabled_by_microsoft(reader: &Reader, node: &Node<'_>) -> Option<String> {
    const FACT: &str = "application.disabled_by_microsoft";
    reader.place(FACT, node);
    reader.string(FACT, node)
}

/// Whether the registration is Microsoft's own.
pub(super) fn first_party(app_id: Option<&str>, publisher: &Publisher) -> Option<bool> {
    let publisher_is = publisher.domain.as_deref().map(|domain| {
        ["microsoft.com", "microsoft.onmicrosoft.com"]
            .iter()
            .any(|own| domain.eq_ignore_ascii_case(own))
    });
    match (app_id.map(permission::first_party), publisher_is) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (None, None) => None,
        _ => Some(false),
    }
}
