import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { Json } from './api-schema.ts';

/** One operation as the reference page lists it. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: LocalText;
  readonly permission: string | null;
  readonly isPublic: boolean;
  /** Derived from a kind: it can be rehearsed. */
  readonly canRehearse: boolean;
  readonly raw: Json;
}

export interface ApiParameter {
  readonly name: string;
  readonly place: 'path' | 'query' | 'header';
  readonly isRequired: boolean;
  readonly schema: Json;
}

/** All operations of an OpenAPI document, in its order. */
export function operationsOf(api: Json): ApiOperation[] {
  return Object.entries(api['paths'] as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      id: raw['operationId'] as string,
      method: method.toUpperCase(),
      path,
      tag: (raw['tags'] as string[])[0] ?? '',
      summary: text(raw['x-summary-zh'] as string, raw['summary'] as string),
      permission: (raw['x-permission'] as string | undefined) ?? null,
      isPublic: (raw['security'] as unknown[]).length === 0,
      canRehearse: raw['x-action'] !== undefined,
      raw,
    })),
  );
}

export const parametersOf = (o: ApiOperation): ApiParameter[] =>
  ((o.raw['parameters'] as Json[] | undefined) ?? []).map((p) => ({
    name: p['name'] as string,
    place: p['in'] as ApiParameter['place'],
    isRequired: p['required'] === true,
    schema: p['schema'] as Json,
  }));

/** The JSON body it takes, if any. */
export const bodySchemaOf = (o: ApiOperation): Json | undefined =>
  o.raw['requestBody']?.content?.['application/json']?.schema as Json | undefined;
export const answerSchemaOf = (o: ApiOperation): Json | undefined =>
  o.raw['responses']?.['200']?.content?.['application/json']?.schema as Json | undefined;

/** Refusal codes by status, for the statuses an operation may answer with. */
export const problemsOf = (o: ApiOperation): { readonly status: string; readonly codes: readonly string[] }[] =>
  Object.entries(o.raw['responses'] as Record<string, Json>)
    .filter(([status]) => status !== '200')
    .map(([status, r]) => ({ status, codes: (r['x-refusals'] as string[] | undefined) ?? [] }));

/** The address with its places filled and the query behind it. */
export function addressOf(o: ApiOperation, values: Readonly<Record<string, string>>): string {
  const parameters = parametersOf(o);
  const path = o.path.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] ? encodeURIComponent(values[name]) : whole));
  const query = parameters
    .filter((p) => p.place === 'query' && values[p.name])
    .map((p) => `${p.name}=${encodeURIComponent(values[p.name] as string)}`);
  return `${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** The same call for a terminal; the key of a program takes the place of the session. */
export function curlOf(o: ApiOperation, origin: string, values: Readonly<Record<string, string>>, body: string): string {
  const parts = [`curl -X ${o.method} '${origin}/api${addressOf(o, values)}'`, "-H 'Authorization: Bearer $MEDTRADE_KEY'"];
  if (o.canRehearse) parts.push('-H "Idempotency-Key: $(uuidgen)"');
  if (bodySchemaOf(o)) parts.push("-H 'Content-Type: application/json'", `-d '${body.replaceAll("'", `'\\''`)}'`);
  return parts.join(' \\\n  ');
}

/** Operations whose id, path or words hold every word of the query. */
export function searchOperations(all: readonly ApiOperation[], query: string): readonly ApiOperation[] {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((o) => {
    const whole = `${o.id} ${o.method} ${o.path} ${o.summary.zh} ${o.summary.en} ${o.permission ?? ''}`.toLowerCase();
    return asked.every((word) => whole.includes(word));
  });
}
