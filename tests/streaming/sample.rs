//! Applications by the dozen.

use std::fs;

use tempfile::TempDir;

/// An application of some 3 kB on several lines, with findings; some share a name, a redirect URI and a certificate.
pub fn application(number: usize) -> String {
    let id = format!("00000000-0000-4000-8000-{number:012}");
    let shared = number % 7;
    let notes = "é, \\\"]}\\\\ ".repeat(200);
    format!(
        r#"{{
  "@odata.type": "x",
  "appId": "{id}", "id": "{id}", "displayName": "Shop {shared}", "signInAudience": "AzureADMyOrg",
  "notes": "{notes}",
  "web": {{"redirectUris": ["http://shop{number}.contoso.com/auth", "https://shared{shared}.contoso.com/auth"],
    "implicitGrantSettings": {{"enableAccessTokenIssuance": true, "enableIdTokenIssuance": false}}}},
  "passwordCredentials": [{{"keyId": "{id}", "startDateTime": "2020-01-01T00:00:00Z", "endDateTime": "2299-01-01T00:00:00Z"}}],
  "identifierUris": ["api://shared{shared}"]
}}"#
    )
}

/// So many applications that reach the whole tenant, one a line. They have the same two owners, and every second one has a
/// third; each has one of its own.
pub fn privileged(count: usize) -> String {
    let owner = |id: String| format!(r#"{{"id": "{id}", "displayName": "Owner {id}"}}"#);
    let one = |number: usize| {
        let mut owners = vec![
            owner("a".to_owned()),
            owner("b".to_owned()),
            owner(format!("of{number}")),
        ];
        owners.extend(number.is_multiple_of(2).then(|| owner("c".to_owned())));
        format!(
            r#"{{"@odata.type": "x", "appId": "00000000-0000-4000-8000-{number:012}", "displayName": "Shop {number}",
"requiredResourceAccess": [{{"resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
{{"id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "type": "Role"}}]}}], "owners": [{}]}}"#,
            owners.join(", ")
        )
        .replace('\n', " ")
            + "\n"
    };
    (0..count).map(one).collect()
}

/// The principal of an application.
fn service_principal(number: usize) -> String {
    let id = format!("00000000-0000-4000-8000-{number:012}");
    format!(
        r#"{{"servicePrincipalType": "Application", "appId": "{id}", "id": "1{id}", "displayName": "Shop",
  "replyUrls": ["http://shop.contoso.com/auth"], "appRoleAssignmentRequired": false, "accountEnabled": true}}"#
    )
}

fn elements(count: usize) -> Vec<String> {
    let one = |number| match number % 10 {
        9 => service_principal(number - 1),
        _ => application(number),
    };
    (0..count).map(one).collect()
}

/// So many applications, one a line.
pub fn ndjson(count: usize) -> String {
    let one = |number| application(number).replace('\n', " ") + "\n";
    (0..count).map(one).collect()
}

/// A page of applications and service principals, with what stands around them on both sides.
pub fn page(count: usize) -> String {
    let elements = elements(count).join(",\n");
    format!(
        "{{\"value\": [\n{elements}, {{\"@removed\": {{}}}}\n],\r\n \"@odata.nextLink\": \"https://graph.example/next\"}}\n"
    )
}

pub fn sandbox(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(directory.path().join(name), text).unwrap();
    }
    directory
}
