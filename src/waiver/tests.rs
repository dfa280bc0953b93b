use std::collections::BTreeSet;

use super::*;
use crate::finding::SubjectRef;
use crate::normalize::parse_date;
use crate::report::{Inconclusive, WaiverState, fixture};

const FINGERPRINT: &str = "0123456789abcdef0123456789abcdef";

fn declared(change: impl FnOnce(&mut DeclaredWaiver)) -> DeclaredWaiver {
    let mut waiver = DeclaredWaiver {
        rule: "AB-101".to_owned(),
        subject: fixture::shop().id,
        reason: "contract 4711".to_owned(),
        approved_by: "security@contoso.com".to_owned(),
        expires: "2027-01-31".to_owned(),
        ..DeclaredWaiver::default()
    };
    change(&mut waiver);
    waiver
}

fn waiver(change: impl FnOnce(&mut DeclaredWaiver)) -> Waiver {
    declared(change)
        .validate("ztvet.yaml", |rule| rule.starts_with("AB-"))
        .unwrap()
}

fn finding() -> Finding {
    let mut finding = fixture::finding("AB-101", "", fixture::shop(), fixture::plain_http());
    FINGERPRINT.clone_into(&mut finding.fingerprint);
    finding
}

fn at(time: &str) -> Timestamp {
    parse_date(time).unwrap()
}

#[track_caller]
fn refused(change: impl FnOnce(&mut DeclaredWaiver), message: &str) {
    let error = declared(change)
        .validate("ztvet.yaml", |rule| rule.starts_with("AB-"))
        .unwrap_err()
        .to_string();
    assert_eq!(error, format!("ztvet.yaml: waiver of {message}"));
}

