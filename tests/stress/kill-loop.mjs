// Hosts are killed at random instants while users come, change, join and leave groups, and go; answers of the target get lost after they
// took effect. At the end every user must be at the target as it was last, exactly once; duplicates are counted by the target itself.
import { Cluster, sleep } from "./cluster.mjs";

const option = (name, value) => { const i = process.argv.indexOf("--" + name); return i < 0 ? value : process.argv[i + 1]; };
const backend = option("backend", "sqlite"), nodeCount = Number(option("nodes", backend === "sqlite" ? 1 : 3));
const kills = Number(option("kills", 20)), users = Number(option("users", 100)), limit = Number(option("minutes", 240)) * 60000;
const pause = Number(option("pause", 300)), atOnce = Math.min(Number(option("at-once", 1)), nodeCount), began = Date.now(), elapsed = () => Date.now() - began;
const counts = { creates: 0, updates: 0, leavers: 0, groupChanges: 0, kills: 0 };
const wanted = new Map(), groups = new Map();
let cluster, doing = "starting", last = "not looked at";

// There is a verdict when the time is over, whatever hangs. The second half of it, at most five minutes, is for coming to rest.
setTimeout(() => { if (cluster) cluster.over = true; verdict(`the time was over while ${doing}: ${last}`); }, limit);
// Ctrl-C ends the killing; what is under way comes to rest and there is a verdict all the same.
let enough = false;
process.once("SIGINT", () => { enough = true; });
const killing = () => !enough && counts.kills < kills && elapsed() < limit - Math.min(limit / 2, 300000);

const resource = (name, revision) => ({ userName: name, displayName: `${name} r${revision}`, ...(revision === 1 ? { title: "passing" } : {}), name: { givenName: name, familyName: "Test" } });
async function idOf(path, filter) { const found = await cluster.send("GET", `${path}?filter=${encodeURIComponent(filter)}`); return found.body.Resources?.[0]?.id; }
async function create(name) {
  const answer = await cluster.send("POST", "/scim/v2/Users", resource(name, 0));
  counts.creates++;
  // The answer to an earlier try may have been lost with the node.
  return answer.status === 201 ? answer.body.id : await idOf("/scim/v2/Users", `userName eq "${name}"`);
}
async function feed(lane, lanes) {
  for (let i = lane; i < users || killing(); i += lanes) {
    const name = `u${i}`, id = await create(name);
    wanted.set(name, { id, revision: 0 });
    for (let revision = 1; revision <= 2; revision++) { await cluster.send("PUT", `/scim/v2/Users/${id}`, resource(name, revision)); wanted.set(name, { id, revision }); counts.updates++; }
    const group = groups.get(i % 4);
    if (i % 3 === 0) { group.members.add(name); await setMembers(group); }
    if (i % 5 === 4) { await cluster.send("DELETE", `/scim/v2/Users/${id}`); wanted.set(name, null); counts.leavers++; }
    await sleep(pause);
  }
}
async function setMembers(group) {
  const turn = group.turn.then(async () => {
    let members, answer;
    do {
      // A member may leave between our look and the write; then the write is refused.
      members = [...group.members].slice(-20).filter(x => wanted.get(x)).map(x => ({ value: wanted.get(x).id }));
      answer = await cluster.send("PUT", `/scim/v2/Groups/${group.id}`, { displayName: group.name, members });
    } while (answer.status >= 300 && await sleep(50) === undefined);
    group.last = members.map(x => x.value); counts.groupChanges++;
  });
  group.turn = turn.catch(() => { });
  await turn;
}

const dying = new Set();
async function killAtRandom() {
  while (killing()) {
    const living = cluster.nodes.filter(x => !dying.has(x)), victim = living[Math.floor(Math.random() * living.length)];
    dying.add(victim);
    // Some are killed before they are up at all.
    await sleep(Math.random() * 800);
    await cluster.kill(victim);
    counts.kills++;
    cluster.launch(victim);
    if (counts.kills % 50 === 0) console.error(`${Math.round(elapsed() / 1000)} s: ${counts.kills} kills, ${counts.creates} users`);
    if (Math.random() < 0.8) await cluster.ready(victim);
    dying.delete(victim);
  }
}

async function difference() {
  const now = await cluster.records(), byMark = new Map();
  for (const x of now.users) byMark.set(x.externalId, [...(byMark.get(x.externalId) ?? []), x]);
  const live = [...wanted].filter(([, x]) => x);
  for (const [name, x] of live) {
    const found = byMark.get(x.id) ?? [];
    if (found.length !== 1) return `${name} has ${found.length} accounts`;
    if (found[0].displayName !== `${name} r${x.revision}` || (found[0].title !== undefined) !== (x.revision === 1)) return `${name} is '${found[0].displayName}' ${found[0].title ?? ""}, r${x.revision} is wanted`;
  }
  if (now.users.length !== live.length) return `${now.users.length} accounts, ${live.length} wanted`;
  for (const group of groups.values()) {
    const there = now.groups.filter(x => x.displayName === group.name);
    if (there.length !== 1) return `${group.name} is there ${there.length} times`;
    const living = new Set(live.map(([, x]) => x.id)), accounts = group.last.filter(x => living.has(x)).map(x => byMark.get(x)[0].id);
    const members = (there[0].members ?? []).map(x => x.value);
    const missing = accounts.filter(x => !members.includes(x)), more = members.filter(x => !accounts.includes(x));
    if (missing.length + more.length > 0) return `${group.name} has other members: ${missing.length} missing (${missing}), ${more.length} too many (${more})`;
  }
  return null;
}

let told = false;
async function verdict(problem) {
  if (told) return;
  told = true;
  const { duplicates, creates, dropped } = await cluster?.records().catch(() => ({})) ?? {};
  const ok = !problem && duplicates === 0, nodes = `${nodeCount} node${nodeCount > 1 ? "s" : ""}`;
  console.log(`| ${new Date().toISOString().slice(0, 10)} | ${backend}, ${nodes} | ${counts.kills} | ${counts.creates} / ${counts.updates} / ${counts.leavers} / ${counts.groupChanges} | ${dropped} | ${creates} | ${duplicates} | ${problem ?? "as wanted"} | ${(elapsed() / 60000).toFixed(1)} min |`);
  console.log(`${ok ? "ok" : "not ok"} kill loop on ${backend} with ${nodes}: ${counts.kills} kills, ${duplicates} duplicates, ${problem ?? "last state everywhere"}`);
  await cluster?.stop(!ok);
  if (!ok && cluster) console.log(`kept: ${cluster.folder}`);
  process.exit(ok ? 0 : 1);
}

try {
  cluster = await Cluster.start(backend, nodeCount, { drop: 0.02 });
  doing = "making groups";
  for (let i = 0; i < 4; i++) {
    await cluster.send("POST", "/scim/v2/Groups", { displayName: `team${i}` });
    groups.set(i, { name: `team${i}`, id: await idOf("/scim/v2/Groups", `displayName eq "team${i}"`), members: new Set(), last: [], turn: Promise.resolve() });
  }
  doing = "killing";
  await Promise.all([...Array.from({ length: atOnce }, killAtRandom), ...Array.from({ length: 6 }, (_, i) => feed(i, 6))]);
  doing = "coming to rest";
  await Promise.all(cluster.nodes.map(x => cluster.ready(x)));
  while ((last = await difference()) && !cluster.over) await sleep(1000);
  if (!last) await verdict(null);
} catch (failure) {
  await verdict(`failed while ${doing}: ${failure.message}`);
}
