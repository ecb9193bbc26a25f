"""What targets do wrong, and when."""
import random
import time

import protocol

# Of a hundred writes so many, while there is trouble.
_RATES = {"500": 2.0, "503": 1.5, "429": 0.7, "lost-before": 2.0, "lost-after": 4.0, "reset": 1.5, "half": 1.5, "403": 0.3}
_SLOW_CREATES, _SLOW_OTHERS = 0.12, 0.02
_DELAYS = [0.1, 0.3, 1, 2, 5, 10, 20]
_LAGS = [0, 0.3, 1, 2]


class Trouble:
    """Off until it is told to be on. `kinds`: the names of the faults that there may be."""

    def __init__(self, kinds, seed, journal):
        self.kinds, self.journal, self.on = set(kinds), journal, False
        self._random = random.Random(f"{seed} targets")
        self._forbidden = {}

    def plan(self, target, call):
        if not self.on:
            return
        self._slow(target, call)
        if "lag" in self.kinds and call.method == "POST" and target.unique:
            call.lag = self._random.choice(_LAGS)
            if call.lag:
                self.journal.fault("lag", target.name, call.lag + call.delay)
        if call.subject and self._forbidden.get((target.name, call.subject), 0) > time.monotonic():
            call.refusal = _refusal(403)
            return
        if call.kind == "ServiceProviderConfig":
            return
        for kind in self._random.sample(sorted(self.kinds & _RATES.keys()), len(self.kinds & _RATES.keys())):
            if self._random.random() * 100 < _RATES[kind] * (1 if call.subject else 0.3):
                self._do(kind, target, call)
                return

    def _do(self, kind, target, call):
        if kind == "403" and not call.subject:
            return
        self.journal.fault(kind, target.name, call.delay, subject=call.subject, method=call.method)
        if kind == "403":
            self._forbidden[target.name, call.subject] = time.monotonic() + self._random.uniform(1, 6)
            call.refusal = _refusal(403)
        elif kind == "429":
            call.refusal = _refusal(429, {"Retry-After": str(self._random.choice([1, 2]))})
        elif kind in ("500", "503"):
            call.refusal = _refusal(int(kind))
        elif kind == "lost-before":
            call.before = "lost"
        elif kind == "reset" and self._random.random() < 0.5:
            call.before = "reset"
        else:
            call.after = {"lost-after": "lost"}.get(kind, kind)

    def _slow(self, target, call):
        if "slow" not in self.kinds or self._random.random() > (_SLOW_CREATES if call.method == "POST" else _SLOW_OTHERS):
            return
        call.delay = self._random.choice(_DELAYS)
        # A target that refuses no name and finishes after all what nobody waits for any more can be doubled by every client there is.
        call.late = "late" in self.kinds and target.unique
        self.journal.fault("slow", target.name, call.delay, subject=call.subject, method=call.method)


def _refusal(status, headers=None):
    return status, protocol.error(status, f"the target is in trouble ({status})"), headers or {}
