"""What the peers are given: the same rules, the same data, and inputs that are normalized already."""

import json
import subprocess
from pathlib import Path

ENTRY_POINT = """package compare

# Every finding of every rule for the kind of the input, with the rule's id.
"""

CLAUSE = """
findings contains object.union(found, {{"rule": "{id}"}}) if {{
	input.kind == "{kind}"
	some found in data.{package}.deny
}}
"""

# Conftest wants a message, and shows what it finds by file.
CONFTEST = """package main

deny contains {"msg": found.rule, "finding": found, "kind": input.kind, "id": input.subject.id} if {
	some found in data.compare.findings
}
"""


class Bundle:
    """A directory with the bundled policies, without their tests, and the data that ztvet gives to them."""

    def __init__(self, ztvet, configuration, directory):
        self.directory = Path(directory)
        self.policies = self.directory / "policies"
        self._copy_policies()
        self._write_entry_points(ztvet)
        self._write_data(ztvet, configuration)

    def _copy_policies(self):
        source = Path("policies")
        for path in source.rglob("*.rego"):
            relative = path.relative_to(source)
            if path.name.endswith("_test.rego") or relative.parts[0] == "testing":
                continue
            target = self.policies / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())

    def _write_entry_points(self, ztvet):
        catalogue = run([ztvet, "rules", "--format", "json"])
        clauses = (
            CLAUSE.format(id=rule["id"], kind=kind, package=rule["package"])
            for rule in catalogue
            for kind in rule["applies_to"]
        )
        (self.policies / "compare.rego").write_text(ENTRY_POINT + "".join(clauses))
        conftest = self.directory.with_name("conftest")
        conftest.mkdir(exist_ok=True)
        (conftest / "main.rego").write_text(CONFTEST)
        self.conftest = conftest

    def _write_data(self, ztvet, configuration):
        query = '{"ztvet": data.ztvet, "facts": data.facts}'
        data = run([ztvet, "eval", query, "--config", configuration, "--format", "value"])
        self.data = self.directory / "data.json"
        self.data.write_text(json.dumps(data))


class Inputs:
    """The normalized inputs of a tenant: one a line, one list, and a file each."""

    def __init__(self, ndjson, directory):
        self.ndjson = ndjson
        self.list = ndjson.with_suffix(".list.json")
        self.directory = directory
        directory.mkdir(parents=True)
        with open(ndjson, encoding="utf-8") as lines, open(self.list, "w", encoding="utf-8") as all_inputs:
            for number, line in enumerate(lines):
                part = directory / f"{number // 1000:04}"
                part.mkdir(exist_ok=True)
                (part / f"{number:07}.json").write_text(line, encoding="utf-8")
                all_inputs.write(("[" if number == 0 else ",") + line)
            all_inputs.write("]\n")


def run(command):
    done = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)
