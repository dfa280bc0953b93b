//! Lists: pages and arrays, whose elements are judged one by one; and parts of those that are not held.

use serde_json::Value;

use super::{
    Around, FieldProblem, Format, Normalized, Unrecognized, add, add_part, add_policy, detect,
    project, reader, same_key, tenant,
};
use crate::document::Document;

/// Adds what the elements of a list are.
pub(super) fn normalize_list(
    document: &Document,
    list: &detect::Elements<'_>,
    page: &Value,
    parent: &str,
    format: Option<Format>,
    normalized: &mut Normalized,
) {
    let list_pointer = format!("{parent}{}", list.pointer);
    normalized.notes.extend(has_more(list, &list_pointer));
    if let Some(kind) = list.part {
        let part = document
            .value
            .pointer(&list_pointer)
            .unwrap_or(&Value::Null);
        add_part(document, part, &list_pointer, kind, normalized);
        return;
    }
    let before = normalized.found();
    let around = Around {
        page,
        hint: list.found,
    };
    let refused = add_elements(
        document,
        list.items,
        &around,
        (&list_pointer, 0),
        format,
        normalized,
    );
    if let Some(policy) = tenant::empty_page(page) {
        add_policy(document, page, parent, policy, normalized);
    }
    if normalized.found() == before {
        normalized.unrecognized = match refused.into_iter().next() {
            Some(Refused { reason, .. }) => Some(reason),
            None if list.has_more => None,
            None => Some(Unrecognized::Empty),
        };
        return;
    }
    normalized.unrecognized = None;
    let around = reader::Node::root(page, parent);
    normalized.problems.extend(same_key::problems_here(&around));
    let refused = refused.into_iter().map(Refused::problem);
    normalized.problems.extend(refused);
}

/// An element of a list that cannot be judged, and why.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pointer: String,
    pub(crate) reason: Unrecognized,
}

impl Refused {
    /// What is to be said of it beside elements that are judged.
    pub(crate) fn problem(self) -> FieldProblem {
        let Self { pointer, reason } = self;
        FieldProblem {
            message: format!("element `{pointer}` cannot be judged: {reason}"),
            pointer,
            help: None,
        }
    }
}

fn has_more(list: &detect::Elements<'_>, pointer: &str) -> Option<FieldProblem> {
    list.has_more.then(|| FieldProblem {
        pointer: pointer.to_owned(),
        message: "the page has an `@odata.nextLink`: the set is incomplete".to_owned(),
        help: Some("export all pages, for example with `az ad app list --all`".to_owned()),
    })
}

/// Adds what the elements of a list are. `place` is the list's own, and the index of the first of them.
fn add_elements(
    document: &Document,
    items: &[Value],
    around: &Around<'_>,
    place: (&str, usize),
    format: Option<Format>,
    normalized: &mut Normalized,
) -> Vec<Refused> {
    let mut refused = Vec::new();
    for (index, element) in (place.1..).zip(items) {
        let pointer = format!("{}/{index}", place.0);
        if element.get("@removed").is_some() {
            continue;
        }
        // Pages that were put together in one file.
        if let Some(list) = detect::elements(element) {
            normalize_list(document, &list, element, &pointer, format, normalized);
            let reason = normalized.unrecognized.take();
            if let Some(reason) = reason.filter(|_| !list.items.is_empty()) {
                refused.push(Refused { pointer, reason });
            }
            continue;
        }
        if let Err(reason) = add(document, element, around, &pointer, format, normalized) {
            refused.push(Refused { pointer, reason });
        }
    }
    refused
}

/// The member of a page that holds its elements, in any case.
pub(crate) const LIST_KEY: &str = "value";

/// Whether a document without the elements of the list at `pointer` is one whose elements can be judged a part at a time.
pub(crate) fn is_around_list(path: &str, value: &Value, pointer: &str) -> bool {
    let list = detect::elements(value);
    !project::is_named(path)
        && list.is_some_and(|list| list.pointer == pointer && list.part.is_none())
}

/// What is to be said of a list as a whole, given the document without its elements: notes, and problems that only count
/// where something in it is judged.
pub(crate) fn normalize_around(document: &Document) -> Normalized {
    let page = &document.value;
    let list = detect::elements(page);
    let notes = list.and_then(|list| has_more(&list, &list.pointer));
    Normalized {
        notes: notes.into_iter().collect(),
        problems: same_key::problems_here(&reader::Node::root(page, "")),
        ..Normalized::default()
    }
}

/// Finds the subjects of a document that holds a part of a list. What cannot be judged is told when all parts are known.
pub(crate) fn normalize_part(
    document: &Document,
    format: Option<Format>,
) -> (Normalized, Vec<Refused>) {
    let mut normalized = Normalized::default();
    let page = &document.value;
    let Some(list) = detect::elements(page) else {
        return (normalized, Vec::new());
    };
    let around = Around {
        page,
        hint: list.found,
    };
    let place = (list.pointer.as_str(), document.first());
    let refused = add_elements(
        document,
        list.items,
        &around,
        place,
        format,
        &mut normalized,
    );
    (normalized, refused)
}
