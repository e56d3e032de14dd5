const typeNames = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
const subSchemas = ['items', 'additionalProperties', 'not', 'propertyNames', 'contains', 'if', 'then', 'else'];
const schemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];

type Json = Record<string, any>;
const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v);

/** What a pointer like `#/components/schemas/Lot` leads to. */
const follow = (document: Json, pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (isObject(at) ? at[part.replace(/~1/g, '/').replace(/~0/g, '~')] : undefined), document);

function schemaFaults(document: Json, schema: unknown, at: string): string[] {
  if (typeof schema === 'boolean') return [];
  if (!isObject(schema)) return [`${at}: not a schema`];
  const found: string[] = [];
  if (typeof schema['$ref'] === 'string' && follow(document, schema['$ref']) === undefined)
    found.push(`${at}: ${schema['$ref']} leads nowhere`);
  const types = Array.isArray(schema['type']) ? schema['type'] : schema['type'] === undefined ? [] : [schema['type']];
  for (const t of types) if (!typeNames.has(t)) found.push(`${at}: type ${t}`);
  const required = schema['required'];
  if (required !== undefined && (!Array.isArray(required) || new Set(required).size !== required.length)) found.push(`${at}: required`);
  if (schema['enum'] !== undefined && !Array.isArray(schema['enum'])) found.push(`${at}: enum`);
  for (const map of ['properties', 'patternProperties', '$defs']) {
    for (const [name, s] of Object.entries((schema[map] as Json | undefined) ?? {}))
      found.push(...schemaFaults(document, s, `${at}.${map}.${name}`));
  }
  for (const key of subSchemas) if (schema[key] !== undefined) found.push(...schemaFaults(document, schema[key], `${at}.${key}`));
  for (const key of schemaLists) {
    for (const [i, s] of ((schema[key] as unknown[] | undefined) ?? []).entries())
      found.push(...schemaFaults(document, s, `${at}.${key}.${i}`));
  }
  return found;
}

function contentFaults(document: Json, content: unknown, at: string): string[] {
  if (content === undefined) return [];
  if (!isObject(content)) return [`${at}: content is not a map`];
  return Object.entries(content).flatMap(([type, media]) => [
    ...(type.includes('/') ? [] : [`${at}: media type ${type}`]),
    ...(media.schema === undefined ? [] : schemaFaults(document, media.schema, `${at}.${type}`)),
  ]);
}

function parameterFaults(document: Json, path: string, parameters: Json[], at: string): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const p of parameters) {
    const key = `${p['in']} ${p['name']}`;
    if (seen.has(key)) found.push(`${at}: parameter ${key} stands twice`);
    seen.add(key);
    if (!['path', 'query', 'header', 'cookie'].includes(p['in'])) found.push(`${at}: parameter in ${p['in']}`);
    if (p['in'] === 'path' && (p['required'] !== true || !path.includes(`{${p['name']}}`)))
      found.push(`${at}: ${key} is not a place of the path`);
    found.push(...schemaFaults(document, p['schema'], `${at}.${key}`));
  }
  for (const [, name] of path.matchAll(/\{(\w+)\}/g)) if (!seen.has(`path ${name}`)) found.push(`${at}: {${name}} is not declared`);
  return found;
}

function responseFaults(document: Json, responses: unknown, at: string): string[] {
  if (!isObject(responses) || Object.keys(responses).length === 0) return [`${at}: no responses`];
  return Object.entries(responses).flatMap(([status, r]) => {
    const here = `${at}.responses.${status}`;
    if (!/^([1-5]\d\d|default)$/.test(status)) return [`${here}: not a status`];
    if (typeof r.$ref === 'string') return follow(document, r.$ref) === undefined ? [`${here}: ${r.$ref} leads nowhere`] : [];
    return [...(typeof r.description === 'string' ? [] : [`${here}: no description`]), ...contentFaults(document, r.content, here)];
  });
}

function operationFaults(document: Json, path: string, operation: Json, at: string, ids: Set<string>): string[] {
  const id = operation['operationId'];
  const found = typeof id !== 'string' ? [`${at}: no operationId`] : ids.has(id) ? [`${at}: operationId ${id} is not unique`] : [];
  ids.add(id);
  for (const wanted of (operation['security'] as Json[] | undefined) ?? []) {
    for (const name of Object.keys(wanted))
      if (follow(document, `#/components/securitySchemes/${name}`) === undefined) found.push(`${at}: security ${name}`);
  }
  return [
    ...found,
    ...parameterFaults(document, path, operation['parameters'] ?? [], at),
    ...contentFaults(document, operation['requestBody']?.content, `${at}.requestBody`),
    ...responseFaults(document, operation['responses'], at),
  ];
}

/**
 * What is wrong with an OpenAPI 3.1 document: structure, references, path places, unique ids, schema keywords. Not the whole of the
 * official schema, but every fault a generator of clients would stumble over. Empty means none.
 */
export function openApiFaults(document: Json): string[] {
  const found: string[] = [];
  if (!/^3\.1\.\d+$/.test(document['openapi'])) found.push('openapi: not 3.1');
  if (typeof document['info']?.title !== 'string' || typeof document['info']?.version !== 'string') found.push('info: title and version');
  const ids = new Set<string>();
  for (const [path, item] of Object.entries(document['paths'] as Json)) {
    if (!path.startsWith('/')) found.push(`paths.${path}: no leading slash`);
    for (const [method, operation] of Object.entries(item as Json)) {
      if (!methods.has(method)) found.push(`paths.${path}.${method}: not a method`);
      else found.push(...operationFaults(document, path, operation, `paths.${path}.${method}`, ids));
    }
  }
  for (const [name, schema] of Object.entries(document['components']?.schemas as Json)) {
    if (!/^[\w.-]+$/.test(name)) found.push(`components.schemas: name ${name}`);
    found.push(...schemaFaults(document, schema, `components.schemas.${name}`));
  }
  return found;
}
