"""Measures ztvet and its peers on one made-up tenant; `benches/compare.sh` builds what this needs."""

import argparse
import multiprocessing
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import findings
from measure import Contestant
from peers import Bundle, Inputs

NOW = "2026-11-23T06:00:00Z"
FORMS = {"lines": "ndjson", "page": "page", "files": "directory"}
QUERY = "[found | some number; one := input[number]; found := data.compare.findings with input as one]"


def arguments():
    parser = argparse.ArgumentParser(prog="benches/compare.sh", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000], help="applications of each tenant")
    parser.add_argument("--repetitions", type=int, default=5, help="runs of each contestant, in turns")
    parser.add_argument("--seed", type=int, default=1, help="of the tenant")
    parser.add_argument("--peer-limit", type=int, default=10_000, help="the largest tenant that the peers are given")
    parser.add_argument("--forms", nargs="*", choices=["page", "files"], default=["page", "files"],
                        help="forms that ztvet is given besides lines")
    parser.add_argument("--work", type=Path, default=Path("target/compare"), help="directory for what is made")
    parser.add_argument("--ztvet", type=Path, default=Path("target/release/ztvet"))
    parser.add_argument("--tenant", type=Path, default=Path("target/release/examples/tenant"))
    parser.add_argument("--judge", type=Path)
    parser.add_argument("--opa", type=Path)
    parser.add_argument("--conftest", type=Path)
    parser.add_argument("--prepared", type=Path)
    given = parser.parse_args()
    peers = [given.opa, given.conftest, given.prepared]
    if any(peers) and not all(peers):
        parser.error("--opa, --conftest and --prepared go together")
    return given


class Tenant:
    """A tenant as lines, and in the forms that were asked for."""

    def __init__(self, given, size):
        self.given, self.size = given, size
        self.root = given.work / f"tenant-{size}-{given.seed}"
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        self.configuration = self.root / "ztvet.yaml"
        self.lines = self.root / "tenant.ndjson"
        paths = {"lines": self.lines, "page": self.root / "page.json", "files": self.root / "files"}
        self.paths = {form: paths[form] for form in ["lines", *given.forms]}
        for form, path in self.paths.items():
            self._write(form, path)

    def _write(self, form, path):
        words = ["--applications", self.size, "--seed", self.given.seed, "--layout", FORMS[form]]
        words += ["--output", path, "--configuration", self.configuration]
        subprocess.run([str(word) for word in [self.given.tenant, *words]], check=True)

    def is_compared(self):
        return self.size <= self.given.peer_limit

    def contestants(self):
        cores = len(os.sched_getaffinity(0))
        own = [self._ztvet(form, jobs) for form in self.paths for jobs in counts(form, cores)]
        if self.given.judge:
            own += [self._ztvet_in_process(count) for count in sorted({1, cores})]
        if self.given.opa and self.is_compared():
            return own + self._peers(cores)
        return own

    def _ztvet(self, form, jobs):
        """A page has no manifests of older forms, which say less: what is found in it is not compared."""
        name = f"ztvet, {form}, {threads(jobs)}"
        command = [self.given.ztvet, "check", "--no-cache", self.paths[form], "--config", self.configuration, "--now", NOW]
        command += ["--jobs", jobs, "--format", "json", "--fail-on", "never", "--quiet"]
        read = findings.of_ztvet if form != "page" else None
        return Contestant(name, command, self._output(name), read)

    def _ztvet_in_process(self, count):
        command = [self.given.judge, self.lines, "--config", self.configuration, "--now", NOW, "--threads", count]
        name = in_process("ztvet", count)
        return Contestant(name, command, self._output(name), own_time=evaluation_time)

    def _output(self, name):
        if not self.is_compared():
            return Path(os.devnull)
        return self.root / (name.replace(", ", "-").replace(" ", "-") + ".json")

    def _peers(self, cores):
        normalize = [self.given.ztvet, "normalize", self.lines, "--ndjson"]
        normalize += ["--config", self.configuration, "--now", NOW]
        normalizing = Contestant("ztvet normalize: what the peers are spared", normalize, self.root / "inputs.ndjson")
        normalizing.run()
        normalizing.costs.clear()
        inputs = Inputs(normalizing.output, self.root / "inputs")
        bundle = Bundle(self.given.ztvet, self.configuration, self.root / "bundle")
        commands = [
            ("opa exec", self._opa_exec(bundle, inputs), findings.of_opa_exec),
            ("opa eval", self._opa_eval(bundle, inputs), findings.of_opa_eval),
            ("conftest", self._conftest(bundle, inputs), findings.of_conftest),
        ]
        peers = [
            Contestant(name, command, self._output(name), partial(read, inputs=inputs.ndjson))
            for name, command, read in commands
        ]
        peers += [self._prepared(bundle, inputs, workers) for workers in sorted({1, cores})]
        return [normalizing, *peers]

    def _opa_exec(self, bundle, inputs):
        command = [self.given.opa, "exec", "--bundle", bundle.directory, "--decision", "compare/findings"]
        return [*command, inputs.directory]

    def _opa_eval(self, bundle, inputs):
        command = [self.given.opa, "eval", "--bundle", bundle.directory, "--input", inputs.list, "--format", "json"]
        return [*command, QUERY]

    def _conftest(self, bundle, inputs):
        command = [self.given.conftest, "test", "--policy", bundle.policies, "--policy", bundle.conftest]
        command += ["--data", bundle.data, "--output", "json", "--no-fail", "--no-color"]
        return [*command, inputs.directory]

    def _prepared(self, bundle, inputs, workers):
        name = in_process("OPA, prepared", workers)
        command = [self.given.prepared, "-bundle", bundle.directory, "-inputs", inputs.ndjson, "-workers", workers]
        read = partial(findings.of_prepared, inputs=inputs.ndjson)
        return Contestant(name, command, self._output(name), read, own_time=evaluation_time)


