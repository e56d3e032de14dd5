/** One article of the demo company. */
export interface DemoProduct {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly model: string;
  readonly specification: string;
  readonly deviceClass: string;
  readonly registrationNo: string;
  readonly registrantName: string;
  readonly baseUnit: string;
  readonly identifierPolicy: string;
  readonly isExpiryTracked: boolean;
  readonly shelfLifeMonths: number | null;
  readonly isImplant: boolean;
  readonly isSterile: boolean;
  readonly isColdChain: boolean;
  readonly storageCondition: string;
}

// code|name|English name|model|specification|class|registration|registrant|unit|identifiers|expiry|months|flags i s c|storage
const table = `
IVD-CRP-100|C反应蛋白测定试剂盒（胶乳免疫比浊法）|CRP assay kit (latex turbidimetry)|CRP-L|100测试/盒|II|沪械注准20222400118|上海启衡生物科技有限公司|盒|lot|true|18|c|2℃～8℃
IVD-TNI-050|心肌肌钙蛋白I测定试剂盒（化学发光法）|Cardiac troponin I kit (chemiluminescence)|cTnI-C|50测试/盒|III|国械注准20213400762|苏州澜启诊断技术有限公司|盒|lot|true|12|c|2℃～8℃
IVD-HBS-096|乙型肝炎病毒表面抗原检测试剂盒|HBsAg test kit|HBsAg-E|96人份/盒|III|国械注准20203400331|北京安朗生物工程股份有限公司|盒|lot|true|12|c|2℃～8℃
IVD-GLU-200|葡萄糖测定试剂盒（己糖激酶法）|Glucose kit (hexokinase)|GLU-HK|200mL|II|粤械注准20202400907|深圳迈诺体外诊断有限公司|盒|lot|true|18|c|2℃～8℃
IVD-PCT-025|降钙素原检测试剂盒（荧光免疫层析法）|Procalcitonin kit (fluorescence)|PCT-F|25人份/盒|II|浙械注准20212400256|杭州博汇生物医药有限公司|盒|lot|true|24||4℃～30℃
STE-DES-2518|冠状动脉药物洗脱支架系统|Drug-eluting coronary stent system|NovaFlex|2.50×18mm|III|国械注准20193130452|上海柏康介入医疗股份有限公司|套|lotAndSerial|true|24|is|避光，不高于25℃
STE-DES-3023|冠状动脉药物洗脱支架系统|Drug-eluting coronary stent system|NovaFlex|3.00×23mm|III|国械注准20193130452|上海柏康介入医疗股份有限公司|套|lotAndSerial|true|24|is|避光，不高于25℃
ORT-HIP-T12|髋关节假体 股骨柄|Hip prosthesis, femoral stem|HX-T|12号|III|国械注准20183130287|天津科维骨科器械有限公司|件|lotAndSerial|true|60|is|常温干燥
ORT-SCR-4535|金属接骨螺钉|Metallic bone screw|HA4.5|4.5×35mm|III|国械注准20173130945|天津科维骨科器械有限公司|枚|lot|true|60|is|常温干燥
OPH-IOL-215|人工晶状体|Intraocular lens|ClearView A|+21.5D|III|国械注进20163160528|Lumen Optik GmbH|枚|serial|true|36|is|0℃～45℃
CRD-PM-D2|植入式心脏起搏器|Implantable pacemaker|Pulse D2|双腔|III|国械注进20203120077|Cardiva AG|台|serial|true|18|is|10℃～40℃
CON-SYR-010|一次性使用无菌注射器 带针|Sterile single-use syringe with needle|WZ-10|10mL|III|国械注准20153140863|江西康盛医疗用品有限公司|支|lot|true|36|s|常温
CON-IVC-022|静脉留置针|IV catheter|Y型|22G|III|国械注准20163141407|江西康盛医疗用品有限公司|支|lot|true|36|s|常温
CON-SUT-030|可吸收性外科缝线|Absorbable surgical suture|PGLA|3-0 75cm|III|国械注准20183020559|山东润和医用材料有限公司|包|lot|true|60|s|不高于30℃
CON-GLV-070|一次性使用灭菌橡胶外科手套|Sterile surgical gloves|光面|7.0|II|粤械注准20172140628|广东舒护乳胶制品有限公司|副|lot|true|36|s|阴凉干燥
CON-DRS-1010|藻酸盐敷料|Alginate dressing|AL|10×10cm|III|国械注准20203140689|成都愈佳生物材料有限公司|片|lot|true|36|s|常温
CON-MSK-050|医用外科口罩|Surgical mask|平面耳挂|50只/盒|II|豫械注准20202140133|河南洁安卫材有限公司|盒|lot|true|24||常温
CAT-GW-180|一次性使用导丝|Single-use guide wire|GW-J|0.035"×180cm|III|国械注准20193030776|上海柏康介入医疗股份有限公司|根|lot|true|36|s|常温干燥
CAT-BAL-2515|PTCA球囊扩张导管|PTCA balloon catheter|RapidX|2.5×15mm|III|国械注准20183030412|上海柏康介入医疗股份有限公司|根|lot|true|36|s|常温干燥
EQP-US-P7|便携式彩色多普勒超声诊断系统|Portable colour Doppler ultrasound|P7|含凸阵探头|II|粤械注准20212060345|深圳瑞影医学科技有限公司|台|serial|false|null||-20℃～55℃
EQP-MON-M12|病人监护仪|Patient monitor|M12|12.1寸|II|粤械注准20202070218|深圳瑞影医学科技有限公司|台|serial|false|null||常温
EQP-INF-S1|注射泵|Syringe pump|S1|双道|II|京械注准20192140577|北京泰乐医疗设备有限公司|台|serial|false|null||常温
EQP-BIO-400|全自动生化分析仪|Automatic chemistry analyser|BA-400|400测试/小时|II|苏械注准20202220381|苏州澜启诊断技术有限公司|台|serial|false|null||常温
CL1-BED-02|手动病床|Manual hospital bed|双摇|2100×900mm|I|冀衡械备20200015|河北卧康医疗器械有限公司|张|lot|false|null||常温
CL1-TRY-05|不锈钢器械盘|Stainless steel instrument tray|方形|中号|I|苏通械备20190088|江苏锦钢医疗用品有限公司|个|none|false|null||常温
`;

/** Articles across classes: IVD cold chain, implants with serials, consumables, equipment, class I. Holders are invented. */
export const products: readonly DemoProduct[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const [
      code,
      nameZh,
      nameEn,
      model,
      specification,
      deviceClass,
      registrationNo,
      registrantName,
      unit,
      policy,
      expiry,
      months,
      flags,
      storage,
    ] = row.split('|') as [string, string, string, string, string, string, string, string, string, string, string, string, string, string];
    return {
      code,
      nameZh,
      nameEn,
      model,
      specification,
      deviceClass,
      registrationNo,
      registrantName,
      baseUnit: unit,
      identifierPolicy: policy,
      isExpiryTracked: expiry === 'true',
      shelfLifeMonths: months === 'null' ? null : Number(months),
      isImplant: flags.includes('i'),
      isSterile: flags.includes('s'),
      isColdChain: flags.includes('c'),
      storageCondition: storage,
    };
  });
