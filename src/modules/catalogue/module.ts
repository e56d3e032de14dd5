import { text } from '#kernel/i18n/text.ts';
import { viewPermission } from '#kernel/access/permission.ts';
import { defineModule } from '#kernel/module.ts';
import { deviceDataOperations } from './device-data/operations.ts';
import { deviceDataRefusals } from './device-data/refusals.ts';
import { identifyOperation } from './identification/operations.ts';
import { identificationRefusals } from './identification/refusals.ts';
import { product } from './product/product.ts';
import { registration } from './registration/registration.ts';
import { catalogueRefusals } from './refusals.ts';

export const catalogue = defineModule({
  name: 'catalogue',
  label: text('产品目录', 'Catalogue'),
  icon: 'medicine-box',
  dependsOn: ['organisation', 'documents'],
  definitions: [product, registration],
  operations: [...deviceDataOperations, identifyOperation],
  refusals: [...catalogueRefusals, ...Object.values(deviceDataRefusals), ...identificationRefusals],
  menu: [
    { label: text('产品', 'Products'), kind: 'product' },
    { label: text('注册证/备案', 'Registrations'), kind: 'registration' },
    { label: text('器械数据导入', 'Device data'), path: '/catalogue/device-data', permission: 'catalogue.product.create' },
    { label: text('扫码识别', 'Identify by code'), path: '/catalogue/identify', permission: viewPermission(product) },
  ],
});
