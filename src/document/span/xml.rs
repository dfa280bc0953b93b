//! Places in XML, by the ranges of its parser.

use std::ops::Range;

use roxmltree::{Document, Node};

use super::{Children, Member, Name, Tree};
use crate::document::xml::content;

/// The places in a text that has been parsed before.
pub(super) fn tree(text: &str) -> Option<Tree<'static>> {
    let document = Document::parse(text).ok()?;
    Some(of_element(document.root_element()))
}

fn of_element(element: Node<'_, '_>) -> Tree<'static> {
    let range = element.range();
    let attributes = element.attributes().map(|attribute| Member {
        key: attribute.range(),
        name: Name::Text(attribute.name().to_owned().into()),
        tree: leaf(attribute.range_value()),
    });
    let children = content(element).map(|child| match child.is_text() {
        true => leaf(child.range()),
        false => of_element(child),
    });
    let part = |name: &'static str, children| Member {
        key: range.start..range.start,
        name: Name::Text(name.into()),
        tree: Tree {
            range: range.clone(),
            children,
        },
    };
    let parts = vec![
        part("attributes", Children::Members(attributes.collect())),
        part("children", Children::Items(children.collect())),
    ];
    Tree {
        range: range.clone(),
        children: Children::Members(parts),
    }
}

fn leaf(range: Range<usize>) -> Tree<'static> {
    Tree {
        range,
        children: Children::None,
    }
}
