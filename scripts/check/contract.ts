import { openApiFaults } from '../../src/kernel/http/openapi-faults.ts';
import { openApiDocument } from '../../src/kernel/http/openapi.ts';
import { workspaceOperations } from '../../src/kernel/http/workspace-operations.ts';
import { compareGolden } from './golden.ts';
import type { Guard } from './guard.ts';
import { loadManifests } from './manifests.ts';

export const contract: Guard = {
  name: 'contract',
  why: 'Other programs are written against this API: a change of a route, a field or a refusal has to be seen in review before they break.',
  run: async (tree, options) => {
    const { version } = JSON.parse(tree.read('package.json')) as { version: string };
    const document = openApiDocument({ modules: await loadManifests(tree), more: workspaceOperations, version });
    const text = `${JSON.stringify(document, null, 1)}\n`;
    const faults = openApiFaults(JSON.parse(text) as Record<string, unknown>);
    return [
      ...faults.map((message) => ({ file: 'docs/openapi.json', message })),
      ...compareGolden(tree, 'docs/openapi.json', text, options),
    ];
  },
};
