//! For how long entries hold.

use super::*;
use crate::normalize::input::{Context, Input};
use crate::normalize::normalize;

#[test]
fn a_secret_expires_at_noon() {
    let tree = Tree::shops();
    let run = |now| {
        let builder = |cache| at(tree.builder().cache(cache), now);
        let (report, use_of_cache) = tree.run(builder(Some(tree.path("cache"))));
        assert!(report == tree.run(builder(None)).0, "{now}");
        (rules(&report).contains(&"AB-406"), use_of_cache)
    };
    assert_eq!(run("2026-11-23T06:00:00Z"), (false, used(0, 3)));
    assert_eq!(run("2026-11-23T12:00:00Z"), (false, used(3, 0)));
    assert_eq!(run("2026-11-22T12:00:00.001Z"), (false, used(3, 0)));
    assert_eq!(
        run("2026-11-23T12:00:00.000000001Z"),
        (true, used(2, 1)),
        "the other source and the inventory have no such dates"
    );
    assert_eq!(run("2026-11-24T11:59:59Z"), (true, used(3, 0)));
    assert_eq!(run("2026-11-24T12:00:01Z"), (true, used(2, 1)));
    assert_eq!(run("2026-11-22T12:00:00Z"), (false, used(2, 1)));
}

#[test]
fn a_waiver_ends_at_midnight() {
    let tree = Tree::shops();
    let waiver = "{rule: AB-101, subject: 2f0e2d3c-4b5a-4978-8695-a4b3c2d1e0f9, reason: a, approved_by: b, \
        expires: 2026-11-23}";
    let run = |now| {
        let config = format!("waivers: [{waiver}]");
        let builder = |cache| at(with(tree.builder().cache(cache), &config), now);
        let (report, use_of_cache) = tree.run(builder(Some(tree.path("cache"))));
        assert!(report == tree.run(builder(None)).0, "{now}");
        (report.summary.waived, use_of_cache)
    };
    assert_eq!(run("2026-11-23T13:00:00Z"), (1, used(0, 3)));
    assert_eq!(run("2026-11-23T23:59:59.9Z"), (1, used(3, 0)));
    assert_eq!(run("2026-11-24T00:00:00Z"), (0, used(0, 3)));
    assert_eq!(run("2026-11-24T10:00:00Z"), (0, used(3, 0)));
}

#[test]
fn a_rule_that_may_read_the_time_is_asked_each_time() {
    let tree = Tree::shops();
    let text = POLICY.replace("input.subject.name", "input.now");
    let run = |now| {
        let builder = tree.builder().policy("own.rego", &text).unwrap();
        let (report, use_of_cache) = tree.run(at(builder, now));
        let own = report.findings.iter().find(|f| f.rule == "OWN-1").unwrap();
        (own.details["name"].to_string(), use_of_cache)
    };
    assert_eq!(run(NOW), (format!("\"{NOW}\""), used(0, 3)));
    assert_eq!(run(NOW), (format!("\"{NOW}\""), used(3, 0)));
    let later = "2026-11-23T06:00:01Z";
    assert_eq!(run(later), (format!("\"{later}\""), used(0, 3)));
}

/// Within a period, policies see the same; just outside, they do not.
#[test]
fn periods_are_as_long_as_they_can_be() {
    let text = SHOP.replace(
        "\"passwordCredentials\": [",
        r#""passwordCredentials": [{"keyId": "a", "endDateTime": "2027-03-01T05:00:00.5Z"}, {"keyId": "b", "endDateTime": null},
            {"keyId": "c", "endDateTime": "2020-01-01T07:30:00Z"}, "#,
    );
    let documents = document::parse("a.json", text.as_bytes(), &Limits::default()).unwrap();
    let subject = normalize(&documents[0], None).subjects.remove(0);
    let seen = |nanoseconds: i128| {
        let context = Context {
            now: jiff::Timestamp::from_nanosecond(nanoseconds).unwrap(),
            declared: None,
            domains: None,
            tenants: None,
            dns: None,
        };
        Input {
            now: String::new(),
            ..Input::new(&subject, &context)
        }
    };
    for now in [
        NOW,
        "2026-11-23T12:00:00Z",
        "1990-01-01",
        "2150-06-01T07:30:00Z",
    ] {
        let now = parse_date(now).unwrap();
        let period = Period::of(&subject, now);
        let json = serde_json::to_value(period).unwrap();
        let time = |name: &str| i128::from(json[name].as_i64().unwrap());
        let (first, last) = (time("first"), time("last"));
        assert!(period.holds(now));
        let here = seen(now.as_nanosecond());
        assert!(seen(first) == here && seen(last) == here, "{now}");
        assert!(seen(first - 1) != here && seen(last + 1) != here, "{now}");
    }
}

/// Their rules compare dates with the time.
#[test]
fn the_guard_rails_of_a_tenant_are_judged_each_time() {
    let cache = tempfile::tempdir().unwrap();
    let run = |now| {
        run(
            at(builder(cache.path()), now),
            Path::new("tests/tenant/lax"),
        )
        .1
    };
    let first = run(NOW);
    let all = first.misses;
    assert_eq!(first, used(0, all));
    assert_eq!(run(NOW), used(all, 0));
    let later = run("2026-11-23T06:00:01Z");
    assert!(later.misses > 1, "{later:?}");
}
