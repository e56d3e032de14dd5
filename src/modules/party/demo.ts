import { usccCheckSign } from '#modules/organisation/index.ts';
import { addDays } from './expiry/days.ts';
import type { DocumentKind } from './licence/document-kinds.ts';

/** One organisation of the demo company's world; invented, like all of it. */
export interface DemoParty {
  readonly content: Record<string, unknown> & { readonly code: string };
  /** Where its file stands once loaded. */
  readonly state: 'draft' | 'under_quality_review' | 'approved' | 'suspended' | 'expired' | 'rejected';
}

export interface DemoLicence {
  /** Code of the party, or of our company with `own:` before it. */
  readonly of: string;
  readonly content: Record<string, unknown> & { readonly documentKind: DocumentKind; readonly endsOn: string | null };
  readonly isVerified: boolean;
}

export interface DemoLetter {
  readonly from: string;
  /** Code of the party, or `own:HH`. */
  readonly to: string;
  readonly content: Record<string, unknown>;
}

export interface PartyDemo {
  readonly parties: readonly DemoParty[];
  readonly licences: readonly DemoLicence[];
  readonly letters: readonly DemoLetter[];
}

interface Row {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly roles: readonly string[];
  readonly region: string;
  readonly place: string;
  readonly country: string;
  readonly scope: string;
  /** What is special: `soon5` `soon20` `soon45` lapse in so many days, `lapsed` did, `lacks` a document, or a state. */
  readonly marks: readonly string[];
}

const roleOf: Readonly<Record<string, readonly string[]>> = {
  H: ['registrant', 'manufacturer', 'supplier'],
  F: ['registrant', 'manufacturer'],
  T: ['supplier'],
  D: ['dealer'],
  M: ['medicalInstitution'],
  O: ['otherBuyer'],
  C: ['carrier'],
  A: ['authority'],
  B: ['supplier', 'dealer'],
};

