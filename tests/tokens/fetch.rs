//! Keys that are fetched, from a server on this machine that stands for Microsoft's.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;
use ztvet::signature::{FetchError, Schedule, Transport};
use ztvet::{Config, Engine, EngineBuilder};

use crate::issuer::*;

type Answers = Arc<Mutex<HashMap<String, Value>>>;

/// Answers by address, and counts what it was asked.
#[derive(Clone)]
struct Server {
    port: u16,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            answers: Arc::default(),
            asked: Arc::default(),
        };
        let own = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                own.answer(stream.unwrap());
            }
        });
        server
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap();
        let request = String::from_utf8_lossy(&request[..length]).into_owned();
        let address = request
            .split_whitespace()
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        self.asked.lock().unwrap().push(address.clone());
        let (status, body) = match self.answers.lock().unwrap().get(&address) {
            Some(body) => ("200 OK", body.to_string()),
            None => ("404 Not Found", String::new()),
        };
        let answer = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).unwrap();
    }

    fn put(&self, address: &str, body: Value) {
        self.answers
            .lock()
            .unwrap()
            .insert(address.to_owned(), body);
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    /// Publishes metadata for `tenant`, and keys.
    fn publish(&self, tenant: &str, issuer: &str, keys: &[Value]) {
        let metadata =
            json!({"issuer": issuer, "jwks_uri": "https://login.microsoftonline.com/keys"});
        self.put(
            &format!("/login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"),
            metadata,
        );
        self.put("/login.microsoftonline.com/keys", json!({"keys": keys}));
    }
}

/// Asks the server for `/host/path` in place of `https://host/path`.
impl Transport for Server {
    fn get(&self, url: &Url) -> Result<Vec<u8>, FetchError> {
        assert_eq!(url.scheme(), "https");
        let fail = |error: std::io::Error| FetchError(error.to_string());
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(fail)?;
        let address = format!("/{}{}", url.host_str().unwrap(), url.path());
        let request = format!("GET {address} HTTP/1.1\r\nHost: x\r\n\r\n");
        stream.write_all(request.as_bytes()).map_err(fail)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(fail)?;
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        match head.starts_with("HTTP/1.1 200") {
            true => Ok(body.as_bytes().to_vec()),
            false => Err(FetchError("the answer is 404 Not Found".to_owned())),
        }
    }
}

const COMMON: &str = "/login.microsoftonline.com/common/v2.0/.well-known/openid-configuration";
const KEYS: &str = "/login.microsoftonline.com/keys";
const QUIET: &str = "package a\ndeny contains f if { false; f := \"x\" }";

fn builder(config: &str) -> EngineBuilder {
    let config = Config::parse("ztvet.yaml", config).unwrap();
    let builder = Engine::builder().policy("rule.rego", QUIET).unwrap();
    builder
        .config("ztvet.yaml", config)
        .now(NOW.parse().unwrap())
}

fn engine(server: &Server, config: &str, schedule: Schedule) -> Engine {
    builder(config)
        .fetch_keys(server.clone(), schedule)
        .build()
        .unwrap()
}

/// `verified`, or the status with its reason.
fn status(engine: &Engine, token: &str) -> String {
    let signature = engine.input(&subject(token)).token.unwrap().signature;
    match signature.reason {
        Some(reason) => format!("{}: {reason}", signature.status),
        None => signature.status,
    }
}

#[test]
fn keys_are_fetched_once_for_all_tenants() {
    let server = Server::start();
    server.publish("common", ISSUER, &published());
    let engine = engine(&server, "{}", Schedule::default());
    for tenant in [TENANT, OTHER_TENANT] {
        let iss = ISSUER.replace("{tenantid}", tenant);
        assert_eq!(
            status(&engine, &sign(json!({"iss": iss, "tid": tenant}))),
            "verified"
        );
    }
    assert_eq!(server.asked(), [COMMON, KEYS]);
}

#[test]
fn the_organisation_s_tenants_have_their_own_metadata() {
    let server = Server::start();
    server.publish(TENANT, &ISSUER.replace("{tenantid}", TENANT), &published());
    let config = format!("organization: {{tenants: [{}]}}", TENANT.to_uppercase());
    let engine = engine(&server, &config, Schedule::default());
    assert_eq!(status(&engine, &sign(json!({}))), "verified");
    assert_eq!(server.asked()[0], COMMON.replace("common", TENANT));
}

