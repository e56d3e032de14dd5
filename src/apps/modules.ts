import type { ModuleManifest } from '#kernel/module.ts';
import { access } from '#modules/access/module.ts';
import { approval } from '#modules/approval/module.ts';
import { audit } from '#modules/audit/module.ts';
import { catalogue } from '#modules/catalogue/module.ts';
import { dictionary } from '#modules/dictionary/module.ts';
import { documents } from '#modules/documents/module.ts';
import { finance } from '#modules/finance/module.ts';
import { organisation } from '#modules/organisation/module.ts';
import { partyModule } from '#modules/party/module.ts';
import { warehouseModule } from '#modules/warehouse/module.ts';

/** Every module of the product, lower levels first; pure, read by server, web and tablet. */
export const modules: readonly ModuleManifest[] = [
  organisation,
  access,
  approval,
  audit,
  documents,
  dictionary,
  partyModule,
  catalogue,
  warehouseModule,
  finance,
];