// code|name|English|roles|region|place|scope of trade|marks
const suppliers = `
S001|上海启衡生物科技有限公司|Shanghai Qiheng Biotech Co., Ltd.|H|31|上海市浦东新区蔡伦路 88 号||
S002|苏州澜启诊断技术有限公司|Suzhou Lanqi Diagnostics Co., Ltd.|H|32|苏州工业园区东旺路 6 号||soon20
S003|北京安朗生物工程股份有限公司|Beijing Anlang Bioengineering Co., Ltd.|H|11|北京市大兴区永大路 38 号||
S004|深圳迈诺体外诊断有限公司|Shenzhen Maino IVD Co., Ltd.|H|44|深圳市南山区科苑路 15 号||
S005|杭州博汇生物医药有限公司|Hangzhou Bohui Biomedical Co., Ltd.|H|33|杭州市余杭区文一西路 998 号||
S006|上海柏康介入医疗股份有限公司|Shanghai Baikang Interventional Co., Ltd.|H|31|上海市嘉定区安亭镇园区路 1066 号||
S007|天津科维骨科器械有限公司|Tianjin Kewei Orthopaedics Co., Ltd.|H|12|天津市西青区学府工业区 8 号||lapsed
S008|江西康盛医疗用品有限公司|Jiangxi Kangsheng Medical Supplies Co., Ltd.|H|36|江西省南昌市进贤县医疗器械园 2 号||
S009|山东润和医用材料有限公司|Shandong Runhe Medical Materials Co., Ltd.|H|37|山东省威海市火炬高技术产业区 12 号||soon45
S010|广东舒护乳胶制品有限公司|Guangdong Shuhu Latex Products Co., Ltd.|H|44|广东省湛江市麻章区工业大道 5 号||
S011|成都愈佳生物材料有限公司|Chengdu Yujia Biomaterials Co., Ltd.|H|51|成都市高新区天府生命科技园 B3 栋||
S012|河南洁安卫材有限公司|Henan Jie'an Sanitary Materials Co., Ltd.|H|41|河南省长垣市丁栾镇卫材产业园 16 号||
S013|深圳瑞影医学科技有限公司|Shenzhen Ruiying Medical Technology Co., Ltd.|H|44|深圳市龙华区观澜高新园 7 号||
S014|北京泰乐医疗设备有限公司|Beijing Taile Medical Devices Co., Ltd.|H|11|北京市昌平区科技园区 9 号||soon5
S015|河北卧康医疗器械有限公司|Hebei Wokang Medical Devices Co., Ltd.|H|13|河北省衡水市武邑县循环园 3 号||
S016|江苏锦钢医疗用品有限公司|Jiangsu Jingang Medical Supplies Co., Ltd.|H|32|江苏省南通市崇川区钟秀路 51 号||lacks
S017|Lumen Optik GmbH|Lumen Optik GmbH|F||Industriestraße 14, 07745 Jena||
S018|Cardiva AG|Cardiva AG|F||Hagenholzstrasse 83, 8050 Zürich||
S019|上海恒信医疗器械贸易有限公司|Shanghai Hengxin Device Trading Co., Ltd.|T|31|上海市静安区江场三路 56 号|+2017:16/III +2017:12/III +2017:13/III|
S020|北京仁济康达医疗器械有限公司|Beijing Renji Kangda Device Co., Ltd.|T|11|北京市朝阳区望京东路 1 号|+2017:03/III +2017:13/III -2017:13-07/III|
S021|广州粤科生物技术有限公司|Guangzhou Yueke Biotech Co., Ltd.|T|44|广州市黄埔区开源大道 188 号|+ivd:*/III|
S022|杭州浙安医疗器械有限公司|Hangzhou Zhe'an Device Co., Ltd.|T|33|杭州市滨江区江陵路 336 号|+2002:6840/III -ivd:*/III +2002:6877/III|
S023|武汉江城医疗器械有限公司|Wuhan Jiangcheng Device Co., Ltd.|T|42|武汉市东湖高新区光谷大道 77 号|+2017:14/III +2017:08/III|soon20
S024|成都蓉华医疗科技有限公司|Chengdu Ronghua Medical Technology Co., Ltd.|T|51|成都市武侯区科园南路 5 号|+2017:12/III +2002:6821/III|
S025|沈阳盛北医疗器械有限公司|Shenyang Shengbei Device Co., Ltd.|T|21|沈阳市浑南区创新路 155 号|+2017:13/III|lapsed
S026|西安秦卫医疗器械有限公司|Xi'an Qinwei Device Co., Ltd.|T|61|西安市高新区科技二路 72 号|+2002:6877/III|
S027|南京金陵康泰医疗器械有限公司|Nanjing Jinling Kangtai Device Co., Ltd.|B|32|南京市江宁区秣周东路 12 号|+2017:*/III +ivd:*/III|
S028|重庆渝康医疗器械有限公司|Chongqing Yukang Device Co., Ltd.|T|50|重庆市渝北区金开大道 68 号|+2017:03/III|suspended
S029|福州闽安医疗器械有限公司|Fuzhou Min'an Device Co., Ltd.|T|35|福州市仓山区金山大道 618 号|+2017:14/III|under_quality_review
S030|昆明滇源医疗器械有限公司|Kunming Dianyuan Device Co., Ltd.|T|53|昆明市五华区科高路 96 号|+2017:14/III|draft
`;

