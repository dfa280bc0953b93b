//! Places in a compact token: its header and its claims, each as a whole.

use super::{Children, Member, Name, Tree};
use crate::document::jwt;

pub(super) fn tree(text: &str) -> Option<Tree<'_>> {
    let (header, claims) = jwt::parts(text)?;
    let member = |name: &'static str, range: std::ops::Range<usize>| Member {
        key: range.clone(),
        name: Name::Text(name.into()),
        tree: Tree {
            range,
            children: Children::None,
        },
    };
    Some(Tree {
        range: 0..text.len(),
        children: Children::Members(vec![member("header", header), member("claims", claims)]),
    })
}
