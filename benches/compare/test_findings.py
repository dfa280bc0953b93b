"""That a difference is seen: `python3 -m unittest discover benches/compare`."""

import json
import tempfile
import unittest
from pathlib import Path

import findings

SUBJECT = {"kind": "application", "id": "1", "name": "Shop"}


def finding(rule, pointer, **details):
    return {"rule": rule, "subject": SUBJECT, "location": {"pointer": pointer}, "details": details}


REPORT = {
    "errors": [],
    "findings": [finding("AB-101", "/web/0", uri="a"), finding("AB-301", "/owners")],
    "inconclusive": [{"rule": "AB-410", "subject": SUBJECT}],
    "not_configured": [],
}

SAME = [{"rule": "AB-101", "at": "/web/0", "uri": "a", "severity": "low"}, {"rule": "AB-301", "at": "application.owners"}]


class Compare(unittest.TestCase):
    def compare(self, said):
        """The numbers of findings that are the same, beyond ztvet's, and different."""
        with tempfile.TemporaryDirectory() as directory:
            report, inputs = Path(directory, "report"), Path(directory, "inputs")
            report.write_text(json.dumps(REPORT))
            inputs.write_text(json.dumps({"kind": "application", "subject": SUBJECT}) + "\n")
            peer = findings.of_lists(inputs, [said])
            same, beyond, different = findings.Judged(report).compare(findings.of_ztvet(report), peer)
            return same, beyond, len(different)

    def test_same(self):
        self.assertEqual(self.compare(SAME), (2, 0, 0))

    def test_one_is_missing(self):
        self.assertEqual(self.compare(SAME[:1]), (1, 0, 1))

    def test_one_is_there_twice(self):
        self.assertEqual(self.compare([*SAME, SAME[1]]), (1, 0, 1))

    def test_one_is_elsewhere(self):
        self.assertEqual(self.compare([SAME[0] | {"at": "/web/1"}, SAME[1]]), (1, 0, 1))

    def test_one_has_another_fact(self):
        self.assertEqual(self.compare([SAME[0] | {"uri": "b"}, SAME[1]]), (1, 0, 2))

    def test_a_rule_that_cannot_judge(self):
        self.assertEqual(self.compare([*SAME, {"rule": "AB-410", "at": ""}]), (2, 1, 0))


if __name__ == "__main__":
    unittest.main()