const buyers = `
B001|上海市浦江医院|Shanghai Pujiang Hospital|M|31|上海市黄浦区制造局路 600 号||
B002|上海市东海人民医院|Shanghai Donghai People's Hospital|M|31|上海市浦东新区东方路 1600 号||soon45
B003|复临医学中心|Fulin Medical Centre|M|31|上海市徐汇区枫林路 180 号||
B004|上海申康骨科医院|Shanghai Shenkang Orthopaedic Hospital|M|31|上海市虹口区保定路 200 号||
B005|上海明眸眼科医院|Shanghai Mingmou Eye Hospital|M|31|上海市静安区康定路 380 号||soon5
B006|苏州工业园区星湖医院|Suzhou Xinghu Hospital|M|32|苏州工业园区星湖街 99 号||
B007|南京钟山心血管病医院|Nanjing Zhongshan Heart Hospital|M|32|南京市玄武区中山东路 305 号||
B008|无锡太湖人民医院|Wuxi Taihu People's Hospital|M|32|无锡市滨湖区建筑西路 1 号||
B009|杭州西溪医院|Hangzhou Xixi Hospital|M|33|杭州市西湖区留下横埠街 2 号||
B010|宁波甬江第一医院|Ningbo Yongjiang First Hospital|M|33|宁波市海曙区柳汀街 59 号||
B011|温州瓯海中医院|Wenzhou Ouhai TCM Hospital|M|33|温州市瓯海区景山街道 9 号||lapsed
B012|合肥庐阳人民医院|Hefei Luyang People's Hospital|M|34|合肥市庐阳区淮河路 390 号||
B013|芜湖江东医院|Wuhu Jiangdong Hospital|M|34|芜湖市镜湖区赭山西路 2 号||
B014|福州榕城医院|Fuzhou Rongcheng Hospital|M|35|福州市鼓楼区东街 134 号||
B015|厦门鹭岛心血管医院|Xiamen Ludao Heart Hospital|M|35|厦门市湖里区金山路 2999 号||
B016|南昌赣江医院|Nanchang Ganjiang Hospital|M|36|南昌市东湖区永外正街 17 号||
B017|济南泉城医院|Jinan Quancheng Hospital|M|37|济南市历下区文化西路 107 号||
B018|青岛海慈医疗集团|Qingdao Haici Medical Group|M|37|青岛市市北区人民路 4 号||
B019|郑州中原人民医院|Zhengzhou Zhongyuan People's Hospital|M|41|郑州市金水区纬五路 7 号||
B020|武汉楚天医院|Wuhan Chutian Hospital|M|42|武汉市武昌区张之洞路 99 号||
B021|长沙湘江医院|Changsha Xiangjiang Hospital|M|43|长沙市开福区湘雅路 87 号||
B022|广州珠江口腔医院|Guangzhou Zhujiang Dental Hospital|M|44|广州市越秀区江南大道 366 号||
B023|深圳鹏城人民医院|Shenzhen Pengcheng People's Hospital|M|44|深圳市福田区笋岗西路 3002 号||
B024|成都锦江医院|Chengdu Jinjiang Hospital|M|51|成都市武侯区国学巷 37 号||
B025|重庆嘉陵医院|Chongqing Jialing Hospital|M|50|重庆市渝中区袁家岗友谊路 1 号||
B026|西安长安医院|Xi'an Chang'an Hospital|M|61|西安市未央区文景路 17 号||
B027|北京朝晖妇产医院|Beijing Zhaohui Maternity Hospital|M|11|北京市朝阳区姚家园路 251 号||
B028|天津海河医院|Tianjin Haihe Hospital|M|12|天津市津南区双港镇 890 号||
B029|上海静安嘉仁诊所|Shanghai Jiaren Clinic|M|31|上海市静安区延平路 98 号||
B030|上海徐汇安禾门诊部|Shanghai Anhe Outpatient Clinic|M|31|上海市徐汇区肇嘉浜路 777 号||draft
B031|上海博远医疗器械有限公司|Shanghai Boyuan Device Co., Ltd.|D|31|上海市闵行区都会路 1885 号|+2017:13/III +2017:03/III +2017:14/III|
B032|苏州恒泰医疗器械有限公司|Suzhou Hengtai Device Co., Ltd.|D|32|苏州市吴中区吴中大道 1368 号|+2017:13/III -2017:13-07/III +2017:14/III|
B033|南通通泰医疗科技有限公司|Nantong Tongtai Medical Technology Co., Ltd.|D|32|南通市崇川区工农路 121 号|+2002:6840/III -ivd:*/III|
B034|杭州钱江医疗器械有限公司|Hangzhou Qianjiang Device Co., Ltd.|D|33|杭州市上城区望江东路 332 号|+2017:*/III|soon20
B035|宁波海曙康宁医疗器械有限公司|Ningbo Kangning Device Co., Ltd.|D|33|宁波市海曙区中山西路 2 号|+2002:*/III -2002:6815/III -ivd:*/III|
B036|温州瓯越医疗器械有限公司|Wenzhou Ouyue Device Co., Ltd.|D|33|温州市鹿城区车站大道 577 号|+2017:16/III|
B037|合肥徽安医疗器械有限公司|Hefei Hui'an Device Co., Ltd.|D|34|合肥市蜀山区长江西路 687 号|+ivd:*/III +2017:22/III|
B038|福州榕康医疗器械有限公司|Fuzhou Rongkang Device Co., Ltd.|D|35|福州市台江区五一中路 88 号|+2017:14/III|lapsed
B039|厦门鹭泰医疗器械有限公司|Xiamen Lutai Device Co., Ltd.|D|35|厦门市思明区软件园二期 31 号|+2017:12/III|
B040|南昌洪都医疗器械有限公司|Nanchang Hongdu Device Co., Ltd.|D|36|南昌市红谷滩区丰和中大道 912 号|+2017:13/III|
B041|济南泉康医疗器械有限公司|Jinan Quankang Device Co., Ltd.|D|37|济南市高新区舜华路 2000 号|+2017:13/III +ivd:*/III|
B042|青岛海信康医疗器械有限公司|Qingdao Haixinkang Device Co., Ltd.|D|37|青岛市崂山区松岭路 169 号|+2002:6877/III|
B043|郑州豫康医疗器械有限公司|Zhengzhou Yukang Device Co., Ltd.|D|41|郑州市高新区长椿路 11 号|+2017:03/III|
B044|武汉汉康医疗器械有限公司|Wuhan Hankang Device Co., Ltd.|D|42|武汉市江汉区解放大道 686 号|+2017:13/III|soon45
B045|长沙湘康医疗器械有限公司|Changsha Xiangkang Device Co., Ltd.|D|43|长沙市岳麓区麓谷大道 668 号|+2017:14/III|
B046|广州穗安医疗器械有限公司|Guangzhou Sui'an Device Co., Ltd.|D|44|广州市天河区科韵路 16 号|+2017:*/III +ivd:*/III|
B047|深圳鹏安医疗器械有限公司|Shenzhen Peng'an Device Co., Ltd.|D|44|深圳市福田区深南大道 7888 号|+2017:12/III +2017:13/III|suspended
B048|南宁邕康医疗器械有限公司|Nanning Yongkang Device Co., Ltd.|D|45|南宁市青秀区民族大道 131 号|+2017:14/III|
B049|海口琼康医疗器械有限公司|Haikou Qiongkang Device Co., Ltd.|D|46|海口市龙华区滨海大道 103 号|+ivd:*/III|
B050|重庆巴渝医疗器械有限公司|Chongqing Bayu Device Co., Ltd.|D|50|重庆市江北区建新北路 9 号|+2017:13/III|
B051|成都川康医疗器械有限公司|Chengdu Chuankang Device Co., Ltd.|D|51|成都市锦江区东大街 199 号|+2017:03/III|
B052|贵阳黔康医疗器械有限公司|Guiyang Qiankang Device Co., Ltd.|D|52|贵阳市观山湖区林城东路 6 号|+2017:14/III|rejected
B053|昆明云康医疗器械有限公司|Kunming Yunkang Device Co., Ltd.|D|53|昆明市官渡区关上中路 88 号|+2017:14/III|lacks
B054|兰州陇康医疗器械有限公司|Lanzhou Longkang Device Co., Ltd.|D|62|兰州市城关区东岗西路 199 号|+2002:6846/III|
B055|乌鲁木齐天康医疗器械有限公司|Urumqi Tiankang Device Co., Ltd.|D|65|乌鲁木齐市天山区人民路 26 号|+2017:13/III|under_quality_review
B056|东海大学生命科学学院|Donghai University, School of Life Sciences|O|31|上海市杨浦区邯郸路 220 号||
B057|江南动物医学研究所|Jiangnan Institute of Veterinary Medicine|O|32|南京市玄武区卫岗 1 号||
B058|上海市疾病预防研究中心|Shanghai Centre for Disease Research|O|31|上海市长宁区中山西路 1380 号||soon20
B059|浙江海防救护训练基地|Zhejiang Coastal Rescue Training Base|O|33|舟山市定海区临城街道 20 号||
B060|苏州精测计量检测有限公司|Suzhou Jingce Metrology Co., Ltd.|O|32|苏州市高新区珠江路 521 号||lacks
C001|上海冷链通物流有限公司|Shanghai Coldlink Logistics Co., Ltd.|C|31|上海市青浦区华新镇纪鹤路 2189 号||
C002|江浙速达医药物流有限公司|Jiangzhe Suda Pharma Logistics Co., Ltd.|C|32|昆山市花桥镇绿地大道 231 号||soon45
A001|上海市药品监督管理局|Shanghai Medical Products Administration|A|31|上海市徐汇区宜山路 728 号||
`;

