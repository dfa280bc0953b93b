//! What registrations that were made alike have in common: a module of a platform team, a wizard, a copied script.

use super::random::Random;

/// What an application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Web,
    SinglePage,
    Native,
    Daemon,
    Api,
    /// A browser client and its API in one registration.
    Whole,
    /// A gallery application with SAML.
    Saml,
    /// Made in the portal and left.
    Bare,
}

/// An offered permission of an API, without its ids.
#[derive(Debug, Clone)]
pub struct Offered {
    pub resource: &'static str,
    pub action: &'static str,
    pub for_admins: bool,
    pub explained: bool,
}

#[derive(Debug, Clone)]
pub struct Template {
    pub kind: Kind,
    /// What its applications are about: a part of their names.
    pub purpose: &'static str,
    /// Names of delegated permissions of Microsoft Graph.
    pub delegated: Vec<&'static str>,
    /// Names of application permissions of Microsoft Graph.
    pub application: Vec<&'static str>,
    /// Permissions of other resources: ids of the resource and of the permission, and the type.
    pub elsewhere: Vec<(&'static str, &'static str, &'static str)>,
    pub scopes: Vec<Offered>,
    pub roles: Vec<Offered>,
    pub callback: &'static str,
    pub token_version: Option<u8>,
    pub locked: bool,
    pub implicit_access_token: bool,
    pub implicit_id_token: bool,
    pub claims: Vec<&'static str>,
    pub group_claims: Option<&'static str>,
    pub documented: bool,
    pub secret: bool,
    pub certificate: bool,
    pub federated: bool,
    /// How long its credentials live, in days.
    pub lifetime: u32,
    pub owners: u32,
    pub tags: bool,
}

impl Template {
    pub fn of(random: &mut Random) -> Self {
        let kind = random.weighted(&KINDS);
        let is_api = matches!(kind, Kind::Api | Kind::Whole);
        let is_public = matches!(kind, Kind::SinglePage | Kind::Native);
        let signs_in = !matches!(kind, Kind::Daemon | Kind::Bare | Kind::Api);
        let needs_credential = matches!(kind, Kind::Web | Kind::Daemon | Kind::Whole);
        let has_credential = needs_credential || random.percent(if is_public { 4 } else { 25 });
        let form = random.weighted(&[(62, 0), (15, 1), (12, 2), (11, 3)]);
        Self {
            kind,
            purpose: random.pick(&PURPOSES),
            delegated: if signs_in {
                delegated(random)
            } else {
                Vec::new()
            },
            application: application(kind, random),
            elsewhere: elsewhere(random),
            scopes: if is_api {
                offered(random, 85)
            } else {
                Vec::new()
            },
            roles: if is_api || random.percent(40) {
                offered(random, 55)
            } else {
                Vec::new()
            },
            callback: random.pick(&CALLBACKS),
            token_version: random.weighted(&[(55, None), (10, Some(1)), (35, Some(2))]),
            locked: random.percent(35),
            implicit_access_token: signs_in && random.percent(7),
            implicit_id_token: signs_in && random.percent(28),
            claims: claims(random),
            group_claims: random.weighted(&[
                (84, None),
                (9, Some("SecurityGroup")),
                (2, Some("All")),
                (5, Some("ApplicationGroup")),
            ]),
            documented: random.percent(30),
            secret: has_credential && (form == 0 || form == 3),
            certificate: has_credential && (form == 1 || form == 3),
            federated: has_credential && (form == 2 || random.percent(4)),
            lifetime: random.weighted(&LIFETIMES),
            owners: random.weighted(&[(12, 0), (34, 1), (29, 2), (15, 3), (8, 5), (2, 12)]),
            tags: random.percent(30),
        }
    }
}

/// Line-of-business web applications and scripts lead; gallery applications and what was left follow.
const KINDS: [(u32, Kind); 8] = [
    (30, Kind::Web),
    (12, Kind::SinglePage),
    (7, Kind::Native),
    (19, Kind::Daemon),
    (14, Kind::Api),
    (7, Kind::Whole),
    (6, Kind::Saml),
    (5, Kind::Bare),
];

/// What the portal proposes (180 days), its other choices up to two years, and what scripts ask for.
const LIFETIMES: [(u32, u32); 5] = [(35, 180), (12, 90), (18, 365), (28, 730), (7, 1825)];

const PURPOSES: [&str; 24] = [
    "Orders",
    "Payroll",
    "Invoices",
    "Travel",
    "Inventory",
    "Helpdesk",
    "Reporting",
    "Onboarding",
    "Contracts",
    "Fleet",
    "Budget",
    "Warehouse",
    "Customers",
    "Training",
    "Quality",
    "Suppliers",
    "Badges",
    "Timesheets",
    "Claims",
    "Assets",
    "Surveys",
    "Search",
    "Backup",
    "Monitoring",
];

const CALLBACKS: [&str; 6] = [
    "signin-oidc",
    "auth/callback",
    ".auth/login/aad/callback",
    "oauth2/callback",
    "redirect",
    "",
];

/// `User.Read` is what the portal adds by itself.
fn delegated(random: &mut Random) -> Vec<&'static str> {
    let mut names = vec!["User.Read"];
    for name in ["openid", "profile", "email", "offline_access"] {
        if random.percent(45) {
            names.push(name);
        }
    }
    for _ in 0..random.run(72, 14) {
        names.push(random.weighted(&DELEGATED));
    }
    if random.percent(90) {
        unique(&mut names);
    }
    names
}

