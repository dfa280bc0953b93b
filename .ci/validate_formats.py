"""Writes reports in every format and has readers of these formats read them: validate_formats.py BINARY JUNIT_SCHEMA

The reports are of the examples, and of a manifest whose names try to break out of a format.
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import cmarkgfm
import jsonschema
from cmarkgfm.cmark import Options
from lxml import etree, html

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST_COMMENT = 65_536
MARKUP = {"html", "body", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "details", "summary"}
MARKUP |= {"code", "strong", "em", "a", "blockquote", "div"}


def main(binary, junit_schema):
    binary = os.path.abspath(binary)
    hostile = str(ROOT / "tests/cli/hostile.json")
    with tempfile.TemporaryDirectory() as directory:
        broken = pathlib.Path(directory) / "broken.json"
        broken.write_text("{", encoding="utf-8")
        for paths in (["examples/manifests"], [hostile], [hostile, str(broken)]):
            reports = {name: run(binary, name, paths) for name in CHECKS}
            for name, check in CHECKS.items():
                check(reports[name], reports, junit_schema)
    print(f"{len(CHECKS)} formats are read by others as they were meant")


def run(binary, name, paths):
    command = [binary, "check", *paths, "--format", name, "--now", "2026-11-23", "--fail-on", "never", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    assert done.returncode in (0, 2), command
    return done.stdout.decode("utf-8")


def matches(schema, value):
    validator = jsonschema.validators.validator_for(schema)
    validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)


def schema(name):
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def check_json(text, _reports, _junit_schema):
    matches(schema("docs/report.schema.json"), json.loads(text))


def check_ndjson(text, reports, _junit_schema):
    line_schema = schema("docs/report-lines.schema.json")
    lines = [json.loads(line) for line in text.split("\n")[:-1]]
    for line in lines:
        matches(line_schema, line)
    assert (lines[0]["type"], lines[-1]["type"]) == ("run", "summary")
    report = json.loads(reports["json"])
    for kind, name in {"finding": "findings", "inconclusive": "inconclusive", "error": "errors"}.items():
        told = [{key: value for key, value in line.items() if key != "type"} for line in lines if line["type"] == kind]
        assert told == report[name], name


def check_junit(text, _reports, junit_schema):
    tree = etree.fromstring(text.encode("utf-8"))
    if os.path.exists(junit_schema):
        etree.XMLSchema(etree.parse(junit_schema)).assertValid(tree)
    for suite in tree.iter("testsuite"):
        cases = suite.findall("testcase")
        names = {(case.get("classname"), case.get("name")) for case in cases}
        assert len(names) == len(cases) == int(suite.get("tests")), suite.get("name")
        for element, attribute in {"failure": "failures", "error": "errors", "skipped": "skipped"}.items():
            assert len(suite.findall(f"testcase/{element}")) == int(suite.get(attribute))


def check_gitlab(text, _reports, _junit_schema):
    issues = json.loads(text)
    matches(schema(".ci/gitlab.schema.json"), issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def check_csv(text, reports, _junit_schema):
    assert "\n" not in text.replace("\r\n", "")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t")), cell
    findings = [row for row in rows if row[0] == "finding"]
    assert len(findings) == len(json.loads(reports["json"])["findings"])


def check_markdown(text, reports, _junit_schema):
    assert len(text) <= LONGEST_COMMENT
    page = html.fromstring(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
    tags = {element.tag for element in page.iter()}
    assert tags <= MARKUP, tags - MARKUP
    references = {url for finding in json.loads(reports["json"])["findings"] for url in finding["references"]}
    for link in page.iter("a"):
        assert link.get("href") in references, link.get("href")
    for table in page.iter("table"):
        assert len({len(row) for row in table.iter("tr")}) == 1
    assert not page.xpath("//*[@*[starts-with(name(), 'on')]]")
    open_findings = [one for one in json.loads(reports["json"])["findings"] if one["status"] == "open"]
    rows = page.xpath("//h3[text()='Findings']/following-sibling::table[1]/tbody/tr")
    assert len(rows) == len(open_findings) or "cut to the length of a comment" in text
    files = {one["location"]["path"] for one in open_findings}
    for row in rows:
        # A name that ended its cell would stand here.
        assert row[-1].text_content().split(":")[0].split(" (/")[0] in files, row[-1].text_content()


CHECKS = {
    "json": check_json,
    "ndjson": check_ndjson,
    "junit": check_junit,
    "gitlab": check_gitlab,
    "csv": check_csv,
    "markdown": check_markdown,
}

main(*sys.argv[1:3])