const rowsOf = (table: string): Row[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [code, nameZh, nameEn, kind, region, place, scope, marks] = line.split('|') as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      const country = region !== '' ? 'CN' : nameEn.endsWith('AG') ? 'CH' : 'DE';
      return { code, nameZh, nameEn, roles: roleOf[kind] ?? [], region, place, country, scope, marks: marks.split(' ').filter(Boolean) };
    });

/** Signs 9 to 17 stand for the organisation itself: the number of the row makes them unique. */
function usccOf(row: Row, at: number): string {
  const isInstitution = row.roles.includes('medicalInstitution') || row.roles.includes('authority');
  const first = `${isInstitution ? '12' : '91'}${row.region}0100MA1G${String(7310 + at * 37).padStart(5, '0')}`;
  return first + (usccCheckSign(first) ?? '');
}

const states = ['draft', 'under_quality_review', 'suspended', 'rejected'] as const;

function stateOf(row: Row): DemoParty['state'] {
  if (row.marks.includes('lapsed')) return 'expired';
  if (row.marks.includes('lacks')) return 'draft';
  return states.find((state) => row.marks.includes(state)) ?? 'approved';
}

function partyOf(row: Row, at: number): DemoParty {
  const isDomestic = row.country === 'CN';
  const institution = row.roles.includes('medicalInstitution');
  return {
    state: stateOf(row),
    content: {
      code: row.code,
      nameZh: row.nameZh,
      nameEn: row.nameEn,
      roles: [...row.roles],
      country: row.country,
      region: row.region || null,
      address: row.place,
      legalForm: row.roles.includes('authority') ? 'government' : institution ? 'institution' : 'company',
      uscc: isDomestic && !row.roles.includes('authority') ? usccOf(row, at) : null,
      lines: {
        contacts: [
          {
            name: ['王海燕', '李建军', '张倩', '陈志强', '刘芳', '黄磊'][at % 6],
            post: row.roles.includes('supplier') ? '销售经理' : '采购主管',
            phone: `1380${String(1000000 + at * 7919).slice(0, 7)}`,
          },
        ],
        bankAccounts: isDomestic
          ? [
              {
                bank: `中国工商银行${row.place.slice(0, 3)}分行`,
                accountNo: `6222${String(1001000000000 + at * 977351)}`,
                holder: row.nameZh,
                currency: 'CNY',
              },
            ]
          : [],
      },
    },
  };
}

