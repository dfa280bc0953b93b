//! Sample reports for the tests of the renderers.

pub mod hostile;
mod posture;

use std::collections::BTreeMap;

use serde_json::json;

use crate::finding::{
    Acceptance, Finding, Location, Principle, Severity, Snippet, Status, SubjectRef,
};
use crate::report::sarif::RuleInfo;
use crate::report::{
    Compared, Inconclusive, NotConfigured, Problem, ProblemKind, Report, Skipped, Summary, Tool,
    WaiverState, WaiverUse,
};

/// A report with something of everything.
pub fn rich() -> Report {
    let findings = vec![
        Finding {
            details: json!({"secrets": 1}).as_object().unwrap().clone(),
            ..finding(
                "AB-401",
                "secret `ci` lives for 1096 days, and 180 are allowed",
                orders(),
                in_a_long_line(),
            )
        },
        finding(
            "AB-407",
            "certificate `CN=orders` expires in 12 days, and no newer one takes its place",
            orders(),
            unplaced(),
        ),
        Finding {
            status: Status::Baseline,
            ..finding(
                "AB-406",
                "secret `old` expired 40 days ago",
                orders(),
                unplaced(),
            )
        },
        finding(
            "AB-406",
            "secret `Bücherladen` expired 12 days ago",
            shop(),
            place(
                "/passwordCredentials/0",
                8,
                r#"    { "displayName": "Bücherladen", "endDateTime": "2026-11-11T00:00:00Z" }"#,
                r#""2026-11-11T00:00:00Z""#,
            ),
        ),
        finding(
            "LP-101",
            "application permission `RoleManagement.ReadWrite.Directory` of Microsoft Graph lets its holder \
             grant itself any directory role, and so leads to control of the tenant",
            shop(),
            place(
                "/requiredResourceAccess/0/resourceAccess/1",
                23,
                r#"        { "id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "type": "Role" }"#,
                r#"{ "id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "type": "Role" }"#,
            ),
        ),
        finding(
            "AB-101",
            "redirect URI `http://shop.contoso.com/cb` uses plain HTTP",
            shop(),
            plain_http(),
        ),
        Finding {
            status: Status::Waived,
            waiver: Some(acceptance("2027-01-31")),
            ..finding(
                "AB-103",
                "redirect URI `https://partner.example/cb` leaves the organisation",
                shop(),
                place(
                    "/web/redirectUris/1",
                    15,
                    r#"      "https://partner.example/cb""#,
                    r#""https://partner.example/cb""#,
                ),
            )
        },
    ];
    let open = findings.iter().filter(|f| f.status == Status::Open);
    let summary = Summary {
        subjects: 12,
        kinds: kinds(),
        rules: 98,
        findings: open.map(|f| f.severity).collect(),
        waived: 1,
        baseline: 1,
        inconclusive: 4,
        errors: 2,
        skipped: 6,
    };
    Report {
        findings,
        waivers: vec![
            waiver("AB-103", WaiverState::Used, acceptance("2027-01-31"), 35),
            waiver("AB-103", WaiverState::Expired, acceptance("2026-10-31"), 31),
        ],
        baseline: Some(Compared {
            path: "baseline.json".to_owned(),
            findings: 3,
            gone: 2,
        }),
        not_configured: vec![
            waiting("AB-104", &["organization.domains"]),
            waiting("AB-105", &["organization.domains"]),
            waiting("VE-310", &["tokens.audiences", "tokens.jwks"]),
        ],
        inconclusive: vec![
            lacking("AB-301", shop(), SHOP, &["application.owners"]),
            lacking("AB-302", shop(), SHOP, &["application.owners"]),
            lacking("AB-301", orders(), ORDERS, &["application.owners"]),
            lacking(
                "VE-123",
                orders(),
                ORDERS,
                &["application.on_premises_publishing"],
            ),
        ],
        errors: errors(),
        notes: vec![Problem {
            kind: ProblemKind::Config,
            message: "waiver of AB-103 for `1f0e2c4a` expired on 2026-10-31 and waives nothing"
                .to_owned(),
            help: Some("mend the finding, or renew the waiver with a new date".to_owned()),
            location: Some(in_config(31)),
        }],
        skipped: skipped(),
        posture: posture::posture(),
        ..empty(summary)
    }
}

fn kinds() -> BTreeMap<String, usize> {
    let kinds = [("application", 9), ("project", 2), ("service_principal", 1)];
    kinds.map(|(kind, number)| (kind.to_owned(), number)).into()
}

