//! Reads the policies of a tenant.

use serde_json::Value;

use super::duration::days;
use super::{
    AppManagementPolicy, PermissionGrantPolicy, Policy, Restriction, Reviewer, Target, Tenant,
};
use crate::normalize::elements::{id, placed_bool};
use crate::normalize::members::lookup;
use crate::normalize::reader::{Node, Reader};
use crate::normalize::{FieldProblem, parse_date, to_rfc3339};

const AUTHORIZATION: &str = "tenant.authorization";
const GRANTS: &str = "tenant.authorization.permission_grant_policies";
const REQUESTS: &str = "tenant.admin_consent_requests";
const REVIEWERS: &str = "tenant.admin_consent_requests.reviewers";
const DURATION: &str = "tenant.admin_consent_requests.request_duration_days";
const APP_MANAGEMENT: &str = "tenant.app_management";
const APPLICATIONS: &str = "tenant.app_management.applications";
const SERVICE_PRINCIPALS: &str = "tenant.app_management.service_principals";
const CUSTOM: &str = "tenant.app_management_policies";
const GROUP_CONSENT: &str = "tenant.directory_settings.group_specific_consent";

/// No application is older: 2010-01-01T00:00:00Z.
const FIRST_APPLICATION: i64 = 1_262_304_000;
const TICKS_A_DAY: u64 = 864_000_000_000;

/// What is wrong with the fields of a policy.
pub(in crate::normalize) fn problems(
    policy: Policy,
    value: &Value,
    pointer: &str,
) -> Vec<FieldProblem> {
    let reader = Reader::default();
    let node = Node::root(value, pointer);
    read(&reader, policy, &node, &mut Tenant::default());
    reader.into_notes().problems
}

/// Reads one policy into the facts of its tenant. A page stands for one that is known not to be there.
pub(super) fn read(reader: &Reader, policy: Policy, node: &Node<'_>, tenant: &mut Tenant) {
    match policy {
        Policy::Authorization => authorization(reader, node, tenant),
        Policy::AdminConsentRequests => admin_consent_requests(reader, node, tenant),
        Policy::AppManagement => app_management(reader, node, tenant),
        Policy::CustomAppManagement => custom_app_management(reader, node, tenant),
        Policy::DirectorySettings => directory_settings(reader, node, tenant),
    }
}

/// Whether the page says that there is another one.
pub(super) fn has_more(page: &Value) -> bool {
    let has = |members, name| lookup(members, name).is_some();
    page.as_object()
        .is_some_and(|members| has(members, "@odata.nextLink") || has(members, "odata.nextLink"))
}

/// Says that other pages have more custom policies.
pub(super) fn page_is_incomplete(reader: &Reader) {
    reader.not_collected(CUSTOM);
}

fn is_empty_page(node: &Node<'_>) -> bool {
    let items = node.get("value");
    items.value().is_some_and(Value::is_array)
}

fn authorization(reader: &Reader, node: &Node<'_>, tenant: &mut Tenant) {
    reader.place(AUTHORIZATION, node);
    let user = node.get("defaultUserRolePermissions");
    reader.is_object(AUTHORIZATION, &user);
    let facts = &mut tenant.authorization;
    facts.allowed_to_create_apps = placed_bool(
        reader,
        "tenant.authorization.allowed_to_create_apps",
        &user.get("allowedToCreateApps"),
    );
    facts.allow_user_consent_for_risky_apps = placed_bool(
        reader,
        "tenant.authorization.allow_user_consent_for_risky_apps",
        &node.get("allowUserConsentForRiskyApps"),
    );
    // Where it stands in the beta version, and where in version 1.0.
    let beta = node.get("permissionGrantPolicyIdsAssignedToDefaultUserRole");
    let stable = user.get("permissionGrantPoliciesAssigned");
    let grants = if stable.is_collected() { stable } else { beta };
    reader.place(GRANTS, &grants);
    facts.permission_grant_policies = reader.list(GRANTS, &grants, |item| {
        let id = reader.element(GRANTS, item)?;
        Some(permission_grant_policy(id, item.pointer()))
    });
}

fn permission_grant_policy(id: String, at: String) -> PermissionGrantPolicy {
    let lower = id.to_ascii_lowercase();
    let prefixed = lower
        .strip_prefix("managepermissiongrantsfor")
        .and_then(|rest| rest.split_once('.'));
    let (scope, name) = match prefixed {
        Some(("self", name)) => ("self", name),
        Some(("ownedresource", name)) => ("owned_resource", name),
        Some(("all", name)) => ("all", name),
        Some((_, name)) => ("other", name),
        None => ("self", lower.as_str()),
    };
    PermissionGrantPolicy {
        scope: scope.to_owned(),
        name: name.to_owned(),
        id,
        at,
    }
}

