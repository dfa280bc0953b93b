//! Functions of OPA that regorus lacks.

use anyhow::{Result, anyhow, bail};
use regorus::{Engine, Value};

use super::{certificate, jwt, net};

type Function = fn(&[Value]) -> Result<Value>;

/// Names, numbers of arguments, and what they do.
pub(super) const ADDED: [(&str, u8, Function); 18] = [
    ("crypto.sha256", 1, sha256),
    (
        "crypto.x509.parse_certificates",
        1,
        certificate::parse_certificates,
    ),
    ("io.jwt.decode", 1, jwt::decode),
    ("io.jwt.decode_verify", 2, jwt::decode_verify),
    ("io.jwt.verify_es256", 2, |args| jwt::verify("ES256", args)),
    ("io.jwt.verify_es384", 2, |args| jwt::verify("ES384", args)),
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

/// Hexadecimal digits of bytes.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sha256(args: &[Value]) -> Result<Value> {
    use sha2::Digest;
    Ok(hex(&sha2::Sha256::digest(text(args, 1)?)).into())
}
