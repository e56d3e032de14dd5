import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

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

export const registrationClassDiffers = defineRefusal<{ number: string; written: LocalText; chosen: LocalText }>({
  code: 'catalogue/registration-class-differs',
  rule: 'R-008',
  text: text(
    '编号「{number}」写明的是{written}，而管理类别填的是{chosen}',
    'The number “{number}” says {written}, but the device class is {chosen}',
  ),
  wayOut: text('核对注册证原件，更正编号或管理类别。', 'Check the certificate and correct the number or the class.'),
});

export const registrationEndsBeforeStart = defineRefusal<{ number: string }>({
  code: 'catalogue/registration-ends-before-start',
  text: text('「{number}」的有效期至早于批准日期', '“{number}” would end before it was approved'),
  wayOut: text('核对注册证上的两个日期。', 'Check both dates on the certificate.'),
});

export const registrationNeedsEnd = defineRefusal<{ number: string }>({
  code: 'catalogue/registration-needs-end',
  rule: 'R739 22',
  text: text('注册证「{number}」必须有有效期至', 'The registration “{number}” needs its end date'),
  wayOut: text(
    '注册证有效期为五年，请按证填写；只有备案没有有效期。',
    'A registration runs for five years: enter the date on it. Only filings never expire.',
  ),
});

export const identifierWrong = defineRefusal<{ di: string }>({
  code: 'catalogue/identifier-wrong',
  rule: 'R-096',
  text: text('「{di}」不是有效的 GS1 产品标识：位数或校验位不对', '“{di}” is no GS1 identifier: wrong length or check digit'),
  wayOut: text(
    '对照标签重新录入（8、12、13 或 14 位数字），或更改发码机构。',
    'Enter it again from the label (8, 12, 13 or 14 digits), or choose another agency.',
  ),
});

export const identifierRepeated = defineRefusal<{ di: string }>({
  code: 'catalogue/identifier-repeated',
  text: text('产品标识「{di}」在本产品中出现了两次', 'The identifier “{di}” stands twice on this product'),
  wayOut: text('每个包装级别各有自己的标识，请删除重复行。', 'Each package level has its own: remove the repeated line.'),
});

export const identifierOfOther = defineRefusal<{ di: string; code: string; number: string }>({
  code: 'catalogue/identifier-of-other',
  rule: 'R-016',
  status: 409,
  text: text(
    '产品标识「{di}」已属于产品 {code}（注册证 {number}），注册证编号不同',
    'The identifier “{di}” already belongs to product {code} under another registration ({number})',
  ),
  wayOut: text(
    '由质量人员核对两个产品的注册证与标签，更正其中一个。',
    'Quality compares registration and label of both products and corrects one.',
  ),
});

export const packageHoldsNothing = defineRefusal<{ di: string }>({
  code: 'catalogue/package-holds-nothing',
  text: text('包装「{di}」的含基本单位数必须大于零', 'The package “{di}” must hold more than zero base units'),
  wayOut: text('填写该包装内的基本单位数量。', 'Enter how many base units are inside.'),
});

export const packageHoldsItself = defineRefusal<{ di: string }>({
  code: 'catalogue/package-holds-itself',
  rule: 'R-097',
  text: text('包装「{di}」的下级包装指向了自己', 'The package “{di}” would hold itself'),
  wayOut: text('填写其内层包装的标识，或留空。', 'Enter the identifier of what is inside, or leave it empty.'),
});

export const climateReversed = defineRefusal<{ min: string; max: string }>({
  code: 'catalogue/climate-reversed',
  text: text('最低贮存温度 {min} ℃ 高于最高贮存温度 {max} ℃', 'The lowest storage temperature {min} °C is above the highest {max} °C'),
  wayOut: text('按说明书核对两个温度。', 'Check both temperatures in the instructions for use.'),
});

export const catalogueRefusals = [
  implantNeedsIdentifier,
  shelfLifeNeedsExpiry,
  registrationClassDiffers,
  registrationEndsBeforeStart,
  registrationNeedsEnd,
  identifierWrong,
  identifierRepeated,
  identifierOfOther,
  packageHoldsNothing,
  packageHoldsItself,
  climateReversed,
];
