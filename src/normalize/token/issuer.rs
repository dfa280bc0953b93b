//! Issuers of the Microsoft identity platform, by the form of their URIs.

use super::TokenIssuer;
use crate::normalize::permission::is_guid;

/// The name of a cloud, and what stands around the tenant's id in the issuers of its two versions.
struct Cloud {
    name: &'static str,
    v1: &'static str,
    v2: &'static str,
}

/// Tokens of version 1 for the US Government have the issuer of the public cloud.
const CLOUDS: [Cloud; 4] = [
    Cloud {
        name: "public",
        v1: "https://sts.windows.net/",
        v2: "https://login.microsoftonline.com/",
    },
    Cloud {
        name: "us_government",
        v1: "",
        v2: "https://login.microsoftonline.us/",
    },
    Cloud {
        name: "china",
        v1: "https://sts.chinacloudapi.cn/",
        v2: "https://login.partner.microsoftonline.cn/",
    },
    Cloud {
        name: "germany",
        v1: "https://sts.microsoftonline.de/",
        v2: "https://login.microsoftonline.de/",
    },
];
const EXTERNAL_ID: &str = "external_id";
const V2: &str = "/v2.0";

/// What the issuer's URI says, compared letter by letter but for the tenant's id.
pub(super) fn issuer(uri: &str) -> TokenIssuer {
    let known = |cloud: &str, tenant: &str, version| TokenIssuer {
        uri: Some(uri.to_owned()),
        cloud: Some(cloud.to_owned()),
        tenant: Some(tenant.to_ascii_lowercase()),
        version: Some(version),
    };
    for cloud in &CLOUDS {
        if let Some(tenant) = between(uri, cloud.v1, "/").filter(|_| !cloud.v1.is_empty()) {
            return known(cloud.name, tenant, 1);
        }
        if let Some(tenant) = between(uri, cloud.v2, V2) {
            return known(cloud.name, tenant, 2);
        }
    }
    if let Some(tenant) = external_tenant(uri) {
        return known(EXTERNAL_ID, tenant, 2);
    }
    TokenIssuer {
        uri: Some(uri.to_owned()),
        ..TokenIssuer::default()
    }
}

/// The id between, when it is one.
fn between<'a>(uri: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let id = uri.strip_prefix(before)?.strip_suffix(after)?;
    is_guid(id).then_some(id)
}

/// The tenant of Microsoft Entra External ID, whose id is the first label of the host as well.
fn external_tenant(uri: &str) -> Option<&str> {
    let (host, path) = uri.strip_prefix("https://")?.split_once('/')?;
    let label = host.strip_suffix(".ciamlogin.com")?;
    let tenant = path.strip_suffix(V2)?;
    (is_guid(tenant) && label.eq_ignore_ascii_case(tenant)).then_some(tenant)
}

/// What stands for the tenant's id in the issuers that Microsoft publishes for every tenant.
const TENANT: &str = "{tenantid}";

impl TokenIssuer {
    /// Whether a published issuer is this one. Microsoft's have a placeholder for the tenant, and name version 2 for the
    /// tokens of version 1 as well.
    pub(crate) fn is(&self, published: &str) -> bool {
        let Some(uri) = self.uri.as_deref() else {
            return false;
        };
        let Some(tenant) = self.tenant.as_deref() else {
            return uri == published;
        };
        let published = published.replace(TENANT, tenant);
        let as_version_2 = self.as_version_2();
        let ids_differ_in_case = |other: &str| {
            let other = issuer(other);
            other.cloud == self.cloud
                && other.tenant == self.tenant
                && other.version == self.version
        };
        uri == published
            || as_version_2.is_some_and(|v2| v2 == published)
            || ids_differ_in_case(&published)
    }

    /// The issuer of the same tenant's tokens of version 2.
    fn as_version_2(&self) -> Option<String> {
        let cloud = CLOUDS
            .iter()
            .find(|cloud| self.cloud.as_deref() == Some(cloud.name))?;
        Some(format!("{}{}{V2}", cloud.v2, self.tenant.as_deref()?))
    }

    /// The base of the addresses where the tenant's users sign in and its metadata is published:
    /// `https://login.microsoftonline.com/`.
    pub(crate) fn authority(&self) -> Option<String> {
        let cloud = self.cloud.as_deref()?;
        if cloud == EXTERNAL_ID {
            return Some(format!(
                "https://{}.ciamlogin.com/",
                self.tenant.as_deref()?
            ));
        }
        let cloud = CLOUDS.iter().find(|known| known.name == cloud)?;
        Some(cloud.v2.to_owned())
    }

