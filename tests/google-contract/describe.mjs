// Turns Google's published description of the Directory API into a strict one that prism checks requests and responses by.
// usage: node describe.mjs admin.directory_v1.json OUTPUT
import { readFileSync, writeFileSync } from "node:fs";
import converter from "google-discovery-to-swagger";

const [input, output] = process.argv.slice(2);
const published = JSON.parse(readFileSync(input, "utf8"));
const strict = converter.convert(structuredClone(published));
const wanted = /\/admin\/directory\/v1\/(users|groups|customer\/[^/]+\/(orgunits|schemas))/;

// Fields that the description leaves open, though Google documents them as typed lists.
const lists = { emails: "UserEmail", phones: "UserPhone", addresses: "UserAddress", organizations: "UserOrganization", relations: "UserRelation", externalIds: "UserExternalId" };
for (const [field, type] of Object.entries(lists))
  strict.definitions.User.properties[field] = { type: "array", items: { $ref: `#/definitions/${type}` } };
for (const type of ["User", "UserName", "Group", "Member", "OrgUnit", "Alias", "UserUndelete", ...Object.values(lists)])
  if (strict.definitions[type]?.properties) strict.definitions[type].additionalProperties = false;

const paths = {};
for (const [path, operations] of Object.entries(strict.paths)) {
  if (!wanted.test(path)) continue;
  for (const operation of Object.values(operations)) {
    if (!operation?.operationId) continue;
    const body = (operation.parameters ?? []).find(parameter => parameter.in === "body");
    const type = body?.schema?.$ref?.split("/").pop();
    if (type) {
      // What a method requires is said by annotations that the converter drops.
      const required = Object.entries(published.schemas[type]?.properties ?? {})
        .filter(([, property]) => property.annotations?.required?.includes(operation.operationId)).map(([name]) => name);
      body.required = true;
      body.schema = { ...structuredClone(strict.definitions[type]), ...(required.length ? { required } : {}) };
    }
    // The description tells no status; the converter takes 200 for granted, and an answer without content is a 204.
    if (operation.responses[200] && !operation.responses[200].schema) operation.responses[204] = operation.responses[200];
    operation.security = [{ bearer: [] }];
  }
  paths[path.replace("{+", "{")] = operations;
}

Object.assign(strict, { paths, host: "127.0.0.1", schemes: ["http"], consumes: ["application/json"], produces: ["application/json"],
  securityDefinitions: { bearer: { type: "apiKey", in: "header", name: "Authorization" } } });
delete strict.security;
writeFileSync(output, JSON.stringify(strict));
