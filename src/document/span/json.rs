//! Places in JSON, by the ranges of `jsonc-parser`'s syntax tree.

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{Children, Member, Name, Tree};

/// The places in a text that has been parsed before, so the parser's looseness does no harm.
pub(super) fn tree(text: &str) -> Option<Tree<'_>> {
    let ast = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    ast.ok()?.value.map(of_value)
}

fn of_value(value: Value<'_>) -> Tree<'_> {
    let range = value.start()..value.end();
    let children = match value {
        Value::Array(array) => Children::Items(array.elements.into_iter().map(of_value).collect()),
        Value::Object(object) => {
            Children::Members(object.properties.into_iter().map(of_member).collect())
        }
        _ => Children::None,
    };
    Tree { range, children }
}

fn of_member(property: ObjectProp<'_>) -> Member<'_> {
    Member {
        key: property.name.start()..property.name.end(),
        name: Name::Text(property.name.into_string().into()),
        tree: of_value(property.value),
    }
}