    /// Where its users sign in.
    pub(crate) fn authorization_uri(&self) -> Option<String> {
        let authority = self.authority()?;
        if self.is_external() {
            return Some(format!(
                "{authority}{}/oauth2/v2.0/authorize",
                self.tenant.as_deref()?
            ));
        }
        Some(format!("{authority}common/oauth2/authorize"))
    }

    /// Whether its keys are published for it alone.
    pub(crate) fn is_external(&self) -> bool {
        self.cloud.as_deref() == Some(EXTERNAL_ID)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT_ID: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

    fn facts(uri: &str) -> (Option<String>, Option<u8>) {
        let issuer = issuer(&uri.replace("{}", TENANT_ID));
        let tenant = issuer.cloud.as_ref().map(|_| TENANT_ID.to_owned());
        assert_eq!(issuer.tenant, tenant);
        (issuer.cloud, issuer.version)
    }

    #[test]
    fn every_form_is_known() {
        for (uri, cloud, version) in [
            ("https://sts.windows.net/{}/", "public", 1),
            ("https://login.microsoftonline.com/{}/v2.0", "public", 2),
            (
                "https://login.microsoftonline.us/{}/v2.0",
                "us_government",
                2,
            ),
            ("https://sts.chinacloudapi.cn/{}/", "china", 1),
            (
                "https://login.partner.microsoftonline.cn/{}/v2.0",
                "china",
                2,
            ),
            ("https://sts.microsoftonline.de/{}/", "germany", 1),
            ("https://login.microsoftonline.de/{}/v2.0", "germany", 2),
            ("https://{}.ciamlogin.com/{}/v2.0", "external_id", 2),
        ] {
            assert_eq!(facts(uri), (Some(cloud.to_owned()), Some(version)), "{uri}");
        }
    }

    #[test]
    fn what_resembles_a_form_is_none() {
        for uri in [
            "",
            "https://sts.windows.net/{}",
            "http://sts.windows.net/{}/",
            "https://sts.windows.net/{}//",
            "https://sts.windows.net.evil.com/{}/",
            "https://STS.windows.net/{}/",
            "https://sts.windows.net/common/",
            "https://login.microsoftonline.com/{}/v2.0/",
            "https://login.microsoftonline.com/{}/",
            "https://login.microsoftonline.com/{}/V2.0",
            "https://login.microsoftonline.com/{tenantid}/v2.0",
            "https://login.microsoftonline.com/{}/../{}/v2.0",
            "https://login.microsoftonline.com@evil.com/{}/v2.0",
            "https://evil.com/?https://sts.windows.net/{}/",
            "https://contoso.ciamlogin.com/{}/v2.0",
            "https://{}.ciamlogin.com/9f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0",
            "https://evil.com/{}.ciamlogin.com/{}/v2.0",
            "{}/",
        ] {
            assert_eq!(facts(uri), (None, None), "{uri}");
        }
    }

    #[test]
    fn published_issuers_have_a_placeholder_and_version_2() {
        let v1 = issuer(&format!("https://sts.windows.net/{TENANT_ID}/"));
        let v2 = issuer(&format!(
            "https://login.microsoftonline.com/{TENANT_ID}/v2.0"
        ));
        assert!(v1.is("https://sts.windows.net/{tenantid}/"));
        assert!(v1.is("https://login.microsoftonline.com/{tenantid}/v2.0"));
        assert!(v2.is("https://login.microsoftonline.com/{tenantid}/v2.0"));
        assert!(v2.is(&format!(
            "https://login.microsoftonline.com/{}/v2.0",
            TENANT_ID.to_uppercase()
        )));
        assert!(!v2.is("https://sts.windows.net/{tenantid}/"));
        assert!(!v2.is("https://login.microsoftonline.us/{tenantid}/v2.0"));
        assert!(
            !v2.is("https://login.microsoftonline.com/9f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0")
        );
        let own = issuer("https://idp.contoso.com");
        assert!(own.is("https://idp.contoso.com") && !own.is("https://idp.contoso.com/"));
        assert!(!TokenIssuer::default().is(""));
    }
}
