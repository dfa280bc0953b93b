use super::*;
use crate::report::fixture;

fn rendered(report: &Report) -> String {
    let mut out = Vec::new();
    render(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn snapshot(name: &str, text: String) {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("csv_{name}"), text);
    });
}

#[test]
fn rich() {
    snapshot("rich", rendered(&fixture::rich()));
}

#[test]
fn clean_run() {
    snapshot("clean", rendered(&fixture::clean()));
}

#[test]
fn every_record_has_all_fields() {
    let text = rendered(&fixture::errors_only());
    for line in text.split_terminator("\r\n") {
        assert!(line.split(',').count() >= HEADER.len(), "{line}");
    }
}

#[test]
fn formulas_are_text() {
    for (text, safe) in [
        ("=1+1", "'=1+1"),
        ("-1", "'-1"),
        ("  @SUM(A1)", "  '@SUM(A1)"),
        ("\t=1", "    '=1"),
        ("\u{feff}=1", "\u{feff}'=1"),
        ("＝1", "'＝1"),
        ("a;=1", "\"a;'=1\""),
        ("a; \"+1", "\"a; \"\"'+1\""),
        ("a=1 -2", "a=1 -2"),
    ] {
        assert_eq!(field(text), safe);
    }
}

#[test]
fn fields_are_quoted_where_they_must_be() {
    assert_eq!(field("a, \"b\""), "\"a, \"\"b\"\"\"");
    assert_eq!(field("a\r\nb"), "a  b");
    assert_eq!(field("a b"), "a b");
}
