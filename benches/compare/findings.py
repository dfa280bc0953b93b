"""What each contestant found, in one form, and whether it is the same.

A finding is known by rule, subject, facts, and place. ztvet shows each place as a JSON Pointer into the manifest; a rule
gives the pointer itself, or the path of a fact (`application.owners`), which only ztvet can follow. The former are
compared, the latter counted.
"""

import json
from collections import Counter, defaultdict

# What ztvet reads out of a finding; all else are its facts.
RESERVED = {"at", "rule", "message", "msg", "severity", "remediation"}


class Judged:
    """Which rules could not judge which subject, by a report of ztvet."""

    def __init__(self, path):
        report = json.loads(path.read_text())
        # A run with errors has judged less than all.
        if report["errors"]:
            raise SystemExit(f"ztvet reports errors: {report['errors'][:3]}")
        self.inconclusive = {(one["rule"], *_subject(one)) for one in report["inconclusive"]}
        self.waiting = {one["rule"] for one in report["not_configured"]}

    def compare(self, found, peer):
        """How many findings are the same, how many the peer has where ztvet says that the rule cannot judge, and what
        else differs."""
        same, beyond, different = 0, 0, []
        for key in found.keys() | peer.keys():
            ours, theirs = found.get(key, []), peer.get(key, [])
            if not ours and (key[:3] in self.inconclusive or key[0] in self.waiting):
                beyond += len(theirs)
            elif _same_places(ours, theirs):
                same += len(ours)
            else:
                different.append((key, ours, theirs))
        return same, beyond, different


def of_ztvet(path):
    found = defaultdict(list)
    for finding in json.loads(path.read_text())["findings"]:
        key = _key(finding["rule"], *_subject(finding), finding["details"])
        found[key].append(finding["location"]["pointer"])
    return found


def _subject(one):
    return one["subject"]["kind"], one["subject"]["id"]


def of_lists(inputs, lists):
    """The findings of lists in the order of the inputs."""
    found = defaultdict(list)
    with open(inputs, encoding="utf-8") as lines:
        for line, findings in zip(lines, lists, strict=True):
            head = json.loads(line)
            for finding in findings:
                _add(found, finding, head["kind"], head["subject"]["id"])
    return found


def of_opa_eval(path, inputs):
    return of_lists(inputs, json.loads(path.read_text())["result"][0]["expressions"][0]["value"])


def of_opa_exec(path, inputs):
    results = sorted(json.loads(path.read_text())["result"], key=lambda one: one["path"])
    return of_lists(inputs, [one["result"] for one in results])


def of_prepared(path, inputs):
    return of_lists(inputs, json.loads(path.read_text()))


def of_conftest(path, inputs):
    found = defaultdict(list)
    for file in json.loads(path.read_text()):
        for failure in file.get("failures") or []:
            said = failure["metadata"]
            _add(found, said["finding"], said["kind"], said["id"])
    return found


def _add(found, finding, kind, subject):
    facts = {name: value for name, value in finding.items() if name not in RESERVED}
    place = finding.get("at")
    # What stands in an inventory is told by file, document and pointer.
    if kind == "inventory" and place:
        place = place.rsplit("#", 1)[-1]
    found[_key(finding["rule"], kind, subject, facts)].append(place)


def _key(rule, kind, subject, facts):
    return (rule, kind, subject, json.dumps(facts, sort_keys=True))


def _same_places(ours, theirs):
    pointers = Counter(place for place in theirs if place and place.startswith("/"))
    return len(ours) == len(theirs) and not pointers - Counter(ours)
