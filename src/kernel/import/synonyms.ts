/** What people of the trade call a field in their own spreadsheets, besides its label; the most telling word first. */
interface Meaning {
  /** Field names this meaning has in the definitions. */
  readonly fields: readonly string[];
  readonly words: readonly string[];
}

const meanings: readonly Meaning[] = [
  {
    fields: ['nameZh', 'name'],
    words: [
      '中文名称',
      '中文名',
      '名称',
      '品名',
      '产品名称',
      '商品名称',
      '物料名称',
      '货品名称',
      '产品名',
      '名字',
      'chinese name',
      'name in chinese',
      'name',
      'product name',
      'item name',
      'article name',
    ],
  },
  { fields: ['nameEn'], words: ['英文名称', '英文名', '英文品名', '外文名称', 'english name', 'name in english', 'name en'] },
  { fields: ['baseUnit', 'unit'], words: ['计量单位', '单位', '基本单位', '库存单位', 'base unit', 'unit of measure', 'uom', 'unit'] },
  {
    fields: ['identifierPolicy'],
    words: [
      '标识方式',
      '识别方式',
      '批号管理方式',
      '批次管理方式',
      '追溯方式',
      '管理方式',
      'identifier policy',
      'identification',
      'identification method',
      'tracking',
      'traceability',
    ],
  },
  { fields: ['specification'], words: ['规格', '规格型号', '产品规格', '规格参数', 'specification', 'spec', 'specs', 'size'] },
  { fields: ['model'], words: ['型号', '产品型号', '型号规格', 'model', 'model no', 'model number'] },
  {
    fields: ['registrationNo'],
    words: [
      '注册证号',
      '注册证编号',
      '注册证书编号',
      '注册号',
      '注册证',
      '备案号',
      '备案凭证号',
      '备案编号',
      '批准文号',
      'registration no',
      'registration number',
      'registration certificate',
      'certificate no',
    ],
  },
  {
    fields: ['registrantName', 'holderName'],
    words: ['注册人', '注册人名称', '备案人', '备案人名称', 'registrant', 'registration holder'],
  },
  { fields: ['deviceClass'], words: ['管理类别', '器械类别', '产品类别', '风险类别', '类别', 'device class', 'risk class', 'class'] },
  {
    fields: ['expiryDate', 'validTo', 'validUntil', 'endsOn'],
    words: [
      '有效期至',
      '失效日期',
      '到期日期',
      '到期日',
      '效期',
      '有效期',
      '使用期限',
      'expiry date',
      'expiration date',
      'expiry',
      'expires on',
      'use by',
      'valid to',
      'valid until',
    ],
  },
  { fields: ['shelfLifeMonths'], words: ['有效期月数', '有效期', '保质期', '效期', 'shelf life', 'shelf life in months'] },
  {
    fields: ['productionDate', 'madeOn'],
    words: ['生产日期', '制造日期', 'production date', 'manufacturing date', 'date of manufacture', 'mfg date'],
  },
  {
    fields: ['lotNo'],
    words: ['批号', '生产批号', '产品批号', '批次号', '批次', 'lot no', 'lot number', 'lot', 'batch no', 'batch number', 'batch'],
  },
  { fields: ['serialNo'], words: ['序列号', '产品序列号', '机身号', '出厂编号', 'serial no', 'serial number', 'serial', 'sn'] },
  { fields: ['quantity'], words: ['数量', '库存数量', '实盘数量', 'quantity', 'qty'] },
  { fields: ['unitCost', 'price'], words: ['单价', '成本单价', 'unit cost', 'unit price', 'price'] },
  {
    fields: ['storageCondition'],
    words: ['贮存条件', '储存条件', '存储条件', '储运条件', '保存条件', 'storage condition', 'storage conditions', 'storage'],
  },
  {
    fields: ['productId'],
    words: ['产品', '产品编码', '产品编号', '商品编码', '物料编码', '货号', 'product', 'product code', 'item code', 'sku'],
  },
  { fields: ['placeId'], words: ['库位', '货位', '库位编码', '货位号', 'place', 'location', 'bin'] },
  { fields: ['warehouseId'], words: ['仓库', '仓库编码', '库房', 'warehouse'] },
  { fields: ['accountId'], words: ['会计科目', '科目', '科目编码', '科目代码', 'account', 'account code'] },
  { fields: ['currency'], words: ['币种', '币别', '货币', 'currency'] },
  { fields: ['uscc'], words: ['统一社会信用代码', '社会信用代码', '信用代码', 'uscc', 'credit code'] },
  { fields: ['phone'], words: ['电话', '联系电话', '手机', '手机号', 'phone', 'telephone', 'mobile'] },
  { fields: ['email'], words: ['邮箱', '电子邮箱', '电子邮件', 'e-mail', 'email'] },
  { fields: ['address'], words: ['地址', '详细地址', 'address'] },
  { fields: ['note', 'remark'], words: ['备注', '说明', 'note', 'notes', 'remark', 'remarks', 'comment'] },
];

const codeWords = ['编码', '代码', '编号', '货号'];
const codeNames: readonly string[] = [
  ...codeWords,
  ...['产品', '商品', '物料', '存货', '货品'].flatMap((thing) => codeWords.map((word) => thing + word)),
  'code',
  'item code',
  'product code',
  'article no',
  'item no',
  'part no',
  'sku',
  'number',
  'no',
];

const keyNames: readonly string[] = ['单据号', '单号', '单据编号', 'document no', 'document number'];

/** Words for the code of a record, for the document key and for fields by their name; none where nothing is known. */
export function synonymsOf(name: string, role: 'code' | 'key' | 'field'): readonly string[] {
  if (role === 'key') return keyNames;
  const known = meanings.find((m) => m.fields.includes(name))?.words ?? [];
  return role === 'code' ? [...codeNames, ...known] : known;
}
