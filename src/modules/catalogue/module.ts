import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';
import { deviceDataOperations } from './device-data/operations.ts';
import { deviceDataRefusals } from './device-data/refusals.ts';
import { product } from './product/product.ts';
import { registration } from './registration/registration.ts';
import { catalogueRefusals } from './refusals.ts';

export const catalogue = defineModule({
  name: 'catalogue',
  label: text('产品目录', 'Catalogue'),
  icon: 'medicine-box',
  dependsOn: ['organisation'],
  definitions: [product, registration],
  operations: [...deviceDataOperations],
  refusals: [...catalogueRefusals, ...Object.values(deviceDataRefusals)],
  menu: [
    { label: text('产品', 'Products'), kind: 'product' },
    { label: text('注册证/备案', 'Registrations'), kind: 'registration' },
  ],
});
