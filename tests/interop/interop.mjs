// Runs the host as a process against target.mjs and judges by what the target holds. Prints a line "ok NAME" or "not ok NAME" for each check.
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, writeFileSync, readFileSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "node:net";

const here = dirname(fileURLToPath(import.meta.url)), root = join(here, "../..");
const kills = Number(process.env.KILLS ?? 20), killUsers = Number(process.env.KILL_USERS ?? 200);
const sleep = ms => new Promise(done => setTimeout(done, ms));
const freePort = () => new Promise(done => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });
const folder = mkdtempSync(join(tmpdir(), "interop-")), data = join(folder, "data");
const targetPort = await freePort(), hostPort = await freePort(), api = `http://127.0.0.1:${hostPort}`;
const targetToken = "target-secret", env = { ...process.env, TARGET_TOKEN: targetToken };
let target, host, failures = 0;

mkdirSync(join(folder, "config/service-providers"), { recursive: true });
mkdirSync(join(folder, "config/identity-providers"), { recursive: true });
mkdirSync(join(folder, "policies"));
const write = (name, value) => writeFileSync(join(folder, "config", name), JSON.stringify(value));
write("service-providers/portal.json", { name: "portal", credentials: [{ bearerToken: "generated:portal" }], outboundProvisioning: [{ identityProvider: "partner" }] });
write("identity-providers/partner.json", { name: "partner", connector: "scim2", groups: ["*"], deprovision: { action: "delete" },
  settings: { baseUrl: `http://127.0.0.1:${targetPort}/scim/v2`, authentication: { bearerToken: "env:TARGET_TOKEN" } },
  retry: { firstDelay: "PT0.2S", maxDelay: "PT1S" } });

async function reachable(url) { for (let i = 0; i < 400; i++) { try { if ((await fetch(url)).ok) return; } catch { } await sleep(50); } throw new Error(`${url} does not answer`); }
async function startTarget() { target = spawn("node", [join(here, "target.mjs"), targetPort], { env, stdio: ["ignore", "ignore", "inherit"] }); await reachable(`http://127.0.0.1:${targetPort}/records`); }
async function startHost() {
  host = spawn("dotnet", [join(root, "host/Provisioning.Host/bin/Debug/net10.0/provisioning.dll"), "run", "--config", join(folder, "config"), "--policies", join(folder, "policies"), "--data", data, "--urls", api], { env, stdio: ["ignore", "ignore", "inherit"] });
  await reachable(`${api}/health/live`);
}
const killed = child => new Promise(done => { if (child.exitCode !== null || child.signalCode) return done(); child.once("exit", done); child.kill("SIGKILL"); });
const records = async () => (await fetch(`http://127.0.0.1:${targetPort}/records`)).json();
async function scim(method, path, body) {
  const answer = await fetch(api + path, { method, headers: { authorization: `Bearer ${readFileSync(join(data, "secrets/portal"), "utf8")}`, "content-type": "application/scim+json" }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${text}`), { status: answer.status });
  return text ? JSON.parse(text) : null;
}
async function until(probe, seconds = 60) { let last; for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) { try { last = await probe(); if (last) return last; } catch (e) { last = e; } } throw new Error(`not within ${seconds} s; last: ${last}`); }
async function check(name, run) { try { await run(); console.log(`ok ${name}`); } catch (e) { failures++; console.log(`not ok ${name}: ${e.message}`); } }
const user = (name, given = name) => ({ userName: name, name: { givenName: given, familyName: "Test" }, displayName: given, emails: [{ value: `${name}@example.com`, type: "work", primary: true }] });
const at = async name => (await records()).users.find(x => x.userName === name);

await startTarget(); await startHost();
let ada, bob, team;
await check("creates a user with the target's id and our marker", async () => { ada = await scim("POST", "/scim/v2/Users", user("ada")); const found = await until(() => at("ada")); if (found.externalId !== ada.id) throw new Error(JSON.stringify(found)); });
await check("updates only what changed", async () => { await scim("PATCH", `/scim/v2/Users/${ada.id}`, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "replace", path: "name.givenName", value: "Augusta" }] }); await until(async () => { const f = await at("ada"); return f.name.givenName === "Augusta" && f.emails.length === 1; }); });
await check("provisions a group with its members", async () => { bob = await scim("POST", "/scim/v2/Users", user("bob")); team = await scim("POST", "/scim/v2/Groups", { displayName: "team", members: [{ value: ada.id }, { value: bob.id }] }); await until(async () => { const r = await records(); const ids = r.users.map(x => x.id); const g = r.groups[0]; return g?.members?.length === 2 && g.members.every(m => ids.includes(m.value)); }); });
await check("removes a member", async () => { await scim("PATCH", `/scim/v2/Groups/${team.id}`, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "remove", path: `members[value eq "${bob.id}"]` }] }); await until(async () => (await records()).groups[0].members.length === 1); });
await check("disables and enables a user", async () => { await scim("PATCH", `/scim/v2/Users/${bob.id}`, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "replace", path: "active", value: false }] }); await until(async () => (await at("bob")).active === false); await scim("PATCH", `/scim/v2/Users/${bob.id}`, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: "replace", path: "active", value: true }] }); await until(async () => (await at("bob")).active === true); });
await check("deletes a user", async () => { await scim("DELETE", `/scim/v2/Users/${bob.id}`); await until(async () => !(await at("bob"))); });
await check("waits for a target that is down, with the latest state in one push", async () => { await killed(target); const eve = await scim("POST", "/scim/v2/Users", user("eve")); for (const given of ["Eve1", "Eve2", "Eve3"]) await scim("PUT", `/scim/v2/Users/${eve.id}`, user("eve", given)); await sleep(1500); await startTarget(); await until(async () => (await at("eve"))?.name.givenName === "Eve3"); });
await check(`survives ${kills} kills while ${killUsers} users arrive: each exactly once, with the last state`, async () => {
  const wanted = new Map(); let feeding = true, done = 0;
  const feed = (async () => { for (let i = 0; i < killUsers; i++) { const name = `k${i}`; await until(async () => { try { const u = await scim("POST", "/scim/v2/Users", user(name)); wanted.set(name, u.id); return true; } catch (e) { if (e.status === 409) { const l = await scim("GET", `/scim/v2/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`); wanted.set(name, l.Resources[0].id); return true; } throw e; } }, 120); await until(async () => { await scim("PUT", `/scim/v2/Users/${wanted.get(name)}`, user(name, `Last${i}`)); return true; }, 120); done++; await sleep(40); } feeding = false; })();
  let killCount = 0;
  while (killCount < kills) { await sleep(100 + Math.random() * 900); await killed(host); killCount++; await startHost(); }
  await feed;
  await until(async () => { const r = (await records()).users; for (const [name] of wanted) { const same = r.filter(x => x.userName === name); if (same.length !== 1 || same[0].name.givenName !== `Last${name.slice(1)}`) return false; } return true; }, 120);
  const r = (await records()).users.filter(x => x.userName.startsWith("k")); if (r.length !== killUsers || new Set(r.map(x => x.externalId)).size !== killUsers) throw new Error(`${r.length} accounts`);
});
await killed(host); await killed(target);
rmSync(folder, { recursive: true, force: true });
process.exit(failures ? 1 : 0);
