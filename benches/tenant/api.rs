//! What an API offers.

use serde_json::{Value, json};

use super::random::Random;
use super::template::{Offered, Template};

pub fn scopes(template: &Template, random: &mut Random) -> Vec<Value> {
    let scopes = template.scopes.iter().map(|offered| {
        let (value, what) = words(offered);
        let text = |text: String| if offered.explained { text } else { String::new() };
        json!({
            "adminConsentDescription": text(format!("Allows the application to {what} on behalf of the signed-in user.")),
            "adminConsentDisplayName": text(format!("Allow to {what}")),
            "id": random.guid(),
            "isEnabled": !random.percent(3),
            "type": if offered.for_admins { "Admin" } else { "User" },
            "userConsentDescription": offered.explained.then(|| format!("Allows the application to {what} for you.")),
            "userConsentDisplayName": offered.explained.then(|| format!("Allow to {what}")),
            "value": value,
        })
    });
    scopes.collect()
}

pub fn roles(template: &Template, random: &mut Random) -> Vec<Value> {
    let roles = template.roles.iter().map(|offered| {
        let (value, what) = words(offered);
        let members: &[&str] = random.weighted(&[
            (60, ["Application"].as_slice()),
            (33, ["User"].as_slice()),
            (7, ["User", "Application"].as_slice()),
        ]);
        let description = format!("Allows the application to {what} without a signed-in user.");
        json!({
            "allowedMemberTypes": members,
            "description": if offered.explained { description } else { String::new() },
            "displayName": format!("Allow to {what}"),
            "id": random.guid(),
            "isEnabled": !random.percent(3),
            "origin": "Application",
            "value": format!("{value}.All"),
        })
    });
    roles.collect()
}

/// The value of a permission, and what it allows.
fn words(offered: &Offered) -> (String, String) {
    let resource = offered.resource.to_lowercase();
    match offered.action {
        "Read" => (
            format!("{}.Read", offered.resource),
            format!("read {resource}"),
        ),
        "ReadWrite" => (
            format!("{}.ReadWrite", offered.resource),
            format!("read and change {resource}"),
        ),
        action => (action.to_owned(), "access the service".to_owned()),
    }
}

pub fn pre_authorized(scopes: &[Value], random: &mut Random) -> Value {
    let count = if random.percent(30) {
        1 + random.run(40, 5)
    } else {
        0
    };
    let ids = || scopes.iter().filter_map(|scope| scope.get("id"));
    let clients = (0..count).filter(|_| !scopes.is_empty()).map(
        |_| json!({"appId": random.guid(), "delegatedPermissionIds": ids().collect::<Vec<_>>()}),
    );
    clients.collect()
}
