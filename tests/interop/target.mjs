// A SCIM server that is not ours: the scimmy library speaks the protocol; storage is a map. Usage: node target.mjs PORT
// ALLOW_DUPLICATES=1: refuses no name, and counts objects that were made while one with the same external id (or group name) existed.
// DROP=0.02: that part of the answers to writes is lost after they took effect.
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";
import { randomUUID } from "node:crypto";

const token = process.env.TARGET_TOKEN, lenient = process.env.ALLOW_DUPLICATES === "1", drop = Number(process.env.DROP ?? 0);
let duplicates = 0, creates = 0, dropped = 0;
SCIMMY.Config.set({ patch: true, filter: { supported: true, maxResults: 2000 }, bulk: false, sort: true, etag: false, changePassword: false });

function store(unique, onDelete = () => {}) {
  const records = new Map(), names = new Map();
  const mark = record => record.externalId ?? record[unique];
  const key = value => String(value).toLowerCase();
  const missing = id => new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
  return {
    records,
    ingress(resource, data) {
      const holder = names.get(key(data[unique]));
      if (!lenient && holder && holder !== resource.id) throw new SCIMMY.Types.Error(409, "uniqueness", `${unique} is taken`);
      if (resource.id && !records.has(resource.id)) throw missing(resource.id);
      if (!resource.id) { creates++; for (const r of records.values()) if (mark(r) === mark(data)) { duplicates++; break; } }
      const id = resource.id ?? randomUUID(), old = records.get(id), now = new Date();
      const record = { ...JSON.parse(JSON.stringify(data)), id, meta: { created: old?.meta?.created ?? now, lastModified: now } };
      if (old) names.delete(key(old[unique]));
      names.set(key(record[unique]), id);
      records.set(id, record);
      return record;
    },
    egress(resource) {
      if (resource.id) { if (!records.has(resource.id)) throw missing(resource.id); return records.get(resource.id); }
      const all = [...records.values()];
      return resource.filter ? resource.filter.match(all) : all;
    },
    degress(resource) {
      const old = records.get(resource.id);
      if (!old) throw missing(resource.id);
      names.delete(key(old[unique])); records.delete(resource.id); onDelete(resource.id);
    },
  };
}

const groups = store("displayName");
const users = store("userName", id => { for (const g of groups.records.values()) g.members = (g.members ?? []).filter(m => m.value !== id); });
SCIMMY.Resources.declare(SCIMMY.Resources.User).extend(SCIMMY.Schemas.EnterpriseUser, false).ingress(users.ingress).egress(users.egress).degress(users.degress);
SCIMMY.Resources.declare(SCIMMY.Resources.Group).ingress(groups.ingress).egress(groups.egress).degress(groups.degress);
const app = express();
app.set("query parser", text => { const q = Object.fromEntries(new URLSearchParams(text)); for (const k of ["startIndex", "count"]) if (k in q) q[k] = Number(q[k]); return q; });
// What the target holds, for the test to judge by: not through the protocol under test.
app.get("/records", (_, answer) => answer.json({ users: [...users.records.values()], groups: [...groups.records.values()], duplicates, creates, dropped }));
if (drop > 0) app.use((request, answer, next) => {
  if (request.method !== "GET" && Math.random() < drop) { const end = answer.end; answer.end = () => { dropped++; answer.end = end; request.socket.destroy(); return answer; }; }
  next();
});
app.use("/scim/v2", new SCIMMYRouters({ type: "bearer", handler: request => { if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("wrong token"); return "host"; } }));
app.listen(Number(process.argv[2]), "127.0.0.1");
