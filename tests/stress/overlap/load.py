"""Episodes: a few requests about one person that overlap, each checked when all of them were answered."""
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import people
import setup
from caller import PATCH
from people import Operation, Person

_GROUPS = 3


class Load:
    def __init__(self, caller, targets, journal, options):
        self.caller, self.targets, self.journal, self.options = caller, targets, journal, options
        self.over, self.failures = threading.Event(), []
        self._version, self._versions = 0, threading.Lock()
        self._pool = ThreadPoolExecutor(options.lanes * 12)
        self.people = [Person(f"p{i}", [setup.OFFICE, setup.DOOR][i % 2], sways=i % 3 == 2) for i in range(options.users)]
        self.groups = []

    def prepare(self):
        for i in range(_GROUPS):
            answer = self.caller.send(setup.OFFICE, "POST", "/scim/v2/Groups", {"displayName": f"crew{i}"})
            self.groups.append(answer.body.get("id") or self.caller.find("Groups", "displayName", f"crew{i}")["id"])

    def start(self):
        self._lanes = [threading.Thread(target=self._lane, args=(i,), daemon=True) for i in range(self.options.lanes)]
        for lane in self._lanes:
            lane.start()

    def stop(self):
        self.over.set()
        for lane in self._lanes:
            lane.join(240)
            if lane.is_alive():
                self.failures.append("a lane does not come to its end")

    def _lane(self, number):
        dice = random.Random(f"{self.options.seed} lane {number}")
        mine = self.people[number::self.options.lanes]
        try:
            while not self.over.is_set():
                Episode(self, dice.choice(mine), dice).run()
                self.over.wait(dice.random() * self.options.pace)
        except Exception as failure:
            self.failures.append(f"lane {number} broke: {failure!r}")

    def next_version(self):
        with self._versions:
            self._version += 1
            return f"v{self._version:07d}"