#[test]
fn a_day_has_one_form() {
    assert!(parse_day("2028-02-29").is_ok());
    for text in [
        "",
        "2027-02-29",
        "2027-1-31",
        "31.01.2027",
        "01/31/2027",
        "20270131",
        "2027-01-31T00:00:00",
        "2027-01-31 ",
        "+002027-01-31",
        "tomorrow",
        "never",
    ] {
        assert!(parse_day(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_wrong_is_told() {
    refused(
        |w| w.expires = "31.1.2027".to_owned(),
        "`AB-101`: `expires` is `31.1.2027`, expected a day like 2027-01-31",
    );
    refused(
        |w| w.reason = "  ".to_owned(),
        "`AB-101`: `reason` is empty (say why it is accepted)",
    );
    refused(
        |w| w.approved_by = String::new(),
        "`AB-101`: `approved_by` is empty (say who answers for it)",
    );
    refused(
        |w| w.subject = Some(String::new()),
        "`AB-101`: `subject` is empty (give the subject's id as the report has it)",
    );
    refused(
        |w| w.subject = None,
        "`AB-101`: `subject` or `fingerprint` is missing \
         (say of which finding it is; to switch a rule off, use `ignore`)",
    );
    refused(
        |w| w.at = Some("application.redirect_uris".to_owned()),
        "`AB-101`: `at` is `application.redirect_uris`, expected a JSON Pointer like `/web/redirectUris/0`",
    );
    refused(
        |w| w.rule = "XY-101".to_owned(),
        "`XY-101`: no rule of that id is loaded (`ztvet rules` lists them all)",
    );
    for print in ["", "0123", &FINGERPRINT.to_ascii_uppercase()] {
        refused(
            |w| w.fingerprint = Some(print.to_owned()),
            &format!(
                "`AB-101`: `fingerprint` is `{print}`, \
                 expected the 32 hexadecimal digits of a finding in the report"
            ),
        );
    }
}

#[test]
fn the_last_day_is_whole_and_in_utc() {
    let waiver = waiver(|_| {});
    for time in ["2026-11-23T06:00:00Z", "2027-01-31", "2027-01-31T23:59:59Z"] {
        assert!(waiver.holds(at(time)), "{time}");
    }
    for time in ["2027-02-01", "2027-01-31T23:59:59-01:00", "2031-01-01"] {
        assert!(!waiver.holds(at(time)), "{time}");
    }
    assert!(waiver.holds(at("2027-02-01T00:30:00+01:00")));
}

#[test]
fn every_selector_must_fit() {
    let about = |change: fn(&mut DeclaredWaiver)| waiver(change).is_about(&finding());
    assert!(about(|_| {}));
    assert!(about(
        |w| w.subject = w.subject.take().map(|id| id.to_uppercase())
    ));
    assert!(about(|w| w.at = Some("/web/redirectUris/0".to_owned())));
    assert!(about(|w| w.fingerprint = Some(FINGERPRINT.to_owned())));
    assert!(about(|w| {
        w.subject = None;
        w.fingerprint = Some(FINGERPRINT.to_owned());
    }));

    assert!(!about(|w| w.rule = "AB-102".to_owned()));
    assert!(!about(|w| w.subject = Some("Shop".to_owned())));
    assert!(!about(|w| w.at = Some("/web/redirectUris/1".to_owned())));
    assert!(!about(|w| w.at = Some("/web/redirectUris".to_owned())));
    assert!(!about(|w| w.at = Some(String::new())));
    assert!(!about(|w| w.fingerprint = Some("0".repeat(32))));
}

#[test]
fn a_subject_without_an_id_is_known_by_its_name_and_then_by_its_path() {
    let mut found = finding();
    let mut is_about = |id: Option<&str>, name: Option<&str>, kind: &str, subject: &str| {
        found.subject = SubjectRef {
            kind: kind.to_owned(),
            id: id.map(str::to_owned),
            name: name.map(str::to_owned),
        };
        waiver(|w| w.subject = Some(subject.to_owned())).is_about(&found)
    };
    assert!(is_about(None, Some("Shop"), "application", "Shop"));
    assert!(!is_about(None, Some("Shop"), "application", "shop"));
    assert!(is_about(None, None, "application", "apps/shop.json"));
    assert!(!is_about(
        None,
        Some("Shop"),
        "application",
        "apps/shop.json"
    ));
    assert!(is_about(None, None, "inventory", "inventory"));
    assert!(!is_about(None, None, "inventory", "apps/shop.json"));
}

#[test]
fn the_first_waiver_in_force_counts() {
    let named = |reason: &str, expires: &str| {
        waiver(|w| {
            reason.clone_into(&mut w.reason);
            expires.clone_into(&mut w.expires);
        })
    };
    let waivers = [
        named("over", "2026-10-31"),
        named("first", "2027-01-31"),
        named("second", "2027-01-31"),
    ];
    let mut other = finding();
    other.rule = "AB-102".to_owned();
    let mut findings = [finding(), other];
    apply(&waivers, &mut findings, at("2026-11-23"));
    assert_eq!(findings[0].status, Status::Waived);
    assert_eq!(findings[0].waiver.as_ref().unwrap().reason, "first");
    assert_eq!(
        (findings[1].status, &findings[1].waiver),
        (Status::Open, &None)
    );

    let mut findings = [finding()];
    apply(&waivers, &mut findings, at("2027-02-01"));
    assert_eq!(
        (findings[0].status, &findings[0].waiver),
        (Status::Open, &None)
    );
}

/// The states of waivers, and the notes, after a run that found [`finding`].
fn reviewed(waivers: &[Waiver], change: impl FnOnce(&mut Run<'_>)) -> (Vec<WaiverState>, String) {
    let mut findings = [finding()];
    let now = at("2026-11-23");
    apply(waivers, &mut findings, now);
    let judged = BTreeSet::from_iter(fixture::shop().id);
    let mut run = Run {
        now,
        rules: BTreeSet::from(["AB-101", "AB-102"]),
        judged: &judged,
        findings: &findings,
        inconclusive: &[],
    };
    change(&mut run);
    let (uses, notes) = review(waivers, &run);
    let states = uses.iter().map(|waiver| waiver.state).collect();
    let notes: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
    (states, notes.join("\n"))
}

#[test]
fn a_waiver_that_waives_needs_no_note() {
    let both = [waiver(|_| {}), waiver(|_| {})];
    let (states, notes) = reviewed(&both, |_| {});
    assert_eq!(
        (states, notes.as_str()),
        (vec![WaiverState::Used, WaiverState::Used], "")
    );
}

#[test]
fn an_expired_waiver_is_told_whether_it_still_matches_or_not() {
    let over = |w: &mut DeclaredWaiver| w.expires = "2026-11-22".to_owned();
    let waivers = [
        waiver(over),
        waiver(|w| {
            over(w);
            w.at = Some("/spa".to_owned());
        }),
    ];
    let (states, notes) = reviewed(&waivers, |_| {});
    assert_eq!(states, [WaiverState::Expired, WaiverState::Expired]);
    assert_eq!(
        notes,
        "waiver of AB-101 for `1f0e2c4a-5b6d-4e7f-8a9b-0c1d2e3f4a5b` expired on 2026-11-22 and waives nothing\n\
         waiver of AB-101 for `1f0e2c4a-5b6d-4e7f-8a9b-0c1d2e3f4a5b` at `/spa` expired on 2026-11-22, \
         and matches no finding"
    );
}

#[test]
fn a_waiver_is_unused_only_where_a_finding_would_have_been_found() {
    let unused = [waiver(|w| w.rule = "AB-102".to_owned())];
    let state = |change: fn(&mut Run<'_>)| reviewed(&unused, change);
    let (states, notes) = state(|_| {});
    assert_eq!(states, [WaiverState::Unused]);
    assert_eq!(
        notes,
        "waiver of AB-102 for `1f0e2c4a-5b6d-4e7f-8a9b-0c1d2e3f4a5b` matches no finding"
    );

    let told = "1 waiver is for rules or subjects that this run did not judge";
    static NOBODY: BTreeSet<String> = BTreeSet::new();
    for change in [
        (|run| run.rules = BTreeSet::from(["AB-101"])) as fn(&mut Run<'_>),
        |run| run.judged = &NOBODY,
    ] {
        let (states, notes) = state(change);
        assert_eq!(
            (states, notes.as_str()),
            (vec![WaiverState::NotJudged], told)
        );
    }
    let open = [Inconclusive {
        rule: "AB-102".to_owned(),
        subject: fixture::shop(),
        path: String::new(),
        missing: Vec::new(),
    }];
    let findings = [finding()];
    let judged = BTreeSet::from_iter(fixture::shop().id);
    let run = Run {
        now: at("2026-11-23"),
        rules: BTreeSet::from(["AB-102"]),
        judged: &judged,
        findings: &findings,
        inconclusive: &open,
    };
    assert_eq!(review(&unused, &run).0[0].state, WaiverState::NotJudged);
}

#[test]
fn fields_have_their_lines() {
    let text = "waivers:\n  - rule: AB-101\n    subject: a\n    expires: x\n  - {rule: AB-102}\n";
    let mut waivers = vec![DeclaredWaiver::default(), DeclaredWaiver::default()];
    place(&mut waivers, text);
    let place = |index: usize, field: &str| waivers[index].places.0.get(field).copied();
    assert_eq!(place(0, ""), Some((2, 5)));
    assert_eq!(place(0, "expires"), Some((4, 14)));
    assert_eq!(
        place(0, "reason"),
        Some((2, 5)),
        "what is not there stands at the whole"
    );
    assert_eq!(place(1, "rule"), Some((5, 12)));
}
