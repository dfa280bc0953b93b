use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";
const SHAREPOINT: &str = "00000003-0000-0ff1-ce00-000000000000";
const USER_READ_WRITE_ALL: &str = "741f803b-c850-494e-b5df-cde7c675a1ca";

fn requested(resource: &str, id: &str, kind: &str) -> Permission {
    permission(Some(resource), Some(id), Some(kind), "/p".to_owned())
}

fn access_of(name: &str) -> String {
    permission_name(Some(name)).access
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn every_fact_of_a_graph_permission_is_filled() {
    let found = requested(MICROSOFT_GRAPH, USER_READ_WRITE_ALL, "application");
    let expected = Permission {
        resource: Resource {
            app_id: Some(MICROSOFT_GRAPH.to_owned()),
            name: Some("Microsoft Graph".to_owned()),
        },
        id: Some(USER_READ_WRITE_ALL.to_owned()),
        name: Some("User.ReadWrite.All".to_owned()),
        kind: Some("application".to_owned()),
        known: Some(true),
        privilege_level: Some(4),
        tier: Some(0),
        risk: Some("critical".to_owned()),
        admin_consent: Some(true),
        access: Some("write".to_owned()),
        read_sibling: Some("User.Read.All".to_owned()),
        delegated_sibling: Some(true),
        at: "/p".to_owned(),
    };
    assert_eq!(found, expected);
}

#[test]
fn guids_are_compared_and_given_back_without_regard_to_case() {
    let upper = requested(
        &MICROSOFT_GRAPH.to_uppercase(),
        &USER_READ_WRITE_ALL.to_uppercase(),
        "application",
    );
    assert_eq!(
        upper,
        requested(MICROSOFT_GRAPH, USER_READ_WRITE_ALL, "application")
    );
}

#[test]
fn an_id_of_the_other_kind_is_not_known() {
    let delegated = requested(MICROSOFT_GRAPH, USER_READ_WRITE_ALL, "delegated");
    assert_eq!(delegated.known, Some(false));
    assert_eq!(
        (delegated.name, delegated.tier, delegated.access),
        (None, None, None)
    );
    assert_eq!(
        (delegated.admin_consent, delegated.delegated_sibling),
        (None, None)
    );
}

#[test]
fn an_id_that_both_kinds_share_is_known_for_both() {
    let id = "405a51b5-8d8d-430b-9842-8be4b0e9f324";
    for kind in ["delegated", "application"] {
        let found = requested(MICROSOFT_GRAPH, id, kind);
        assert_eq!(found.name.as_deref(), Some("User.Export.All"), "{kind}");
    }
}

#[test]
fn an_id_belongs_to_its_resource() {
    let exchange = requested(
        EXCHANGE,
        "798ee544-9d2d-430c-a058-570e29e34338",
        "application",
    );
    assert_eq!(
        exchange.resource.name.as_deref(),
        Some("Office 365 Exchange Online")
    );
    assert_eq!(
        (exchange.name.as_deref(), exchange.privilege_level),
        (Some("Calendars.Read"), None)
    );
    // SharePoint's own User.ReadWrite.All reuses Graph's id: no level, and never tier 0.
    let sharepoint = requested(SHAREPOINT, USER_READ_WRITE_ALL, "application");
    assert_eq!((sharepoint.known, sharepoint.tier), (Some(true), None));
    assert_eq!(sharepoint.risk.as_deref(), Some("critical"));
    assert_eq!(sharepoint.read_sibling.as_deref(), Some("User.Read.All"));
}

#[test]
fn absence_says_something_only_of_microsoft_graph() {
    let unknown = "11111111-2222-3333-4444-555555555555";
    assert_eq!(
        requested(MICROSOFT_GRAPH, unknown, "application").known,
        Some(false)
    );
    for resource in [EXCHANGE, "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"] {
        let found = requested(resource, unknown, "application");
        assert_eq!((found.known, found.name, found.access), (None, None, None));
        assert_eq!(
            found.admin_consent,
            Some(true),
            "application permissions need an administrator"
        );
        assert_eq!(
            requested(resource, unknown, "delegated").admin_consent,
            None
        );
    }
}

#[test]
fn names_stand_for_ids() {
    let by_id = requested(MICROSOFT_GRAPH, USER_READ_WRITE_ALL, "application");
    assert_eq!(
        requested("Microsoft Graph", "User.ReadWrite.All", "application"),
        by_id
    );
    assert_eq!(
        requested("microsoft graph", USER_READ_WRITE_ALL, "application"),
        by_id
    );
    assert_eq!(
        requested(MICROSOFT_GRAPH, "User.ReadWrite.All", "application"),
        by_id
    );
    let exchange = requested(
        "Office 365 Exchange Online",
        "full_access_as_app",
        "application",
    );
    assert_eq!(
        exchange.id.as_deref(),
        Some("dc890d15-9560-4a4c-9b7f-a736ec74ec40")
    );
    // A permission with several ids has the one that tenants have today.
    let schedule = "RoleAssignmentSchedule.ReadWrite.Directory";
    let found = requested(MICROSOFT_GRAPH, schedule, "application");
    assert_eq!(
        found.id.as_deref(),
        Some("dd199f4a-f148-40a4-a2ec-f0069cc799ec")
    );
    let alternate = requested(
        MICROSOFT_GRAPH,
        "f0060247-9e6b-4299-9094-858a175d488b",
        "application",
    );
    assert_eq!(
        (alternate.name.as_deref(), alternate.tier),
        (Some(schedule), Some(0))
    );
    for other in [
        "User.readwrite.all",
        "User.ReadWrite",
        "",
        "true",
        "3",
        "application",
    ] {
        let found = requested(MICROSOFT_GRAPH, other, "application");
        assert_eq!(
            (found.id.as_deref(), found.known),
            (Some(other), Some(false)),
            "{other}"
        );
    }
    assert_eq!(
        requested("Contoso Orders", "Orders.Read", "delegated").known,
        None
    );
}

#[test]
fn every_name_has_one_id_that_is_no_alternate() {
    let mut counts = std::collections::HashMap::new();
    for (_, rest) in all_rows(PERMISSIONS) {
        let row = Row::parse(rest);
        assert!(["", "true"].contains(&row.alternate), "{rest}");
        *counts
            .entry((row.resource, row.kind, row.name))
            .or_insert(0) += usize::from(row.alternate.is_empty());
    }
    for (row, count) in counts {
        assert_eq!(count, 1, "{row:?}");
    }
}

#[test]
fn what_is_not_collected_stays_unknown() {
    let none = permission(
        None,
        Some(USER_READ_WRITE_ALL),
        Some("application"),
        String::new(),
    );
    assert_eq!(
        (none.known, none.name, none.resource.app_id),
        (None, None, None)
    );
    let none = permission(
        Some(MICROSOFT_GRAPH),
        None,
        Some("application"),
        String::new(),
    );
    assert_eq!((none.known, none.id), (None, None));
}

#[test]
fn a_full_access_permission_of_another_api() {
    let found = requested(
        EXCHANGE,
        "dc890d15-9560-4a4c-9b7f-a736ec74ec40",
        "application",
    );
    assert_eq!(found.name.as_deref(), Some("full_access_as_app"));
    assert_eq!(
        (found.access.as_deref(), found.risk.as_deref()),
        (Some("full"), Some("critical"))
    );
    assert_eq!(found.delegated_sibling, None);
}

#[test]
fn sign_in_scopes_are_known() {
    for (id, name) in [
        ("37f7f235-527c-4136-accd-4a02d197296e", "openid"),
        ("14dad69e-099b-42c9-810b-d002981feec1", "profile"),
        ("64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", "email"),
        ("7427e0e9-2fba-42fe-b0c0-848c9e6a8182", "offline_access"),
    ] {
        let found = requested(MICROSOFT_GRAPH, id, "delegated");
        assert_eq!(found.name.as_deref(), Some(name));
        assert_eq!(
            (found.admin_consent, found.access.as_deref()),
            (Some(false), Some("other"))
        );
        assert_eq!(
            requested(MICROSOFT_GRAPH, id, "application").known,
            Some(false)
        );
    }
}

#[test]
fn permissions_that_lead_to_global_administrator_are_tier_zero() {
    for (application, delegated, name) in [
        (
            "01c0a623-fc9b-48e9-b794-0756f8e8f067",
            "ad902697-1014-4ef5-81ef-2b4301988e8c",
            "Policy.ReadWrite.ConditionalAccess",
        ),
        (
            "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
            "d01b97e9-cbc0-49fe-810a-750afd5527a3",
            "RoleManagement.ReadWrite.Directory",
        ),
        (
            "06b708a9-e830-4db3-a914-8e69da51d44f",
            "84bccea3-f856-4a8a-967b-dbe0a3d53a64",
            "AppRoleAssignment.ReadWrite.All",
        ),
        (
            "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
            "bdfbf15f-ee85-4955-8675-146e8e5296b5",
            "Application.ReadWrite.All",
        ),
        (
            "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
            "c5366453-9fb0-48a5-a156-24f0c49a4b84",
            "Directory.ReadWrite.All",
        ),
        (
            "dbaae8cf-10b5-4b86-a4a1-f871c94c6695",
            "f81125ac-d3b7-4573-a3b2-7099cc39df9e",
            "GroupMember.ReadWrite.All",
        ),
        (
            "cc117bb9-00cf-4eb8-b580-ea2a878fe8f7",
            "56760768-b641-451f-8906-e1b8ab31bca7",
            "User-PasswordProfile.ReadWrite.All",
        ),
        (
            "50483e42-d915-4231-9639-7fdb7fd190e5",
            "b7887744-6746-4312-813d-72daeaee7e2d",
            "UserAuthenticationMethod.ReadWrite.All",
        ),
    ] {
        for (id, kind) in [(application, "application"), (delegated, "delegated")] {
            let found = requested(MICROSOFT_GRAPH, id, kind);
            assert_eq!(
                (found.name.as_deref(), found.tier),
                (Some(name), Some(0)),
                "{kind}"
            );
        }
    }
    let grants = requested(
        MICROSOFT_GRAPH,
        "8e8e4742-1d95-4f68-9d56-6ee75648c72a",
        "application",
    );
    assert_eq!(
        grants.name.as_deref(),
        Some("DelegatedPermissionGrant.ReadWrite.All")
    );
    assert_eq!((grants.tier, grants.privilege_level), (Some(0), Some(4)));
    // A name that only resembles one is not.
    let read = requested(
        MICROSOFT_GRAPH,
        "246dd0d5-5bd0-4def-940b-0421030a5b68",
        "application",
    );
    assert_eq!(
        (read.name.as_deref(), read.tier),
        (Some("Policy.Read.All"), None)
    );
}

#[test]
fn tier_zero_marks_exactly_the_listed_names() {
    let listed: HashSet<_> = lines(include_str!("../../../data/tier_zero.txt")).collect();
    assert!(listed.len() >= 42);
    let marked: HashSet<_> = lines(PERMISSIONS)
        .map(|line| Row::parse(line.split_once('\t').unwrap().1))
        .inspect(|row| {
            assert_eq!(
                row.tier == "0",
                row.resource.is_empty() && listed.contains(row.name)
            )
        })
        .filter(|row| row.tier == "0")
        .map(|row| row.name)
        .collect();
    assert_eq!(marked, listed);
}

#[test]
fn siblings() {
    let manage = requested(
        SHAREPOINT,
        "9bff6588-13f2-4c48-bbf2-ddab62256b36",
        "application",
    );
    assert_eq!(manage.name.as_deref(), Some("Sites.Manage.All"));
    assert_eq!(manage.read_sibling.as_deref(), Some("Sites.Read.All"));
    let send = requested(
        MICROSOFT_GRAPH,
        "b633e1c5-b582-4048-a93e-9f11b44c7e96",
        "application",
    );
    assert_eq!(
        (send.name.as_deref(), send.read_sibling),
        (Some("Mail.Send"), None)
    );
    let owned = requested(
        MICROSOFT_GRAPH,
        "18a4783c-866b-4cc7-a460-3d5e5662c884",
        "application",
    );
    assert_eq!(owned.name.as_deref(), Some("Application.ReadWrite.OwnedBy"));
    assert_eq!(
        (owned.read_sibling, owned.delegated_sibling),
        (None, Some(false))
    );
}

#[test]
fn tables_are_sorted_and_whole() {
    for table in [PERMISSIONS, WELL_KNOWN_APPS] {
        assert!(table.is_ascii());
        // A comment with a tab could be taken for a row.
        assert!(
            !table
                .lines()
                .any(|line| line.starts_with('#') && line.contains('\t'))
        );
        let lines: Vec<_> = table.lines().collect();
        assert!(lines.is_sorted_by(|a, b| a.starts_with('#') || a < b));
    }
    let mut keys = HashSet::new();
    for line in lines(PERMISSIONS) {
        assert_eq!(line.split('\t').count(), 11, "{line}");
        let (id, rest) = line.split_once('\t').unwrap();
        let row = Row::parse(rest);
        assert!(is_guid(id) && id == id.to_lowercase(), "{line}");
        assert!(["application", "delegated"].contains(&row.kind), "{line}");
        assert!(row.resource.is_empty() || is_guid(row.resource), "{line}");
        assert!(
            ["", "critical", "high", "medium", "low"].contains(&row.risk),
            "{line}"
        );
        assert!(
            ["", "1", "2", "3", "4"].contains(&row.privilege_level),
            "{line}"
        );
        assert!(["", "true", "false"].contains(&row.admin_consent), "{line}");
        assert!(keys.insert((id, row.kind, row.resource)), "{line}");
    }
    assert!(keys.len() > 1700);
}

#[test]
fn every_row_is_found_and_its_siblings_exist() {
    let all: HashSet<_> = lines(PERMISSIONS)
        .map(|line| Row::parse(line.split_once('\t').unwrap().1))
        .map(|row| (row.resource, row.kind, row.name))
        .collect();
    for line in lines(PERMISSIONS) {
        let (id, rest) = line.split_once('\t').unwrap();
        let row = Row::parse(rest);
        let found = requested(row.resource_app_id(), id, row.kind);
        assert_eq!(found.name.as_deref(), Some(row.name));
        assert!(found.resource.name.is_some(), "{line}");
        if let Some(read) = &found.read_sibling {
            assert!(
                all.contains(&(row.resource, row.kind, read.as_str())),
                "{line}"
            );
            assert_eq!(access_of(read), "read", "{line}");
            assert_ne!(found.access.as_deref(), Some("read"), "{line}");
        }
        let delegated = all.contains(&(row.resource, "delegated", row.name));
        assert_eq!(found.delegated_sibling == Some(true), delegated, "{line}");
    }
}

#[test]
fn every_name_of_microsoft_graph_reads_as_resource_operation_constraint() {
    for line in lines(PERMISSIONS) {
        let row = Row::parse(line.split_once('\t').unwrap().1);
        let name = permission_name(Some(row.name));
        let Some(resource) = name.resource else {
            let sign_in = ["openid", "profile", "email", "offline_access"].contains(&row.name);
            assert!(sign_in || !row.resource.is_empty(), "{}", row.name);
            continue;
        };
        let mut segments = row.name.splitn(3, '.');
        assert_eq!(segments.next(), Some(resource.as_str()));
        assert_eq!(segments.next(), name.operation.as_deref());
        assert_eq!(
            segments.next().unwrap_or_default(),
            name.constraint.unwrap()
        );
    }
}

#[test]
fn names_of_the_form() {
    for (value, resource, operation, constraint, access) in [
        ("Orders.Read", "Orders", "Read", "", "read"),
        (
            "Orders.ReadWrite.All",
            "Orders",
            "ReadWrite",
            "All",
            "write",
        ),
        ("Mail.Send", "Mail", "Send", "", "write"),
        (
            "Calendars.Read.Shared",
            "Calendars",
            "Read",
            "Shared",
            "read",
        ),
        ("orders.readwrite", "orders", "readwrite", "", "write"),
        ("Orders.ReadFull", "Orders", "ReadFull", "", "read"),
        ("Orders.Approve", "Orders", "Approve", "", "write"),
        ("Orders.Frobnicate", "Orders", "Frobnicate", "", "other"),
        ("Orders.All", "Orders", "All", "", "full"),
        (
            "Sites.FullControl.All",
            "Sites",
            "FullControl",
            "All",
            "full",
        ),
        ("Sites.Manage.All", "Sites", "Manage", "All", "full"),
        ("Exchange.Manage", "Exchange", "Manage", "", "write"),
        (
            "Directory.AccessAsUser.All",
            "Directory",
            "AccessAsUser",
            "All",
            "full",
        ),
        (
            "Exchange.ManageAsApp",
            "Exchange",
            "ManageAsApp",
            "",
            "full",
        ),
        ("Stock.ManageAssets", "Stock", "ManageAssets", "", "write"),
        ("Contoso.Orders.Read", "Contoso.Orders", "Read", "", "read"),
        (
            "Contoso.Orders.ReadWrite.All",
            "Contoso.Orders",
            "ReadWrite",
            "All",
            "write",
        ),
        (
            "Sites.Selected.Region",
            "Sites",
            "Selected",
            "Region",
            "other",
        ),
        (
            "User-PasswordProfile.ReadWrite.All",
            "User-PasswordProfile",
            "ReadWrite",
            "All",
            "write",
        ),
        (
            "Chat.UpdatePolicyViolation.All",
            "Chat",
            "UpdatePolicyViolation",
            "All",
            "write",
        ),
        ("User.Export.All", "User", "Export", "All", "read"),
        (
            "MailboxItem.ImportExport.All",
            "MailboxItem",
            "ImportExport",
            "All",
            "write",
        ),
        ("Log.ReadArchive", "Log", "ReadArchive", "", "read"),
    ] {
        let expected = PermissionName {
            resource: Some(resource.to_owned()),
            operation: Some(operation.to_owned()),
            constraint: Some(constraint.to_owned()),
            access: access.to_owned(),
        };
        assert_eq!(permission_name(Some(value)), expected, "{value}");
    }
}

#[test]
fn names_of_no_form() {
    for (value, access) in [
        ("user_impersonation", "full"),
        ("User_Impersonation", "full"),
        ("access_as_user", "full"),
        ("full_access", "full"),
        ("full_access_as_app", "full"),
        ("all", "full"),
        ("*", "full"),
        (".default", "full"),
        ("orders:write", "write"),
        ("read:orders", "read"),
        ("Read.Orders", "read"),
        ("Write.Orders", "write"),
        ("orders/read", "read"),
        ("readonly", "read"),
        ("openid", "other"),
        ("offline_access", "other"),
        ("Admin", "other"),
        ("Orders.", "other"),
        (".Read", "read"),
        ("a.b.c.d", "other"),
        ("", "other"),
    ] {
        let expected = PermissionName {
            access: access.to_owned(),
            ..PermissionName::default()
        };
        assert_eq!(permission_name(Some(value)), expected, "{value}");
    }
    assert_eq!(permission_name(None), permission_name(Some("")));
}

#[test]
fn microsofts_own_applications() {
    assert!(first_party(MICROSOFT_GRAPH));
    assert!(first_party("04B07795-8DDB-461A-BBEE-02F9E1BF7B46"));
    for other in [
        "",
        "#",
        "id",
        "00000003-0000-0000-c000-00000000000",
        "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
    ] {
        assert!(!first_party(other), "{other}");
        assert_eq!(resource(Some(other)).name, None);
    }
    for line in lines(WELL_KNOWN_APPS) {
        let (id, name) = line.split_once('\t').unwrap();
        assert_eq!(resource(Some(id)).name.as_deref(), Some(name));
    }
}

#[test]
fn guids() {
    assert!(is_guid("1F0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"));
    for other in [
        "",
        "1f0e2d3c4b5a49788695a4b3c2d1e0f9",
        "{1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9}",
        "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9-",
        "g0e2d3c4-4b5a-4978-8695-a4b3c2d1e0f9",
    ] {
        assert!(!is_guid(other), "{other}");
    }
}

proptest! {
    #[test]
    fn lookups_never_panic(resource: Option<String>, id: Option<String>, kind: Option<String>) {
        let found = permission(resource.as_deref(), id.as_deref(), kind.as_deref(), String::new());
        prop_assert!(found.known != Some(true));
    }

    #[test]
    fn names_never_panic_and_keep_their_text(value in ".{0,40}|[A-Za-z.]{0,30}") {
        let name = permission_name(Some(&value));
        prop_assert!(["read", "write", "full", "other"].contains(&name.access.as_str()));
        if let (Some(resource), Some(operation), Some(constraint)) = (name.resource, name.operation, name.constraint) {
            let tail = if constraint.is_empty() { String::new() } else { format!(".{constraint}") };
            prop_assert_eq!(format!("{resource}.{operation}{tail}"), value);
        }
    }
}