/** `+2017:13/III` includes, `-ivd:*` with its class excludes. */
const scopeLines = (written: string) =>
  written
    .split(' ')
    .filter(Boolean)
    .map((part) => {
      const [, sign, catalogue, code, deviceClass] = /^([+-])(\w+):([\w*-]+)\/(II|III)$/.exec(part) ?? [];
      return { catalogue, code, deviceClass, isIncluded: sign === '+' };
    });

/** Short names of provinces, as licence numbers begin with them. */
const placeNames: Readonly<Record<string, string>> = {
  '11': '京',
  '12': '津',
  '13': '冀',
  '21': '辽',
  '31': '沪',
  '32': '苏',
  '33': '浙',
  '34': '皖',
  '35': '闽',
  '36': '赣',
  '37': '鲁',
  '41': '豫',
  '42': '鄂',
  '43': '湘',
  '44': '粤',
  '45': '桂',
  '46': '琼',
  '50': '渝',
  '51': '川',
  '52': '贵',
  '53': '云',
  '61': '陕',
  '62': '甘',
  '65': '新',
};

const daysLeft: Readonly<Record<string, number>> = { soon5: 5, soon20: 20, soon45: 45, lapsed: -9 };

function licencesOf(row: Row, at: number, today: string): DemoLicence[] {
  const special = row.marks.find((mark) => mark in daysLeft);
  const year = Number(today.slice(0, 4));
  const isDomestic = row.country === 'CN';
  const place = placeNames[row.region] ?? '国';
  const serial = String(1000 + at * 13).slice(-4);
  const long = addDays(today, 500 + ((at * 97) % 900));
  const make = (documentKind: DocumentKind, licenceNo: string, endsOn: string | null, more: Record<string, unknown> = {}): DemoLicence => ({
    of: row.code,
    isVerified: stateOf(row) !== 'draft',
    content: { documentKind, licenceNo, endsOn, startsOn: addDays(endsOn ?? today, -1700), ...more },
  });
  /** The document that is special where the row says so. */
  const main = special === undefined ? long : addDays(today, daysLeft[special] ?? 0);
  const has = (role: string): boolean => row.roles.includes(role);
  const papers: DemoLicence[] = [];
  if (has('authority')) return papers;
  if (!isDomestic) return [make('foreignRegistration', `HRB ${48200 + at}`, null)];
  if (!has('medicalInstitution')) papers.push(make('businessLicence', usccOf(row, at), null, { issuer: '市场监督管理局' }));
  if (has('manufacturer'))
    papers.push(make('productionLicence', `${place}药监械生产许${year - 3}${serial}号`, main, { issuer: '省级药品监督管理局' }));
  if (row.scope !== '') {
    const no = `${place}药监械经营许${year - 3}${serial}号`;
    papers.push(
      make('tradingLicence', no, main, {
        issuer: '设区的市级药品监督管理部门',
        businessMode: 'wholesale',
        lines: { scope: scopeLines(row.scope) },
      }),
      make('tradingFiling', `${place}药监械经营备${year - 3}${serial}号`, null, {
        businessMode: 'wholesale',
        lines: { scope: scopeLines('+2017:*/II +2002:*/II') },
      }),
    );
  }
  if (has('supplier')) {
    papers.push(
      make('qualityAgreement', `ZB-${year}-${row.code}`, long),
      make('salespersonLetter', `SQ-${year}-${row.code}`, addDays(today, 200 + at)),
      make('specimens', `YZ-${row.code}`, null),
    );
  }
  if (has('dealer')) papers.push(make('receiverLetter', `SH-${year}-${row.code}`, addDays(today, 180 + at)));
  if (has('medicalInstitution'))
    papers.push(make('institutionLicence', `PDY${row.region}0${serial}${at}A1001`, main, { issuer: '卫生健康委员会' }));
  if (has('otherBuyer')) papers.push(make('needStatement', `XQ-${year}-${row.code}`, main));
  if (has('carrier')) {
    papers.push(
      make('transportLicence', `${place}交运管许可 ${serial}号`, main),
      make('qualityAgreement', `CY-${year}-${row.code}`, long),
      make('carrierEvaluation', `PG-${year}-${row.code}`, addDays(today, 300)),
    );
  }
  return row.marks.includes('lacks') ? papers.slice(0, -1) : papers;
}

