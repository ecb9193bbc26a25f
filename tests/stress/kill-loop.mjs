// Hosts are killed at random instants while users come, change, join and leave groups, and go; answers of the target get lost after they
// took effect. At the end every user must be at the target as it was last, exactly once; duplicates are counted by the target itself.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, writeFileSync, rmSync, existsSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "node:net";

const option = (name, value) => { const i = process.argv.indexOf("--" + name); return i < 0 ? value : process.argv[i + 1]; };
const backend = option("backend", "sqlite"), nodeCount = Number(option("nodes", backend === "sqlite" ? 1 : 3));
const kills = Number(option("kills", 20)), users = Number(option("users", 100)), minutes = Number(option("minutes", 240));
const here = dirname(fileURLToPath(import.meta.url)), interop = join(here, "../interop"), root = join(here, "../..");
const folder = mkdtempSync(join(tmpdir(), "kill-loop-")), began = Date.now(), deadline = began + minutes * 60000;
const sleep = ms => new Promise(done => setTimeout(done, ms));
const freePort = () => new Promise(done => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });
const env = { ...process.env, TARGET_TOKEN: "target-secret", PORTAL_TOKEN: "portal-secret", RESIDENT_TOKEN: "resident-secret", ALLOW_DUPLICATES: "1", DROP: "0.02" };
const targetPort = await freePort();

for (const kind of ["service-providers", "identity-providers"]) mkdirSync(join(folder, "config", kind), { recursive: true });
mkdirSync(join(folder, "policies"));
const write = (name, value) => writeFileSync(join(folder, "config", name), JSON.stringify(value));
write("service-providers/resident.json", { name: "resident", credentials: [{ bearerToken: "env:RESIDENT_TOKEN" }] });
write("service-providers/portal.json", { name: "portal", credentials: [{ bearerToken: "env:PORTAL_TOKEN" }], outboundProvisioning: [{ identityProvider: "partner" }] });
write("identity-providers/partner.json", { name: "partner", connector: "scim2", groups: ["*"], deprovision: { action: "delete" },
  settings: { baseUrl: `http://127.0.0.1:${targetPort}/scim/v2`, authentication: { bearerToken: "env:TARGET_TOKEN" } },
  retry: { firstDelay: "PT0.2S", maxDelay: "PT1S" } });

// Beside, not below: the server runs as another user, who may not enter a private folder.
let database, server;
if (backend === "postgres") {
  const port = await freePort();
  execFileSync(join(here, "postgres.sh"), ["start", server = mkdtempSync(join(tmpdir(), "kill-loop-pg-")), String(port)]);
  database = `Host=127.0.0.1;Port=${port};Username=postgres;Database=postgres`;
}

const target = spawn("node", [join(interop, "target.mjs"), targetPort], { env, stdio: ["ignore", "ignore", "inherit"] });
const nodes = [];
for (let i = 0; i < nodeCount; i++) { const port = await freePort(); nodes.push({ name: `node${i}`, url: `http://127.0.0.1:${port}`, data: join(folder, `data${i}`) }); }
function start(node) {
  const log = line => appendFileSync(join(folder, node.name + ".log"), line);
  node.process = spawn("dotnet", [process.env.HOST_DLL ?? join(root, "host/Provisioning.Host/bin/Debug/net10.0/provisioning.dll"), "run", "--config", join(folder, "config"), "--policies", join(folder, "policies"),
    "--data", node.data, "--urls", node.url, ...(database ? ["--database", database] : [])], { env, stdio: ["ignore", "pipe", "pipe"] });
  node.process.stdout.on("data", log); node.process.stderr.on("data", log);
}
const ready = async url => { for (let i = 0; i < 2400; i++) { try { if ((await fetch(url)).ok) return; } catch { } await sleep(50); } throw new Error(`${url} does not answer`); };
const killed = child => new Promise(done => { if (child.exitCode !== null || child.signalCode) return done(); child.once("exit", done); child.kill("SIGKILL"); });
const records = async () => (await fetch(`http://127.0.0.1:${targetPort}/records`)).json();

