import { approveRequest } from '#modules/approval/index.ts';
import { addMonths, dayFrom } from './days.ts';
import type { DemoCompany } from './company.server.ts';
import type { Stores } from './masters.server.ts';

interface Loaded {
  readonly entityId: string;
  readonly today: string;
  readonly products: ReadonlyMap<string, string>;
  readonly stores: Stores;
  readonly code: string;
  readonly accounts: ReadonlyMap<string, string>;
}

type StockRow = readonly [
  product: string,
  place: string,
  lot: string | null,
  serial: string | null,
  expiryMonths: number | null,
  quantity: string,
  cost: string,
  state?: string,
];

/** Lots and serials at the start; expiries lie relative to today, so that near-expiry and expired goods are always there. */
const stock: readonly StockRow[] = [
  ['IVD-CRP-100', 'C01', 'L240811', null, 9, '120', '386.5'],
  ['IVD-CRP-100', 'C01', 'L240302', null, 2, '34', '379'],
  ['IVD-TNI-050', 'C01', 'TN2409A', null, 7, '80', '1240'],
  ['IVD-HBS-096', 'C02', 'HB24071', null, 5, '60', '465'],
  ['IVD-GLU-200', 'C02', 'G240901', null, 11, '150', '96.8'],
  ['IVD-PCT-025', 'A01', 'PC2408', null, 14, '45', '1680'],
  ['IVD-HBS-096', 'R01', 'HB23042', null, -1, '6', '465', 'expired'],
  ['STE-DES-2518', 'A02', 'NF24A', 'NF24A-0001', 16, '1', '798'],
  ['STE-DES-2518', 'A02', 'NF24A', 'NF24A-0002', 16, '1', '798'],
  ['STE-DES-2518', 'A02', 'NF24A', 'NF24A-0003', 16, '1', '798'],
  ['STE-DES-3023', 'A02', 'NF24B', 'NF24B-0101', 15, '1', '798'],
  ['STE-DES-3023', 'A02', 'NF24B', 'NF24B-0102', 15, '1', '798'],
  ['ORT-HIP-T12', 'A03', 'HX2311', 'HX2311-044', 42, '1', '7350'],
  ['ORT-SCR-4535', 'A03', 'SC2402', null, 38, '400', '126.5'],
  ['OPH-IOL-215', 'B01', null, 'CV-88120431', 22, '1', '1890'],
  ['OPH-IOL-215', 'B01', null, 'CV-88120432', 22, '1', '1890'],
  ['CRD-PM-D2', 'B01', null, 'PD2-550812', 12, '1', '23800'],
  ['CON-SYR-010', 'B02', '20240618', null, 20, '24000', '0.42'],
  ['CON-IVC-022', 'B02', '20240527', null, 18, '6000', '3.85'],
  ['CON-SUT-030', 'B03', 'SU2403', null, 40, '1800', '18.6'],
  ['CON-GLV-070', 'B03', 'GL24051', null, 19, '5000', '2.95'],
  ['CON-DRS-1010', 'B03', 'AL2407', null, 21, '600', '34.2'],
  ['CAT-GW-180', 'A01', 'GW2405', null, 17, '90', '265'],
  ['CAT-BAL-2515', 'A01', 'BX2406', null, 18, '70', '880'],
  ['CON-MSK-050', 'W01', 'MK2408', null, 15, '300', '21.5', 'awaiting_acceptance'],
  ['EQP-US-P7', 'A03', null, 'P7-2024-0093', null, '1', '86500'],
  ['EQP-MON-M12', 'A03', null, 'M12-40217', null, '1', '9800'],
  ['EQP-INF-S1', 'A03', null, 'S1-24-1188', null, '1', '3600'],
  ['CL1-TRY-05', 'B01', null, null, null, '120', '46'],
];

/** Opening stock entered by the clerk, reviewed by the controller, put on the shelves' books by a keeper. */
export async function loadOpeningStock(demo: DemoCompany, loaded: Loaded): Promise<void> {
  const { today, products, stores, code, entityId } = loaded;
  const stockDate = dayFrom(today, -1, 1);
  const items = stock.map(([product, place, lotNo, serialNo, expiryMonths, quantity, unitCost, qualityState]) => ({
    productId: products.get(product),
    placeId: stores.places.get(`${code}-${place}`),
    lotNo,
    serialNo,
    quantity,
    unitCost,
    expiryDate: expiryMonths === null ? null : dayFrom(today, expiryMonths, 15),
    productionDate: dayFrom(today, -8, 10),
    qualityState: qualityState ?? 'acceptable',
    supplierName: '原系统结转',
    receivedOn: dayFrom(today, -3, 12),
    sourceDocumentNo: `RK-${addMonths(today.slice(0, 7), -3)}`,
  }));
  const id = await demo.create(
    'clerk',
    'opening-stock',
    { stockDate, warehouseId: stores.warehouse, note: '系统启用结转', lines: { items } },
    entityId,
  );
  await submitAndApprove(demo, 'clerk', 'opening-stock', id);
  await demo.act('keeper2', 'opening-stock', 'post', id);
}

