//! What somebody wrote who means no good stays text in every format.

use super::fixture::hostile;
use super::fixture::rules;
use super::runner;
use super::*;
use crate::report::table::TableOptions;

const FORMATS: [&str; 10] = [
    "azure", "csv", "github", "gitlab", "json", "junit", "markdown", "ndjson", "sarif", "table",
];

fn rendered(format: &str, report: &Report) -> String {
    let mut out = Vec::new();
    let verdict = report.verdict(FailOn::High);
    let written = match format {
        "azure" => azure::render(report, verdict, &mut out),
        "csv" => csv::render(report, &mut out),
        "github" => github::render(report, &mut out),
        "gitlab" => gitlab::render(report, None, &mut out),
        "json" => json::render(report, &mut out),
        "junit" => junit::render(report, &rules(), &mut out),
        "markdown" => markdown::render(report, FailOn::High, &mut out),
        "ndjson" => ndjson::render(report, &mut out),
        "sarif" => sarif::render(report, &rules(), &mut out),
        _ => table::render(report, &mut out, &TableOptions::default()),
    };
    written.unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn nothing_steers_a_terminal() {
    for format in FORMATS {
        let text = rendered(format, &hostile::report());
        let steers = |c: &char| {
            c.is_control() && !matches!(c, '\n' | '\r')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
        };
        assert_eq!(text.chars().find(steers), None, "{format}");
        let has_return = text.replace("\r\n", "").contains('\r');
        assert!(
            !has_return && (format == "csv" || !text.contains('\r')),
            "{format}"
        );
    }
}

#[test]
fn no_build_server_finds_a_command_that_is_not_ours() {
    for format in FORMATS {
        let text = rendered(format, &hostile::report());
        for line in text.lines() {
            let found = match format {
                "github" => runner::azure(line),
                "azure" => None,
                _ => runner::github(line).or_else(|| runner::azure(line)),
            };
            assert_eq!(found, None, "{format}: {line}");
        }
    }
}

#[test]
fn github_finds_as_many_commands_as_there_are_issues() {
    let report = hostile::report();
    let text = rendered("github", &report);
    let commands: Vec<_> = text.lines().filter_map(runner::github).collect();
    let count = |name: &str| commands.iter().filter(|c| c.name == name).count();
    let counts = ["error", "warning", "notice", "group", "endgroup"].map(count);
    assert_eq!(counts, [4, 2, 3, 1, 1]);
    assert_eq!(commands.len(), counts.iter().sum::<usize>());
    for command in &commands {
        let known = ["file", "line", "endLine", "col", "endColumn", "title"];
        let mut keys = command.properties.keys();
        assert!(keys.all(|key| known.contains(&key.as_str())), "{command:?}");
    }
    let error = &commands[0];
    assert!(error.data.contains("b=c | -->]]></script>"), "{error:?}");
}

#[test]
fn azure_finds_as_many_commands_as_there_are_issues() {
    let report = hostile::report();
    let text = rendered("azure", &report);
    let commands: Vec<_> = text.lines().filter_map(runner::azure).collect();
    let (last, issues) = commands.split_last().unwrap();
    assert_eq!((issues.len(), last.name.as_str()), (9, "task.complete"));
    assert_eq!(
        last.properties,
        BTreeMap::from([("result".to_owned(), "Failed".to_owned())])
    );
    for command in issues {
        assert_eq!(command.name, "task.logissue");
        let known = ["type", "sourcepath", "linenumber", "columnnumber", "code"];
        let mut keys = command.properties.keys();
        assert!(keys.all(|key| known.contains(&key.as_str())), "{command:?}");
    }
    for line in text.lines().filter(|line| line.contains("##[")) {
        assert!(["##[group]Waived, known, and not judged", "##[endgroup]"].contains(&line));
    }
}

#[test]
fn xml_has_the_elements_that_are_ours() {
    let report = hostile::report();
    let xml = rendered("junit", &report);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let known = [
        "testsuites",
        "testsuite",
        "testcase",
        "properties",
        "failure",
        "error",
        "skipped",
        "system-out",
        "system-err",
    ];
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    let names: Vec<&str> = elements.map(|node| node.tag_name().name()).collect();
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    let first = document
        .descendants()
        .find(|node| node.has_tag_name("error"));
    assert!(
        first
            .unwrap()
            .attribute("message")
            .unwrap()
            .contains("<img src=x")
    );
}

#[test]
fn json_says_what_was_written() {
    let report = hostile::report();
    for format in ["json", "gitlab", "sarif"] {
        let text = rendered(format, &report);
        serde_json::from_str::<serde_json::Value>(&text).unwrap();
    }
    let read: Report = serde_json::from_str(&rendered("json", &report)).unwrap();
    assert_eq!(read.errors, report.errors);
    let lines = rendered("ndjson", &report);
    for line in lines.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    let all = &report;
    let items = all.findings.len() + all.inconclusive.len() + all.errors.len() + all.notes.len();
    let others = all.not_configured.len() + all.waivers.len() + all.skipped.len() + 2;
    assert_eq!(lines.lines().count(), items + others);
}

#[test]
fn csv_has_a_line_a_record_and_no_formula() {
    let report = hostile::report();
    let text = rendered("csv", &report);
    let records = text.split_terminator("\r\n").skip(1);
    let records: Vec<&str> = records.collect();
    let all = &report;
    let items = all.findings.len() + all.inconclusive.len() + all.errors.len() + all.notes.len();
    assert_eq!(
        records.len(),
        items + all.not_configured.len() + all.skipped.len()
    );
    for record in records {
        let fields = fields(record);
        assert_eq!(fields.len(), 20, "{record}");
        // Where the semicolon parts fields, quotes do not hold them together.
        let parts = record.split(';').map(str::to_owned);
        for part in fields.into_iter().chain(parts) {
            let start = part.trim_start_matches(['"', ' ']).chars().next();
            assert!(!matches!(start, Some('=' | '+' | '-' | '@')), "{part}");
        }
    }
    assert!(text.contains("'=cmd|"), "{text}");
}

/// The fields of a record, by RFC 4180.
fn fields(record: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for character in record.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            other => fields.last_mut().unwrap().push(other),
        }
    }
    assert!(!is_quoted, "{record}");
    fields
}

