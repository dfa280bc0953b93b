//! Places in YAML, by the nodes that its values are made of.

use super::{Children, Member, Name, Tree};
use crate::document::yaml::{Content, Node, first_node, is_merge, key_text};

/// The places in a text that has been parsed before.
pub(super) fn tree(text: &str) -> Option<Tree<'static>> {
    first_node(text).map(|node| of_node(&node))
}

fn of_node(node: &Node<'_>) -> Tree<'static> {
    let children = match &node.content {
        // An alias stands for what is written elsewhere, so it is a leaf.
        Content::Alias(_) | Content::Scalar(_) => Children::None,
        Content::Sequence(items) => Children::Items(items.iter().map(of_node).collect()),
        Content::Mapping(members) => Children::Members(members.iter().map(of_member).collect()),
    };
    Tree {
        range: node.range.clone(),
        children,
    }
}

fn of_member((key, value): &(Node<'_>, Node<'_>)) -> Member<'static> {
    let name = match key_text(key) {
        _ if is_merge(key) => Name::Merge,
        Some(name) => Name::Text(name.into_owned().into()),
        None => Name::Other,
    };
    Member {
        key: key.range.clone(),
        name,
        tree: of_node(value),
    }
}
