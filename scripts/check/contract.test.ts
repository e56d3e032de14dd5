import { expect, test } from 'vitest';
import { modules } from '../../src/apps/modules.ts';
import { createProduct } from '../../src/apps/product.server.ts';
import { documentHandlers } from '../../src/kernel/http/document-routes.server.ts';
import { openApiFaults } from '../../src/kernel/http/openapi-faults.ts';
import { allOperations, openApiDocument } from '../../src/kernel/http/openapi.ts';
import { workspaceOperations } from '../../src/kernel/http/workspace-operations.ts';
import { workspaceHandlers } from '../../src/kernel/http/workspace.server.ts';
import { testSystem } from '../../src/kernel/test/world.server.ts';

test('what the server answers is exactly what the API description lists, operation by operation', async () => {
  const product = createProduct(await testSystem());
  const answered = [...workspaceHandlers(product), ...product.modules.flatMap((m) => m.handlers), ...documentHandlers(product)];
  const route = (o: { method: string; path: string; id: string }): string => `${o.method} ${o.path} ${o.id}`;
  const listed = allOperations({ modules, more: workspaceOperations }).map(route).toSorted();
  expect(answered.map(({ operation }) => route(operation)).toSorted()).toEqual(listed);
  expect(new Set(listed.map((l) => l.split(' ')[2])).size).toBe(listed.length);
});

test('the manifests of the screens are the manifests of the server', async () => {
  const product = createProduct(await testSystem());
  expect(product.modules.map((m) => m.manifest.name)).toEqual(modules.map((m) => m.name));
});

test('the whole API description is valid OpenAPI 3.1', () => {
  const document = openApiDocument({ modules, more: workspaceOperations, version: '1.0.0' });
  expect(openApiFaults(JSON.parse(JSON.stringify(document)) as Record<string, unknown>)).toEqual([]);
});
