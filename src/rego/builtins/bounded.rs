//! Functions whose result can be far larger than what they are given, with a bound on it.
//!
//! regorus stops an evaluation that takes too long, but not within one call: `numbers.range(1, 1e9)` would take all memory
//! first. Each of these functions therefore tells its cost before it is called.

use std::cell::Cell;

use anyhow::{Result, anyhow, bail};
use regorus::unstable::{BUILTINS, Expr, Ref, Span};
use regorus::{Engine, Source, Value};

use super::super::fault;

/// Bytes that one call may take.
const MAX_CALL: u64 = 32 << 20;
/// Bytes that all calls of one evaluation may take.
const MAX_EVALUATION: u64 = 512 << 20;
/// Digits of a number in a text, factors of a product, bits of a shift.
const MAX_NUMBER: u64 = 4096;

thread_local! {
    /// Bytes that the calls of the evaluation on this thread have taken.
    static TAKEN: Cell<u64> = const { Cell::new(0) };
}

/// Begins another evaluation on this thread.
pub(in crate::rego) fn renew() {
    TAKEN.set(0);
}

fn take(bytes: u64) -> Result<()> {
    let taken = TAKEN.get().saturating_add(bytes);
    TAKEN.set(taken);
    if bytes > MAX_CALL {
        bail!("the result would be larger than {} MiB", MAX_CALL >> 20);
    }
    if taken > MAX_EVALUATION {
        let limit = MAX_EVALUATION >> 20;
        bail!("the rule has made more than {limit} MiB of texts and lists");
    }
    Ok(())
}

/// Refuses a result that has become too large.
pub(super) fn check(length: usize) -> Result<()> {
    if length as u64 > MAX_CALL {
        bail!("the result would be larger than {} MiB", MAX_CALL >> 20);
    }
    Ok(())
}

/// The bytes that a call takes at most.
type Cost = fn(&[Value]) -> u64;

const BOUNDED: [(&str, Cost); 36] = [
    ("array.concat", |args| elements(args) * 16),
    ("base64.decode", texts),
    ("base64.encode", texts),
    ("base64url.decode", texts),
    ("base64url.encode", texts),
    ("base64url.encode_no_pad", texts),
    ("bits.lsh", |args| {
        number(args.get(1)) * (MAX_CALL / MAX_NUMBER)
    }),
    ("concat", concat),
    ("graph.reachable_paths", |args| {
        1_u64
            .checked_shl(saturated(nodes(args)))
            .unwrap_or(u64::MAX)
    }),
    ("hex.decode", texts),
    ("hex.encode", |args| texts(args) * 2),
    ("json.marshal", |args| texts(args) * 2),
    ("json.marshal_with_options", |args| texts(args) * 8),
    ("json.unmarshal", |args| texts(args) * 16),
    ("lower", texts),
    ("net.cidr_expand", cidr),
    ("numbers.range", range),
    ("numbers.range_step", range),
    ("object.union", |args| elements(args) * 64),
    ("product", |args| elements(args) * (MAX_CALL / MAX_NUMBER)),
    ("regex.replace", |args| {
        (length(args.first()) + 1).saturating_mul(length(args.get(2)) + 1)
    }),
    ("regex.split", |args| texts(args) * 32),
    ("replace", |args| {
        replaced(length(args.first()), args.get(1), args.get(2))
    }),
    ("split", |args| texts(args) * 32),
    ("sprintf", sprintf),
    ("strings.reverse", texts),
    ("substring", texts),
    ("to_number", |args| {
        length(args.first()) * (MAX_CALL / MAX_NUMBER)
    }),
    ("trim", texts),
    ("upper", |args| texts(args) * 3),
    ("urlquery.decode", texts),
    ("urlquery.encode", |args| texts(args) * 3),
    ("urlquery.encode_object", |args| texts(args) * 4),
    ("walk", |args| nodes(args).saturating_mul(64)),
    ("yaml.marshal", |args| texts(args) * 8),
    ("yaml.unmarshal", |args| texts(args) * 16),
];

