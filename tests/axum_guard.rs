//! The example of a guarded service, asked over a real socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../examples/axum_guard.rs"]
#[allow(dead_code, reason = "the example's `main` is not called")]
mod axum_guard;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;

use ztvet::challenge::ClaimsChallenge;

/// What this API asks of tokens beside what every API does, until the catalogue has rules for it.
const RULES: &str = r#"
# METADATA
# title: Required authentication context is missing
# custom:
#   id: CONTEXT
#   severity: high
#   applies_to: [token]
#   requires: [tokens.required_auth_contexts]
package example.context

deny contains finding if {
	input.token.flow == "delegated"
	some auth_context in data.ztvet.tokens.required_auth_contexts
	not auth_context in input.token.auth_contexts
	finding := {"auth_context": auth_context}
}
"#;

/// Starts the service at the time of the samples.
fn start() -> SocketAddr {
    let builder = axum_guard::engine().unwrap();
    let engine = builder.policy("context.rego", RULES).unwrap();
    let engine = engine.now("2026-11-23T06:00:00Z".parse().unwrap());
    let app = axum_guard::app(engine.build().unwrap());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
    });
    address
}

struct Answer {
    status: u16,
    challenge: Option<String>,
    body: String,
}

fn ask(address: SocketAddr, path: &str, headers: &[String]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    let headers: String = headers
        .iter()
        .map(|header| format!("{header}\r\n"))
        .collect();
    let request = format!("GET {path} HTTP/1.1\r\nHost: api\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let challenge = head
        .lines()
        .find_map(|line| line.strip_prefix("www-authenticate: "));
    Answer {
        status,
        challenge: challenge.map(str::to_owned),
        body: body.to_owned(),
    }
}

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/tokens");
    let token = std::fs::read_to_string(path.join(name)).unwrap();
    format!("Authorization: Bearer {}", token.trim())
}

#[test]
fn requests_are_answered_by_their_tokens() {
    let address = start();
    let orders = |headers: &[String]| ask(address, "/orders", headers);

    let answer = orders(&[sample("user.jwt")]);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.challenge, None);
    assert!(
        answer.body.contains("9c2d4f60-7a18-4f0e-8f53-2d9b7c1e0a44"),
        "{}",
        answer.body
    );

    let answer = orders(&[]);
    assert_eq!(answer.status, 401);
    assert_eq!(answer.challenge, Some(ztvet::authenticate()));

    let answer = orders(&[sample("without-context.jwt")]);
    assert_eq!(answer.status, 401);
    let challenge = ClaimsChallenge::parse(&answer.challenge.unwrap()).unwrap();
    assert_eq!(challenge.required_auth_context(), Some("c1"));

    let answer = orders(&[sample("without-context-or-capability.jwt")]);
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.challenge.unwrap(),
        r#"Bearer realm="", error="insufficient_scope""#
    );

    let answer = orders(&[sample("forged.jwt")]);
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.challenge.unwrap(),
        r#"Bearer realm="", error="invalid_token""#
    );
    assert_eq!(answer.body, "", "callers do not learn why");

    assert_eq!(ask(address, "/health", &[]).status, 200);
}

#[test]
fn requests_that_are_not_clear_are_refused() {
    let address = start();
    for headers in [
        vec![sample("user.jwt"), sample("user.jwt")],
        vec!["Authorization: Bearer".to_owned()],
        vec!["Authorization: Bearer x".to_owned()],
        vec![sample("user.jwt").replace("Bearer", "Basic")],
        vec![sample("user.jwt").replace("Bearer", "Bearer Bearer x,")],
        vec![format!("{}, x", sample("user.jwt"))],
    ] {
        assert_eq!(ask(address, "/orders", &headers).status, 401, "{headers:?}");
    }
}
