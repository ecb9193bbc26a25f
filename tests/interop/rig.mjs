// The processes of the suite: the target that is not ours, and the host, each on a port and in a folder of its own.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const executable = join(here, "../../host/Provisioning.Host/bin/Debug/net10.0/provisioning.dll");
const env = { ...process.env, TARGET_TOKEN: "target-secret" };
const folder = mkdtempSync(join(tmpdir(), "interop-"));
const data = join(folder, "data");
const targetPort = await freePort();
const hostPort = await freePort();
const children = new Set();

export const targetUrl = `http://127.0.0.1:${targetPort}`;
export const hostUrl = `http://127.0.0.1:${hostPort}`;
export const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));

for (const name of ["config/service-providers", "config/identity-providers", "policies"]) mkdirSync(join(folder, name), { recursive: true });

export function configure(name, value) {
  writeFileSync(join(folder, "config", name), JSON.stringify(value));
}

export async function startTarget() {
  const child = start("node", [join(here, "target.mjs"), targetPort]);
  await reachable(`${targetUrl}/records`);
  return child;
}

export async function startHost() {
  const options = ["--config", join(folder, "config"), "--policies", join(folder, "policies"), "--data", data, "--urls", hostUrl];
  const child = start("dotnet", [executable, "run", ...options]);
  await reachable(`${hostUrl}/health/live`);
  return child;
}

export function kill(child) {
  return new Promise(done => {
    if (child.exitCode !== null || child.signalCode) return done();
    child.once("exit", done);
    child.kill("SIGKILL");
  });
}

// One SCIM request to the host; an answer that is no success is thrown with its status.
export async function scim(method, path, body) {
  const token = readFileSync(join(data, "secrets/portal"), "utf8");
  const answer = await fetch(`${hostUrl}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${text}`), { status: answer.status });
  return text ? JSON.parse(text) : null;
}

// What the target holds, not through the protocol under test.
export async function records() {
  return (await fetch(`${targetUrl}/records`)).json();
}

// Asks again and again until the answer is true; a failure counts as "not yet".
export async function until(probe, seconds = 60) {
  let last;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) {
    try {
      last = await probe();
      if (last) return last;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`not within ${seconds} s; last: ${last}`);
}

export async function cleanUp() {
  await Promise.all([...children].map(kill));
  rmSync(folder, { recursive: true, force: true });
}

function start(command, options) {
  const child = spawn(command, options.map(String), { env, stdio: ["ignore", "ignore", "inherit"] });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

function freePort() {
  return new Promise(done => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function reachable(url) {
  await until(async () => (await fetch(url)).ok, 60);
}