#[test]
fn tokens_of_version_1_have_other_metadata() {
    let server = Server::start();
    let address = "/login.microsoftonline.com/common/.well-known/openid-configuration";
    let metadata = json!({"issuer": "https://sts.windows.net/{tenantid}/", "jwks_uri": "https://login.windows.net/keys"});
    server.put(address, metadata);
    let key = jwk(
        RSA,
        jsonwebtoken::Algorithm::RS256,
        json!({"kid": "rsa", "issuer": null}),
    );
    server.put("/login.windows.net/keys", json!({"keys": [key]}));
    let engine = engine(&server, "{}", Schedule::default());
    let token = sign(json!({"iss": format!("https://sts.windows.net/{TENANT}/"), "ver": "1.0"}));
    assert_eq!(status(&engine, &token), "verified");
}

#[test]
fn an_unknown_key_is_looked_for_again_and_not_too_often() {
    let server = Server::start();
    server.publish("common", ISSUER, &published()[1..]);
    let schedule = Schedule {
        min_interval: Duration::from_millis(300),
        ..Schedule::default()
    };
    let engine = engine(&server, "{}", schedule);
    let unknown = "invalid: none of the keys is the one that the token names";
    for _ in 0..5 {
        assert_eq!(status(&engine, &sign(json!({}))), unknown);
    }
    assert_eq!(server.asked().len(), 2, "once");
    server.publish("common", ISSUER, &published());
    thread::sleep(Duration::from_millis(350));
    assert_eq!(status(&engine, &sign(json!({}))), "verified");
    assert_eq!(server.asked().len(), 2);
    // A key that is known asks for nothing.
    thread::sleep(Duration::from_millis(350));
    assert_eq!(status(&engine, &sign(json!({}))), "verified");
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn old_keys_are_fetched_anew_and_used_where_that_fails_but_not_for_ever() {
    let server = Server::start();
    server.publish("common", ISSUER, &published());
    let schedule = Schedule {
        max_age: Duration::from_millis(400),
        min_interval: Duration::ZERO,
    };
    let engine = engine(&server, "{}", schedule);
    assert_eq!(status(&engine, &sign(json!({}))), "verified");
    server.answers.lock().unwrap().clear();
    thread::sleep(Duration::from_millis(450));
    assert_eq!(status(&engine, &sign(json!({}))), "verified");
    thread::sleep(Duration::from_millis(450));
    let message = status(&engine, &sign(json!({})));
    assert!(
        message
            .starts_with("unchecked: the issuer's keys could not be fetched: https://login.micro"),
        "{message}"
    );
    assert!(!engine.decide_jwt(&sign(json!({}))).allow);
}

#[test]
fn a_run_that_could_not_fetch_keys_is_not_complete() {
    let server = Server::start();
    let engine = engine(&server, "{}", Schedule::default());
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token.jwt");
    std::fs::write(&path, sign(json!({}))).unwrap();
    let errors = engine.check_path(&path).errors;
    assert_eq!(errors.len(), 1);
    let message = &errors[0].message;
    assert!(
        message
            .starts_with("the signature was not checked: the issuer's keys could not be fetched"),
        "{message}"
    );
    server.publish("common", ISSUER, &published());
    let engine = self::engine(&server, "{}", Schedule::default());
    assert_eq!(engine.check_path(&path).errors, []);
}

#[test]
fn no_token_chooses_where_keys_come_from() {
    let server = Server::start();
    let engine = engine(&server, "{}", Schedule::default());
    let external = format!("https://{TENANT}.ciamlogin.com/{TENANT}/v2.0");
    for (issuer, reason) in [
        (
            "https://evil.com/v2.0",
            "unchecked: no keys are fetched of an issuer that is not Microsoft's",
        ),
        (
            "http://169.254.169.254/",
            "unchecked: no keys are fetched of an issuer that is not Microsoft's",
        ),
        (
            &external,
            "unchecked: no keys are fetched of a tenant of External ID",
        ),
    ] {
        let message = status(&engine, &sign(json!({"iss": issuer})));
        assert!(message.starts_with(reason), "{message}");
    }
    assert_eq!(server.asked(), Vec::<String>::new());
}

#[test]
fn keys_of_external_tenants_are_fetched_where_they_are_the_organisation_s() {
    let server = Server::start();
    let host = format!("{TENANT}.ciamlogin.com");
    let issuer = format!("https://{host}/{TENANT}/v2.0");
    let metadata = json!({"issuer": issuer, "jwks_uri": format!("https://{host}/keys")});
    server.put(
        &format!("/{host}/{TENANT}/v2.0/.well-known/openid-configuration"),
        metadata,
    );
    let key = jwk(
        RSA,
        jsonwebtoken::Algorithm::RS256,
        json!({"kid": "rsa", "issuer": issuer}),
    );
    server.put(&format!("/{host}/keys"), json!({"keys": [key]}));
    let engine = engine(
        &server,
        &format!("organization: {{tenants: [{TENANT}]}}"),
        Schedule::default(),
    );
    assert_eq!(status(&engine, &sign(json!({"iss": issuer}))), "verified");
}

#[test]
fn a_configured_address_is_the_only_one() {
    let server = Server::start();
    let metadata = |keys: &str| json!({"issuer": "https://idp.contoso.com", "jwks_uri": keys});
    server.put(
        "/idp.contoso.com/openid",
        metadata("https://idp.contoso.com/keys"),
    );
    let key = jwk(
        RSA,
        jsonwebtoken::Algorithm::RS256,
        json!({"kid": "rsa", "issuer": null}),
    );
    server.put("/idp.contoso.com/keys", json!({"keys": [key]}));
    let config = "tokens: {metadata_url: 'https://idp.contoso.com/openid'}";
    let own = engine(&server, config, Schedule::default());
    assert_eq!(
        status(&own, &sign(json!({"iss": "https://idp.contoso.com"}))),
        "verified"
    );
    assert_eq!(
        status(&own, &sign(json!({}))),
        "invalid: the keys belong to another issuer"
    );

    for keys in [
        "http://idp.contoso.com/keys",
        "https://evil.com/keys",
        "https://idp.contoso.com:8443/keys",
        "keys",
        "https://a@idp.contoso.com/keys",
    ] {
        server.put("/idp.contoso.com/openid", metadata(keys));
        let engine = engine(&server, config, Schedule::default());
        let message = status(&engine, &sign(json!({"iss": "https://idp.contoso.com"})));
        assert!(
            message.contains("`jwks_uri` is neither at this host nor at one of Microsoft's"),
            "{keys}: {message}"
        );
    }
    for address in [
        "http://idp.contoso.com",
        "idp.contoso.com",
        "https://u:p@idp.contoso.com",
    ] {
        let config = format!("tokens: {{metadata_url: '{address}'}}");
        let error = builder(&config)
            .fetch_keys(server.clone(), Schedule::default())
            .build();
        let error = error.err().unwrap().to_string();
        assert!(error.contains("expected an https address"), "{error}");
    }
}

#[test]
fn answers_that_are_no_metadata_are_told() {
    for (metadata, keys, reason) in [
        (json!([]), json!({}), "`jwks_uri` is not a string"),
        (
            json!({"jwks_uri": "https://login.microsoftonline.com/keys"}),
            json!({"keys": [{"kty": "RSA"}]}),
            "`issuer` is not a string",
        ),
        (
            json!({"issuer": ISSUER, "jwks_uri": "https://login.microsoftonline.com/keys"}),
            json!({"keys": []}),
            "there are no keys in it",
        ),
    ] {
        let server = Server::start();
        server.put(COMMON, metadata);
        server.put(KEYS, keys);
        let engine = engine(&server, "{}", Schedule::default());
        let message = status(&engine, &sign(json!({})));
        assert!(
            message.starts_with("unchecked: ") && message.contains(reason),
            "{message}"
        );
    }
}

#[test]
fn threads_share_one_request() {
    let server = Server::start();
    server.publish("common", ISSUER, &published());
    let engine = engine(&server, "{}", Schedule::default());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(status(&engine, &sign(json!({}))), "verified"));
        }
    });
    assert_eq!(server.asked().len(), 2);
}
