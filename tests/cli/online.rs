//! `--online dns`: redirect hosts are looked up, each once, at a DNS server that the test runs.

use std::collections::BTreeMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hickory_resolver::proto::op::{Message, MessageType, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use serde_json::{Value, json};

use crate::sandbox::{Ran, Sandbox, found, texts};

/// What the server says of a name.
#[derive(Clone, Copy)]
enum Says {
    Ipv4,
    Ipv6,
    Alias(&'static str),
    Text,
    Code(ResponseCode),
    Nothing,
}

/// The names that exist, and those that answer badly.
const ZONE: [(&str, Says); 11] = [
    ("shop.contoso.com", Says::Ipv4),
    ("six.contoso.com", Says::Ipv6),
    ("text.contoso.com", Says::Text),
    ("www.contoso.com", Says::Alias("shop.contoso.com")),
    ("old.contoso.com", Says::Alias("old.trafficmanager.net")),
    (
        "old.trafficmanager.net",
        Says::Alias("old.azurewebsites.net"),
    ),
    ("circle.contoso.com", Says::Alias("round.contoso.com")),
    ("round.contoso.com", Says::Alias("circle.contoso.com")),
    ("broken.contoso.com", Says::Code(ResponseCode::ServFail)),
    ("closed.contoso.com", Says::Code(ResponseCode::Refused)),
    ("slow.contoso.com", Says::Nothing),
];

/// A DNS server on loopback, and the questions that it was asked.
struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<(String, RecordType)>>>,
}

impl Server {
    fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: socket.local_addr().unwrap(),
            asked: Arc::default(),
        };
        let asked = Arc::clone(&server.asked);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok((length, client)) = socket.recv_from(&mut buffer) {
                let question = Message::from_vec(&buffer[..length]).unwrap();
                let query = &question.queries[0];
                let name = text(query.name());
                asked.lock().unwrap().push((name, query.query_type()));
                if let Some(answer) = answer(&question) {
                    socket.send_to(&answer.to_vec().unwrap(), client).unwrap();
                }
            }
        });
        server
    }

    /// The names that were asked for addresses of IPv4, sorted; each time that one was.
    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let of_ipv4 = asked.iter().filter(|(_, kind)| *kind == RecordType::A);
        let mut names: Vec<String> = of_ipv4.map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    }

    fn check(&self, sandbox: &Sandbox, arguments: &str) -> Ran {
        let server = self.address;
        sandbox.run(&format!(
            "check . --select AB-123 --online dns --dns-server {server} --now 2026-11-23 {arguments}"
        ))
    }
}

fn text(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}