/// Puts the bounded functions before those of regorus.
pub(super) fn install(engine: &mut Engine) -> Result<()> {
    for (name, cost) in BOUNDED {
        let Some((_, arity)) = BUILTINS.get(name) else {
            continue;
        };
        let call = move |args: Vec<Value>| {
            take(cost(&args))?;
            original(name, &args)
        };
        engine.add_extension(name.to_owned(), *arity, Box::new(call))?;
    }
    Ok(())
}

/// Calls the function of regorus of that name.
pub(super) fn original(name: &str, args: &[Value]) -> Result<Value> {
    let Some((function, _)) = BUILTINS.get(name) else {
        bail!("there is no function `{name}`");
    };
    // regorus wants the expressions of arguments for its messages.
    let span = Span {
        source: Source::from_contents("builtin".to_owned(), " ".to_owned())?,
        line: 1,
        col: 1,
        start: 0,
        end: 0,
    };
    let param = |_| {
        Ref::new(Expr::Null {
            span: span.clone(),
            value: Value::Null,
            eidx: 0,
        })
    };
    let params: Vec<Ref<Expr>> = args.iter().map(param).collect();
    // The caller adds the place of the call.
    function(&span, &params, args, true).map_err(|error| anyhow!(fault::reason(&error.to_string())))
}

/// Nodes of a value, as if nothing in it were shared. Counting ends above what any call may take.
fn size(value: &Value, nodes: &mut u64, bytes: &mut u64) {
    *nodes += 1;
    *bytes += 16;
    if *bytes > MAX_CALL {
        return;
    }
    match value {
        Value::String(text) => *bytes += text.len() as u64,
        Value::Array(items) => items.iter().for_each(|item| size(item, nodes, bytes)),
        Value::Set(items) => items.iter().for_each(|item| size(item, nodes, bytes)),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            size(key, nodes, bytes);
            size(value, nodes, bytes);
        }),
        _ => {}
    }
}

fn nodes(args: &[Value]) -> u64 {
    let (mut nodes, mut bytes) = (0, 0);
    args.iter()
        .for_each(|arg| size(arg, &mut nodes, &mut bytes));
    nodes
}

fn texts(args: &[Value]) -> u64 {
    let (mut nodes, mut bytes) = (0, 0);
    args.iter()
        .for_each(|arg| size(arg, &mut nodes, &mut bytes));
    bytes
}

