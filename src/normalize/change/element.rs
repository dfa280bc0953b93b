//! What tells elements of a list apart, so that the same one is found in another version.

use super::super::application::{
    AppRole, Credential, FederatedCredential, IdentifierUri, Owner, Permission, PreAuthorized,
    RedirectUri, Scope,
};

/// An element of a list of an application.
pub(super) trait Element: Clone {
    /// What tells it from others, in whatever format it was written; none where that is not known.
    fn key(&self) -> Option<String>;

    /// Where it stands.
    fn at(&self) -> &str;

    /// Whether it belongs to a part of the list that was collected, where another part was not.
    fn is_covered_by(&self, _list: &[Self]) -> bool {
        false
    }
}

/// A permission that an application offers.
pub(super) trait Offered: Element {
    /// The value in tokens; none where it is not known, and `""` where there is none.
    fn value(&self) -> Option<&str>;

    /// Whether the other one means something else; none where that is not known.
    fn differs(&self, other: &Self) -> Option<bool>;
}

fn key(parts: &[&str]) -> String {
    parts.join("\0")
}

impl Element for Permission {
    fn key(&self) -> Option<String> {
        let resource = self.resource.app_id.as_deref()?;
        Some(key(&[resource, self.kind.as_deref()?, self.id.as_deref()?]))
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Element for RedirectUri {
    fn key(&self) -> Option<String> {
        Some(key(&[&self.platform, &self.facts.uri]))
    }

    fn at(&self) -> &str {
        &self.at
    }

    /// A source lists all URIs of a platform, or none.
    fn is_covered_by(&self, list: &[Self]) -> bool {
        list.iter().any(|other| other.platform == self.platform)
    }
}

impl Element for IdentifierUri {
    fn key(&self) -> Option<String> {
        Some(self.facts.uri.clone())
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Element for Credential {
    fn key(&self) -> Option<String> {
        let id = self.id.as_deref().or(self.thumbprint.as_deref());
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            return Some(key(&[&self.kind, id]));
        }
        let end = self.end.as_deref()?;
        let (name, start) = (self.name.as_deref(), self.start.as_deref());
        Some(key(&[
            &self.kind,
            name.unwrap_or_default(),
            start.unwrap_or_default(),
            end,
        ]))
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Element for FederatedCredential {
    fn key(&self) -> Option<String> {
        let mut parts = vec![
            self.issuer.as_ref()?.uri.as_str(),
            self.subject.as_deref()?,
            self.expression.as_deref().unwrap_or_default(),
        ];
        let mut audiences: Vec<&str> = self.audiences.as_ref()?.iter().map(|a| &**a).collect();
        audiences.sort_unstable();
        parts.append(&mut audiences);
        Some(key(&parts))
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Element for Owner {
    fn key(&self) -> Option<String> {
        self.id.clone()
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Element for PreAuthorized {
    fn key(&self) -> Option<String> {
        let mut scopes: Vec<&str> = self.scopes.iter().map(|s| &**s).collect();
        scopes.sort_unstable();
        let mut parts = vec![self.app_id.as_deref()?];
        parts.append(&mut scopes);
        Some(key(&parts))
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Element for Scope {
    fn key(&self) -> Option<String> {
        self.id.clone()
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Offered for Scope {
    fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    fn differs(&self, other: &Self) -> Option<bool> {
        any([
            differ(&self.id, &other.id),
            differ(&self.value, &other.value),
            differ(&self.consent_type, &other.consent_type),
            differ(&self.enabled, &other.enabled),
        ])
    }
}

impl Element for AppRole {
    fn key(&self) -> Option<String> {
        self.id.clone()
    }

    fn at(&self) -> &str {
        &self.at
    }
}

impl Offered for AppRole {
    fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    fn differs(&self, other: &Self) -> Option<bool> {
        let sorted = |types: &Option<Vec<String>>| {
            let mut types = types.clone()?;
            types.sort_unstable();
            Some(types)
        };
        let (types, others) = (
            sorted(&self.allowed_member_types),
            sorted(&other.allowed_member_types),
        );
        any([
            differ(&self.id, &other.id),
            differ(&self.value, &other.value),
            differ(&types, &others),
            differ(&self.enabled, &other.enabled),
        ])
    }
}

fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> Option<bool> {
    Some(one.as_ref()? != other.as_ref()?)
}

/// True where one is; unknown where none is and one is unknown.
fn any<const N: usize>(parts: [Option<bool>; N]) -> Option<bool> {
    if parts.contains(&Some(true)) {
        return Some(true);
    }
    (!parts.contains(&None)).then_some(false)
}
