"""What is done to hosts and their database: storms, with calm between them."""
import os
import random
import signal
import subprocess
import sys
import threading
import time

import setup

# Seconds. Longer than a host is trusted without a heartbeat (15 s), and shorter.
_PAUSES = [2, 8, 18, 25]
_BURN = "import time\nend = time.monotonic() + {0}\nwhile time.monotonic() < end: pass"


class Mischief:
    def __init__(self, cluster, trouble, postgres, journal, options):
        self.cluster, self.trouble, self.postgres, self.journal, self.options = cluster, trouble, postgres, journal, options
        self._random = random.Random(f"{options.seed} hosts")
        self._silent, self._lock, self._restarts = [], threading.RLock(), threading.Lock()
        self.kinds = [x for x in options.faults if hasattr(self, "_" + x)]
        self.failures, self._deck = [], []

    def silent_since(self, moment):
        """Whether a host was stopped for so long since then that others may have taken its work over."""
        with self._lock:
            return any(end is None or end >= moment for end in self._silent_ends())

    def _silent_ends(self):
        return [end for begin, end in self._silent if end is None or end - begin > 10]

    def run(self, seconds, storm, calm):
        """Calm first: overlapping requests alone must not do harm either."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(max(0, min(calm, end - time.monotonic())))
            if time.monotonic() >= end:
                return
            self._storm(min(storm, end - time.monotonic()))

    def _storm(self, seconds):
        self.journal.note("storm", seconds=seconds)
        end, self.trouble.on = time.monotonic() + seconds, True
        victims = [threading.Thread(target=self._torment, args=(end,)) for _ in range(max(1, len(self.cluster.hosts) - 1))]
        for x in victims:
            x.start()
        for x in victims:
            x.join()
        time.sleep(max(0, end - time.monotonic()))
        self.trouble.on = False
        self.journal.note("calm")

    def _torment(self, end):
        while self.kinds and time.monotonic() < end:
            time.sleep(self._random.uniform(0.2, 3))
            kind, host = self._next(), self._random.choice(self.cluster.hosts)
            try:
                getattr(self, "_" + kind)(host)
            except Exception as failure:
                self.failures.append(f"'{kind}' at host {host.number}: {failure!r}")
                return

    def _next(self):
        """Each kind has its turn, in an order of its own each time; kills have more, because most is found with them."""
        with self._lock:
            if not self._deck:
                self._deck = [x for x in self.kinds for _ in range(self.options.kill_turns if x == "kill" else 1)]
                self._random.shuffle(self._deck)
            return self._deck.pop()

    def _kill(self, host):
        if self.journal.counts["fault kill"] >= self.options.kills:
            return
        with host.life:
            self.journal.fault("kill", "hosts", 5, host=host.number)
            host.kill()
            time.sleep(self._random.choice([0, 0, 0.5, 3]))
            host.start()
            # Some are killed again before they are up.
            if self._random.random() < 0.8:
                host.wait()

    def _pause(self, host):
        seconds = self._random.choice(_PAUSES)
        with host.life:
            host.wait()
            self.journal.fault("pause", "hosts", seconds, host=host.number)
            silence = [self.journal.now(), None]
            with self._lock:
                self._silent.append(silence)
            host.signal(signal.SIGSTOP)
            time.sleep(seconds)
            host.signal(signal.SIGCONT)
            # It takes a moment until what it had begun is given up.
            silence[1] = self.journal.now() + 1

    def _starve(self, host):
        """One processor for a while, shared with somebody who always wants it."""
        seconds, all_of_them = self._random.uniform(4, 10), os.sched_getaffinity(0)
        one = {self._random.choice(sorted(all_of_them))}
        with host.life:
            self.journal.fault("starve", "hosts", seconds, host=host.number)
            _confine(host.pid(), one)
            burner = subprocess.Popen([sys.executable, "-c", _BURN.format(seconds)], preexec_fn=lambda: os.sched_setaffinity(0, one))
            burner.wait()
            _confine(host.pid(), all_of_them)

    def _move(self, host):
        """A restart, asked for politely, with the same settings in another folder."""
        with host.life:
            self.journal.fault("move", "hosts", 10, host=host.number)
            host.stop()
            host.move()
            host.start()
            host.wait()

    def _flip(self, _):
        """The policies change on one host after the other, and back."""
        self.journal.fault("flip", "hosts", 20)
        hosts = self._random.sample(self.cluster.hosts, len(self.cluster.hosts))
        changed = hosts[:self._random.choice([1, 1, len(hosts)])]
        for refused, order in ((setup.GUEST, changed), (setup.BARRED, self._random.sample(changed, len(changed)))):
            for host in order:
                setup.write_policy(host.policies, refused)
                time.sleep(self._random.uniform(0.5, 8))

    def _cut(self, _):
        self.journal.fault("cut", "hosts", 2)
        self.postgres.door.cut()

    def _commit(self, _):
        self.journal.fault("commit", "hosts", 3)
        self.postgres.door.lose_commits(self._random.choice([1, 2, 5]), after=self._random.random() < 0.7)
        time.sleep(2)

    def _restart(self, _):
        with self._restarts:
            self.journal.fault("restart", "hosts", 8)
            self.postgres.restart()

    def heal(self):
        """Everybody is up, with the first policies, and nothing goes wrong any more."""
        self.trouble.on = False
        if self.postgres:
            self.postgres.door.lose_commits(0)
        for host in self.cluster.hosts:
            setup.write_policy(host.policies)
            host.signal(signal.SIGCONT)
            host.wait()


def _confine(pid, processors):
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            os.sched_setaffinity(int(thread), processors)
        except OSError:
            pass
