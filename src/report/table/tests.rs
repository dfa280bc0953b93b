use proptest::prelude::*;

use super::*;
use crate::finding::Snippet as Line;
use crate::report::fixture;

fn rendered(report: &Report, width: usize, color: bool) -> String {
    let mut out = Vec::new();
    render(report, &mut out, &TableOptions { width, color }).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("table_{name}"), text);
    });
}

fn without_escapes(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn rich() {
    snapshot("rich_80", rendered(&fixture::rich(), 80, false));
    snapshot("rich_120", rendered(&fixture::rich(), 120, false));
}

#[test]
fn clean_run() {
    insta::assert_snapshot!(rendered(&fixture::clean(), 80, false), @r"
    no findings
    judged 9 applications, 2 project files, 1 service principal by 98 rules
    0 critical, 0 high, 0 medium, 0 low, 0 info; 0 waived; 0 inconclusive; 0 errors
    ");
}

#[test]
fn errors_only() {
    insta::assert_snapshot!(rendered(&fixture::errors_only(), 80, false), @r"
    error: apps/broken.json:3:17: expected `,` or `}` after the value of
           `displayName`
      help: mend the JSON, or leave the file out with `--ignore`
    error: rule `contoso.naming` returned the number `7`, which is neither an object
           nor a string, for application Shop

    no findings, but 2 errors: not everything was judged
    judged nothing
    0 critical, 0 high, 0 medium, 0 low, 0 info; 0 waived; 0 inconclusive; 2 errors
    ");
}

#[test]
fn colors() {
    let mut report = fixture::rich();
    report.findings.retain(|f| f.rule == "AB-101");
    let text = rendered(&report, 120, true);
    snapshot("color_120", text.replace('\x1b', "␛"));
}

#[test]
fn colors_change_no_word() {
    let report = fixture::rich();
    let plain = rendered(&report, 80, false);
    assert_eq!(without_escapes(&rendered(&report, 80, true)), plain);
}

#[test]
fn what_is_waived_or_in_the_baseline_is_only_counted() {
    let text = rendered(&fixture::rich(), 80, false);
    assert!(!text.contains("partner.example") && !text.contains("`old`"));
    assert!(text.contains("1 waived; 1 in the baseline"));
}

#[test]
fn a_run_that_could_not_judge_everything_is_not_clean() {
    let verdict = |report: &Report| {
        rendered(report, 80, false)
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    let mut report = fixture::clean();
    report.summary.inconclusive = 1;
    assert_eq!(
        verdict(&report),
        "no findings, but 1 check could not be made"
    );
    report.summary.subjects = 0;
    assert_eq!(
        verdict(&report),
        "no findings, for there was nothing to judge"
    );
    report.summary.errors = 2;
    assert_eq!(
        verdict(&report),
        "no findings, but 2 errors: not everything was judged"
    );
}

#[test]
fn findings_stand_worst_first_under_their_subject() {
    let text = rendered(&fixture::rich(), 80, false);
    let order = [
        "Orders API",
        "medium[",
        "info[",
        "application Shop",
        "critical[",
        "high[",
        "low[",
    ];
    let places: Vec<_> = order.iter().map(|word| text.find(word).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_place_without_a_line_shows_its_pointer() {
    let mut report = fixture::rich();
    report.findings.retain(|f| f.rule == "AB-407");
    assert!(
        rendered(&report, 80, false)
            .contains("--> apps/Bücher & orders.json (/keyCredentials/0)\n")
    );
}

#[test]
fn standard_input_has_a_name() {
    let mut report = fixture::rich();
    report.findings.retain(|f| f.rule == "AB-101");
    report.findings[0].location.path = "-".to_owned();
    assert!(rendered(&report, 80, false).contains("--> <stdin>:14:7\n"));
}

#[test]
fn a_mark_wider_than_the_terminal_is_cut() {
    let text = format!("  \"{}\"", "x".repeat(300));
    let line = Line {
        highlight: 2..text.len(),
        text,
    };
    let (text, highlight) = text::fit(&line, 76);
    assert_eq!((highlight.clone(), text.chars().count()), (2..66, 67));
    let short = Line {
        text: "abc".to_owned(),
        highlight: 0..3,
    };
    assert_eq!(text::fit(&short, 3), ("abc".to_owned(), 0..3));
}

#[test]
fn a_document_cannot_steer_the_terminal() {
    let hostile = "a\u{1b}[2Jb\u{9b}31mc\u{202e}d\u{200f}e\rf\ng";
    let mut report = fixture::rich();
    for finding in &mut report.findings {
        finding.message = hostile.to_owned();
        finding.subject.name = Some(hostile.to_owned());
        finding.location.path = hostile.to_owned();
        finding.location.snippet = Some(Line {
            text: hostile.to_owned(),
            highlight: 1..5,
        });
    }
    report.errors[0].message = hostile.to_owned();
    report.skipped[0].reason = hostile.to_owned();
    let text = rendered(&report, 80, false);
    let steers = |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{200f}".contains(c));
    assert_eq!(text.find(steers), None);
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC{0,60}|[ -~\t\u{1b}äß中🦀]{0,200}", start in 0..220usize, length in 0..220usize,
        line in 0..u32::MAX, width in 0..300usize, color: bool) {
        let mut report = fixture::rich();
        let finding = &mut report.findings[0];
        finding.message.clone_from(&text);
        finding.remediation.clone_from(&text);
        finding.location.line = Some(line);
        finding.location.snippet = Some(Line { text, highlight: start..start + length });
        rendered(&report, width, color);
    }

    #[test]
    fn wrapping_loses_no_word(text in "[a-z ä]{0,200}", width in 1..60usize) {
        let lines = wrap(&text, width);
        let words: Vec<_> = text.split_whitespace().collect();
        prop_assert_eq!(lines.join(" "), words.join(" "));
        for line in lines {
            prop_assert!(line.chars().count() <= width || !line.contains(' '));
        }
    }
}