fn admin_consent_requests(reader: &Reader, node: &Node<'_>, tenant: &mut Tenant) {
    reader.place(REQUESTS, node);
    let facts = &mut tenant.admin_consent_requests;
    facts.enabled = placed_bool(
        reader,
        "tenant.admin_consent_requests.enabled",
        &node.get("isEnabled"),
    );
    facts.notify_reviewers = reader.bool(
        "tenant.admin_consent_requests.notify_reviewers",
        &node.get("notifyReviewers"),
    );
    facts.reminders_enabled = reader.bool(
        "tenant.admin_consent_requests.reminders_enabled",
        &node.get("remindersEnabled"),
    );
    facts.request_duration_days = whole_days(reader, &node.get("requestDurationInDays"));
    let reviewers = node.get("reviewers");
    reader.place(REVIEWERS, &reviewers);
    facts.reviewers = reader.objects(REVIEWERS, &reviewers, |item| Reviewer {
        query: reader.string(REVIEWERS, &item.get("query")),
        at: item.pointer(),
    });
}

fn whole_days(reader: &Reader, node: &Node<'_>) -> Option<i64> {
    reader.place(DURATION, node);
    let value = node.value()?;
    let days = value.as_i64().filter(|days| *days >= 0);
    if days.is_none() {
        let message = format!("`{}` is not a number of days", node.pointer());
        reader.problem(DURATION, node, message);
    }
    days
}

fn app_management(reader: &Reader, node: &Node<'_>, tenant: &mut Tenant) {
    reader.place(APP_MANAGEMENT, node);
    let facts = &mut tenant.app_management;
    if is_empty_page(node) {
        facts.enabled = Some(false);
        facts.applications = Some(Vec::new());
        facts.service_principals = Some(Vec::new());
        return;
    }
    facts.enabled = placed_bool(
        reader,
        "tenant.app_management.enabled",
        &node.get("isEnabled"),
    );
    facts.applications = restrictions(reader, APPLICATIONS, &node.get("applicationRestrictions"));
    facts.service_principals = restrictions(
        reader,
        SERVICE_PRINCIPALS,
        &node.get("servicePrincipalRestrictions"),
    );
}

fn custom_app_management(reader: &Reader, node: &Node<'_>, tenant: &mut Tenant) {
    let policies = tenant.app_management_policies.get_or_insert_default();
    if is_empty_page(node) {
        reader.place(CUSTOM, node);
        return;
    }
    let applies_to = node.get("appliesTo");
    let text = |name| {
        reader
            .string(CUSTOM, &node.get(name))
            .filter(|text| !text.is_empty())
    };
    policies.push(AppManagementPolicy {
        id: id(reader, CUSTOM, &node.get("id")),
        display_name: text("displayName"),
        enabled: reader.bool(CUSTOM, &node.get("isEnabled")),
        restrictions: restrictions(reader, CUSTOM, &node.get("restrictions")),
        // PowerShell writes null for what was not asked for.
        applies_to: if applies_to.is_present() {
            reader.objects(CUSTOM, &applies_to, |item| target(reader, item))
        } else {
            None
        },
        at: node.pointer(),
    });
}

fn target(reader: &Reader, item: &Node<'_>) -> Target {
    let text = |name| {
        reader
            .string(CUSTOM, &item.get(name))
            .filter(|text| !text.is_empty())
    };
    let odata_type = text("@odata.type").map(|name| name.to_ascii_lowercase());
    let kind = match odata_type.as_deref() {
        Some("#microsoft.graph.application") => Some("application"),
        Some("#microsoft.graph.serviceprincipal") => Some("service_principal"),
        _ if item.get("servicePrincipalType").is_present() => Some("service_principal"),
        _ => None,
    };
    Target {
        kind: kind.map(str::to_owned),
        id: id(reader, CUSTOM, &item.get("id")),
        app_id: id(reader, CUSTOM, &item.get("appId")),
        display_name: text("displayName"),
        at: item.pointer(),
    }
}

/// All restrictions of one configuration; none where the configuration, or one of its two lists, is not there.
fn restrictions(reader: &Reader, fact: &'static str, node: &Node<'_>) -> Option<Vec<Restriction>> {
    reader.place(fact, node);
    if !node.is_present() {
        return node.is_collected().then(Vec::new);
    }
    if !reader.is_object(fact, node) {
        return None;
    }
    let credentials = |kind, name| {
        let list = node.get(name);
        reader.objects(fact, &list, |item| restriction(reader, fact, kind, item))
    };
    let mut all = credentials("password", "passwordCredentials")?;
    all.append(&mut credentials("key", "keyCredentials")?);
    for (kind, group, name) in [
        ("identifier_uri", "identifierUris", "nonDefaultUriAddition"),
        (
            "identifier_uri",
            "identifierUris",
            "uriAdditionWithoutUniqueTenantIdentifier",
        ),
        ("audience", "audiences", "azureAdMultipleOrgs"),
        ("audience", "audiences", "personalMicrosoftAccount"),
    ] {
        let group = node.get(group);
        let item = group.get(name);
        if reader.is_object(fact, &item) {
            all.push(Restriction {
                restriction_type: Some(name.to_owned()),
                ..restriction(reader, fact, kind, &item)
            });
        }
    }
    Some(all)
}