/** Everything our two companies trade, and where their goods lie. */
function ownLicences(today: string): DemoLicence[] {
  const year = Number(today.slice(0, 4));
  const at = (
    documentKind: DocumentKind,
    of: string,
    licenceNo: string,
    endsOn: string | null,
    scope: string,
    warehouse: string,
  ): DemoLicence => ({
    of: `own:${of}`,
    isVerified: true,
    content: {
      documentKind,
      licenceNo,
      endsOn,
      startsOn: addDays(today, -900),
      businessMode: 'wholesale',
      lines: { scope: scopeLines(scope), addresses: [{ addressKind: 'warehouse', address: warehouse }] },
    },
  });
  const [shanghai, suzhou] = ['上海市浦东新区张衡路 1188 号 6 幢 1 层', '江苏省苏州工业园区星湖街 218 号 A2 栋'];
  const broad = '+2017:*/III +2002:*/III +ivd:*/III';
  const second = '+2017:*/II +2002:*/II +ivd:*/II';
  return [
    at('tradingLicence', 'HH', `沪浦药监械经营许${year - 2}0118号`, addDays(today, 700), broad, shanghai),
    at('tradingFiling', 'HH', `沪浦药监械经营备${year - 2}0118号`, null, second, shanghai),
    at('tradingLicence', 'HS', `苏苏药监械经营许${year - 4}0527号`, addDays(today, 52), '+ivd:*/III +2017:22/III', suzhou),
    at('tradingFiling', 'HS', `苏苏药监械经营备${year - 4}0527号`, null, second, suzhou),
  ];
}

