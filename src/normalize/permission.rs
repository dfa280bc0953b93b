//! Facts of a permission: its name, its privilege, and what its name says.
//!
//! The tables are text compiled in, sorted by id, and searched where they stand: nothing is built at start.

use super::application::{Permission, PermissionName, Resource};

const PERMISSIONS: &str = include_str!("../../data/permissions.tsv");
const WELL_KNOWN_APPS: &str = include_str!("../../data/well_known_apps.tsv");
const MICROSOFT_GRAPH: &str = "00000003-0000-0000-c000-000000000000";

/// The facts of a requested permission.
///
/// `kind` is `delegated` or `application`; an id of the other kind is not found. GUIDs are compared without regard to
/// case, and given back in lower case. The id alone decides nothing: several APIs reuse each other's ids. Some formats
/// give the names of API and permission where others give ids; the ids of names that are in the tables are filled in.
#[must_use]
pub fn permission(
    resource_app_id: Option<&str>,
    id: Option<&str>,
    kind: Option<&str>,
    at: String,
) -> Permission {
    let resource = resource(resource_app_id);
    let id = id.map(lower_case_guid);
    let found = find(resource.app_id.as_deref(), id.as_deref(), kind);
    let (id, row) = match found {
        Some((id, row)) => (Some(id.to_owned()), Some(row)),
        None => (id, None),
    };
    let known = match row {
        Some(_) => Some(true),
        // Only Microsoft Graph's table is complete.
        None if resource.app_id.as_deref() == Some(MICROSOFT_GRAPH) => {
            id.as_ref().and(kind).map(|_| false)
        }
        None => None,
    };
    let always_admin = kind == Some("application") && known != Some(false);
    Permission {
        resource,
        id,
        name: row.and_then(|r| text(r.name)),
        kind: kind.map(str::to_owned),
        known,
        privilege_level: row.and_then(|r| r.privilege_level.parse().ok()),
        tier: row.and_then(|r| r.tier.parse().ok()),
        risk: row.and_then(|r| text(r.risk)),
        admin_consent: row
            .and_then(|r| r.admin_consent.parse().ok())
            .or(always_admin.then_some(true)),
        access: row.map(|r| permission_name(Some(r.name)).access),
        read_sibling: row.and_then(|r| text(r.read_sibling)),
        delegated_sibling: row.and_then(|r| r.delegated_sibling.parse().ok()),
        at,
    }
}

/// The API of that application id, or of that name where it is a well-known one, with both.
#[must_use]
pub fn resource(app_id: Option<&str>) -> Resource {
    let app_id = app_id.map(|text| match well_known_id(text) {
        Some(id) => id.to_owned(),
        None => lower_case_guid(text),
    });
    let name = app_id.as_deref().and_then(well_known_name);
    Resource {
        name: name.map(str::to_owned),
        app_id,
    }
}

/// Whether the application id is one of Microsoft's own in the table of well-known ones.
#[must_use]
pub fn first_party(app_id: &str) -> bool {
    well_known_name(&lower_case_guid(app_id)).is_some()
}

fn well_known_name(app_id: &str) -> Option<&'static str> {
    rows(WELL_KNOWN_APPS, app_id).next()
}

fn well_known_id(name: &str) -> Option<&'static str> {
    let mut apps = all_rows(WELL_KNOWN_APPS);
    let named = |(_, known): &(_, &str)| known.eq_ignore_ascii_case(name);
    (!is_guid(name))
        .then(|| apps.find(named))?
        .map(|(id, _)| id)
}

/// GUIDs are lower-cased, so that rules can compare them; anything else is kept as written.
fn lower_case_guid(id: &str) -> String {
    if is_guid(id) {
        id.to_ascii_lowercase()
    } else {
        id.to_owned()
    }
}