fn restriction(reader: &Reader, fact: &'static str, kind: &str, item: &Node<'_>) -> Restriction {
    let restriction_type = restriction_type(reader, fact, &item.get("restrictionType"));
    let is_lifetime = restriction_type
        .as_deref()
        .is_some_and(|name| name.ends_with("Lifetime"));
    let enabled = state(reader, fact, &item.get("state"));
    let lifetime = item.get("maxLifetime");
    let (max_lifetime, max_lifetime_days) = if is_lifetime || lifetime.is_collected() {
        max_lifetime(reader, fact, &lifetime).unzip()
    } else {
        (Some(String::new()), None)
    };
    let date = item.get("restrictForAppsCreatedAfterDateTime");
    // It holds for some applications, and nobody knows for which, or how long.
    let is_cut = !date.is_collected() || (is_lifetime && !lifetime.is_collected());
    if is_cut && enabled == Some(true) {
        reader.not_collected(fact);
    }
    let date = created_after(reader, fact, &date);
    Restriction {
        kind: kind.to_owned(),
        restriction_type,
        enabled,
        max_lifetime,
        max_lifetime_days: max_lifetime_days.flatten(),
        all_applications: date.map(|date| date.is_none_or(|d| d.as_second() < FIRST_APPLICATION)),
        created_after: date.map(|date| date.map(to_rfc3339).unwrap_or_default()),
        at: item.pointer(),
    }
}

/// In Graph's own case, so that rules need not care.
fn restriction_type(reader: &Reader, fact: &'static str, node: &Node<'_>) -> Option<String> {
    const TYPES: [&str; 7] = [
        "passwordAddition",
        "passwordLifetime",
        "customPasswordAddition",
        "symmetricKeyAddition",
        "symmetricKeyLifetime",
        "asymmetricKeyLifetime",
        "trustedCertificateAuthority",
    ];
    let name = reader.string(fact, node).filter(|name| !name.is_empty())?;
    let known = TYPES.iter().find(|known| known.eq_ignore_ascii_case(&name));
    Some(known.map_or(name, |known| (*known).to_owned()))
}

/// Policies that were written before there were states have none, and their restrictions hold.
fn state(reader: &Reader, fact: &'static str, node: &Node<'_>) -> Option<bool> {
    if !node.is_present() {
        return Some(true);
    }
    let state = reader.string(fact, node)?;
    if state.eq_ignore_ascii_case("enabled") {
        Some(true)
    } else if state.eq_ignore_ascii_case("disabled") {
        Some(false)
    } else {
        let message = format!(
            "`{}` is `{state}`, expected `enabled` or `disabled`",
            node.pointer()
        );
        reader.problem(fact, node, message);
        None
    }
}

/// The duration as it is written, and its days: none where there is no limit.
fn max_lifetime(
    reader: &Reader,
    fact: &'static str,
    node: &Node<'_>,
) -> Option<(String, Option<i64>)> {
    if let Some(ticks) = node.get("Ticks").value().and_then(Value::as_u64) {
        // PowerShell's form of a duration.
        let days = i64::try_from(ticks.div_ceil(TICKS_A_DAY)).unwrap_or(i64::MAX);
        return Some((format!("P{days}D"), Some(days)));
    }
    let text = reader.string(fact, node)?;
    if text.is_empty() {
        return Some((text, None));
    }
    let days = days(&text);
    if days.is_none() {
        let message = format!(
            "`{}` is `{text}`, expected a duration such as `P180D`",
            node.pointer()
        );
        reader.problem(fact, node, message);
        return None;
    }
    Some((text, days))
}

/// The date, none inside where there is none: the restriction then holds for all applications.
fn created_after(
    reader: &Reader,
    fact: &'static str,
    node: &Node<'_>,
) -> Option<Option<jiff::Timestamp>> {
    let text = reader.string(fact, node)?;
    if text.is_empty() {
        return Some(None);
    }
    let date = parse_date(&text);
    if date.is_none() {
        let message = format!("`{}` is not a date", node.pointer());
        reader.problem(fact, node, message);
        return None;
    }
    Some(date)
}

fn directory_settings(reader: &Reader, node: &Node<'_>, tenant: &mut Tenant) {
    if is_empty_page(node) {
        return;
    }
    let facts = &mut tenant.directory_settings;
    let values = node.get("values");
    let found = reader.objects(GROUP_CONSENT, &values, |item| {
        let name = reader.text(GROUP_CONSENT, &item.get("name"));
        let is_it =
            name.is_some_and(|name| name.eq_ignore_ascii_case("EnableGroupSpecificConsent"));
        is_it.then(|| {
            reader.place(GROUP_CONSENT, item);
            flag(reader, &item.get("value"))
        })
    });
    let found = found.into_iter().flatten().flatten().flatten().next();
    facts.group_specific_consent = facts.group_specific_consent.or(found);
}

/// Settings are written as strings. One without a value is as its template has it.
fn flag(reader: &Reader, node: &Node<'_>) -> Option<bool> {
    if let Some(Value::Bool(value)) = node.value() {
        return Some(*value);
    }
    let text = reader.string(GROUP_CONSENT, node)?;
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        "" => None,
        _ => {
            let message = format!("`{}` is `{text}`, expected true or false", node.pointer());
            reader.problem(GROUP_CONSENT, node, message);
            None
        }
    }
}
