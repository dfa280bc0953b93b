//! Who may change a registration.

use serde_json::{Value, json};

use super::random::Random;

const NAMES: [&str; 16] = [
    "Ada", "Grace", "Alan", "Barbara", "Edsger", "Frances", "Donald", "Radia", "Ken", "Margaret",
    "Tony", "Adele", "John", "Karen", "Niklaus", "Shafi",
];

const FAMILY_NAMES: [&str; 12] = [
    "Berg", "Okafor", "Novak", "Silva", "Tanaka", "Weber", "Rossi", "Dubois", "Kaya", "Olsen",
    "Mensah", "Petrov",
];

/// A team has the same owners everywhere: they are drawn of 2000 people.
pub fn of(count: u32, random: &mut Random) -> Value {
    let owners = (0..count).map(|_| match random.weighted(&[(93, 0), (4, 1), (3, 2)]) {
        2 => principal(random),
        kind => user(kind == 1, random),
    });
    owners.collect()
}

fn user(guest: bool, random: &mut Random) -> Value {
    let mut person = Random::new(7, "person", u64::from(random.between(0, 1999)));
    let (given, family) = (person.pick(&NAMES), person.pick(&FAMILY_NAMES));
    let account = format!("{}.{}", given.to_lowercase(), family.to_lowercase());
    let mail = if guest {
        format!("{account}@fabrikam.example")
    } else {
        format!("{account}@contoso.com")
    };
    let principal_name = match guest {
        true => format!("{account}_fabrikam.example#EXT#@contoso.onmicrosoft.com"),
        false => mail.clone(),
    };
    json!({
        "@odata.type": "#microsoft.graph.user",
        "id": person.guid(),
        "accountEnabled": !person.percent(4),
        "businessPhones": [],
        "displayName": format!("{given} {family}"),
        "givenName": given,
        "jobTitle": null,
        "mail": mail,
        "mobilePhone": null,
        "officeLocation": null,
        "preferredLanguage": null,
        "surname": family,
        "userPrincipalName": principal_name,
        "userType": if guest { "Guest" } else { "Member" },
    })
}

fn principal(random: &mut Random) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.servicePrincipal",
        "id": random.guid(),
        "appId": random.guid(),
        "displayName": "Provisioning",
        "servicePrincipalType": "Application",
    })
}