/// A run that found nothing and judged everything.
pub fn clean() -> Report {
    empty(Summary {
        subjects: 12,
        kinds: kinds(),
        rules: 98,
        ..Summary::default()
    })
}

/// A run that could judge nothing.
pub fn errors_only() -> Report {
    Report {
        errors: errors(),
        ..empty(Summary {
            rules: 98,
            errors: 2,
            ..Summary::default()
        })
    }
}

/// The rules of the samples, in part.
pub fn rules() -> Vec<RuleInfo> {
    use Severity::{Critical, High, Info, Low, Medium};
    let lp = Some(Principle::LeastPrivilege);
    let ab = Some(Principle::AssumeBreach);
    let graph = "https://learn.microsoft.com/graph/permissions-reference";
    let reply = "https://learn.microsoft.com/entra/identity-platform/reply-url";
    let secure = "https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration";
    let rule = |id: &str,
                title: &str,
                severity,
                principle,
                practice: &str,
                remediation: &str,
                refs: &[&str]| {
        RuleInfo {
            id: id.to_owned(),
            title: title.to_owned(),
            description: format!("{title}. An attacker can use it."),
            remediation: remediation.to_owned(),
            severity,
            applies_to: vec!["application"],
            principle,
            practice: Some(practice.to_owned()),
            references: refs.iter().map(|r| (*r).to_owned()).collect(),
        }
    };
    vec![
        rule(
            "AB-101",
            "Redirect URI uses plain HTTP",
            High,
            ab,
            "AB.1",
            "Use https, or a loopback address for a native client.",
            &[reply],
        ),
        rule(
            "AB-103",
            "Redirect URI leaves the organisation",
            High,
            ab,
            "AB.1",
            "Remove the redirect URI, or add its domain to `organization.domains`.",
            &[reply, secure],
        ),
        rule(
            "AB-401",
            "Credential lives too long",
            Medium,
            ab,
            "AB.5",
            "Issue a credential with a shorter life, or trust a federated credential instead, \
             which leaves no secret to keep.",
            &[secure],
        ),
        rule(
            "AB-406",
            "Expired credential left behind",
            Low,
            ab,
            "AB.5",
            "Remove the credential.",
            &[secure],
        ),
        rule(
            "AB-407",
            "Credential expires soon",
            Info,
            ab,
            "AB.5",
            "Roll the credential over before it expires.",
            &[],
        ),
        rule(
            "LP-101",
            "Requests a permission that can take over the tenant",
            Critical,
            lp,
            "LP.1",
            "Remove the permission; where a process needs it, give it to a person through \
             Privileged Identity Management.",
            &[graph, secure],
        ),
    ]
}

/// The subject of the first file.
pub fn shop() -> SubjectRef {
    subject("Shop", "1f0e2c4a-5b6d-4e7f-8a9b-0c1d2e3f4a5b")
}

/// A finding of a rule of [`rules`].
pub fn finding(rule: &str, message: &str, subject: SubjectRef, location: Location) -> Finding {
    let info = rules().into_iter().find(|r| r.id == rule).unwrap();
    Finding {
        rule: info.id,
        title: info.title,
        principle: info.principle,
        severity: info.severity,
        status: Status::Open,
        message: message.to_owned(),
        fingerprint: format!("{rule}-{}", message.len()),
        subject,
        location,
        remediation: info.remediation,
        references: info.references,
        details: serde_json::Map::new(),
        waiver: None,
    }
}

/// The place of a redirect URI over plain HTTP.
pub fn plain_http() -> Location {
    place(
        "/web/redirectUris/0",
        14,
        r#"      "http://shop.contoso.com/cb","#,
        r#""http://shop.contoso.com/cb""#,
    )
}

const SHOP: &str = "apps/shop.json";
const ORDERS: &str = "apps/Bücher & orders.json";

/// A report of nothing but its counts.
fn empty(summary: Summary) -> Report {
    Report {
        schema: "ztvet/report/v1".to_owned(),
        tool: Tool {
            name: "ztvet".to_owned(),
            version: "0.1.0".to_owned(),
        },
        now: "2026-11-23T06:00:00Z".to_owned(),
        summary,
        posture: crate::report::Posture::default(),
        not_configured: Vec::new(),
        findings: Vec::new(),
        waivers: Vec::new(),
        baseline: None,
        inconclusive: Vec::new(),
        errors: Vec::new(),
        notes: Vec::new(),
        skipped: Vec::new(),
    }
}

