"""As much of SCIM 2.0 (RFC 7644) as a client needs that finds, creates, patches, replaces and deletes."""
import json
import re

_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:"
CONFIGURATION = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"], "patch": {"supported": True},
                 "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0}, "filter": {"supported": True, "maxResults": 500},
                 "changePassword": {"supported": False}, "sort": {"supported": False}, "etag": {"supported": False}, "authenticationSchemes": []}


def error(status, detail, kind=None):
    return {"schemas": [_SCHEMA + "Error"], "status": str(status), "detail": detail, **({"scimType": kind} if kind else {})}


def listing(found):
    return {"schemas": [_SCHEMA + "ListResponse"], "totalResults": len(found), "startIndex": 1, "itemsPerPage": len(found), "Resources": found}


def matches(expression):
    """A function for `attribute eq "value"`; None when the expression is another one."""
    m = re.fullmatch(r'([\w.:]+) eq ("(?:[^"\\]|\\.)*")', expression)
    if not m:
        return None
    name, value = m[1], json.loads(m[2])
    if name in ("externalId", "id"):
        return lambda x: x.get(name) == value
    return lambda x: str(x.get(name, "")).lower() == value.lower()


def patched(resource, operations):
    """The resource after the operations."""
    new = json.loads(json.dumps(resource))
    for operation in operations:
        _apply(new, operation["op"].lower(), operation.get("path"), operation.get("value"))
    return new


def _apply(resource, op, path, value):
    if path is None:
        resource.update(value)
        return
    one = re.fullmatch(r'members\[value eq "([^"]+)"\]', path)
    if one or path == "members":
        _members(resource, op, {one[1]} if one else {x["value"] for x in value or []}, everybody=not one and value is None)
        return
    if "." in path:
        path, sub = path.split(".", 1)
        resource = resource.setdefault(path, {})
        path = sub
    if op == "remove" or value is None:
        resource.pop(path, None)
    else:
        resource[path] = value


def _members(resource, op, ids, everybody):
    there = [x["value"] for x in resource.get("members") or []]
    if op == "remove":
        there = [] if everybody else [x for x in there if x not in ids]
    else:
        there = sorted(ids) if op == "replace" else there + sorted(ids.difference(there))
    resource["members"] = [{"value": x} for x in there]
