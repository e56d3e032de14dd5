import type { AnyDefinition } from '#kernel/document/definition.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import type { WebModule } from './web-module.web.tsx';

interface WebProduct {
  readonly modules: readonly ModuleManifest[];
  readonly webModules: readonly WebModule[];
  readonly byKind: ReadonlyMap<string, AnyDefinition>;
}

let product: WebProduct = { modules: [], webModules: [], byKind: new Map() };

/** Called once by the application before the shell is drawn. */
export function setProduct(modules: readonly ModuleManifest[], webModules: readonly WebModule[]): void {
  const definitions = modules.flatMap((m) => m.definitions);
  product = { modules, webModules, byKind: new Map(definitions.map((d) => [d.kind, d])) };
}

export const getProduct = (): WebProduct => product;

export const definitionOf = (kind: string): AnyDefinition | undefined => product.byKind.get(kind);
export const definitionAt = (module: string, plural: string): AnyDefinition | undefined =>
  product.modules.find((m) => m.name === module)?.definitions.find((d) => d.plural === plural);

/** Address of the list of a kind; undefined for kinds without a page. */
export function listPath(kind: string): string | undefined {
  const d = definitionOf(kind);
  return d && `/m/${d.module}/${d.plural}`;
}

/** Address of one document or record; undefined for kinds without a page. */
export function documentPath(kind: string, id: string): string | undefined {
  const list = listPath(kind);
  return list && `${list}/${id}`;
}
