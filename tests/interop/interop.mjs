// Runs the host as a process against target.mjs and judges by what the target holds.
// Prints "ok NAME" or "not ok NAME: WHY" for each check. KILLS and KILL_USERS size the last one.
import { cleanUp, configure, kill, records, scim, sleep, startHost, startTarget, targetUrl, until } from "./rig.mjs";

const kills = Number(process.env.KILLS ?? 20);
const killUsers = Number(process.env.KILL_USERS ?? 200);
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
let failures = 0;

configure("service-providers/portal.json", {
  name: "portal",
  credentials: [{ bearerToken: "generated:portal" }],
  outboundProvisioning: [{ identityProvider: "partner" }],
});
configure("identity-providers/partner.json", {
  name: "partner",
  connector: "scim2",
  groups: ["*"],
  deprovision: { action: "delete" },
  guard: { count: 1000000 },
  settings: { baseUrl: `${targetUrl}/scim/v2`, authentication: { bearerToken: "env:TARGET_TOKEN" } },
  retry: { firstDelay: "PT0.2S", maxDelay: "PT1S" },
});

async function check(name, run) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${name}: ${error.message}`);
  }
}

function expect(condition, value) {
  if (!condition) throw new Error(`unexpected: ${JSON.stringify(value)}`);
}

function user(name, given = name, more = {}) {
  const emails = [{ value: `${name}@example.com`, type: "work", primary: true }];
  return { userName: name, name: { givenName: given, familyName: "Test" }, displayName: given, emails, ...more };
}

function patch(...operations) {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
}

const replace = (path, value) => patch({ op: "replace", path, value });
const create = (name, given, more) => scim("POST", "/Users", user(name, given, more));
const at = async name => (await records()).users.find(x => x.userName === name);
const group = async name => (await records()).groups.find(x => x.displayName === name);

let target = await startTarget();
let host = await startHost();
let ada, bob, team;

await check("creates a user with the target's id and our marker", async () => {
  ada = await create("ada");
  const found = await until(() => at("ada"));
  expect(found.externalId === ada.id && found.id !== ada.id, found);
});

await check("updates only what changed", async () => {
  await scim("PATCH", `/Users/${ada.id}`, replace("name.givenName", "Augusta"));
  const found = await until(async () => (await at("ada")).name.givenName === "Augusta" && at("ada"));
  expect(found.emails.length === 1 && found.name.familyName === "Test", found);
});

await check("provisions a group with its members", async () => {
  bob = await create("bob");
  team = await scim("POST", "/Groups", { displayName: "team", members: [{ value: ada.id }, { value: bob.id }] });
  await until(async () => {
    const ids = (await records()).users.map(x => x.id);
    const members = (await group("team"))?.members ?? [];
    return members.length === 2 && members.every(x => ids.includes(x.value));
  });
});

await check("removes a member", async () => {
  await scim("PATCH", `/Groups/${team.id}`, patch({ op: "remove", path: `members[value eq "${bob.id}"]` }));
  await until(async () => (await group("team")).members.length === 1);
});

await check("disables and enables a user", async () => {
  for (const active of [false, true]) {
    await scim("PATCH", `/Users/${bob.id}`, replace("active", active));
    await until(async () => (await at("bob")).active === active);
  }
});

await check("names the manager by the manager's account, also when that comes later", async () => {
  const boss = await scim("POST", "/Users", user("boss"));
  await scim("PATCH", `/Users/${bob.id}`, replace(`${enterprise}:manager`, { value: boss.id }));
  await until(async () => (await at("bob"))[enterprise]?.manager?.value === (await at("boss"))?.id);
  await scim("DELETE", `/Users/${boss.id}`);
  await until(async () => !(await at("boss")) && !(await at("bob"))[enterprise]?.manager?.value);
});

await check("deletes a user, who leaves the groups too", async () => {
  await scim("PATCH", `/Groups/${team.id}`, patch({ op: "add", path: "members", value: [{ value: bob.id }] }));
  await until(async () => (await group("team")).members.length === 2);
  await scim("DELETE", `/Users/${bob.id}`);
  await until(async () => !(await at("bob")) && (await group("team")).members.length === 1);
});

await check("waits for a target that is down, with the latest state in one push", async () => {
  await kill(target);
  const eve = await create("eve");
  for (const given of ["Eve1", "Eve2", "Eve3"]) await scim("PUT", `/Users/${eve.id}`, user("eve", given));
  await sleep(1500);
  target = await startTarget();
  await until(async () => (await at("eve"))?.name.givenName === "Eve3");
});

// A request whose answer was lost may have been done: a name that is taken is looked up.
async function feed(name) {
  return until(async () => {
    try {
      return (await create(name)).id;
    } catch (error) {
      if (error.status !== 409) throw error;
      const found = await scim("GET", `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`);
      return found.Resources[0].id;
    }
  }, 120);
}

async function feedAll() {
  const ids = new Map();
  for (let i = 0; i < killUsers; i++) {
    const name = `k${i}`;
    const id = await feed(name);
    ids.set(name, id);
    await until(() => scim("PUT", `/Users/${id}`, user(name, `Last${i}`)), 120);
    await sleep(40);
  }
  return ids;
}

await check(`survives ${kills} kills while ${killUsers} users arrive: each exactly once, with the last state`, async () => {
  const feeding = feedAll();
  for (let i = 0; i < kills; i++) {
    await sleep(100 + Math.random() * 900);
    await kill(host);
    host = await startHost();
  }

  const ids = await feeding;
  const fed = async () => (await records()).users.filter(x => ids.has(x.userName));
  await until(async () => (await fed()).filter(x => x.name.givenName === `Last${x.userName.slice(1)}`).length === killUsers, 120);
  const found = await fed();
  expect(found.length === killUsers, found.length);
  expect(found.every(x => x.externalId === ids.get(x.userName)), "an account with a foreign marker");
});

await cleanUp();
process.exit(failures ? 1 : 0);
