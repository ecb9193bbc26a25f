// What the kill loop runs: hosts on one database, and the target they provision to. Everything is in one folder and ends with it.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, writeFileSync, rmSync, appendFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "node:net";

const here = dirname(fileURLToPath(import.meta.url)), interop = join(here, "../interop");
const dll = process.env.HOST_DLL ?? join(here, "../../host/Provisioning.Host/bin/Release/net10.0/provisioning.dll");
export const sleep = ms => new Promise(done => setTimeout(done, ms));
const freePort = () => new Promise(done => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });
const kill = child => new Promise(done => { if (!child || child.exitCode !== null || child.signalCode) return done(); child.once("exit", done); child.kill("SIGKILL"); });
const answers = async url => { try { return (await fetch(url, { signal: AbortSignal.timeout(5000) })).ok; } catch { return false; } };

export class Cluster {
  nodes = [];
  folder = mkdtempSync(join(tmpdir(), "kill-loop-"));

  /// options: drop, the part of the target's answers to writes that is lost; targetUrl, a target that is there already; blocking, limits of the binding and provider.
  static async start(backend, count, options) {
    const cluster = new Cluster(), { folder } = cluster;
    cluster.env = { ...process.env, TARGET_TOKEN: "target-secret", PORTAL_TOKEN: "portal-secret-token", RESIDENT_TOKEN: "resident-secret-token", DESK_TOKEN: "desk-secret-token", ALLOW_DUPLICATES: "1", DROP: String(options.drop ?? 0),
      // A killed process leaves its diagnostic sockets behind.
      DOTNET_EnableDiagnostics: "0" };
    const port = await freePort();
    cluster.targetUrl = options.targetUrl ?? `http://127.0.0.1:${port}`;
    cluster.configure(options);
    if (backend === "postgres") {
      // Beside, not below: the server runs as another user, who may not enter a private folder.
      const sql = await freePort();
      execFileSync(join(here, "postgres.sh"), ["start", cluster.server = mkdtempSync(join(tmpdir(), "kill-loop-pg-")), String(sql)]);
      cluster.database = `Host=127.0.0.1;Port=${sql};Username=postgres;Database=postgres`;
    }
    if (!options.targetUrl) cluster.target = spawn("node", [join(interop, "target.mjs"), port], { env: cluster.env, stdio: ["ignore", "ignore", "inherit"] });
    for (let i = 0; i < count; i++)
      cluster.nodes.push({ name: `node${i}`, url: `http://127.0.0.1:${await freePort()}`, data: join(folder, `data${i}`) });
    while (!await answers(`${cluster.targetUrl}/records`)) await sleep(50);
    cluster.nodes.forEach(x => cluster.launch(x));
    await Promise.all(cluster.nodes.map(x => cluster.ready(x)));
    return cluster;
  }

  configure(options) {
    const { folder } = this, write = (name, value) => writeFileSync(join(folder, "config", name), JSON.stringify(value));
    for (const kind of ["service-providers", "identity-providers"]) mkdirSync(join(folder, "config", kind), { recursive: true });
    mkdirSync(join(folder, "policies"));
    // No more than is needed: a plugin that is not there is not loaded at each of many starts.
    cpSync(join(dirname(dll), "plugins/scim"), join(folder, "plugins/scim"), { recursive: true });
    write("service-providers/resident.json", { name: "resident", credentials: [{ bearerToken: "env:RESIDENT_TOKEN" }] });
    write("service-providers/portal.json", { name: "portal", credentials: [{ bearerToken: "env:PORTAL_TOKEN" }], outboundProvisioning: [{ identityProvider: "partner" }] });
    write("service-providers/desk.json", { name: "desk", credentials: [{ bearerToken: "env:DESK_TOKEN" }], outboundProvisioning: [{ identityProvider: "partner", blocking: true, blockingTimeout: "PT60S" }] });
    write("identity-providers/partner.json", { name: "partner", connector: "scim2", groups: ["*"], deprovision: { action: "delete" }, guard: { count: 1000000 },
      settings: { baseUrl: `${this.targetUrl}/scim/v2`, authentication: { bearerToken: "env:TARGET_TOKEN" } },
      retry: { firstDelay: "PT0.2S", maxDelay: "PT1S" }, ...(options.limits ? { limits: options.limits } : {}) });
  }

  launch(node) {
    const log = line => appendFileSync(join(this.folder, node.name + ".log"), line);
    node.process = spawn("dotnet", [dll, "run", "--config", join(this.folder, "config"), "--policies", join(this.folder, "policies"), "--plugins", join(this.folder, "plugins"),
      "--data", node.data, "--urls", node.url, ...(this.database ? ["--database", this.database] : [])], { env: this.env, stdio: ["ignore", "pipe", "pipe"] });
    node.process.stdout.on("data", log); node.process.stderr.on("data", log);
  }

  async ready(node) {
    while (!await answers(node.url + "/health/live")) {
      if (this.over) throw new Error("the time is over");
      if (node.process.exitCode !== null) throw new Error(`${node.name} ended by itself with ${node.process.exitCode}: see its log`);
      await sleep(25);
    }
  }

  async kill(node) { await kill(node.process); }

  async records() { return (await fetch(`${this.targetUrl}/records`)).json(); }

  /// Tries every node until one answers: callers of a cluster do the same.
  async send(method, path, body, token = "portal-secret-token") {
    while (!this.over) {
      const node = this.nodes[Math.floor(Math.random() * this.nodes.length)];
      try {
        const answer = await fetch(node.url + path, { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" }, body: body && JSON.stringify(body), signal: AbortSignal.timeout(30000) });
        const text = await answer.text();
        if (answer.status < 500) return { status: answer.status, body: text ? JSON.parse(text) : null };
      } catch { }
      await sleep(50);
    }
    throw new Error("the time is over");
  }

  async stop(keep) {
    this.over = true;
    for (const node of this.nodes) await kill(node.process);
    await kill(this.target);
    if (this.server) { execFileSync(join(here, "postgres.sh"), ["stop", this.server]); rmSync(this.server, { recursive: true, force: true }); }
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }
}