/// Whether the text is a GUID in its plain form: hexadecimal digits in groups of 8, 4, 4, 4 and 12.
#[must_use]
pub fn is_guid(text: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

/// A row of the table of permissions, without its id; an empty cell is not known.
#[derive(Clone, Copy)]
struct Row {
    kind: &'static str,
    resource: &'static str,
    name: &'static str,
    privilege_level: &'static str,
    tier: &'static str,
    risk: &'static str,
    admin_consent: &'static str,
    read_sibling: &'static str,
    delegated_sibling: &'static str,
    alternate: &'static str,
}

impl Row {
    fn parse(line: &'static str) -> Self {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        Self {
            kind: cell(),
            resource: cell(),
            name: cell(),
            privilege_level: cell(),
            tier: cell(),
            risk: cell(),
            admin_consent: cell(),
            read_sibling: cell(),
            delegated_sibling: cell(),
            alternate: cell(),
        }
    }

    fn resource_app_id(&self) -> &'static str {
        if self.resource.is_empty() {
            MICROSOFT_GRAPH
        } else {
            self.resource
        }
    }
}

/// The id and the row of a permission given by id or by name.
fn find<'i>(
    resource: Option<&str>,
    id: Option<&'i str>,
    kind: Option<&str>,
) -> Option<(&'i str, Row)> {
    let (resource, id, kind) = (resource?, id?, kind?);
    let fits = |row: &Row| row.kind == kind && row.resource_app_id() == resource;
    if is_guid(id) {
        return rows(PERMISSIONS, id)
            .map(Row::parse)
            .find(fits)
            .map(|row| (id, row));
    }
    all_rows(PERMISSIONS)
        .filter(|(_, rest)| rest.contains(id))
        .map(|(found, rest)| (found, Row::parse(rest)))
        .find(|(_, row)| row.name == id && row.alternate.is_empty() && fits(row))
}

/// Key and rest of every row of a tab-separated table.
pub(super) fn all_rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
}

/// What follows the key on every line of a sorted, tab-separated table that starts with it.
fn rows<'k>(table: &'static str, key: &'k str) -> impl Iterator<Item = &'static str> + 'k {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let (start, end) = line_around(table.as_bytes(), low + (high - low) / 2);
        if table.get(start..end).is_some_and(|line| line < key) {
            low = end + 1;
        } else {
            high = start;
        }
    }
    table
        .get(low..)
        .unwrap_or_default()
        .lines()
        .map_while(move |line| line.strip_prefix(key)?.strip_prefix('\t'))
}