/** Holder to trader to us: most unbroken, one run out, one that may not be passed on, one for another region. */
function lettersOf(today: string): DemoLetter[] {
  const year = today.slice(0, 4);
  const letter = (from: string, to: string, at: number, days: number, more: Record<string, unknown> = {}): DemoLetter => ({
    from,
    to,
    content: {
      letterNo: `SQ${year}-${from}-${String(at).padStart(2, '0')}`,
      mayPassOn: !to.startsWith('own:'),
      startsOn: addDays(today, -200),
      endsOn: addDays(today, days),
      lines: { products: [{ coverage: 'everything' }] },
      ...more,
    },
  });
  const direct = Array.from({ length: 16 }, (_, i) =>
    letter(`S${String(i + 1).padStart(3, '0')}`, 'own:HH', 1, i === 8 ? 12 : 165 + i * 10),
  );
  return [
    ...direct,
    letter('S017', 'S019', 1, 400),
    letter('S018', 'S019', 1, 400, { lines: { products: [{ coverage: 'registration', value: '国械注进20203120077' }] } }),
    letter('S019', 'own:HH', 1, 180),
    letter('S006', 'S020', 2, 90, { mayPassOn: false }),
    letter('S020', 'own:HH', 1, 90),
    letter('S003', 'S021', 2, -3),
    letter('S021', 'own:HH', 1, 120),
    letter('S008', 'S023', 2, 40, { regions: ['42', '43'] }),
    letter('S023', 'own:HH', 1, 40),
  ];
}

/** The parties of the demo company: 30 suppliers and holders, 60 buyers of all kinds, carriers, an authority; days follow `today`. */
export function partyDemo(today: string): PartyDemo {
  const rows = [...rowsOf(suppliers), ...rowsOf(buyers)];
  return {
    parties: rows.map(partyOf),
    licences: [...rows.flatMap((row, at) => licencesOf(row, at, today)), ...ownLicences(today)],
    letters: lettersOf(today),
  };
}
