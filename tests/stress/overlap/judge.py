"""The judgement, at the targets: what they have against what the people are stored as."""
import time

import people
import setup


class Judge:
    def __init__(self, load, targets, journal):
        self.load, self.caller, self.targets, self.journal = load, load.caller, targets, journal
        self.parked = {}

    def rest(self, seconds):
        """Waits until nothing is pending and no target works on anything. What was parked is tried again, as an operator would. Says what is left."""
        end, last = time.monotonic() + seconds, "not looked at"
        calm, parked, tried = 0, [], 0
        while time.monotonic() < end:
            pending = self._assignments("pending")
            busy = sum(x.busy() for x in self.targets)
            last = f"{len(pending)} assignments pending, {busy} calls under way"
            if not pending and not busy:
                parked = self._assignments("parked")
                if parked and tried < 5:
                    tried += 1
                    self._retry(parked)
                    calm = 0
                    continue
                calm += 1
                if calm >= 3:
                    return "; ".join(f"'{x['resource']}' at {x['identityProvider']} stays parked: {x['error']}" for x in parked[:5]) or None
            else:
                calm = 0
            time.sleep(0.7)
        return last + "".join(f"; '{x['resource']}' at {x['identityProvider']}: {x['error']}" for x in pending[:5])

    def _assignments(self, status):
        return self.caller.send(setup.RESIDENT, "GET", f"/api/admin/assignments?status={status}&max=1000").body.get("list") or []

    def pending_of(self, name, id, provider):
        """What is not done yet of one user at one identity provider."""
        return [x for x in self._assignments("pending") if (x["resource"], x["resourceId"], x["identityProvider"]) == (name, id, provider)]

    def _retry(self, parked):
        for x in parked:
            self.parked[x["identityProvider"], x["resource"]] = x["error"]
        self.journal.note("parked", what=[(x["resource"], x["identityProvider"], x["error"]) for x in parked])
        self.caller.send(setup.RESIDENT, "POST", "/api/admin/parked/retry", {})

    def differences(self):
        """Each thing that is wrong, as (column, sentence)."""
        stored = {p.name: self.caller.find("Users", "userName", p.name) for p in self.load.people}
        found = []
        for p in self.load.people:
            found += self._store(p, stored[p.name])
            for target in self.targets:
                found += self._accounts(target, p.name, stored[p.name])
        for target in self.targets:
            found += self._strangers(target, stored)
            for group in self.load.groups:
                found += self._group(target, group, stored)
        return found

    def _store(self, person, user):
        """Nothing changes after it was acknowledged."""
        if (user is not None) != person.exists:
            return [("lost writes", f"'{person.name}' is {'' if user else 'not '}stored, and was {'' if person.exists else 'not '}when last acknowledged")]
        now = people.of(user) if user else person.expected
        return [("lost writes", f"'{person.name}' has {k} {v!r}, and {person.expected[k]!r} was acknowledged") for k, v in now.items() if v != person.expected[k]]

    def _accounts(self, target, name, user):
        accounts = target.accounts(name)
        enabled = [x for x in accounts if x.get("active", True)]
        entitled = user is not None and user.get("active", True) and user.get("userType") != setup.BARRED
        where = f"{target.name}: '{name}'"
        if len(accounts) > 1:
            yield "doubles", f"{where} has {len(accounts)} accounts, {len(enabled)} of them enabled"
        if user is None and enabled:
            yield "orphans", f"{where} is deleted and has an enabled account (marker {enabled[0].get('externalId')})"
        elif not entitled and enabled:
            yield "wrong access", f"{where} may have no access and has an enabled account"
        elif entitled and not enabled:
            yield "wrong access", f"{where} has {'a disabled' if accounts else 'no'} account and is entitled to one"
        elif entitled:
            for attribute in ("title", "userType"):
                if enabled[0].get(attribute) != user.get(attribute):
                    yield "stale" if attribute in user else "inherited", f"{where} has {attribute} {enabled[0].get(attribute)!r}, {user.get(attribute)!r} was acknowledged"

    def _strangers(self, target, stored):
        names = {x.lower() for x in stored}
        with target.lock:
            return [("orphans", f"{target.name}: '{x['userName']}' is nobody's") for x in target.users.values()
                    if x.get("active", True) and x["userName"].lower() not in names]

    def _group(self, target, group, stored):
        resource = self.caller.send(setup.RESIDENT, "GET", f"/scim/v2/Groups/{group}").body
        with target.lock:
            there = [x for x in target.groups.values() if x.get("displayName") == resource.get("displayName")]
        where = f"{target.name}: group '{resource.get('displayName')}'"
        if len(there) != 1:
            yield "group members", f"{where} is there {len(there)} times"
            return
        members = {x["value"] for x in there[0].get("members") or []}
        ids = {x["value"] for x in resource.get("members") or []}
        of_group = [(name, user) for name, user in stored.items() if user and user["id"] in ids]
        may = {x["id"] for name, _ in of_group for x in target.accounts(name)}
        must = {x["id"] for name, _ in of_group for x in target.accounts(name) if x.get("active", True)}
        if missing := must - members:
            yield "group members", f"{where} lacks {len(missing)} members"
        if more := members - may:
            yield "group members", f"{where} has {len(more)} members too many"
        for p in self.load.people:
            if p.exists and p.home == setup.OFFICE and stored[p.name] and (group in p.groups) != (p.id in ids):
                yield "group members", f"'{p.name}' is {'not ' if group in p.groups else ''}stored as a member of '{resource.get('displayName')}' against what was acknowledged"
