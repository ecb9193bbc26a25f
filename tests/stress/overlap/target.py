"""A SCIM target that keeps the whole history of what was done to it."""
import json
import threading
import time
import urllib.parse
import uuid

import protocol
from server import Server


class Target:
    """`unique`: a name that is taken is refused. Judged are its accounts, `enabled_between`, and what it noted in the journal."""

    def __init__(self, name, unique, journal, faults):
        self.name, self.unique, self.journal, self.faults = name, unique, journal, faults
        self.lock = threading.RLock()
        self.users, self.groups = {}, {}
        self._hidden, self._enabled, self._open = {}, {}, {}
        self.paused = lambda since: False
        self.gate = None
        self.server = Server(self)
        self.url = f"http://127.0.0.1:{self.server.port}/scim/v2"

    # What a judge asks.

    def accounts(self, name):
        with self.lock:
            return [dict(x) for x in self.users.values() if x.get("userName", "").lower() == name.lower()]

    def enabled_between(self, name, since, until):
        """Whether the person had an enabled account at any moment of that time."""
        with self.lock:
            steps = self._enabled.get(name.lower(), [])
        before = [count for at, count in steps if at <= since]
        return bool(before and before[-1]) or any(count for at, count in steps if since < at <= until)

    def busy(self):
        """Requests under way, also such that nobody waits for any more."""
        return self.server.busy

    # What the server calls.

    def subject(self, method, kind, key, body):
        """Whom a request is about: a user name, 'group NAME', or None for a search."""
        with self.lock:
            resource = body if method == "POST" else (self.users if kind == "Users" else self.groups).get(key)
        if not resource or method == "GET":
            return None
        return resource.get("userName", "").lower() if kind == "Users" else "group " + resource.get("displayName", "")

    def marker(self, kind, key, body):
        """Which user or group of ours a write is about: somebody's successor under a name is another one."""
        with self.lock:
            resource = (self.users if kind == "Users" else self.groups).get(key) if key else body
        return (resource or {}).get("externalId")

    def begin(self, call):
        """Two writes about one user at once mean two attempts at once, unless the first one's host is dead or was silent."""
        if call.subject is None:
            return
        with self.lock:
            others = self._open.setdefault(call.marker, [])
            beside = [x for x in others if not x.client_is_gone() and not self.paused(x.arrived)]
            others.append(call)
        if beside:
            self.journal.fail("overlapping calls", f"{self.name}: {call.method} for '{call.subject}' while a {beside[0].method} is under way",
                              target=self.name, subject=call.subject)

    def end(self, call):
        if call.subject is not None:
            with self.lock:
                self._open[call.marker].remove(call)

    def handle(self, call):
        """Takes effect and answers (status, body)."""
        with self.lock:
            kind, key = call.kind, call.key
            if kind == "ServiceProviderConfig":
                return 200, protocol.CONFIGURATION
            store = {"Users": self.users, "Groups": self.groups}.get(kind)
            if store is None:
                return 404, protocol.error(404, "there is nothing")
            if key is None:
                return self._search(store, call.query) if call.method == "GET" else self._create(store, call)
            if key not in store:
                return 404, protocol.error(404, f"there is no '{key}'")
            return self._one(store, call)

    def _search(self, store, query):
        found = [x for x in store.values() if self._hidden.get(x["id"], 0) <= time.monotonic()]
        for expression in urllib.parse.parse_qs(query).get("filter", []):
            test = protocol.matches(expression)
            if test is None:
                return 400, protocol.error(400, "only 'eq' is known", "invalidFilter")
            found = [x for x in found if test(x)]
        return 200, protocol.listing(found)

    def _create(self, store, call):
        label = "userName" if store is self.users else "displayName"
        if self.unique and any(x[label].lower() == call.body[label].lower() for x in store.values()):
            return 409, protocol.error(409, f"{label} is taken", "uniqueness")
        new = {**call.body, "id": uuid.uuid4().hex[:12]}
        self._put(store, call, "create", None, new)
        if call.lag:
            self._hidden[new["id"]] = time.monotonic() + call.lag
        return 201, new

    def _one(self, store, call):
        old = store[call.key]
        if call.method == "GET":
            return 200, old
        if call.method == "DELETE":
            del store[call.key]
            for group in self.groups.values():
                group["members"] = [x for x in group.get("members") or [] if x["value"] != call.key]
            self._took_effect(call, "delete", old)
            return 204, None
        new = {**call.body, "id": call.key} if call.method == "PUT" else protocol.patched(old, call.body["Operations"])
        for member in new.get("members") or []:
            if member["value"] not in self.users:
                return 400, protocol.error(400, f"there is no member '{member['value']}'", "invalidValue")
        self._put(store, call, "update", old, new)
        return 200, new

    def _put(self, store, call, effect, old, new):
        store[new["id"]] = json.loads(json.dumps(new))
        if store is self.users and effect == "update" and old.get("active", True) != new.get("active", True):
            effect = "enable" if new.get("active", True) else "disable"
        self._took_effect(call, effect, new)

    def _took_effect(self, call, effect, resource):
        user = call.kind == "Users"
        name = (resource["userName"] if user else resource["displayName"]).lower()
        self.journal.count(f"{effect}s at targets")
        self.journal.note("effect", target=self.name, effect=effect, arrived=round(call.arrived, 4), id=resource["id"], name=name,
                          marker=resource.get("externalId"), active=resource.get("active", True), version=resource.get("title"),
                          type=resource.get("userType"), heard=not call.client_is_gone())
        if not user:
            return
        enabled = [x for x in self.users.values() if x["userName"].lower() == name and x.get("active", True)]
        self._enabled.setdefault(name, []).append((self.journal.now(), len(enabled)))
        if len(enabled) < 2 or effect not in ("create", "enable"):
            return
        if len({x.get("externalId") for x in enabled}) == len(enabled):
            # The account of a leaver is still to go while who came back under the name has one already. What stays of it is judged at the end.
            self.journal.count("leavers beside newcomers")
            return
        self.journal.fail("doubles", f"{self.name}: '{name}' has {len(enabled)} enabled accounts", target=self.name, subject=name)
