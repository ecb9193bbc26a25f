// Runs the connector's conformance kit against each foreign SCIM server.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url)), token = "a-token-of-the-interop-tests";
const env = { ...process.env, TARGET_TOKEN: token };
const freePort = () => new Promise(done => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });
const ended = child => new Promise(done => child.once("exit", done));
async function answers(url) {
  for (let i = 0; i < 400; i++) {
    try { if ((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).ok) return; } catch { }
    await new Promise(done => setTimeout(done, 50));
  }
  throw new Error(`${url} does not answer`);
}

let failures = 0;
for (const [name, script] of [["scimmy", "target.mjs"], ["better-auth", "better-auth.mjs"]]) {
  const port = await freePort(), address = `http://127.0.0.1:${port}/scim/v2`;
  const server = spawn("node", [join(here, script), port], { env, stdio: ["ignore", "ignore", "inherit"] });
  try {
    await answers(`${address}/ServiceProviderConfig`);
    const kit = spawn("dotnet", [join(here, "Kit/bin/Debug/net10.0/Provisioning.Interop.Kit.dll"), address, name, join(here, "Kit/deviations.json")], { env, stdio: ["ignore", "inherit", "inherit"] });
    failures += await ended(kit);
  } catch (e) { failures++; console.log(`not ok kit at ${name}: ${e.message}`); }
  server.kill("SIGKILL");
}
process.exit(failures ? 1 : 0);
