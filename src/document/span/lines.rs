//! Places in lines: a line without the blanks around it.

use super::{Children, Tree};
use crate::document::lines::lines;

pub(super) fn tree(text: &str) -> Tree<'_> {
    let of_line = |(at, line): (usize, &str)| {
        let start = at + line.len() - line.trim_start().len();
        Tree {
            range: start..start + line.trim().len(),
            children: Children::None,
        }
    };
    Tree {
        range: 0..text.len(),
        children: Children::Items(lines(text).map(of_line).collect()),
    }
}
