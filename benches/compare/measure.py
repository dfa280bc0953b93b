"""Runs a command, and says what it cost."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Cost:
    seconds: float
    cpu: float
    megabytes: float


@dataclass
class Contestant:
    """A command that judges the tenant, and where its standard output goes."""

    name: str
    command: list
    output: Path
    # Reads its findings; None where they are not to be compared.
    read: object = None
    # Reads from its standard error the time that counts, where that is not the time from start to exit.
    own_time: object = None
    costs: list = field(default_factory=list)

    def run(self):
        with open(self.output, "wb") as out, tempfile.TemporaryFile() as err:
            start = time.perf_counter()
            process = subprocess.Popen([str(word) for word in self.command], stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            err.seek(0)
            said = err.read().decode()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{self.name} failed with {process.returncode}: {said.strip()[-2000:]}")
        if self.own_time:
            seconds = self.own_time(said)
        # Linux counts in KiB.
        cost = Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)
        self.costs.append(cost)

    def median(self):
        names = ["seconds", "cpu", "megabytes"]
        return Cost(*(statistics.median(getattr(cost, name) for cost in self.costs) for name in names))

    def spread(self):
        """From the fastest to the slowest, of the median."""
        seconds = [cost.seconds for cost in self.costs]
        return (max(seconds) - min(seconds)) / statistics.median(seconds)
