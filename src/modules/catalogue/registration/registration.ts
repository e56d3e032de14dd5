import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { classCodeFields } from '../classification/class-code-fields.ts';
import { deviceClasses } from '../product/device-class.ts';
import { registrationClassDiffers, registrationEndsBeforeStart, registrationNeedsEnd } from '../refusals.ts';
import { parseRegistrationNo } from './registration-number.ts';

/**
 * A registration certificate or filing in dated versions: renewal keeps the number and changes the validity, so what an old
 * document printed stays readable (Order 47, article 115).
 */
export const registration = defineRecord()({
  kind: 'registration',
  module: 'catalogue',
  plural: 'registrations',
  idPrefix: 'reg',
  label: text('注册证/备案', 'Registration'),
  pluralLabel: text('注册证/备案', 'Registrations'),
  table: 'catalogue.registration',
  header: {
    registrationNo: field.code({ label: text('注册证/备案编号', 'Registration no.'), max: 80 }),
    productName: field.text({ label: text('产品名称', 'Product name') }),
    productNameEn: field.text({ label: text('产品英文名称', 'Product name (English)'), optional: true }),
    deviceClass: field.choice(deviceClasses, { label: text('管理类别', 'Device class') }),
    ...classCodeFields,
    holderName: field.text({ label: text('注册人/备案人', 'Holder') }),
    holderNameEn: field.text({ label: text('注册人英文名称', 'Holder (English)'), optional: true }),
    holderUscc: field.code({ label: text('注册人统一社会信用代码', 'Holder’s credit code'), optional: true, max: 18 }),
    agentName: field.text({ label: text('代理人', 'Agent in China'), optional: true, help: text('进口产品', 'for imports') }),
    validFrom: field.date({ label: text('批准日期', 'Approved on') }),
    validTo: field.date({ label: text('有效期至', 'Valid to'), optional: true, help: text('备案无有效期', 'filings do not expire') }),
    issuer: field.text({ label: text('审批部门', 'Issued by'), optional: true }),
    note: field.longText({ label: text('变更与备注', 'Changes and notes'), optional: true, max: 2000 }),
  },
  codeField: 'registrationNo',
  list: {
    columns: ['number', 'productName', 'deviceClass', 'classCode2017', 'holderName', 'validFrom', 'validTo', 'state'],
    search: ['registrationNo', 'productName', 'productNameEn', 'holderName', 'holderNameEn'],
    sort: { field: 'number', descending: false },
  },
  title: (r) => text(`${r.productName} ${r.registrationNo}`, `${r.productNameEn ?? r.productName} ${r.registrationNo}`),
  icon: 'audit',
  check: (r) => {
    const parsed = parseRegistrationNo(r.registrationNo);
    const isOtherClass = parsed.deviceClass !== null && parsed.deviceClass !== r.deviceClass;
    return [
      ...(isOtherClass
        ? [
            registrationClassDiffers(
              { number: r.registrationNo, written: deviceClasses[parsed.deviceClass], chosen: deviceClasses[r.deviceClass] },
              { field: 'deviceClass' },
            ),
          ]
        : []),
      ...(r.validTo !== null && r.validTo < r.validFrom
        ? [registrationEndsBeforeStart({ number: r.registrationNo }, { field: 'validTo' })]
        : []),
      ...(parsed.format === 'registration' && r.validTo === null
        ? [registrationNeedsEnd({ number: r.registrationNo }, { field: 'validTo' })]
        : []),
    ];
  },
});