def counts(form, cores):
    """Lines are judged on one thread as well."""
    return [cores, 1] if form == "lines" and cores > 1 else [cores]


def threads(count):
    return f"{count} thread{'s' if count > 1 else ''}"


def in_process(name, count):
    return f"{name}, evaluation alone in process, {threads(count)}"


def evaluation_time(said):
    """Of `1001 inputs, 7841 findings, 1.234567 s`."""
    return float(said.split()[-2])


def check_apart(contestants):
    """In a process of its own: what it reads would count as memory of all that is started after it."""
    checking = multiprocessing.get_context("fork").Process(target=check, args=(contestants,))
    checking.start()
    checking.join()
    if checking.exitcode:
        sys.exit(checking.exitcode)


def check(contestants):
    """That all have found the same as the first."""
    first, *others = contestants
    expected = findings.of_ztvet(first.output)
    judged = findings.Judged(first.output)
    for other in others:
        if other.read:
            expect_same(other.name, judged.compare(expected, other.read(other.output)))


def expect_same(name, result):
    same, beyond, different = result
    note = f", and {beyond} where ztvet says that it cannot judge" if beyond else ""
    print(f"{name}: {same} findings as ztvet has them{note}", file=sys.stderr)
    if different:
        for key, ours, theirs in different[:10]:
            print(f"  {key}: ztvet {ours}, {name} {theirs}", file=sys.stderr)
        sys.exit(f"{name} differs from ztvet in {len(different)} findings")


def table(tenant, contestants):
    base = contestants[0].median().seconds
    print(f"\n{tenant.size} applications, {tenant.lines.stat().st_size / 1e6:.1f} MB as lines, seed {tenant.given.seed}, "
          f"medians of {tenant.given.repetitions}\n")
    print("| what | time | of ztvet's | CPU | peak memory | spread |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for one in contestants:
        cost = one.median()
        print(f"| {one.name} | {cost.seconds:.2f} s | {cost.seconds / base:.2f} | {cost.cpu:.2f} s "
              f"| {cost.megabytes:.0f} MB | {one.spread():.0%} |")


def main():
    given = arguments()
    for size in given.sizes:
        tenant = Tenant(given, size)
        contestants = tenant.contestants()
        for repetition in range(given.repetitions):
            for contestant in contestants:
                contestant.run()
            if repetition == 0 and tenant.is_compared():
                check_apart(contestants)
        table(tenant, contestants)


main()
