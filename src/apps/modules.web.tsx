import type { WebModule } from '#ui/web-module.web.tsx';

/** The screens modules add; each loads its pages on demand. */
export const webModules: readonly WebModule[] = [];
