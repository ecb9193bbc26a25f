"""Applications that call the hosts, and what counts as a wrong answer whatever was asked."""
import http.client
import json
import random
import time
import urllib.parse
from dataclasses import dataclass

import setup

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
# What was stored stays stored; only a target was too slow or refused.
STORED = (502, 504)


@dataclass
class Answer:
    status: int
    body: dict
    began: float
    ended: float
    tries: int

    @property
    def taken(self):
        return self.status < 300 or self.status in STORED

    def outcomes(self):
        """What the host says of each identity provider, in short."""
        told = self.body.get("assignments") or self.body.get("urn:provisioning:scim:assignments") or []
        return "; ".join(f"{x['identityProvider']} {'awaited' if x['blocking'] else 'not awaited'} {x['desired']}/{x['applied']} {x['status']} {x['failure'] or ''} {x['error'] or ''}".strip()
                         for x in told) or "nothing told of any identity provider"


class Caller:
    """Tries another host when one does not answer, as callers of a cluster do. What it asks may therefore happen twice."""

    def __init__(self, cluster, targets, journal, seed):
        self._hosts, self._targets, self._journal = cluster.hosts, targets, journal
        self._random = random.Random(f"{seed} caller")
        self.patience = 180

    def send(self, application, method, path, body=None, host=None):
        began, tries, end = self._journal.now(), 0, time.monotonic() + self.patience
        while True:
            tries += 1
            at = host or self._random.choice(self._hosts)
            started = self._journal.now()
            status, content = _once(at, application, method, path, body)
            if status is not None and status != 503:
                break
            self._journal.count("answers of hosts lost" if status is None else "answers 503")
            if status == 503:
                self._check(503, content, method, path, started)
            if time.monotonic() > end:
                raise TimeoutError(f"no host took {method} {path} for {self.patience} s, at last {status} {content}")
            time.sleep(0.1 + 0.3 * self._random.random())
        answer = Answer(status, content, began, self._journal.now(), tries)
        self._journal.note("request", by=application, method=method, path=path, body=body, host=at.number, status=status, began=round(began, 4),
                           tries=tries, allowed=content.get("allowed"), detail=content.get("detail"))
        self._check(status, content, method, path, started)
        return answer

    def find(self, kind, attribute, value, application=setup.RESIDENT):
        """The resource as the store of the hosts has it, or None."""
        query = urllib.parse.quote(f'{attribute} eq "{value}"')
        found = self.send(application, "GET", f"/scim/v2/{kind}?filter={query}").body.get("Resources") or []
        return found[0] if found else None

    def is_calm(self, since, until):
        """Nothing was done to hosts and targets that explains a failure."""
        return not self._journal.explained(since, until, {"hosts", *(x.name for x in self._targets)}, margin)

    def _check(self, status, content, method, path, since):
        said = f"{method} {path}: {status} {content.get('detail')}"
        if status == 412:
            self._journal.fail("412 without If-Match", said)
        elif status in (500, 501) or status > 504:
            self._journal.fail("answers 5xx", said)
        elif status in (502, 503, 504) and self.is_calm(since, self._journal.now()):
            self._journal.fail("false refusals", said + ", and nothing was wrong with hosts and targets")


def margin(where):
    """How long a fault may be felt after it is over, in seconds: hosts are taken for dead after 15 s, targets rest up to 4 s between tries."""
    return 35 if where == "hosts" else 15


def _once(host, application, method, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=100)
    try:
        connection.request(method, path, None if body is None else json.dumps(body),
                           {"Authorization": "Bearer " + setup.TOKENS[application], "Content-Type": "application/scim+json"})
        answer = connection.getresponse()
        text = answer.read()
        try:
            content = json.loads(text) if text else {}
        except ValueError:
            content = {"detail": text.decode(errors="replace")[:300]}
        return answer.status, content if isinstance(content, dict) else {"list": content}
    except (OSError, http.client.HTTPException):
        return None, {}
    finally:
        connection.close()
