//! What a decision about one token costs, beside the bare check of its signature: `cargo bench --bench decide`.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops when its set-up fails, and prints what it measured"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use ztvet::document::{Limits, parse};
use ztvet::normalize::{Subject, normalize};
use ztvet::{Config, Engine};

// As the command has it.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NOW: &str = "2026-11-23T06:00:00Z";
const WARM_UP: usize = 500;
const ROUNDS: usize = 5000;

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/tokens")
        .join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).expect("the samples are there")
}

fn engine(claims_only: bool) -> Engine {
    let mut config = Config::load(&path("ztvet.yaml")).expect("the configuration is valid");
    if claims_only {
        config.tokens.claims_only = Some(true);
        config.tokens.jwks = None;
    }
    let builder = Engine::builder().bundled().expect("the bundled rules load");
    let now = NOW.parse().expect("it is a date");
    let builder = builder.config("ztvet.yaml", config).now(now);
    builder.build().expect("the engine builds")
}

fn subject(name: &str, text: &str) -> Subject {
    let documents = parse(name, text.as_bytes(), &Limits::default());
    let document = documents.expect("the sample is valid").remove(0);
    normalize(&document, None).subjects.remove(0)
}

/// Times each round by itself, and prints what half and what all but one in a hundred took at most.
fn measure(name: &str, mut round: impl FnMut()) {
    (0..WARM_UP).for_each(|_| round());
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            round();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |part: usize| times.get(ROUNDS * part / 100).copied().unwrap_or_default();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    println!(
        "{name:<44} p50 {:>7.1} µs   p99 {:>7.1} µs",
        micros(at(50)),
        micros(at(99))
    );
}

fn main() {
    let token = read("user.jwt");
    let token = token.trim();
    let signed = engine(false);
    assert!(
        signed.decide_jwt(token).allow,
        "{:?}",
        signed.decide_jwt(token)
    );
    measure("bytes to decision, with RS256", || {
        let _ = black_box(signed.decide_jwt(black_box(token)));
    });
    let mut judge = signed.judge();
    measure("bytes to decision, with RS256, one judge", || {
        let _ = black_box(judge.decide_jwt(black_box(token)));
    });
    let unsigned = engine(true);
    let claims = subject("claims.json", &read("claims.json"));
    assert!(
        unsigned.decide(&claims).allow,
        "{:?}",
        unsigned.decide(&claims)
    );
    let mut judge = unsigned.judge();
    measure("decision on claims that were read, one judge", || {
        let _ = black_box(judge.decide(black_box(&claims)));
    });

    let keys: JwkSet = serde_json::from_str(&read("keys.json")).expect("they are keys");
    let key = keys.keys.first().expect("there is a key");
    let key = DecodingKey::from_jwk(key).expect("it is an RSA key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_aud = false;
    validation.validate_exp = false;
    measure("jsonwebtoken alone, RS256", || {
        let decoded = decode::<serde_json::Value>(black_box(token), &key, &validation);
        black_box(decoded).expect("it is verified");
    });
}
