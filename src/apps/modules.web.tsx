import { webModule as access } from '#modules/access/module.web.tsx';
import { webModule as audit } from '#modules/audit/module.web.tsx';
import { webModule as dictionary } from '#modules/dictionary/module.web.tsx';
import { webModule as documents } from '#modules/documents/module.web.tsx';
import type { WebModule } from '#ui/web-module.web.tsx';

/** The screens modules add; each loads its pages on demand. */
export const webModules: readonly WebModule[] = [access, audit, dictionary, documents];
