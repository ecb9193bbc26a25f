// A second SCIM server that is not ours: the SCIM plugin of better-auth, in memory. Usage: node better-auth.mjs PORT
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { getAuthTables } from "better-auth/db";
import { toNodeHandler } from "better-auth/node";
import { scim } from "@better-auth/scim";

const port = Number(process.argv[2]);
const connections = [{ id: "host", credentials: [{ type: "bearer", id: "host", token: process.env.TARGET_TOKEN }] }];
const options = {
  baseURL: `http://127.0.0.1:${port}`, basePath: "/", secret: "only of a test server, of the length it wants",
  telemetry: { enabled: false }, rateLimit: { enabled: false }, plugins: [scim({ connections })],
};
const tables = Object.fromEntries(Object.values(getAuthTables(options)).map(table => [table.modelName, []]));
createServer(toNodeHandler(betterAuth({ ...options, database: memoryAdapter(tables) }))).listen(port, "127.0.0.1");
