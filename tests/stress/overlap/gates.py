"""Gates at targets: a scenario holds calls until it wants them to take effect."""
import threading
import time


class Gate:
    """Holds the calls that `which` picks. Every call that arrives is remembered."""

    def __init__(self, which, answers=False):
        """`answers`: calls take effect at once, and their answers are held."""
        self._answers, self._which, self._open, self._changed = answers, which, threading.Event(), threading.Condition(threading.RLock())
        self._arrived, self._held = [], []

    def pass_through(self, target, call, answered=False):
        if answered != self._answers:
            return
        held = self._which(call) and not self._open.is_set()
        with self._changed:
            self._arrived.append((target.name, call))
            if held:
                self._held.append((target.name, call))
            self._changed.notify_all()
        if held:
            self._open.wait()

    def release(self):
        self._open.set()

    def held(self, subject):
        """How many calls about somebody were held, at all targets together."""
        with self._changed:
            return sum(1 for _, call in self._held if call.subject == subject)

    def wait_held(self, count, seconds):
        """Until so many calls are held; False when they are not in that time."""
        return self._wait(lambda: len(self._held) >= count, seconds)

    def wait_arrived(self, test, seconds):
        """Until there is a call (target name, call) that passes the test."""
        return self._wait(lambda: any(test(*x) for x in self._arrived), seconds)

    def _wait(self, test, seconds):
        end = time.monotonic() + seconds
        with self._changed:
            while not test():
                if (left := end - time.monotonic()) <= 0:
                    return False
                self._changed.wait(left)
        return True


class Gates:
    """Several at once."""

    def __init__(self, *gates):
        self._gates = gates

    def pass_through(self, target, call, answered=False):
        for gate in self._gates:
            gate.pass_through(target, call, answered)