// Tries every node until one answers: callers of a cluster do the same.
async function send(method, path, body, token = "portal-secret") {
  for (; ;) {
    const node = nodes[Math.floor(Math.random() * nodes.length)];
    try {
      const answer = await fetch(node.url + path, { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" }, body: body && JSON.stringify(body), signal: AbortSignal.timeout(60000) });
      const text = await answer.text();
      if (answer.status < 500) return { status: answer.status, body: text ? JSON.parse(text) : null };
    } catch { }
    if (Date.now() > deadline + 600000) throw new Error("the time is over");
    await sleep(50);
  }
}

const wanted = new Map(), groups = new Map(), counts = { creates: 0, updates: 0, leavers: 0, groupChanges: 0 };
const resource = (name, revision) => ({ userName: name, displayName: `${name} r${revision}`, name: { givenName: name, familyName: "Test" } });
async function idOf(path, filter) { const found = await send("GET", `${path}?filter=${encodeURIComponent(filter)}`); return found.body.Resources?.[0]?.id; }
async function create(name) {
  const answer = await send("POST", "/scim/v2/Users", resource(name, 0));
  counts.creates++;
  // The answer to an earlier try may have been lost with the node.
  return answer.status === 201 ? answer.body.id : await idOf("/scim/v2/Users", `userName eq "${name}"`);
}
async function feed(lane, lanes) {
  for (let i = lane; i < users || killCount < kills; i += lanes) {
    if (Date.now() > deadline) return;
    const name = `u${i}`, id = await create(name);
    wanted.set(name, { id, revision: 0 });
    for (let revision = 1; revision <= 2; revision++) { await send("PUT", `/scim/v2/Users/${id}`, resource(name, revision)); wanted.set(name, { id, revision }); counts.updates++; }
    const group = groups.get(i % 4);
    if (i % 3 === 0) { group.members.add(name); await setMembers(group); }
    if (i % 5 === 4) { await send("DELETE", `/scim/v2/Users/${id}`); wanted.set(name, null); counts.leavers++; }
    await sleep(lanes * 15);
  }
}
async function setMembers(group) {
  const turn = group.turn.then(async () => {
    let members, answer;
    do {
      // A member may leave between our look and the write; then the write is refused.
      members = [...group.members].slice(-20).filter(x => wanted.get(x)).map(x => ({ value: wanted.get(x).id }));
      answer = await send("PUT", `/scim/v2/Groups/${group.id}`, { displayName: group.name, members });
    } while (answer.status >= 300 && await sleep(50) === undefined);
    group.last = members.map(x => x.value); counts.groupChanges++;
  });
  group.turn = turn.catch(() => { });
  await turn;
}

let killCount = 0;
await ready(`http://127.0.0.1:${targetPort}/records`);
nodes.forEach(start);
await Promise.all(nodes.map(x => ready(x.url + "/health/live")));
for (let i = 0; i < 4; i++) {
  await send("POST", "/scim/v2/Groups", { displayName: `team${i}` });
  groups.set(i, { name: `team${i}`, id: await idOf("/scim/v2/Groups", `displayName eq "team${i}"`), members: new Set(), last: [], turn: Promise.resolve() });
}

const feeding = Promise.all(Array.from({ length: 6 }, (_, i) => feed(i, 6)));
while (killCount < kills && Date.now() < deadline) {
  const victim = nodes[Math.floor(Math.random() * nodes.length)];
  // Some are killed before they are up at all.
  await sleep(Math.random() * 1500);
  await killed(victim.process);
  killCount++;
  start(victim);
  if (Math.random() < 0.8) await ready(victim.url + "/health/live");
}
await feeding;
await Promise.all(nodes.map(x => ready(x.url + "/health/live")));

async function difference() {
  const now = await records(), byMark = new Map();
  for (const x of now.users) byMark.set(x.externalId, [...(byMark.get(x.externalId) ?? []), x]);
  const live = [...wanted].filter(([, x]) => x);
  for (const [name, x] of live) {
    const found = byMark.get(x.id) ?? [];
    if (found.length !== 1) return `${name} has ${found.length} accounts`;
    if (found[0].displayName !== `${name} r${x.revision}`) return `${name} is '${found[0].displayName}'`;
  }
  if (now.users.length !== live.length) return `${now.users.length} accounts, ${live.length} wanted`;
  for (const group of groups.values()) {
    const there = now.groups.filter(x => x.displayName === group.name);
    if (there.length !== 1) return `${group.name} is there ${there.length} times`;
    const living = new Set(live.map(([, x]) => x.id));
    const expected = group.last.filter(x => living.has(x)).map(x => byMark.get(x)[0].id).sort().join(), members = (there[0].members ?? []).map(x => x.value).sort().join();
    if (expected !== members) return `${group.name} has other members`;
  }
  return null;
}
let last = "not looked at";
for (const end = Date.now() + 240000; last && Date.now() < end; await sleep(500)) last = await difference();
const { duplicates, creates, dropped } = await records();
const lost = last ? 1 : 0;
const report = `| ${new Date().toISOString().slice(0, 10)} | ${backend}, ${nodeCount} node${nodeCount > 1 ? "s" : ""} | ${killCount} | ${counts.creates} / ${counts.updates} / ${counts.leavers} / ${counts.groupChanges} | ${dropped} | ${creates} | ${duplicates} | ${last ?? "as wanted"} | ${Math.round((Date.now() - began) / 60000)} min |`;
console.log(report);
console.log(`${duplicates === 0 && !lost ? "ok" : "not ok"} kill loop on ${backend} with ${nodeCount} node(s): ${killCount} kills, ${duplicates} duplicates, ${last ?? "last state everywhere"}`);
for (const node of nodes) await killed(node.process);
await killed(target);
if (server) { execFileSync(join(here, "postgres.sh"), ["stop", server]); rmSync(server, { recursive: true, force: true }); }
if (!lost && duplicates === 0) rmSync(folder, { recursive: true, force: true }); else console.log(`kept: ${folder}`);
process.exit(lost || duplicates ? 1 : 0);
