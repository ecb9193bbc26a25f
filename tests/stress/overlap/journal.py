"""What happened, in order, and what is wrong about it: the one place that a verdict is made of."""
import json
import threading
import time
from collections import Counter


class Journal:
    """All times are of the monotonic clock, in seconds since the journal began."""

    def __init__(self):
        self._lock, self._began = threading.RLock(), time.monotonic()
        self.events, self.wrong, self.counts = [], [], Counter()
        self._faults = []

    def now(self):
        return time.monotonic() - self._began

    def note(self, kind, **facts):
        """One line of history."""
        with self._lock:
            self.events.append({"at": round(self.now(), 4), "kind": kind, **facts})

    def count(self, name, by=1):
        with self._lock:
            self.counts[name] += by

    def fail(self, kind, text, **facts):
        """Something that must not be. Kinds are the columns of the table."""
        with self._lock:
            self.counts[kind] += 1
            self.wrong.append((kind, f"{self.now():.1f} s: {text}"))
            self.note("WRONG", what=kind, text=text, **facts)

    def fault(self, name, where, seconds=0.0, **facts):
        """A fault that begins now; `where` is the name of a target, or 'hosts'."""
        with self._lock:
            self._faults.append((self.now(), self.now() + seconds, where, name))
            self.counts[f"fault {name}"] += 1
            self.note("fault", name=name, where=where, seconds=round(seconds, 2), **facts)

    def explained(self, since, until, wheres, margin):
        """Whether a fault at one of the places can be why something failed in that time. `margin`: seconds that its effects last, by place."""
        with self._lock:
            return any(w in wheres and begin <= until and end + margin(w) >= since for begin, end, w, _ in self._faults)

    def write(self, path):
        with self._lock, open(path, "w") as file:
            for event in self.events:
                file.write(json.dumps(event) + "\n")