class Episode:
    """One person, several requests at once."""

    def __init__(self, load, person, dice):
        self.load, self.person, self.dice = load, person, dice
        self.operations, self._running = [], []

    def run(self):
        p, began = self.person, self.load.journal.now()
        kinds = [self.birth] if not p.exists else [self.changes, self.changes, self.leave, self.leave_and_return, self.switch, self.sway if p.sways else self.sign_ins]
        kind = self.dice.choice(kinds)
        self.load.journal.note("episode", person=p.name, what=kind.__name__)
        kind()
        self._join()
        self.load.journal.count("episodes")
        self._settle(began)

    # What episodes are made of.

    def birth(self):
        if self.person.sways or self.dice.random() < 0.5:
            self._post()
        if not self.person.sways:
            self._sign_in_several()
        if self.dice.random() < 0.5:
            self._when_stored(self._write, *([self._delete] if self.dice.random() < 0.4 else [self._write]))

    def changes(self):
        for _ in range(self.dice.choice([1, 2, 3])):
            self._write()
        if not self.person.sways and self.dice.random() < 0.5:
            self._sign_in_several()
        if self.person.home == setup.OFFICE and self.dice.random() < 0.6:
            self._regroup()

    def sign_ins(self):
        self._sign_in_several()

    def leave(self):
        if self.dice.random() < 0.6:
            self._write()
        if not self.person.sways and self.dice.random() < 0.3:
            self._sign_in_several()
        self._pause()
        self._delete()

    def leave_and_return(self):
        self._write()
        self._pause()
        self._delete()
        if self.dice.random() < 0.5:
            self._join()
        if self.person.sways or self.dice.random() < 0.5:
            self._post()
        if not self.person.sways:
            self._sign_in_several()

    def switch(self):
        for active in self.dice.sample([True, False, True], self.dice.choice([1, 2, 3])):
            self._write({"active": active})
            self._pause()
        self._join()
        if self.dice.random() < 0.8:
            self._write({"active": True})

    def sway(self):
        for kind in self.dice.sample([setup.BARRED, setup.GUEST, setup.STAFF], 2):
            self._write({"userType": kind})
            self._pause()

    # Single requests.

    def _post(self):
        user = {"userName": self.person.name, "title": self.load.next_version()}
        if self.person.sways:
            user["userType"] = setup.GUEST
        self._begin("create", self.person.home, {k: v for k, v in user.items() if k != "userName"}, "POST", "/scim/v2/Users", user)

    def _write(self, more=None):
        writes = {"title": self.load.next_version(), **(more or {})}
        if not self.person.id:
            return
        path = f"/scim/v2/Users/{self.person.id}"
        if more or self.dice.random() < 0.6:
            body = {"schemas": [PATCH],
                    "Operations": [{"op": "replace", "path": k, "value": v} for k, v in writes.items()]}
            self._begin("write", self.person.home, writes, "PATCH", path, body)
        else:
            writes = {**self.person.expected, **writes}
            body = {"userName": self.person.name, **{k: v for k, v in writes.items() if v is not None}}
            self._begin("write", self.person.home, writes, "PUT", path, body)

    def _delete(self):
        # Each application could only end its own registration.
        if self.person.id:
            self._begin("delete", setup.RESIDENT, {}, "DELETE", f"/scim/v2/Users/{self.person.id}", None)

    def _sign_in_several(self):
        for _ in range(self.dice.choice([2, 3, 3, 8])):
            application = setup.DOOR if self.dice.random() < 0.75 else setup.SHOP
            user, writes = {"userName": self.person.name}, {}
            if application == self.person.home and self.dice.random() < 0.3:
                writes = {"title": self.load.next_version()}
            self._begin("sign-in", application, writes, "POST", "/api/sign-ins", {**user, **writes})

    def _regroup(self):
        group = self.dice.choice(self.load.groups)
        value = [{"value": self.person.id}]
        if group in self.person.groups:
            operation = {"op": "remove", "path": f'members[value eq "{self.person.id}"]'}
            self.person.groups.discard(group)
        else:
            operation = {"op": "add", "path": "members", "value": value}
            self.person.groups.add(group)
        self._begin("group", self.person.home, {}, "PATCH", f"/scim/v2/Groups/{group}",
                    {"schemas": [PATCH], "Operations": [operation]})

    def _when_stored(self, *steps):
        """As soon as the person is stored, also while the creation is under way at targets."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if found := self.load.caller.find("Users", "userName", self.person.name, self.person.home):
                self.person.id = found["id"]
                for step in steps:
                    step()
                    self._pause()
                return
            if all(x.done() for x in self._running):
                return
            time.sleep(0.02)

    def _pause(self):
        time.sleep(self.dice.choice([0, 0, 0.02, 0.1, 0.4]))

    def _begin(self, kind, application, writes, *request):
        operation = Operation(kind, writes, application=application)
        self.operations.append(operation)

        def send():
            operation.answer = self.load.caller.send(application, *request)

        self._running.append(self.load._pool.submit(send))

    def _join(self):
        for running in self._running:
            running.result()
        self._running = []

    # What must be true afterwards.

    def _settle(self, began):
        p, journal = self.person, self.load.journal
        before = (p.exists, p.entitled)
        journal.count("acknowledged writes", sum(1 for x in self.operations if x.taken))
        there, values = people.possible(p, self.operations)
        found = self.load.caller.find("Users", "userName", p.name)
        if there is not None and there != (found is not None):
            journal.fail("lost writes", f"'{p.name}' is {'not ' if there else ''}stored against what was acknowledged", person=p.name)
        now = people.of(found) if found else dict(people.ATTRIBUTES)
        for name, value in now.items():
            if found and value not in values[name]:
                journal.fail("lost writes", f"'{p.name}' has {name} {value!r}, acknowledged was one of {sorted(map(str, values[name]))}", person=p.name)
        if found:
            self._introduce()
        if found is None or found["id"] != p.id:
            p.groups = {x for x in p.groups if found and found["id"] == p.id}
        self._check_answers(before)
        p.exists, p.id, p.expected = found is not None, found["id"] if found else None, now

    def _introduce(self):
        """Who came by another application first is not known to the one that writes: it introduces the person itself."""
        p = self.person
        if not self.load.caller.find("Users", "userName", p.name, p.home):
            self.load.caller.send(p.home, "POST", "/api/sign-ins", {"userName": p.name})

    def _check_answers(self, before):
        self._check_refused(before)
        for operation in self.operations:
            if operation.kind == "sign-in" and operation.answer.status == 200:
                self._check_sign_in(operation, before)

    def _check_sign_in(self, operation, before):
        answer, journal = operation.answer, self.load.journal
        blocking = operation.application == setup.DOOR
        if answer.body.get("allowed"):
            journal.count("sign-ins allowed")
            for target in self.load.targets if blocking else []:
                if not target.enabled_between(self.person.name, answer.began, answer.ended):
                    journal.fail("false allowances", f"'{self.person.name}' was let in and has no enabled account at {target.name}: {answer.outcomes()}", person=self.person.name)
            return
        journal.count("sign-ins refused")
        if self._is_entitled_all_along(answer, before) and self.load.caller.is_calm(answer.began, answer.ended):
            journal.fail("false refusals", f"the sign-in of '{self.person.name}' was refused, and nothing was wrong with hosts and targets: {answer.outcomes()}", person=self.person.name)

    def _is_entitled_all_along(self, answer, before):
        existed, entitled = before
        beside = [x for x in self.operations if x.answer.ended > answer.began]
        return (entitled or not existed) and not any(x.kind == "delete" or "active" in x.writes or "userType" in x.writes for x in beside)

    def _check_refused(self, before):
        """Refusals that nothing explains: a name that is free, a person who is there."""
        deletes = [x for x in self.operations if x.kind == "delete"]
        for x in self.operations:
            status = x.answer.status
            said = f"{x.kind} of '{self.person.name}' by {x.application}: {status} {x.answer.body.get('detail')}"
            others = [y for y in self.operations if y is not x and y.creates and y.answer.began < x.answer.ended]
            gone = [y for y in deletes if y.answer.began < x.answer.ended]
            if status == 409 and x.answer.tries == 1 and not others and (not before[0] or any(y.answer.ended <= x.answer.began for y in deletes)):
                self.load.journal.fail("false refusals", said)
            elif status == 404 and x.kind != "group" and not gone and before[0]:
                self.load.journal.fail("false refusals", said)
            elif status == 400 and x.kind == "group":
                self.load.journal.fail("false refusals", f"{said}; the request named '{self.person.id}' only")
            elif status in (400, 401, 403) or (status == 404 and x.kind == "group" and not deletes):
                self.load.journal.fail("false refusals", said)