/** Asks and, as the controller, agrees. */
async function submitAndApprove(demo: DemoCompany, login: string, kind: string, id: string): Promise<void> {
  const asked = await demo.act(login, kind, 'submit', id);
  if (!asked.approvalId) throw new Error(`${kind} was expected to wait for approval`);
  const handler = demo.product.modules.flatMap((m) => m.handlers).find((h) => h.operation === approveRequest);
  await handler?.handle(
    demo.context('controller'),
    { params: { id: asked.approvalId }, query: undefined, body: { comment: '同意' } },
    {
      request: new Request('http://localhost/'),
      headers: new Headers(),
    },
  );
}

type Entry = readonly [account: string, debit: string | null, credit: string | null];
interface Voucher {
  readonly months: number;
  readonly day: number;
  readonly summary: string;
  readonly type: string;
  readonly entries: readonly Entry[];
}

const vouchers: readonly Voucher[] = [
  {
    months: -2,
    day: 3,
    summary: '股东投入资本',
    type: 'receipt',
    entries: [
      ['1002', '8000000', null],
      ['4001', null, '8000000'],
    ],
  },
  {
    months: -2,
    day: 18,
    summary: '支付仓库租金',
    type: 'payment',
    entries: [
      ['660201', '68000', null],
      ['1002', null, '68000'],
    ],
  },
  {
    months: -1,
    day: 6,
    summary: '冷库验证服务费',
    type: 'payment',
    entries: [
      ['660202', '26500', null],
      ['222101', '1590', null],
      ['1002', null, '28090'],
    ],
  },
  {
    months: -1,
    day: 15,
    summary: '支付上海启衡货款',
    type: 'payment',
    entries: [
      ['220201', '46380', null],
      ['1002', null, '46380'],
    ],
  },
  {
    months: 0,
    day: 2,
    summary: '计提职工薪酬',
    type: 'transfer',
    entries: [
      ['6601', '96000', null],
      ['660203', '54000', null],
      ['2211', null, '150000'],
    ],
  },
  {
    months: 0,
    day: 5,
    summary: '银行手续费',
    type: 'payment',
    entries: [
      ['6603', '326.5', null],
      ['1002', null, '326.5'],
    ],
  },
  {
    months: 0,
    day: 8,
    summary: '预付苏州澜启货款',
    type: 'payment',
    entries: [
      ['1123', '120000', null],
      ['1002', null, '120000'],
    ],
  },
  {
    months: 0,
    day: 9,
    summary: '报销差旅费',
    type: 'payment',
    entries: [
      ['6601', '4860', null],
      ['1001', null, '4860'],
    ],
  },
];

/** Vouchers in every state: posted, waiting for review, draft. */
export async function loadVouchers(demo: DemoCompany, loaded: Loaded): Promise<void> {
  const { today, accounts, entityId } = loaded;
  const due = vouchers.filter((v) => dayFrom(today, v.months, v.day) <= today);
  for (const [i, voucher] of due.entries()) {
    const content = {
      voucherDate: dayFrom(today, voucher.months, voucher.day),
      voucherType: voucher.type,
      summary: voucher.summary,
      attachmentCount: (i % 3) + 1,
      lines: {
        entries: voucher.entries.map(([account, debit, credit]) => ({
          accountId: accounts.get(account),
          debit,
          credit,
          summary: voucher.summary,
        })),
      },
    };
    const id = await demo.create('clerk', 'journal-voucher', content, entityId);
    const fromEnd = due.length - 1 - i;
    if (fromEnd === 0) continue;
    if (fromEnd <= 2) await demo.act('clerk', 'journal-voucher', 'submit', id);
    else {
      await submitAndApprove(demo, 'clerk', 'journal-voucher', id);
      await demo.act('controller', 'journal-voucher', 'post', id);
    }
  }
}
