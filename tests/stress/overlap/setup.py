"""Configuration and policies of the hosts under test."""
import json
import os

# Writers come by one of these: nobody waits for an office's writes, and everybody for a door's.
OFFICE, DOOR, SHOP, RESIDENT = "office", "door", "shop", "resident"
TOKENS = {name: f"the-token-of-{name}-for-tests" for name in ("door", "shop", "office", "resident")}
# Who is of the first type has no account under the first policies, who is of the second none under the others.
BARRED, GUEST, STAFF = "barred", "guest", "staff"

_POLICY = """<?xml version="1.0" encoding="utf-8"?>
<Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="overlap" Version="1.0"
        RuleCombiningAlgId="urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable">
  <Description>Everybody but one type of user.</Description>
  <Target/>
  <Rule RuleId="refused" Effect="Deny">
    <Target><AnyOf><AllOf>
      <Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
        <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">{refused}</AttributeValue>
        <AttributeDesignator Category="urn:provisioning:user" AttributeId="urn:provisioning:user:userType" DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/>
      </Match>
    </AllOf></AnyOf></Target>
  </Rule>
  <Rule RuleId="everybody-else" Effect="Permit"/>
</Policy>
"""


def write_policy(folder, refused=BARRED):
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/.overlap.new", "w") as file:
        file.write(_POLICY.format(refused=refused))
    os.replace(f"{folder}/.overlap.new", f"{folder}/overlap.xml")


def write_configuration(folder, targets):
    def write(kind, name, content):
        os.makedirs(f"{folder}/{kind}", exist_ok=True)
        with open(f"{folder}/{kind}/{name}.json", "w") as file:
            json.dump({"name": name, **content}, file, indent=1)

    bindings = {
        OFFICE: {"rules": True},
        DOOR: {"rules": True, "blocking": True, "jit": True, "blockingTimeout": "PT30S"},
        SHOP: {"rules": True, "jit": True},
        # It deletes people, and everybody waits for that.
        RESIDENT: {"rules": True, "blocking": True, "blockingTimeout": "PT30S"},
    }
    for name, binding in bindings.items():
        # A person's home writes for everybody. Shop has a registration of its own, whose word counts for shop's bindings alone.
        trusted = {"authority": "trusted"} if name in (OFFICE, DOOR) else {}
        write("service-providers", name, {
            **trusted,
            "credentials": [{"bearerToken": f"env:{name.upper()}_TOKEN"}],
            "outboundProvisioning": [{"identityProvider": x.name, **binding} for x in targets]})
    for target in targets:
        write("identity-providers", target.name, {
            "connector": "scim2", "settings": {"baseUrl": target.url}, "groups": ["*"],
            # A leaver's account stays where names are unique: whoever comes back under the name has to take it over.
            "deprovision": {"action": "disable" if target.unique else "delete"},
            # Policies flip on purpose.
            "guard": {"count": 1000000},
            "retry": {"firstDelay": "PT0.5S", "maxDelay": "PT4S", "maxBreak": "PT2S", "giveUpAfter": "PT2H"}})
