// A limit of requests per second over three hosts: callers who wait at each of them, and a backlog, all at once. The target counts.
// node rate.mjs [--limit 40] [--seconds 60]
import { createServer } from "node:http";
import { Cluster, sleep } from "./cluster.mjs";

const option = (name, value) => { const i = process.argv.indexOf("--" + name); return i < 0 ? value : Number(process.argv[i + 1]); };
const limit = option("limit", 40), seconds = option("seconds", 60), starts = [];
let made = 0;
const target = createServer((request, answer) => {
  let body = "";
  request.on("data", x => body += x).on("end", () => {
    if (request.url.startsWith("/scim")) starts.push(performance.now());
    const writes = request.method === "POST";
    const value = request.url === "/records" ? {} : writes ? { ...JSON.parse(body), id: `t${++made}` } : { totalResults: 0, Resources: [] };
    answer.writeHead(writes ? 201 : 200, { "content-type": "application/scim+json" }).end(JSON.stringify(value));
  });
}).listen(0, "127.0.0.1");
await new Promise(done => target.once("listening", done));

const cluster = await Cluster.start("postgres", 3, { targetUrl: `http://127.0.0.1:${target.address().port}`, limits: { requestsPerSecond: limit, concurrency: 32, blockingConcurrency: 32 } });
let ok = false;
try {
  // More than can be made in the time, so that there is always something to do; and at each host callers who ask for a sixth of the rate.
  const names = Array.from({ length: limit * (seconds + 30) }, (_, i) => i), lanes = Array.from({ length: 16 }, async () => {
    for (let i; (i = names.pop()) !== undefined;) await cluster.send("POST", "/scim/v2/Users", { userName: `backlog${i}` });
  });
  while (names.length > limit * 20) await sleep(100);
  let asked = 0, over = false;
  const callers = cluster.nodes.map(async (node, n) => {
    for (let i = 0; !over; i++) {
      const call = fetch(`${node.url}/scim/v2/Users`, { method: "POST", headers: { authorization: "Bearer desk-secret-token", "content-type": "application/scim+json" }, body: JSON.stringify({ userName: `caller${n}-${i}` }) }).then(() => asked++, () => { });
      await Promise.all([call, sleep(6000 / limit)]);
    }
  });
  await sleep(5000);
  const from = performance.now();
  await sleep(seconds * 1000);
  const counted = starts.filter(x => x >= from && x < from + seconds * 1000).map(x => x - from);
  over = true;
  const windows = Array.from({ length: seconds - 9 }, (_, s) => counted.filter(x => x >= s * 1000 && x < (s + 10) * 1000).length / 10);
  const rate = counted.length / seconds, off = (rate / limit - 1) * 100;
  ok = Math.abs(off) <= 5;
  console.log(`| ${new Date().toISOString().slice(0, 10)} | 3 | ${limit} | ${seconds} s | ${counted.length} | ${rate.toFixed(2)} (${off >= 0 ? "+" : ""}${off.toFixed(1)} %) | ${Math.min(...windows).toFixed(1)} to ${Math.max(...windows).toFixed(1)} | ${asked} |`);
  console.log(`${ok ? "ok" : "not ok"} the rate of ${limit} a second over 3 hosts`);
  names.length = 0;
  cluster.over = true;
  await Promise.allSettled([...lanes, ...callers]);
} finally {
  await cluster.stop(false);
  target.close();
}
process.exit(ok ? 0 : 1);
