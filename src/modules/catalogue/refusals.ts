import { defineRefusal } from '#kernel/command/refusal.ts';
import { text } from '#kernel/i18n/text.ts';

export const implantNeedsIdentifier = defineRefusal<{ product: string }>({
  code: 'catalogue/implant-needs-identifier',
  rule: 'GSP 23',
  text: text('植入类产品「{product}」不能没有批号和序列号', 'The implant “{product}” cannot go without lot and serial number'),
  wayOut: text('将标识方式改为批号、序列号或两者。', 'Set the identifier policy to lot, serial, or both.'),
});

export const shelfLifeNeedsExpiry = defineRefusal({
  code: 'catalogue/shelf-life-needs-expiry',
  text: text('填写了有效期月数，但未勾选「管理效期」', 'A shelf life is given, but expiry is not tracked'),
  wayOut: text('勾选「管理效期」，或清空有效期月数。', 'Turn expiry tracking on, or clear the shelf life.'),
});

export const catalogueRefusals = [implantNeedsIdentifier, shelfLifeNeedsExpiry];
