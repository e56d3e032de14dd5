/**
 * Families of articles: every combination of the sizes in braces is one article.
 * code|name|English name|model|sizes|class|2017|2002|registration|registrant|unit|identifiers|months|flags|storage|from..to °C|in a case
 * Flags: i implantable, v interventional, s sterile, u single use, d IVD reagent, c cold chain, e expiry tracked.
 */
export const productFamilies = `
STE-DCB|药物涂层球囊导管|Drug-coated balloon|AquaCoat|{2.0 2.25 2.5 2.75 3.0 3.5}×{15 20 26}mm|III|03-13-06|6877|国械注准20203030518|上海柏康介入医疗股份有限公司|根|lot|24|vsue|不高于25℃|0..25|20
STE-BMS|外周血管支架系统|Peripheral stent system|FlexiWay|{5 6 7 8}×{40 60 80 100 120}mm|III|13-07-02|6846|国械注准20213130644|上海柏康介入医疗股份有限公司|套|lotAndSerial|36|ivsue|常温干燥|10..30|10
CAT-PTA|外周球囊扩张导管|Peripheral balloon dilatation catheter|PeriX|{3 4 5 6}×{40 80 120}mm|III|03-13-06|6877|国械注准20193030881|杭州启明介入器械有限公司|根|lot|36|vsue|常温干燥|10..30|20
CAT-SHT|一次性使用导管鞘组|Introducer sheath set|RS|{4 5 6 7 8}F {11 23}cm|III|03-13-14|6877|国械注准20183030295|杭州启明介入器械有限公司|套|lot|36|vsue|常温|0..40|50
CAT-GWH|亲水涂层导丝|Hydrophilic guide wire|HydroGlide|{0.018 0.025 0.035}"×{150 180 260}cm|III|03-13-16|6877|国械注准20223030127|上海柏康介入医疗股份有限公司|根|lot|36|vsue|常温干燥|10..30|50
CAT-MIC|微导管|Microcatheter|MC-R|{1.7 1.9 2.4 2.8}F×{105 130 150}cm|III|03-13-26|6877|国械注准20233030046|上海柏康介入医疗股份有限公司|根|lot|24|vsue|常温干燥|10..30|10
ORT-HST|髋关节假体 股骨柄（生物型）|Hip prosthesis, cementless stem|HX-B|{1 2 3 4 5 6 7 8}号{标准 加高}|III|13-04-01|6846|国械注准20183130287|天津科维骨科器械有限公司|件|lotAndSerial|60|isue|常温干燥|5..40|10
ORT-CUP|髋关节假体 髋臼杯|Hip prosthesis, acetabular cup|HX-C|Φ{44 46 48 50 52 54 56 58}mm|III|13-04-01|6846|国械注准20183130287|天津科维骨科器械有限公司|件|lotAndSerial|60|isue|常温干燥|5..40|10
ORT-KNF|膝关节假体 股骨髁|Knee prosthesis, femoral component|KX-F|{2 3 4 5 6}号 {左 右}|III|13-04-02|6846|国械注准20203130377|天津科维骨科器械有限公司|件|lotAndSerial|60|isue|常温干燥|5..40|6
ORT-PED|脊柱椎弓根钉|Pedicle screw|SP-5|Φ{5.5 6.0 6.5 7.0}×{35 40 45 50}mm|III|13-03-03|6846|国械注准20173130866|北京脊安医疗器械有限公司|枚|lot|60|isue|常温干燥|5..40|20
ORT-CGE|椎间融合器|Intervertebral fusion cage|CageP|{8 9 10 11 12}mm×{24 28}mm|III|13-03-04|6846|国械注准20213130209|北京脊安医疗器械有限公司|枚|lotAndSerial|60|isue|常温干燥|5..40|10
OPH-IOA|非球面人工晶状体|Aspheric intraocular lens|ClearView A|+{17.0 17.5 18.0 18.5 19.0 19.5 20.0}D|III|16-07-01|6846|国械注进20163160528|Lumen Optik GmbH|枚|serial|36|isue|0℃～45℃|0..45|20
OPH-IOB|非球面人工晶状体|Aspheric intraocular lens|ClearView A|+{20.5 21.0 22.0 22.5 23.0 23.5 24.0}D|III|16-07-01|6846|国械注进20163160528|Lumen Optik GmbH|枚|serial|36|isue|0℃～45℃|0..45|20
OPH-IOT|散光矫正人工晶状体|Toric intraocular lens|ClearView T|+{19.0 20.0 21.0 22.0}D T{2 3 4}|III|16-07-01|6846|国械注进20193160402|Lumen Optik GmbH|枚|serial|36|isue|0℃～45℃|0..45|20
CRD-PMS|植入式心脏起搏器|Implantable pacemaker|Pulse {S2 D3 DR5}|{单腔 双腔}|III|12-01-01|6821|国械注进20203120077|Cardiva AG|台|serial|18|isue|10℃～40℃|10..40|4
SUR-MSH|外科补片|Surgical mesh|PP-Light|{6×11 7.5×15 10×15 15×15 30×30}cm|III|13-09-04|6846|国械注准20193130733|山东润和医用材料有限公司|片|lot|60|isue|常温|0..40|20
SUR-STP|一次性使用直线切割吻合器|Linear cutter stapler|LC|{45 60 75 100}mm {蓝 绿 白}|II|02-13-01|6808|苏械注准20192021184|苏州锐合外科器械有限公司|把|lot|36|sue|常温|5..40|12
SUR-CLP|结扎夹|Ligating clip|HL-{ML L XL}|{6 10 12}枚/板|III|02-06-02|6808|国械注准20203020241|苏州锐合外科器械有限公司|板|lot|60|isue|常温|5..40|80
CON-SUA|可吸收性外科缝线|Absorbable surgical suture|PGLA|{5-0 4-0 2-0 0 1}{ 45cm  70cm  90cm}|III|02-13-06|6865|国械注准20183020559|山东润和医用材料有限公司|包|lot|60|sue|不高于30℃|0..30|36
CON-SUN|非吸收性外科缝线|Non-absorbable surgical suture|NY|{6-0 5-0 4-0 3-0 2-0} {45 75}cm|II|02-13-07|6865|鲁械注准20182020431|山东润和医用材料有限公司|包|lot|60|sue|常温|0..40|36
CON-SYN|一次性使用无菌注射器 带针|Sterile syringe with needle|WZ|{1 2 5 20 30 50}mL|III|14-01-02|6815|国械注准20153140863|江西康盛医疗用品有限公司|支|lot|36|sue|常温|0..40|1000
CON-IVK|静脉留置针|IV catheter|{直型 Y型}|{18G 20G 24G 26G}|III|14-02|6815|国械注准20163141407|江西康盛医疗用品有限公司|支|lot|36|sue|常温|0..40|500
CON-INF|一次性使用输液器 带针|Infusion set with needle|{普通型 精密过滤型}|{0.45 0.55 0.7 0.8}mm|III|14-02|6866|国械注准20173140655|江西康盛医疗用品有限公司|套|lot|36|sue|常温|0..40|400
CON-CAT|一次性使用无菌导尿管|Sterile urinary catheter|{双腔 三腔}|{12 14 16 18 20 22}Fr|II|14-05-03|6866|粤械注准20192140816|广东舒护乳胶制品有限公司|根|lot|36|sue|阴凉干燥|5..30|200
CON-GLS|一次性使用灭菌橡胶外科手套|Sterile surgical gloves|{光面 麻面}|{6.0 6.5 7.5 8.0 8.5}|II|14-13-03|6866|粤械注准20172140628|广东舒护乳胶制品有限公司|副|lot|36|sue|阴凉干燥|5..30|400
CON-DRA|藻酸盐敷料|Alginate dressing|AL|{5×5 10×20 15×15 2×30}cm|III|14-10-06|6864|国械注准20203140689|成都愈佳生物材料有限公司|片|lot|36|sue|常温|5..30|100
CON-DRH|水胶体敷料|Hydrocolloid dressing|HC|{5×5 10×10 15×15 20×20}cm|II|14-10-05|6864|川械注准20212140188|成都愈佳生物材料有限公司|片|lot|36|sue|常温|5..30|100
CON-DRF|泡沫敷料|Foam dressing|FM|{7.5×7.5 10×10 15×20 18×18}cm|II|14-10-07|6864|川械注准20222140073|成都愈佳生物材料有限公司|片|lot|36|sue|常温|5..30|100
CON-DRN|负压引流海绵|Negative-pressure drainage sponge|VSD|{5×10 10×15 15×25}cm|II|14-06-05|6866|鄂械注准20212145032|武汉楚愈医疗科技有限公司|套|lot|24|sue|常温|5..30|20
CON-MSS|医用外科口罩|Surgical mask|{平面耳挂 平面绑带}|{10 20}只/袋|II|14-13-04|6864|豫械注准20202140133|河南洁安卫材有限公司|袋|lot|24|ue|常温|0..40|100
ANE-ETT|一次性使用气管插管|Endotracheal tube|{普通型 加强型}|{6.0 6.5 7.0 7.5 8.0}mm|II|08-06-03|6866|豫械注准20192080257|河南驼安医疗器械有限公司|根|lot|36|sue|常温|0..40|100
ANE-FLT|呼吸系统过滤器|Breathing system filter|BF|{成人型 儿童型}|II|08-05-03|6866|豫械注准20202080312|河南驼安医疗器械有限公司|只|lot|36|sue|常温|0..40|100
DIA-HDZ|空心纤维血液透析器|Hollow-fibre dialyser|{L H}F|{1.3 1.5 1.7 2.0}m²|III|10-04-01|6845|国械注准20183100476|山东润和医用材料有限公司|支|lot|36|sue|5℃～30℃|5..30|24
IVD-BCH|{丙氨酸氨基转移酶 天门冬氨酸氨基转移酶 肌酐 尿酸 总胆固醇 甘油三酯}测定试剂盒|Chemistry assay kit|BA|{60 180 300}mL|II||6840|粤械注准20202400911|深圳迈诺体外诊断有限公司|盒|lot|18|dce|2℃～8℃|2..8|24
IVD-CLI|{甲胎蛋白 癌胚抗原 糖类抗原125 糖类抗原199 铁蛋白}测定试剂盒（化学发光法）|Tumour marker kit (chemiluminescence)|CLIA|{50 100}测试/盒|III||6840|国械注准20203400815|苏州澜启诊断技术有限公司|盒|lot|12|dce|2℃～8℃|2..8|20
IVD-THY|{促甲状腺激素 游离三碘甲状腺原氨酸 游离甲状腺素}测定试剂盒（化学发光法）|Thyroid kit (chemiluminescence)|CLIA-T|{50 100}测试/盒|II||6840|苏械注准20212400520|苏州澜启诊断技术有限公司|盒|lot|12|dce|2℃～8℃|2..8|20
IVD-PCR|{甲型流感病毒 乙型流感病毒 呼吸道合胞病毒 肺炎支原体}核酸检测试剂盒（荧光PCR法）|Nucleic acid kit (fluorescence PCR)|PCR|{24 48}人份/盒|III||6840|国械注准20223400206|北京安朗生物工程股份有限公司|盒|lot|12|dce|-25℃～-15℃|-25..-15|20
EQP-MNT|病人监护仪|Patient monitor|M{8 10 15}|{基础配置 加配呼末}|II|07-04-01|6821|粤械注准20202070218|深圳瑞影医学科技有限公司|台|serial|||常温|0..40|1
EQP-PMP|{输液泵 注射泵}|Infusion or syringe pump|P{1 2}|{单通道 双通道}|II|14-01-01|6854|京械注准20192140577|北京泰乐医疗设备有限公司|台|serial|||常温|5..40|1
CL1-BEM|手动病床|Manual hospital bed|{单摇 三摇}|{2000×900 2130×970}mm|I|15-03-02|6856|冀衡械备20200015|河北卧康医疗器械有限公司|张|lot|||常温|-10..45|1
CL1-TRS|不锈钢器械盘|Stainless steel instrument tray|{方形 圆形}|{小号 大号 特大号}|I||6801|苏通械备20190088|江苏锦钢医疗用品有限公司|个|none|||常温|-10..45|50
CL1-FCP|止血钳|Haemostatic forceps|{直 弯}|{12.5 14 16 18 22}cm|I|02-04-06|6801|苏通械备20190102|江苏锦钢医疗用品有限公司|把|lot|||常温|-10..45|200
`;