/// A script works for a tenant and not for a user.
fn application(kind: Kind, random: &mut Random) -> Vec<&'static str> {
    let (chance, further) = match kind {
        Kind::Daemon => (92, 75),
        Kind::Web | Kind::Api | Kind::Whole => (25, 65),
        _ => (4, 20),
    };
    if !random.percent(chance) {
        return Vec::new();
    }
    let mut names: Vec<&str> = (0..1 + random.run(further, 18))
        .map(|_| random.weighted(&APPLICATION))
        .collect();
    unique(&mut names);
    names
}

fn elsewhere(random: &mut Random) -> Vec<(&'static str, &'static str, &'static str)> {
    let count = if random.percent(22) {
        1 + random.run(25, 3)
    } else {
        0
    };
    (0..count).map(|_| random.weighted(&ELSEWHERE)).collect()
}

fn offered(random: &mut Random, chance: u32) -> Vec<Offered> {
    if !random.percent(chance) {
        return Vec::new();
    }
    // Many APIs have what the wizard makes, and nothing else.
    if random.percent(40) {
        let explained = random.percent(80);
        let action = random.weighted(&[
            (80, "user_impersonation"),
            (13, "access_as_user"),
            (7, "use"),
        ]);
        return vec![Offered {
            resource: "",
            action,
            for_admins: false,
            explained,
        }];
    }
    let resources = 1 + random.run(70, 11);
    let both = random.percent(65);
    let mut all = Vec::new();
    for _ in 0..resources {
        let resource = random.pick(&RESOURCES);
        for action in ["Read", "ReadWrite"] {
            if action == "ReadWrite" || both {
                let (for_admins, explained) = (random.percent(40), random.percent(85));
                all.push(Offered {
                    resource,
                    action,
                    for_admins,
                    explained,
                });
            }
        }
    }
    all
}

const RESOURCES: [&str; 8] = [
    "Orders",
    "Customers",
    "Invoices",
    "Files",
    "Reports",
    "Devices",
    "Payroll",
    "Tickets",
];

fn claims(random: &mut Random) -> Vec<&'static str> {
    let count = if random.percent(35) {
        1 + random.run(55, 5)
    } else {
        0
    };
    let mut names: Vec<&str> = (0..count)
        .map(|_| {
            random.pick(&[
                "email",
                "upn",
                "groups",
                "family_name",
                "given_name",
                "ipaddr",
                "xms_cc",
                "idtyp",
                "acrs",
                "sid",
            ])
        })
        .collect();
    unique(&mut names);
    names
}

