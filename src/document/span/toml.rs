//! Places in TOML, by the spans of its parser.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{Children, Member, Name, Tree};

/// The places in a text that has been parsed before.
pub(super) fn tree(text: &str) -> Option<Tree<'_>> {
    let table = DeTable::parse(text).ok()?;
    let mut tree = of_table(0..text.len(), table.into_inner());
    tree.range = 0..text.len();
    Some(tree)
}

fn of_table(range: Range<usize>, table: DeTable<'_>) -> Tree<'_> {
    let members = table.into_iter().map(|(key, value)| Member {
        key: key.span(),
        name: Name::Text(key.into_inner()),
        tree: of_value(value.span(), value.into_inner()),
    });
    Tree {
        range,
        children: Children::Members(members.collect()),
    }
}

fn of_value(range: Range<usize>, value: DeValue<'_>) -> Tree<'_> {
    match value {
        DeValue::Table(table) => of_table(range, table),
        DeValue::Array(items) => {
            let items = items
                .into_iter()
                .map(|item| of_value(item.span(), item.into_inner()));
            Tree {
                range,
                children: Children::Items(items.collect()),
            }
        }
        _ => Tree {
            range,
            children: Children::None,
        },
    }
}
