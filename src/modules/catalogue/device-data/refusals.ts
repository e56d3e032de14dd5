import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

export const deviceDataRefusals = {
  notWellFormed: defineRefusal<{ line: number; problem: string }>({
    code: 'catalogue/device-file-not-well-formed',
    text: text('XML 文件第 {line} 行格式不正确：{problem}', 'The XML is not well-formed at line {line}: {problem}'),
    wayOut: text('从原数据库重新下载文件，不要手工修改。', 'Download the file again from the database; do not edit it by hand.'),
  }),
  documentType: defineRefusal({
    code: 'catalogue/device-file-has-document-type',
    text: text('文件含有文档类型或实体声明，出于安全不予读取', 'The file declares a document type or entities; for safety it is not read'),
    wayOut: text('官方数据文件没有这类声明，请从原数据库下载。', 'Official files have none: download it from the database.'),
  }),
  tooComplex: defineRefusal<{ depth: number; count: number }>({
    code: 'catalogue/device-file-too-complex',
    status: 413,
    text: text(
      '文件嵌套超过 {depth} 层或元素超过 {count} 个',
      'The file nests deeper than {depth} levels or holds more than {count} elements',
    ),
    wayOut: text('把文件拆分后分批导入。', 'Split the file and import the parts.'),
  }),
  unknownFormat: defineRefusal<{ name: string }>({
    code: 'catalogue/device-file-unknown',
    text: text('「{name}」不是可识别的器械数据文件', '“{name}” is no device data file that is known here'),
    wayOut: text(
      '支持 GUDID XML、openFDA JSON、国家药监局 UDI 数据库 XML/JSON、EUDAMED XML/JSON。',
      'Read are GUDID XML, openFDA JSON, NMPA UDI XML or JSON, and EUDAMED XML or JSON.',
    ),
  }),
  noDevices: defineRefusal<{ name: string }>({
    code: 'catalogue/device-file-empty',
    text: text('「{name}」中没有器械记录', 'There is no device record in “{name}”'),
    wayOut: text('确认下载的是器械数据而不是汇总或出错信息。', 'Make sure it holds devices, not a count or an error.'),
  }),
  noIdentifier: defineRefusal({
    code: 'catalogue/device-record-without-identifier',
    text: text('该记录没有产品标识 DI', 'This record has no device identifier (DI)'),
    wayOut: text('在来源数据库中补全后重新导入。', 'Have it completed in the source and import again.'),
  }),
  repeatedRecord: defineRefusal<{ di: string; row: number }>({
    code: 'catalogue/device-record-repeated',
    text: text('DI「{di}」在文件第 {row} 条记录中已出现', 'The DI “{di}” stands already in record {row} of the file'),
    wayOut: text('只保留一条（通常是版本最新的）。', 'Keep one of them, usually the newest version.'),
  }),
  ambiguous: defineRefusal<{ di: string; codes: string }>({
    code: 'catalogue/device-record-ambiguous',
    rule: 'R-016',
    text: text('DI「{di}」属于多个产品：{codes}', 'The DI “{di}” belongs to several products: {codes}'),
    wayOut: text('为这条记录指定产品编码，或先更正产品资料。', 'Name the product for this record, or correct the products first.'),
  }),
  noSuchProduct: defineRefusal<{ code: string }>({
    code: 'catalogue/device-product-unknown',
    status: 404,
    text: text('没有编码为「{code}」的启用产品', 'There is no active product with the code “{code}”'),
    wayOut: text('核对产品编码。', 'Check the product code.'),
  }),
  notFound: defineRefusal({
    code: 'catalogue/device-import-not-found',
    status: 404,
    text: text('没有这次器械数据导入', 'There is no such import of device data'),
    wayOut: text('回到列表重新选择。', 'Go back and choose again.'),
  }),
  wrongState: defineRefusal<{ state: LocalText }>({
    code: 'catalogue/device-import-wrong-state',
    status: 409,
    text: text('该导入目前{state}', 'This import is {state}'),
    wayOut: text('等它结束，或重新上传文件。', 'Wait until it ends, or upload the file again.'),
  }),
  fault: defineRefusal({
    code: 'catalogue/device-import-fault',
    status: 503,
    text: text('导入因程序故障中断，已写入的记录保持不变', 'The import stopped because of a fault; what was written stays'),
    wayOut: text('请重试；再次失败时联系管理员查看日志。', 'Try again; if it fails again, ask the administrator to look at the log.'),
  }),
};