#[test]
fn markdown_has_the_markup_that_is_ours() {
    let report = hostile::report();
    let text = rendered("markdown", &report);
    let known = [
        "details>",
        "/details>",
        "summary>",
        "/summary>",
        "code>",
        "/code>",
        "https://learn.",
    ];
    for after in text.split('<').skip(1) {
        assert!(known.iter().any(|tag| after.starts_with(tag)), "{after}");
    }
    for line in text.lines().filter(|line| line.starts_with('|')) {
        let cells = line.matches('|').count();
        assert!([6, 9, 10].contains(&cells), "{cells}: {line}");
    }
    for word in ["@everyone", "](javascript", "https://evil", "`", "**b**"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("&#64;&#8203;everyone"));
}

#[test]
fn a_long_report_fits_a_comment_and_says_what_it_leaves_out() {
    let report = hostile::long();
    let text = rendered("markdown", &report);
    assert!(text.chars().count() <= 65_536, "{}", text.len());
    assert!(text.contains("This report is cut to the length of a comment."));
    assert!(text.starts_with("## ❌ ztvet could not complete: 2 errors\n"));
    assert_eq!(
        text.matches("<details>").count(),
        text.matches("</details>").count()
    );
    let github = rendered("github", &report);
    assert!(github.starts_with("::notice title=ztvet::GitHub shows ten annotations"));
    let notices = github.lines().filter(|line| line.starts_with("::notice "));
    assert_eq!(notices.count(), 804);
}