/// Elements of all arguments, without what is in them.
fn elements(args: &[Value]) -> u64 {
    let count = |arg: &Value| match arg {
        Value::Array(items) => items.len(),
        Value::Set(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    args.iter().map(count).sum::<usize>() as u64
}

fn length(value: Option<&Value>) -> u64 {
    match value {
        Some(Value::String(text)) => text.len() as u64,
        _ => 0,
    }
}

/// A number, as far as it is one that can be counted with.
fn number(value: Option<&Value>) -> u64 {
    match value {
        Some(Value::Number(number)) => number.as_u64().unwrap_or(if number.is_positive() {
            u64::from(u32::MAX)
        } else {
            0
        }),
        _ => 0,
    }
}

fn saturated(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn concat(args: &[Value]) -> u64 {
    texts(args).saturating_add(elements(args).saturating_mul(length(args.first())))
}

fn range(args: &[Value]) -> u64 {
    let Some([Value::Number(from), Value::Number(to)]) = args.get(..2) else {
        return 0;
    };
    let step = number(args.get(2)).max(1);
    match to.sub(from).ok().and_then(|span| span.as_i64()) {
        Some(span) => (span.unsigned_abs() / step).saturating_mul(16),
        None => u64::MAX,
    }
}

fn cidr(args: &[Value]) -> u64 {
    let Some(Value::String(text)) = args.first() else {
        return 0;
    };
    let bits = if text.contains(':') { 128 } else { 32 };
    let prefix = text
        .rsplit('/')
        .next()
        .and_then(|text| text.parse::<u32>().ok());
    let free = prefix.map_or(0, |prefix| u32::saturating_sub(bits, prefix));
    1_u64
        .checked_shl(free)
        .unwrap_or(u64::MAX)
        .saturating_mul(64)
}

/// Every occurrence of `old` in a text of that length becomes `new`.
fn replaced(length_before: u64, old: Option<&Value>, new: Option<&Value>) -> u64 {
    let occurrences = match length(old) {
        0 => length_before + 1,
        old => length_before / old,
    };
    length_before.saturating_add(occurrences.saturating_mul(length(new)))
}

/// The arguments, and what widths and precisions such as `%1000d` add.
fn sprintf(args: &[Value]) -> u64 {
    let Some(Value::String(format)) = args.first() else {
        return 0;
    };
    let numbers = format.split(|c: char| !c.is_ascii_digit());
    let widths = numbers
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse::<u64>().unwrap_or(u64::MAX))
        .fold(0, u64::saturating_add);
    texts(args).saturating_mul(2).saturating_add(widths)
}

#[cfg(test)]
mod tests {
    use regorus::Value;
    use serde_json::json;

    use super::{BOUNDED, MAX_CALL};
    use crate::rego::value;

    fn cost(name: &str, args: serde_json::Value) -> u64 {
        let args: Vec<Value> = args
            .as_array()
            .unwrap()
            .iter()
            .map(|arg| value(arg).unwrap())
            .collect();
        let (_, cost) = BOUNDED.iter().find(|(other, _)| *other == name).unwrap();
        cost(&args)
    }

    #[test]
    fn all_of_them_are_functions_of_regorus() {
        for (name, _) in BOUNDED {
            assert!(regorus::unstable::BUILTINS.contains_key(name), "{name}");
        }
    }

    #[test]
    fn what_is_useful_is_let_through() {
        for (name, args) in [
            ("array.concat", json!([[1, 2], [3]])),
            ("bits.lsh", json!([1, 40])),
            ("concat", json!([", ", ["a", "b"]])),
            ("graph.reachable_paths", json!([{"a": ["b"]}, ["a"]])),
            ("net.cidr_expand", json!(["10.0.0.0/20"])),
            ("numbers.range", json!([1, 100_000])),
            ("product", json!([[2, 3, 4]])),
            ("replace", json!(["a b c", " ", "-"])),
            ("sprintf", json!(["%5d %s %-20s", [1, "x", "y"]])),
            ("to_number", json!(["12345678901234567890"])),
            ("walk", json!([{"a": [1, 2, {"b": 3}]}])),
        ] {
            assert!(cost(name, args) <= MAX_CALL, "{name}");
        }
    }

    #[test]
    fn what_would_take_all_memory_is_not() {
        let long = "x".repeat(1 << 20);
        for (name, args) in [
            ("bits.lsh", json!([1, 1_000_000_000_u64])),
            ("bits.lsh", json!([1, 1e300])),
            ("concat", json!([long, vec!["a"; 1000]])),
            ("net.cidr_expand", json!(["10.0.0.0/8"])),
            ("net.cidr_expand", json!(["2001:db8::/32"])),
            ("numbers.range", json!([1, 1_000_000_000_u64])),
            ("numbers.range", json!([1, 1e300])),
            ("numbers.range_step", json!([1, 1_000_000_000_u64, 2])),
            ("product", json!([vec![2; 10_000]])),
            ("regex.replace", json!([long, "x", "$0$0$0$0".repeat(100)])),
            ("replace", json!([long, "x", long])),
            ("replace", json!([long, "", long])),
            ("sprintf", json!(["%1000000000d", [1]])),
            ("sprintf", json!(["%99999999999999999999d", [1]])),
            ("to_number", json!(["1".repeat(10_000)])),
        ] {
            assert!(cost(name, args) > MAX_CALL, "{name}");
        }
    }
}
