"""Measures ztvet and its peers on one made-up tenant; `benches/compare.sh` builds what this needs."""

import argparse
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
QUERY = "[found | some number; one := input[number]; found := data.compare.findings with input as one]"


def arguments():
    parser = argparse.ArgumentParser(prog="benches/compare.sh", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000], help="applications of each tenant")
    parser.add_argument("--repetitions", type=int, default=5, help="runs of each contestant, in turns")
    parser.add_argument("--seed", type=int, default=1, help="of the tenant")
    parser.add_argument("--peer-limit", type=int, default=10_000, help="the largest tenant that the peers are given")
    parser.add_argument("--work", type=Path, default=Path("target/compare"), help="directory for what is made")
    parser.add_argument("--ztvet", type=Path, default=Path("target/release/ztvet"))
    parser.add_argument("--tenant", type=Path, default=Path("target/release/examples/tenant"))
    parser.add_argument("--opa", type=Path)
    parser.add_argument("--conftest", type=Path)
    parser.add_argument("--prepared", type=Path)
    return parser.parse_args()


class Tenant:
    """A tenant in all forms."""

    def __init__(self, given, size):
        self.given, self.size = given, size
        self.root = given.work / f"tenant-{size}-{given.seed}"
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        self.configuration = self.root / "ztvet.yaml"
        self.ndjson = self._write("ndjson", "tenant.ndjson")
        self.page = self._write("page", "page.json")
        self.files = self._write("directory", "files")

    def _write(self, layout, name):
        path = self.root / name
        words = ["--applications", self.size, "--seed", self.given.seed, "--layout", layout]
        words += ["--output", path, "--configuration", self.configuration]
        subprocess.run([str(word) for word in [self.given.tenant, *words]], check=True)
        return path

    def contestants(self):
        """A page has no manifests of older forms, which say less: what is found in it is not compared."""
        cores = len(os.sched_getaffinity(0))
        read = findings.of_ztvet
        own = [
            self._ztvet(f"ztvet, lines, {cores} threads", self.ndjson, cores, read),
            self._ztvet("ztvet, lines, 1 thread", self.ndjson, 1, read),
            self._ztvet(f"ztvet, files, {cores} threads", self.files, cores, read),
            self._ztvet(f"ztvet, one page, {cores} threads", self.page, cores, None),
        ]
        if self.given.opa and self.size <= self.given.peer_limit:
            return own + self._peers(cores)
        return own

    def _ztvet(self, name, path, jobs, read):
        command = [self.given.ztvet, "check", path, "--config", self.configuration, "--now", NOW, "--jobs", jobs]
        command += ["--format", "json", "--fail-on", "never", "--quiet"]
        return Contestant(name, command, self._output(name), read)

    def _output(self, name):
        return self.root / (name.replace(", ", "-").replace(" ", "-") + ".json")

    def _peers(self, cores):
        normalize = [self.given.ztvet, "normalize", self.ndjson, "--ndjson"]
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
        name = f"OPA prepared in process, {workers} thread{'s' if workers > 1 else ''}"
        command = [self.given.prepared, "-bundle", bundle.directory, "-inputs", inputs.ndjson, "-workers", workers]
        read = partial(findings.of_prepared, inputs=inputs.ndjson)
        return Contestant(name, command, self._output(name), read, own_time=evaluation_time)


def evaluation_time(said):
    """Of `1001 inputs, 7841 findings, 1.234567 s`."""
    return float(said.split()[-2])


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
    print(f"\n{tenant.size} applications, {tenant.ndjson.stat().st_size / 1e6:.1f} MB as lines, seed {tenant.given.seed}, "
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
            if repetition == 0:
                check(contestants)
        table(tenant, contestants)


main()