fn errors() -> Vec<Problem> {
    vec![
        Problem {
            kind: ProblemKind::Document,
            message: "expected `,` or `}` after the value of `displayName`".to_owned(),
            help: Some("mend the JSON, or leave the file out with `--ignore`".to_owned()),
            location: Some(Location {
                path: "apps/broken.json".to_owned(),
                line: Some(3),
                column: Some(17),
                ..Location::default()
            }),
        },
        Problem {
            kind: ProblemKind::Evaluation,
            message: "rule `contoso.naming` returned the number `7`, which is neither an object nor a string, \
                      for application Shop"
                .to_owned(),
            help: None,
            location: None,
        },
    ]
}

fn skipped() -> Vec<Skipped> {
    let unknown = "not a format that is judged";
    let files = [
        ("README.md", unknown),
        ("package-lock.json", unknown),
        ("scripts/deploy.yaml", unknown),
        ("scripts/seed.json", unknown),
        ("tsconfig.json", unknown),
        ("exports/all.json", "larger than 64 MiB"),
    ];
    let skip = |(path, reason): (&str, &str)| Skipped {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    files.into_iter().map(skip).collect()
}

fn orders() -> SubjectRef {
    subject("Orders API", "7c9d1b52-0a3e-4c1f-9d57-6b1f2f0e8a44")
}

fn subject(name: &str, id: &str) -> SubjectRef {
    SubjectRef {
        kind: "application".to_owned(),
        id: Some(id.to_owned()),
        name: Some(name.to_owned()),
    }
}

fn place(pointer: &str, line: u32, text: &str, needle: &str) -> Location {
    let start = text.find(needle).unwrap();
    let column = u32::try_from(text[..start].chars().count()).unwrap() + 1;
    Location {
        path: SHOP.to_owned(),
        pointer: pointer.to_owned(),
        line: Some(line),
        column: Some(column),
        end_line: Some(line),
        end_column: Some(column + u32::try_from(needle.chars().count()).unwrap()),
        snippet: Some(Snippet {
            text: text.to_owned(),
            highlight: start..start + needle.len(),
        }),
        ..Location::default()
    }
}

/// A place in the middle of a file of one long line.
fn in_a_long_line() -> Location {
    let text = r#""keyCredentials":[],"passwordCredentials":[{"displayName":"ci","endDateTime":"2029-03-01T00:00:00Z","startDateTime":"2026-03-01T00:00:00Z"}],"publicClient":{"redirectUris":[]}"#;
    Location {
        path: ORDERS.to_owned(),
        line: Some(1),
        column: Some(4711),
        end_line: Some(1),
        end_column: Some(4733),
        ..place(
            "/passwordCredentials/0",
            1,
            text,
            r#""2029-03-01T00:00:00Z""#,
        )
    }
}

/// A place that is known by its pointer alone.
fn unplaced() -> Location {
    Location {
        path: ORDERS.to_owned(),
        pointer: "/keyCredentials/0".to_owned(),
        ..Location::default()
    }
}

fn acceptance(expires: &str) -> Acceptance {
    Acceptance {
        reason: "partner callback, contract 4711".to_owned(),
        approved_by: "security@contoso.com".to_owned(),
        expires: expires.to_owned(),
    }
}

fn waiver(rule: &str, state: WaiverState, acceptance: Acceptance, line: u32) -> WaiverUse {
    WaiverUse {
        rule: rule.to_owned(),
        subject: shop().id,
        at: None,
        fingerprint: None,
        acceptance,
        state,
        findings: 1,
        location: in_config(line),
    }
}

fn in_config(line: u32) -> Location {
    Location {
        path: "ztvet.yaml".to_owned(),
        line: Some(line),
        column: Some(5),
        ..Location::default()
    }
}

fn waiting(rule: &str, needs: &[&str]) -> NotConfigured {
    NotConfigured {
        rule: rule.to_owned(),
        needs: needs.iter().map(|n| (*n).to_owned()).collect(),
    }
}

fn lacking(rule: &str, subject: SubjectRef, path: &str, missing: &[&str]) -> Inconclusive {
    Inconclusive {
        rule: rule.to_owned(),
        subject,
        path: path.to_owned(),
        missing: missing.iter().map(|m| (*m).to_owned()).collect(),
    }
}
