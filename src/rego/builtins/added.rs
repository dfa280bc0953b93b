//! Functions of OPA that regorus lacks, or that mean something else there.

use anyhow::{Result, anyhow, bail};
use data_encoding::HEXLOWER;
use regorus::{Engine, Value};

use super::{certificate, jwt, net};

type Function = fn(&[Value]) -> Result<Value>;

/// Names, numbers of arguments, and what they do.
pub(super) const ADDED: [(&str, u8, Function); 23] = [
    ("crypto.sha256", 1, sha256),
    (
        "crypto.x509.parse_certificates",
        1,
        certificate::parse_certificates,
    ),
    ("glob.match", 3, glob_match),
    ("io.jwt.decode", 1, jwt::decode),
    ("io.jwt.decode_verify", 2, jwt::decode_verify),
    ("io.jwt.verify_eddsa", 2, |args| jwt::verify("EdDSA", args)),
    ("io.jwt.verify_es256", 2, |args| jwt::verify("ES256", args)),
    ("io.jwt.verify_es384", 2, |args| jwt::verify("ES384", args)),
    ("io.jwt.verify_es512", 2, |args| jwt::verify("ES512", args)),
    ("io.jwt.verify_hs256", 2, |args| jwt::verify("HS256", args)),
    ("io.jwt.verify_hs384", 2, |args| jwt::verify("HS384", args)),
    ("io.jwt.verify_hs512", 2, |args| jwt::verify("HS512", args)),
    ("io.jwt.verify_ps256", 2, |args| jwt::verify("PS256", args)),
    ("io.jwt.verify_ps384", 2, |args| jwt::verify("PS384", args)),
    ("io.jwt.verify_ps512", 2, |args| jwt::verify("PS512", args)),
    ("io.jwt.verify_rs256", 2, |args| jwt::verify("RS256", args)),
    ("io.jwt.verify_rs384", 2, |args| jwt::verify("RS384", args)),
    ("io.jwt.verify_rs512", 2, |args| jwt::verify("RS512", args)),
    ("net.cidr_contains_matches", 2, net::contains_matches),
    ("net.cidr_intersects", 2, net::intersects),
    ("regex.globs_match", 2, super::globs::globs_match),
    ("strings.count", 2, count),
    ("strings.replace_n", 2, replace_n),
];

pub(super) fn install(engine: &mut Engine) -> Result<()> {
    for (name, arity, function) in ADDED {
        let call =
            move |args: Vec<Value>| function(&args).map_err(|error| anyhow!("{name}: {error}"));
        engine.add_extension(name.to_owned(), arity, Box::new(call))?;
    }
    Ok(())
}

/// An argument that must be a text; they are counted from 1.
pub(super) fn text(args: &[Value], number: usize) -> Result<&str> {
    match args.get(number - 1) {
        Some(Value::String(text)) => Ok(text),
        _ => bail!("operand {number} must be a string"),
    }
}

fn sha256(args: &[Value]) -> Result<Value> {
    use sha2::Digest;
    Ok(HEXLOWER
        .encode(&sha2::Sha256::digest(text(args, 1)?))
        .into())
}

/// How often one text stands in another, without overlaps; the empty one stands around every character.
fn count(args: &[Value]) -> Result<Value> {
    let (text, part) = (text(args, 1)?, text(args, 2)?);
    let count = if part.is_empty() {
        text.chars().count() + 1
    } else {
        text.matches(part).count()
    };
    Ok(Value::from(count as u64))
}

/// Every pattern is looked for at once, so that what one has put in is not replaced by another. Where several fit, the first
/// in the order of the patterns is taken.
fn replace_n(args: &[Value]) -> Result<Value> {
    let Some(Value::Object(patterns)) = args.first() else {
        bail!("operand 1 must be an object");
    };
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for (old, new) in patterns.iter_sorted() {
        match (old, new) {
            (Value::String(old), Value::String(new)) => pairs.push((old, new)),
            _ => bail!("operand 1: non-string key or value found in pattern object"),
        }
    }
    let mut rest = text(args, 2)?;
    let mut replaced = String::new();
    // The empty pattern fits before every character and at the end, once each.
    let mut was_empty = false;
    loop {
        let mut fitting = pairs
            .iter()
            .filter(|(old, _)| !(was_empty && old.is_empty()));
        if let Some((old, new)) = fitting.find(|(old, _)| rest.starts_with(old)) {
            replaced.push_str(new);
            rest = rest.get(old.len()..).unwrap_or_default();
            was_empty = old.is_empty();
        } else if let Some(next) = rest.chars().next() {
            replaced.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
            was_empty = false;
        } else {
            return Ok(replaced.into());
        }
        super::bounded::check(replaced.len())?;
    }
}

/// As regorus does it, but for alternatives that are empty, which it takes for none.
fn glob_match(args: &[Value]) -> Result<Value> {
    let pattern = text(args, 1)?;
    if ["{,", ",,", ",}", "{}"]
        .iter()
        .any(|empty| pattern.contains(empty))
    {
        bail!("the pattern `{pattern}` has an empty alternative, which is not supported");
    }
    super::bounded::original("glob.match", args)
}
