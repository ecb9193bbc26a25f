"""What each person was last acknowledged to be."""
import threading
from dataclasses import dataclass, field

import setup

ATTRIBUTES = {"title": None, "userType": None, "active": True}


@dataclass
class Person:
    name: str
    home: str
    # Sways between types that the policies refuse and others; such people never sign in.
    sways: bool
    exists: bool = False
    id: str | None = None
    expected: dict = field(default_factory=lambda: dict(ATTRIBUTES))
    groups: set = field(default_factory=set)
    life: threading.Lock = field(default_factory=threading.Lock)

    @property
    def entitled(self):
        return self.exists and self.expected["active"] is not False and self.expected["userType"] != setup.BARRED


@dataclass
class Operation:
    """One request of an episode. kind: write, create, sign-in, delete or group."""
    kind: str
    writes: dict = field(default_factory=dict)
    answer: object = None
    application: str = ""

    @property
    def taken(self):
        """Acknowledged. Who asks again because no answer came is told that it is so already."""
        a = self.answer
        return a.taken or (a.tries > 1 and (self.kind, a.status) in (("delete", 404), ("create", 409)))

    @property
    def creates(self):
        return self.kind in ("create", "sign-in")


def possible(person, operations):
    """What may be true after requests that overlapped: whether the person is there (True, False, or None for both), and the values of each attribute."""
    done = [x for x in operations if x.kind != "group" and x.taken]
    creates, deletes = [x for x in done if x.creates], [x for x in done if x.kind == "delete"]
    there = person.exists or bool(creates)
    if deletes:
        last = max(x.answer.ended for x in deletes)
        there = None
        if any(x.answer.began >= last for x in creates):
            there = True
        elif any(all(x.answer.began >= y.answer.ended for y in creates) for x in deletes):
            there = False
    values = {}
    for name, default in ATTRIBUTES.items():
        written = {x.writes[name] for x in done if name in x.writes}
        if deletes or not person.exists:
            written.add(default)
        values[name] = written or {person.expected[name]}
    return there, values


def of(resource):
    """The attributes that count, of a SCIM resource."""
    return {name: resource.get(name, default) for name, default in ATTRIBUTES.items()}
