//! Joins the policies of a run into their tenants.

use std::sync::Arc;

use serde_json::Value;

use super::read::{has_more, page_is_incomplete, read};
use super::{Policy, Tenant};
use crate::document::Document;
use crate::normalize::members::lookup;
use crate::normalize::part::{Part, PartKind};
use crate::normalize::permission::is_guid;
use crate::normalize::reader::{Node, Reader};
use crate::normalize::subject::placed_in;
use crate::normalize::{Facts, Format, Subject};

/// The tenants that the policies among the parts belong to.
///
/// All of a run belong to one, unless their documents name two tenants or hold a policy twice that a tenant has once:
/// then each directory is a tenant, and what is still there twice is judged by itself.
pub(in crate::normalize) fn join(parts: &[Part]) -> Vec<Subject> {
    let policies: Vec<(Policy, &Part)> = parts
        .iter()
        .filter_map(|part| match part.kind {
            PartKind::TenantPolicy(policy) => Some((policy, part)),
            _ => None,
        })
        .collect();
    groups(&policies).iter().filter_map(subject).collect()
}

/// The policies of one tenant.
#[derive(Debug, Default)]
struct Group<'a> {
    id: Option<String>,
    directory: &'a str,
    policies: Vec<(Policy, &'a Part)>,
}

impl<'a> Group<'a> {
    /// Takes the policy in, unless it cannot be of the same tenant.
    fn take(&mut self, policy: Policy, part: &'a Part) -> bool {
        let id = tenant_id(part);
        let is_other = id.is_some() && self.id.is_some() && id != self.id;
        let is_twice = !policy.repeats() && self.policies.iter().any(|(held, _)| *held == policy);
        if is_other || is_twice {
            return false;
        }
        self.id = self.id.take().or(id);
        self.policies.push((policy, part));
        true
    }
}

fn groups<'a>(policies: &[(Policy, &'a Part)]) -> Vec<Group<'a>> {
    let mut one = Group::default();
    if policies
        .iter()
        .all(|(policy, part)| one.take(*policy, part))
    {
        return vec![one];
    }
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (policy, part) in policies {
        let directory = directory(part);
        let taken = groups
            .iter_mut()
            .any(|group| group.directory == directory && group.take(*policy, part));
        if !taken {
            let mut group = Group {
                directory,
                ..Group::default()
            };
            group.take(*policy, part);
            groups.push(group);
        }
    }
    groups
}

fn directory(part: &Part) -> &str {
    let path = part.document.source.path.as_str();
    path.rsplit_once(['/', '\\'])
        .map_or("", |(directory, _)| directory)
}

fn subject(group: &Group<'_>) -> Option<Subject> {
    let (_, first) = group.policies.first()?;
    let reader = Reader::default();
    let mut tenant = Tenant {
        id: group.id.clone(),
        ..Tenant::default()
    };
    let mut documents: Vec<Document> = Vec::new();
    for (policy, part) in &group.policies {
        let number = number_of(&part.document, &mut documents);
        let pointer = placed_in(number, &part.pointer);
        if let Some(value) = part.value() {
            read(&reader, *policy, &Node::root(value, &pointer), &mut tenant);
        }
        if *policy == Policy::CustomAppManagement && has_more(&part.document.value) {
            page_is_incomplete(&reader);
        }
    }
    let mut subject = Subject::new(
        &first.document,
        &first.pointer,
        Format::MsGraph,
        Facts::Tenant(Box::new(tenant)),
        reader.into_notes(),
    );
    subject.others = documents.into_iter().skip(1).collect();
    Some(subject)
}

/// The document's place among those of the subject.
fn number_of(document: &Document, documents: &mut Vec<Document>) -> usize {
    let known = documents
        .iter()
        .position(|other| Arc::ptr_eq(&other.value, &document.value));
    known.unwrap_or_else(|| {
        documents.push(document.clone());
        documents.len() - 1
    })
}

/// The tenant of `"@odata.id": "https://graph.microsoft.com/v2/<tenant>/…"`.
fn tenant_id(part: &Part) -> Option<String> {
    let Some(Value::Object(members)) = part.value() else {
        return None;
    };
    let (_, id) = lookup(members, "@odata.id")?;
    let (_, path) = id.as_str()?.split_once("/v2/")?;
    let id = path.split('/').next()?;
    is_guid(id).then(|| id.to_ascii_lowercase())
}
