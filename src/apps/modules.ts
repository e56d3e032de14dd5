import type { ModuleManifest } from '../kernel/module.ts';

/** Every module of the product, lower levels first; pure, read by server, web and tablet. */
export const modules: readonly ModuleManifest[] = [];
