import { webModule as access } from '#modules/access/module.web.tsx';
import { webModule as approval } from '#modules/approval/module.web.tsx';
import { webModule as audit } from '#modules/audit/module.web.tsx';
import { webModule as catalogue } from '#modules/catalogue/module.web.tsx';
import { webModule as dictionary } from '#modules/dictionary/module.web.tsx';
import { webModule as documents } from '#modules/documents/module.web.tsx';
import { webModule as finance } from '#modules/finance/module.web.tsx';
import { webModule as party } from '#modules/party/module.web.tsx';
import { webModule as warehouse } from '#modules/warehouse/module.web.tsx';
import type { WebModule } from '#ui/web-module.web.tsx';

/** The screens modules add; each loads its pages on demand. */
export const webModules: readonly WebModule[] = [access, approval, audit, dictionary, documents, party, catalogue, warehouse, finance];