/// As a resolver answers, that follows aliases itself.
fn answer(question: &Message) -> Option<Message> {
    let zone = BTreeMap::from(ZONE);
    let query = question.queries[0].clone();
    let mut answer = Message::new(
        question.metadata.id,
        MessageType::Response,
        question.metadata.op_code,
    );
    answer.metadata.recursion_desired = true;
    answer.metadata.recursion_available = true;
    let mut name = query.name().clone();
    answer.add_query(query.clone());
    // Of a circle, one round is enough.
    for _ in 0..2 {
        let data = match zone.get(text(&name).as_str()) {
            None => {
                answer.metadata.response_code = ResponseCode::NXDomain;
                break;
            }
            Some(Says::Nothing) => return None,
            Some(Says::Code(code)) => {
                answer.metadata.response_code = *code;
                break;
            }
            Some(Says::Alias(target)) => {
                let target = Name::from_ascii(format!("{target}.")).unwrap();
                let data = RData::CNAME(CNAME(target.clone()));
                answer.add_answer(Record::from_rdata(name, 60, data));
                name = target;
                if query.query_type() == RecordType::CNAME {
                    break;
                }
                continue;
            }
            Some(Says::Ipv4) => RData::A(A::new(192, 0, 2, 1)),
            Some(Says::Ipv6) => RData::AAAA(AAAA::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
            Some(Says::Text) => break,
        };
        if data.record_type() == query.query_type() {
            answer.add_answer(Record::from_rdata(name, 60, data));
        }
        break;
    }
    Some(answer)
}

/// An application with redirect URIs at some hosts.
fn app(hosts: &[&str]) -> String {
    let uris: Vec<String> = hosts
        .iter()
        .map(|host| format!("https://{host}/auth"))
        .collect();
    let app = json!({
        "appId": "1f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9",
        "signInAudience": "AzureADMyOrg",
        "web": {"redirectUris": uris},
        "spa": {"redirectUris": []},
        "publicClient": {"redirectUris": ["com.contoso.shop://auth.contoso.com"]},
    });
    serde_json::to_string_pretty(&app).unwrap()
}

/// What a run finds of some hosts: messages, missing facts, notes.
fn judged(hosts: &[&str]) -> (Vec<String>, Vec<String>, Vec<String>) {
    let sandbox = Sandbox::new(&[("shop.json", &app(hosts))]);
    let ran = Server::start().check(&sandbox, "--format json");
    let report = ran.json();
    assert_eq!(report["errors"], json!([]), "{}", ran.all());
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    let missing = |item: &Value| item["missing"].to_string();
    let inconclusive = report["inconclusive"].as_array().unwrap();
    (
        owned(texts(&report, "/findings", "/message")),
        inconclusive.iter().map(missing).collect(),
        owned(texts(&report, "/notes", "/message")),
    )
}

const RESOLVES: [&str; 0] = [];
const NOT_KNOWN: [&str; 1] = [r#"["application.dns[].resolves"]"#];

#[test]
fn a_host_that_exists_is_no_finding() {
    let hosts = [
        "shop.contoso.com",
        "six.contoso.com",
        "www.contoso.com",
        "text.contoso.com",
        "SHOP.contoso.com.",
    ];
    let (findings, missing, notes) = judged(&hosts);
    assert_eq!((findings, missing), (vec![], vec![]));
    assert_eq!(notes, RESOLVES);
}

#[test]
fn a_host_that_does_not_exist_is_a_finding() {
    let (findings, missing, _) = judged(&["gone.contoso.com", "shop.contoso.com"]);
    let expected = "redirect URI `https://gone.contoso.com/auth` depends on `gone.contoso.com`, which does not exist in DNS";
    assert_eq!(findings, [expected]);
    assert_eq!(missing, RESOLVES);
}

#[test]
fn an_alias_that_ends_nowhere_is_a_finding_with_the_chain() {
    let (findings, missing, _) = judged(&["old.contoso.com"]);
    let expected = "redirect URI `https://old.contoso.com/auth` depends on `old.contoso.com -> old.trafficmanager.net -> old.azurewebsites.net`, which does not exist in DNS";
    assert_eq!(findings, [expected]);
    assert_eq!(missing, RESOLVES);
}

#[test]
fn no_answer_is_inconclusive_and_the_note_says_why() {
    for (host, reason) in [
        ("broken.contoso.com", "the server failed (SERVFAIL)"),
        (
            "closed.contoso.com",
            "the server refused to answer (REFUSED)",
        ),
        ("slow.contoso.com", "the lookup timed out"),
        ("circle.contoso.com", "its aliases lead in a circle"),
        ("intranet", "it is no name in public DNS"),
        ("printer.local", "it is no name in public DNS"),
    ] {
        let (findings, missing, notes) = judged(&[host, "gone.contoso.com"]);
        assert_eq!(findings.len(), 1, "{host}: what is known is judged");
        assert_eq!(missing, NOT_KNOWN, "{host}");
        assert_eq!(notes, [format!("DNS tells nothing of `{host}`: {reason}")]);
    }
}

#[test]
fn a_port_where_nobody_listens_is_inconclusive() {
    let address = UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let sandbox = Sandbox::new(&[("shop.json", &app(&["shop.contoso.com", "gone.contoso.com"]))]);
    let report = sandbox.report(&format!(
        "shop.json --select AB-123 --online dns --dns-server {address}"
    ));
    assert_eq!(found(&report), RESOLVES);
    assert_eq!(report["inconclusive"].as_array().unwrap().len(), 1);
    let notes = texts(&report, "/notes", "/message");
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(
        notes[0].starts_with("DNS tells nothing of `gone.contoso.com`, `shop.contoso.com`: "),
        "{notes:?}"
    );
}

#[test]
fn each_host_is_asked_for_once_and_nothing_else_is() {
    let hosts = [
        "shop.contoso.com",
        "shop.contoso.com.",
        "*.contoso.com",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "b\u{fc}cher.contoso.com",
        "app.localhost",
        "a..b",
    ];
    let one = app(&hosts).replace('\n', " ");
    let sandbox = Sandbox::new(&[
        ("apps.ndjson", &format!("{one}\n{one}\n")),
        ("again.json", &one),
    ]);
    let server = Server::start();
    server.check(&sandbox, "").ends_with(1);
    assert_eq!(
        server.asked(),
        ["shop.contoso.com", "xn--bcher-kva.contoso.com"]
    );
}

#[test]
fn standard_input_is_looked_up_and_judged() {
    let server = Server::start();
    let ran = Sandbox::new(&[]).run_with(
        &app(&["gone.contoso.com"]),
        &format!(
            "check - --select AB-123 --online dns --dns-server {}",
            server.address
        ),
    );
    ran.ends_with(1);
    assert!(ran.stdout.contains("<stdin>:14:7"), "{}", ran.all());
}

#[test]
fn policies_see_what_dns_says() {
    let server = Server::start();
    let sandbox = Sandbox::new(&[(
        "shop.json",
        &app(&["www.contoso.com.", "gone.contoso.com", "intranet"]),
    )]);
    let ran = sandbox.run(&format!(
        "normalize shop.json --online dns --dns-server {}",
        server.address
    ));
    ran.ends_with(0);
    let expected = json!({
        "www.contoso.com.": {"resolves": true, "cname": ["shop.contoso.com"], "no_answer": null},
        "gone.contoso.com": {"resolves": false, "cname": [], "no_answer": null},
        "intranet": {"resolves": null, "cname": [], "no_answer": "it is no name in public DNS"},
    });
    assert_eq!(ran.json()["application"]["dns"], expected);
}

#[test]
fn nothing_leaves_the_machine_unless_it_is_asked_for() {
    let sandbox = Sandbox::new(&[("shop.json", &app(&["shop.contoso.com"]))]);
    let report = sandbox.report("shop.json --select AB-123");
    assert_eq!(
        report["inconclusive"][0]["missing"],
        json!(["application.dns"])
    );
    sandbox
        .run("check shop.json --dns-server 127.0.0.1")
        .fails_with("--online <WHAT>");
    sandbox
        .run("check shop.json --online dns --dns-server dns.contoso.com")
        .fails_with("expected an IP address");
}

#[test]
fn an_embedding_program_may_be_in_a_runtime_of_its_own() {
    let server = Server::start();
    let sandbox = Sandbox::new(&[("shop.json", &app(&["gone.contoso.com"]))]);
    let dns = ztvet::online::Dns::server(server.address).timeout(Duration::from_secs(1));
    let engine = ztvet::Engine::builder()
        .bundled()
        .unwrap()
        .dns(Some(dns))
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let report = runtime.block_on(async { engine.check_path(sandbox.path("shop.json")) });
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.rule == "AB-123")
    );
}