/** What the tables of articles leave open: code|2017|2002|flags beyond their own|from..to °C. */
export const articleClassification = `
IVD-CRP-100||6840|d|2..8
IVD-TNI-050||6840|d|2..8
IVD-HBS-096||6840|d|2..8
IVD-GLU-200||6840|d|2..8
IVD-PCT-025||6840|d|4..30
STE-DES-2518|13-07-02|6846|vu|0..25
STE-DES-3023|13-07-02|6846|vu|0..25
ORT-HIP-T12|13-04-01|6846|u|5..40
ORT-SCR-4535|13-01-06|6846|u|5..40
OPH-IOL-215|16-07-01|6846|u|0..45
CRD-PM-D2|12-01-01|6821|u|10..40
CON-SYR-010|14-01-02|6815|u|0..40
CON-IVC-022|14-02|6815|u|0..40
CON-SUT-030|02-13-06|6865|u|0..30
CON-GLV-070|14-13-03|6866|u|5..30
CON-DRS-1010|14-10-06|6864|u|5..30
CON-MSK-050|14-13-04|6864|u|0..40
CAT-GW-180|03-13-16|6877|vu|10..30
CAT-BAL-2515|03-13-06|6877|vu|10..30
EQP-US-P7|06-07-02|6823||-20..55
EQP-MON-M12|07-04-01|6821||0..40
EQP-INF-S1|14-01-01|6854||5..40
EQP-BIO-400|22-02-01|6840||10..30
CL1-BED-02|15-03-02|6856||-10..45
CL1-TRY-05||6801||-10..45
`;
