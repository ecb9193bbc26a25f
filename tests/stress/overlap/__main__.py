"""Overlapping requests, faults, a judgement at the targets. See ../README.md."""
import os
import shutil
import signal
import sys
import tempfile
import threading

import options as opt
from caller import Caller
from hosts import Cluster
from journal import Journal
from judge import Judge
from load import Load
from mischief import Mischief
from postgres import Postgres
from scenarios import Scenarios
from target import Target
from trouble import Trouble
from verdict import Verdict

_REST = 300


class Run:
    def __init__(self, options):
        self.options, self.journal = options, Journal()
        self.folder = tempfile.mkdtemp(prefix="overlap-")
        self.trouble = Trouble(options.faults, options.seed, self.journal)
        kinds = {"yes": [True], "no": [False], "both": [True, False]}[options.unique_names]
        self.targets = [Target("names" if unique else "loose", unique, self.journal, self.trouble) for unique in kinds]
        self.postgres = self.cluster = None

    def go(self):
        o = self.options
        self.postgres = Postgres() if o.backend == "postgres" else None
        self.cluster = Cluster(self.folder, o, self.postgres and self.postgres.database, self.targets, self.journal)
        self.cluster.start()
        self.caller = Caller(self.cluster, self.targets, self.journal, o.seed)
        self.load = Load(self.caller, self.targets, self.journal, o)
        self.judge = Judge(self.load, self.targets, self.journal)
        scenarios = Scenarios(self.cluster, self.caller, self.targets, self.judge, self.journal, min(o.users, 8 if o.quick else 40))
        for name in [o.scenario] if o.scenario else opt.QUICK_SCENARIOS if o.quick else []:
            scenarios.run(name)
        if not o.scenario:
            self._storms()

    def _storms(self):
        o = self.options
        mischief = Mischief(self.cluster, self.trouble, self.postgres, self.journal, o)
        for target in self.targets:
            target.paused = mischief.silent_since
        self.load.prepare()
        self.load.start()
        mischief.run(o.minutes * 60, o.storm, o.calm)
        mischief.heal()
        self.load.stop()
        self.journal.note("load over")
        left = self.judge.rest(120 if o.quick else _REST)
        wrong = self.judge.differences()
        for kind, text in wrong:
            self.journal.fail(kind, text)
        if left:
            self.journal.fail("unfinished", left)
        for text in self.load.failures + mischief.failures:
            self.journal.fail("harness", text)

    def end(self, keep):
        if self.cluster:
            self.cluster.stop()
        if self.postgres:
            self.postgres.stop()
        self.journal.write(os.path.join(self.folder, "history.jsonl"))
        if keep:
            print(f"kept: {self.folder} (history.jsonl, host*.log)")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


def main():
    options = opt.read()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    run, verdict = Run(options), Verdict(options)
    print(f"seed {options.seed}", flush=True)
    try:
        run.go()
    except (Exception, KeyboardInterrupt) as failure:
        run.journal.fail("harness", f"the loop broke: {failure!r}")
        raise
    finally:
        ok = verdict.is_ok(run.journal)
        run.end(options.keep or not ok)
        verdict.tell(run.journal, getattr(run, "judge", None))
    return 0 if ok else 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # Threads that still wait for somebody do not keep the verdict back.
    os._exit(code)