fn unique(names: &mut Vec<&str>) {
    names.sort_unstable();
    names.dedup();
}

pub const DELEGATED: [(u32, &str); 20] = [
    (14, "User.ReadBasic.All"),
    (12, "User.Read.All"),
    (10, "Group.Read.All"),
    (7, "Directory.Read.All"),
    (8, "Mail.Read"),
    (6, "Mail.Send"),
    (5, "Mail.ReadWrite"),
    (7, "Calendars.Read"),
    (5, "Calendars.ReadWrite"),
    (6, "Files.Read.All"),
    (5, "Files.ReadWrite.All"),
    (6, "Sites.Read.All"),
    (3, "Sites.ReadWrite.All"),
    (3, "Sites.FullControl.All"),
    (3, "Group.ReadWrite.All"),
    (2, "User.ReadWrite.All"),
    (2, "Directory.ReadWrite.All"),
    (2, "Directory.AccessAsUser.All"),
    (4, "Team.ReadBasic.All"),
    (3, "People.Read"),
];

/// One in about twelve leads to the whole tenant.
const APPLICATION: [(u32, &str); 22] = [
    (16, "User.Read.All"),
    (12, "Group.Read.All"),
    (9, "Directory.Read.All"),
    (8, "Mail.Send"),
    (6, "Mail.Read"),
    (4, "Mail.ReadWrite"),
    (5, "Sites.Read.All"),
    (4, "Sites.FullControl.All"),
    (5, "Sites.Selected"),
    (4, "Files.Read.All"),
    (5, "AuditLog.Read.All"),
    (4, "Reports.Read.All"),
    (3, "Calendars.ReadWrite"),
    (3, "DeviceManagementManagedDevices.Read.All"),
    (3, "Application.Read.All"),
    (3, "GroupMember.Read.All"),
    (2, "User.ReadWrite.All"),
    (2, "Group.ReadWrite.All"),
    (1, "Directory.ReadWrite.All"),
    (1, "Application.ReadWrite.All"),
    (1, "RoleManagement.ReadWrite.Directory"),
    (1, "AppRoleAssignment.ReadWrite.All"),
];

/// Azure, Key Vault, Dataverse, DevOps, Power BI, Exchange's full access, the retired Azure AD Graph, and an API of
/// the organisation's own.
const ELSEWHERE: [(u32, (&str, &str, &str)); 8] = [
    (
        22,
        (
            "797f4846-ba00-4fd7-ba43-dac1f8f63013",
            "41094075-9dad-400e-a0bd-54e686782033",
            "Scope",
        ),
    ),
    (
        10,
        (
            "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
            "f53da476-18e3-4152-8e01-aec403e6edc0",
            "Scope",
        ),
    ),
    (
        12,
        (
            "00000007-0000-0000-c000-000000000000",
            "78ce3f0f-a1ce-49c2-8cde-64b5c0896db4",
            "Scope",
        ),
    ),
    (
        10,
        (
            "499b84ac-1321-427f-aa17-267ca6975798",
            "ee69721e-6c3a-468f-a9ec-302d16a4c599",
            "Scope",
        ),
    ),
    (
        6,
        (
            "00000009-0000-0000-c000-000000000000",
            "01944dba-21df-426f-bb8c-796488be96ad",
            "Scope",
        ),
    ),
    (
        5,
        (
            "00000002-0000-0ff1-ce00-000000000000",
            "dc890d15-9560-4a4c-9b7f-a736ec74ec40",
            "Role",
        ),
    ),
    (
        7,
        (
            "00000002-0000-0000-c000-000000000000",
            "311a71cc-e848-46a1-bdf8-97ff7156d8e6",
            "Scope",
        ),
    ),
    (
        20,
        (
            "5a3f1c9e-0b6d-4f1a-9c57-3d2e8b7a6c10",
            "8c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f",
            "Scope",
        ),
    ),
];
