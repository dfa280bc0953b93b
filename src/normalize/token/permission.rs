//! Facts of what a token carries, and of the API that it is for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Token;
use crate::normalize::application::Resource;
use crate::normalize::permission::{all_rows, is_guid, permission, permission_name, resource};

const MICROSOFT_AUDIENCES: &str = include_str!("../../../data/microsoft_audiences.tsv");

/// A permission that a token carries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenPermission {
    /// Its name, as the token has it.
    pub name: String,
    /// The claim that holds it: `scp` or `roles`.
    pub claim: String,
    /// What its name says: `read`, `write`, `full` or `other`.
    pub access: String,
    /// 0 for those of Microsoft Graph that lead to control of the tenant; `null` for all others, and for those of the
    /// same name of another API.
    pub tier: Option<u8>,
}

impl Token {
    /// Fills in the API that it is for, and what is known of its permissions.
    pub(super) fn describe_permissions(&mut self) {
        self.resource = resource_of(&self.audience);
        let claims = [("scp", &self.scopes), ("roles", &self.roles)];
        self.permissions = claims
            .into_iter()
            .flat_map(|(claim, names)| names.iter().flatten().map(move |name| (claim, name)))
            .map(|(claim, name)| TokenPermission {
                name: name.clone(),
                claim: claim.to_owned(),
                access: permission_name(Some(name)).access,
                tier: tier(&self.resource, claim, name),
            })
            .collect();
    }
}

/// The API that an audience names. Where there are several, a service of Microsoft's comes first: the tables know it.
fn resource_of(audience: &[String]) -> Resource {
    let mut named = audience.iter().map(|audience| api(audience));
    let first = named.next().unwrap_or_default();
    if first.name.is_some() {
        return first;
    }
    let well_known = named.find(|resource| resource.name.is_some());
    well_known.unwrap_or(first)
}

fn api(audience: &str) -> Resource {
    if is_guid(audience) {
        return resource(Some(audience));
    }
    let uri = audience.strip_suffix('/').unwrap_or(audience);
    let (_, app_id) = all_rows(MICROSOFT_AUDIENCES)
        .find(|(known, _)| known.eq_ignore_ascii_case(uri))
        .unzip();
    app_id.map_or_else(Resource::default, |app_id| resource(Some(app_id)))
}

fn tier(resource: &Resource, claim: &str, name: &str) -> Option<u8> {
    // The tables hold Microsoft's APIs alone.
    resource.name.as_ref()?;
    let kind = if claim == "scp" {
        "delegated"
    } else {
        "application"
    };
    let app_id = resource.app_id.as_deref();
    permission(app_id, Some(name), Some(kind), String::new()).tier
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(audience: &str, scopes: &[&str], roles: &[&str]) -> Token {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let mut token = Token {
            audience: vec![audience.to_owned()],
            scopes: Some(names(scopes)),
            roles: Some(names(roles)),
            ..Token::default()
        };
        token.describe_permissions();
        token
    }

    fn name_of_api(audience: &str) -> Option<String> {
        token(audience, &[], &[]).resource.name
    }

    #[test]
    fn services_are_known_by_id_and_by_uri() {
        for audience in [
            "00000003-0000-0000-C000-000000000000",
            "https://graph.microsoft.com",
            "https://graph.microsoft.com/",
            "https://GRAPH.microsoft.us",
        ] {
            let name = name_of_api(audience);
            assert_eq!(name.as_deref(), Some("Microsoft Graph"), "{audience}");
        }
        for audience in [
            "https://graph.microsoft.com//",
            "https://graph.microsoft.com.evil.example",
            "https://graph.microsoft.com/v1.0",
            "Microsoft Graph",
            "",
        ] {
            assert_eq!(name_of_api(audience), None, "{audience}");
        }
    }

    #[test]
    fn every_uri_leads_to_a_well_known_service() {
        for (uri, _) in all_rows(MICROSOFT_AUDIENCES) {
            assert!(name_of_api(uri).is_some(), "{uri}");
        }
    }

    #[test]
    fn an_own_api_has_an_id_and_no_name() {
        let own = token("1F0E2D3C-4B5A-4978-8695-A4B3C2D1E0F9", &[], &[]).resource;
        let id = "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
        assert_eq!((own.app_id.as_deref(), own.name), (Some(id), None));
        assert_eq!(
            token("api://orders", &[], &[]).resource,
            Resource::default()
        );
    }

    #[test]
    fn a_service_is_seen_among_several_audiences() {
        let mut token = token("api://orders", &[], &[]);
        token.audience.push("https://vault.azure.net".to_owned());
        token.describe_permissions();
        assert_eq!(token.resource.name.as_deref(), Some("Azure Key Vault"));
    }

    #[test]
    fn permissions_have_access_and_tier() {
        let facts = |audience: &str| {
            let token = token(
                audience,
                &["User.Read", "Directory.ReadWrite.All", "access_as_user"],
                &["RoleManagement.ReadWrite.Directory", "Admin"],
            );
            let facts = token.permissions.into_iter();
            let facts = facts.map(|p| format!("{} {} {} {:?}", p.claim, p.name, p.access, p.tier));
            facts.collect::<Vec<_>>()
        };
        assert_eq!(
            facts("https://graph.microsoft.com"),
            [
                "scp User.Read read None",
                "scp Directory.ReadWrite.All write Some(0)",
                "scp access_as_user full None",
                "roles RoleManagement.ReadWrite.Directory write Some(0)",
                "roles Admin other None",
            ]
        );
        let own = facts("api://orders");
        assert!(own.iter().all(|fact| fact.ends_with("None")), "{own:?}");
    }
}
