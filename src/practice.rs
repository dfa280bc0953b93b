//! The practices that rules check: what applications are asked for, one step below the principles.

/// The practices that bundled rules name, and what each asks for.
pub const ALL: [(&str, &str); 15] = [
    (
        "VE.1",
        "Sign in through a maintained authentication library",
    ),
    (
        "VE.2",
        "Re-evaluate access while it lasts, and answer claims challenges",
    ),
    ("VE.3", "Use the sign-in flow that fits the application"),
    ("VE.4", "Validate every token in full"),
    (
        "LP.1",
        "Ask for the least privilege, and for nothing that is not used",
    ),
    (
        "LP.2",
        "Offer permissions that are narrow, and no catch-all",
    ),
    ("LP.3", "Never change what a permission means"),
    ("LP.4", "Let clients read without the right to write"),
    ("LP.5", "Offer permissions for users and for applications"),
    ("LP.6", "Guard sensitive data by a permission of its own"),
    ("AB.1", "Own every redirect URI, and keep it safe"),
    ("AB.2", "Give each application its own registration"),
    ("AB.3", "Let other tenants in only on purpose"),
    ("AB.4", "Keep owners named and current"),
    (
        "AB.5",
        "Guard credentials, identifier URIs and the registration itself",
    ),
];

/// What a practice asks for; none for one that is an organisation's own.
#[must_use]
pub fn title(id: &str) -> Option<&'static str> {
    let known = ALL.iter().find(|(known, _)| *known == id);
    known.map(|(_, title)| *title)
}

/// The practice with its title, where that is known.
#[must_use]
pub fn described(id: &str) -> String {
    match title(id) {
        Some(title) => format!("{id} {title}"),
        None => id.to_owned(),
    }
}