/// Start and end of the line that the byte at `middle` belongs to; a line feed belongs to the line that it ends.
fn line_around(table: &[u8], middle: usize) -> (usize, usize) {
    let (before, after) = table.split_at(middle.min(table.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
    let length = memchr::memchr(b'\n', after);
    (start, length.map_or(table.len(), |n| middle + n))
}

fn text(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// Names that open everything, whatever the API.
const CATCH_ALLS: [&str; 8] = [
    "*",
    ".default",
    "all",
    "full",
    "full_access",
    "access_as_user",
    "access_as_application",
    "user_impersonation",
];

/// What the name of a permission says, offered or requested.
///
/// `resource.operation[.constraint]` is Microsoft Graph's form; a resource may itself have dots
/// (`Contoso.Orders.Read`). A name of another form has no parts, and its access is read from its words (`orders:write`).
#[must_use]
pub fn permission_name(value: Option<&str>) -> PermissionName {
    let name = value.unwrap_or_default();
    if let Some((resource, operation, constraint)) = parts(name) {
        return PermissionName {
            access: access(operation, constraint).to_owned(),
            resource: Some(resource.to_owned()),
            operation: Some(operation.to_owned()),
            constraint: Some(constraint.to_owned()),
        };
    }
    let catch_all = CATCH_ALLS.iter().any(|c| name.eq_ignore_ascii_case(c));
    let access = if catch_all {
        Some("full")
    } else {
        words_access(&words(name))
    };
    PermissionName {
        access: access.unwrap_or("other").to_owned(),
        ..PermissionName::default()
    }
}

/// Resource, operation and constraint, where the name has that form.
fn parts(name: &str) -> Option<(&str, &str, &str)> {
    let segment = |s: &str| {
        s.starts_with(|c: char| c.is_ascii_alphanumeric())
            && s.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if !name.split('.').all(segment) {
        return None;
    }
    let says = |operation| words_access(&words(operation)).is_some();
    let (front, last) = name.rsplit_once('.')?;
    let Some((resource, middle)) = front.rsplit_once('.') else {
        // `Read.Orders` is the wrong way round.
        let reversed = is_plain_operation(front) && !says(last);
        return (!reversed).then_some((front, last, ""));
    };
    if says(middle) {
        Some((resource, middle, last))
    } else if says(last) {
        Some((front, last, ""))
    } else {
        (!resource.contains('.')).then_some((resource, middle, last))
    }
}

fn is_plain_operation(word: &str) -> bool {
    [
        "read",
        "write",
        "readwrite",
        "manage",
        "create",
        "update",
        "delete",
        "send",
    ]
    .iter()
    .any(|operation| word.eq_ignore_ascii_case(operation))
}

fn access(operation: &str, constraint: &str) -> &'static str {
    let is = |word: &str| operation.eq_ignore_ascii_case(word);
    if is("all") || (is("manage") && constraint.eq_ignore_ascii_case("all")) {
        return "full";
    }
    words_access(&words(operation)).unwrap_or("other")
}

/// The words of a name, lower case: `ReadWriteBasic` is read, write, basic.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || (after_lower && c.is_ascii_uppercase()) {
            words.push(String::new());
        }
        after_lower = c.is_ascii_lowercase();
        if let Some(word) = words.last_mut()
            && c.is_ascii_alphanumeric()
        {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Words that change something, wherever they stand.
const WRITES: [&str; 13] = [
    "add", "approve", "create", "delete", "edit", "import", "manage", "modify", "remove", "send",
    "update", "upload", "upsert",
];

/// Words that change something, unless a reading word beside them makes them a noun (`ReadArchive`).
const DOES: [&str; 42] = [
    "activate",
    "archive",
    "assign",
    "cancel",
    "change",
    "command",
    "deploy",
    "disable",
    "enable",
    "execute",
    "grant",
    "ingest",
    "initiate",
    "insert",
    "invite",
    "issue",
    "join",
    "migrate",
    "migration",
    "move",
    "patch",
    "post",
    "privileged",
    "publish",
    "put",
    "register",
    "rename",
    "replace",
    "reset",
    "restore",
    "revoke",
    "run",
    "save",
    "set",
    "share",
    "sign",
    "start",
    "stop",
    "submit",
    "sync",
    "transfer",
    "wipe",
];

const READS: [&str; 8] = [
    "browse", "download", "export", "get", "list", "query", "search", "view",
];

/// The access that words say, `None` when they say nothing.
fn words_access(words: &[String]) -> Option<&'static str> {
    let word = |index: usize| words.get(index).map_or("", String::as_str);
    let one_of = |list: &[&str], w: &String| list.contains(&w.as_str());
    let as_someone = word(1) == "as" && ["access", "manage"].contains(&word(0));
    let first_full = ["full", "fullcontrol", "fullaccess", "accessasuser"].contains(&word(0));
    if as_someone || first_full || words.iter().any(|w| w.starts_with("impersonat")) {
        return Some("full");
    }
    let reads = words
        .iter()
        .any(|w| w.starts_with("read") || one_of(&READS, w));
    let writes = words
        .iter()
        .any(|w| w.contains("write") || one_of(&WRITES, w) || (!reads && one_of(&DOES, w)));
    if writes {
        Some("write")
    } else {
        reads.then_some("read")
    }
}

#[cfg(test)]
mod tests;
