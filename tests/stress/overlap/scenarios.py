"""Overlaps that a gate at the target makes happen every time."""
import time
from concurrent.futures import ThreadPoolExecutor

import setup
from caller import PATCH
from gates import Gate, Gates

_WATCH = 2.0
_LONG = 30


class Scenarios:
    def __init__(self, cluster, caller, targets, judge, journal, users):
        self.cluster, self.caller, self.targets, self.judge, self.journal = cluster, caller, targets, judge, journal
        self.users = users
        self._pool = ThreadPoolExecutor(40)

    def run(self, name):
        before = len(self.journal.wrong)
        {"overlapping-sign-ins": self.sign_ins, "change-during-sign-in": self.changes, "delete-during-create": self.deletions, "return-during-disable": self.returns, "policy-flip": self.flip}[name]()
        print(f"scenario {name}: {'as it must be' if len(self.journal.wrong) == before else f'{len(self.journal.wrong) - before} things wrong'}", flush=True)

    def sign_ins(self):
        """Each person signs in three times while the target takes its time to make the account; then everybody is deleted."""
        names = [f"visitor{i}" for i in range(self.users)]
        for wave in _waves(names, 4):
            self._sign_in(wave)
        for name in names:
            self._delete(setup.DOOR, name)
        self._all_gone(names)

    def _sign_in(self, names):
        gate = self._hold(lambda x: x.method == "POST" and x.subject in names)
        sign_in = lambda name: self.caller.send(setup.DOOR, "POST", "/api/sign-ins", {"userName": name})
        running = {name: [self._pool.submit(sign_in, name)] for name in names}
        held = gate.wait_held(len(names) * len(self.targets), _LONG)
        for name in names:
            running[name] += [self._pool.submit(sign_in, name) for _ in range(2)]
        # An attempt of its own for a second sign-in comes within this time, if one comes.
        gate.wait_held(len(names) * len(self.targets) * 3, _WATCH)
        self._release(gate)
        if not held:
            self.journal.fail("scenario", "the first sign-ins did not reach the target")
        for name in names:
            for answer in [x.result() for x in running[name]]:
                if answer.body.get("allowed") is not True:
                    self.journal.fail("false refusals", f"a sign-in of '{name}' was answered {answer.status} with {answer.outcomes()}")
            for target in self.targets:
                if (count := len(target.accounts(name))) != 1:
                    self.journal.fail("doubles", f"{target.name}: '{name}' has {count} accounts after three sign-ins")

    def changes(self):
        """Somebody is changed while a sign-in makes the account: the sign-in is answered when there is an account, and the change arrives."""
        for application in (setup.DOOR, setup.SHOP):
            name = f"changed-{application}"
            gate = self._hold(lambda x: x.method == "POST" and x.subject == name)
            sign_in = self._pool.submit(self.caller.send, setup.DOOR, "POST", "/api/sign-ins", {"userName": name})
            if not gate.wait_held(len(self.targets), _LONG):
                self.journal.fail("scenario", f"the creation of '{name}' did not reach the targets")
            change = self._pool.submit(self.caller.send, application, "POST", "/api/sign-ins", {"userName": name, "title": "last"})
            # It is stored before anything of it can be seen at a target.
            _until(lambda: (self.caller.find("Users", "userName", name) or {}).get("title") == "last", _LONG)
            self._release(gate)
            for answer in (sign_in.result(), change.result()):
                if answer.body.get("allowed") is not True:
                    self.journal.fail("false refusals", f"a sign-in of '{name}' was answered {answer.status} with {answer.outcomes()}")
            self._rest()
            self._has(name, "last")
            self._delete(setup.DOOR, name)
            self._all_gone([name])

    def deletions(self):
        """A deletion, or a change and then a deletion, while the target makes the account; with and without a caller who waits."""
        for application in (setup.DOOR, setup.OFFICE):
            for changes in (False, True):
                self._during_create(application, changes)

    def _during_create(self, application, changes):
        name = f"leaver-{application}-{'changed' if changes else 'deleted'}"
        gate = self._hold(lambda x: x.method == "POST" and x.subject == name)
        running = [self._pool.submit(self.caller.send, application, "POST", "/scim/v2/Users", {"userName": name, "title": "first"})]
        if not gate.wait_held(len(self.targets), _LONG):
            self.journal.fail("scenario", f"the creation of '{name}' did not reach the targets")
        path = f"/scim/v2/Users/{self.caller.find('Users', 'userName', name)['id']}"
        request = ("PATCH", path, _retitled("last")) if changes else ("DELETE", path)
        running.append(self._pool.submit(self.caller.send, application, *request))
        gate.wait_arrived(lambda _, call: call.subject == name and call.method != "POST" or gate.held(name) > len(self.targets), _WATCH)
        self._release(gate)
        for answer in [x.result() for x in running]:
            if not answer.status < 300:
                self.journal.fail("false refusals", f"a write about '{name}' was answered {answer.status} {answer.body.get('detail')}")
        if changes:
            self._rest()
            self._has(name, "last")
            self._delete(application, name)
        self._all_gone([name])

    def returns(self):
        """Somebody comes back and is found with the account as it was before it is disabled for the one who left."""
        name = "returner"
        for target in [x for x in self.targets if x.unique]:
            id = self.caller.send(setup.OFFICE, "POST", "/scim/v2/Users", {"userName": name}).body["id"]
            self._rest()
            disabling = Gate(lambda x: x.method == "PATCH" and x.subject == name)
            finding = Gate(lambda x: x.method == "GET" and x.kind == "Users" and x.key is None and "userName" in x.query, answers=True)
            target.gate = Gates(disabling, finding)
            self.caller.send(setup.OFFICE, "DELETE", f"/scim/v2/Users/{id}")
            held = disabling.wait_held(1, _LONG)
            sign_in = self._pool.submit(self.caller.send, setup.DOOR, "POST", "/api/sign-ins", {"userName": name})
            held = finding.wait_held(1, _LONG) and held
            disabling.release()
            # Until the hosts know that it is disabled.
            _until(lambda: not self.judge.pending_of(name, id, target.name), _LONG)
            finding.release()
            target.gate = None
            if not held:
                self.journal.fail("scenario", f"{target.name}: the one who left and the one who came back did not meet")
            answer = sign_in.result()
            enabled = any(x.get("active", True) for x in target.accounts(name))
            if answer.body.get("allowed") and not enabled:
                self.journal.fail("false allowances", f"'{name}' was let in and has no enabled account at {target.name}: {answer.outcomes()}")
            self._rest()
            if not any(x.get("active", True) for x in target.accounts(name)):
                self.journal.fail("wrong access", f"{target.name}: '{name}' came back and has no enabled account")

    def flip(self):
        """One host has other policies for a while, and people are decided by it. When it has the first ones again, so have they."""
        host, people = self.cluster.hosts[0], {f"{kind}{i}": kind for kind in (setup.GUEST, setup.BARRED) for i in range(5)}
        ids = {name: self.caller.send(setup.OFFICE, "POST", "/scim/v2/Users", {"userName": name, "userType": kind}).body["id"] for name, kind in people.items()}
        self._comes_to(people, setup.BARRED)
        # Once so long that everybody is planned with the others, and then so shortly that only those are who are changed meanwhile.
        for turn in ("long", "short", "short again"):
            first = self._revision(host)
            setup.write_policy(host.policies, setup.GUEST)
            _until(lambda: self._revision(host) != first, _LONG)
            for name, id in ids.items():
                self.caller.send(setup.OFFICE, "PATCH", f"/scim/v2/Users/{id}", _retitled(turn), host=host)
            if turn == "long":
                self._comes_to(people, setup.GUEST)
            setup.write_policy(host.policies, setup.BARRED)
            _until(lambda: self._revision(host) == first, _LONG)
            self._comes_to(people, setup.BARRED, 60)

    def _revision(self, host):
        return self.caller.send(setup.RESIDENT, "GET", "/api/admin/status", host=host).body["policies"]["revision"]

    def _comes_to(self, people, refused, seconds=_LONG):
        """Until everybody but one type has access, and nobody of that type."""
        def wrong():
            return [f"{target.name}: '{name}' has {'an' if kind == refused else 'no'} enabled account, refused is {refused}" for target in self.targets for name, kind in people.items()
                    if (kind == refused) == any(x.get("active", True) for x in target.accounts(name))]

        _until(lambda: not wrong(), seconds)
        # What was right for a moment may be overtaken by what was decided before.
        self._rest()
        _until(lambda: not wrong(), seconds)
        for text in wrong():
            self.journal.fail("wrong access", text)

    def _hold(self, which):
        gate = Gate(which)
        for target in self.targets:
            target.gate = gate
        return gate

    def _release(self, gate):
        gate.release()
        for target in self.targets:
            target.gate = None

    def _delete(self, application, name):
        if found := self.caller.find("Users", "userName", name):
            self.caller.send(setup.RESIDENT, "DELETE", f"/scim/v2/Users/{found['id']}")

    def _rest(self):
        if left := self.judge.rest(60):
            self.journal.fail("unfinished", left)

    def _has(self, name, title):
        for target in self.targets:
            titles = [x.get("title") for x in target.accounts(name)]
            if titles != [title]:
                self.journal.fail("stale", f"{target.name}: the accounts of '{name}' have the titles {titles}, '{title}' was acknowledged once")

    def _all_gone(self, names):
        self._rest()
        for target in self.targets:
            active = [name for name in names for x in target.accounts(name) if x.get("active", True)]
            for name in sorted(set(active)):
                self.journal.fail("orphans", f"{target.name}: '{name}' is deleted and has {active.count(name)} enabled accounts")


def _retitled(title):
    return {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "title", "value": title}]}


def _until(test, seconds):
    end = time.monotonic() + seconds
    while not test() and time.monotonic() < end:
        time.sleep(0.02)


def _waves(names, size):
    return [names[i:i + size] for i in range(0, len(names), size)]
