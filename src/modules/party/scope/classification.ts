import { text } from '#kernel/i18n/text.ts';

/** The two device catalogues that live side by side, and in vitro diagnostic reagents, which licences name apart. */
export const catalogues = {
  '2002': text('2002 版分类目录', '2002 catalogue'),
  '2017': text('2017 版分类目录', '2017 catalogue'),
  ivd: text('体外诊断试剂', 'In vitro diagnostic reagents'),
} as const;
export type Catalogue = keyof typeof catalogues;

/** Classes a trading permission is written for; class I needs none (O54 4). */
export const permitClasses = { II: text('第二类', 'Class II'), III: text('第三类', 'Class III') } as const;
export type PermitClass = keyof typeof permitClasses;
export type DeviceClass = 'I' | PermitClass;

/** Wholesale goes to traders, institutions and others with a reasonable need; retail to persons for their own use (O54 71). */
export const tradeModes = { wholesale: text('批发', 'Wholesale'), retail: text('零售', 'Retail') } as const;
export type TradeMode = keyof typeof tradeModes;
export const licensedModes = { ...tradeModes, both: text('批零兼营', 'Wholesale and retail') } as const;
export type LicensedMode = keyof typeof licensedModes;

/** Stands for every code of a catalogue (“2002 版全部”). */
export const WHOLE_CATALOGUE = '*';

const grammars: Readonly<Record<Catalogue, RegExp>> = {
  // Groups 6801…6877, with sub-groups as some certificates print them.
  '2002': /^68\d{2}(-\d{1,2})?$/,
  // Chapter, or chapter and levels: 01…22, `cc-ll-nn`.
  '2017': /^(0[1-9]|1\d|2[0-2])(-\d{2}){0,2}$/,
  ivd: /^6840(-\d{1,2})?$/,
};

/** Whether a code can stand in a scope row of this catalogue; `*` is the whole catalogue. */
export const isScopeCode = (catalogue: Catalogue, code: string): boolean => code === WHOLE_CATALOGUE || grammars[catalogue].test(code);

/** Whether a product may carry this code of a catalogue. */
export const isProductCode = (catalogue: '2002' | '2017', code: string): boolean => grammars[catalogue].test(code);

/** Whether a row's code covers a product's code: equal, above it in the tree, or the whole catalogue. */
export const codeCovers = (row: string, code: string): boolean => row === WHOLE_CATALOGUE || code === row || code.startsWith(`${row}-`);

/** What the engine must know of a device; plain values, so that nobody has to own a product to ask. */
export interface ScopedProduct {
  readonly deviceClass: DeviceClass;
  /** Code in the 2002 catalogue, e.g. `6821`; null where the product has none. */
  readonly code2002: string | null;
  /** Code in the 2017 catalogue, e.g. `07-04-01`. */
  readonly code2017: string | null;
  readonly isIvdReagent: boolean;
  /** Class II on the list of products that need no filing (O54 4). */
  readonly isFilingExempt: boolean;
  /** Large medical equipment of kind A or B: its user needs a configuration licence. */
  readonly isLargeEquipment: boolean;
}

/** IVD reagents are named under 6840 or as a catalogue of their own, whatever code stands on the instruments beside them. */
export const IVD_CODE = '6840';

/** Every (catalogue, code) under which a licence row may name the product. */
export function namesOf(product: ScopedProduct): { readonly catalogue: Catalogue; readonly code: string }[] {
  if (product.isIvdReagent) {
    const own = product.code2002 !== null && isScopeCode('ivd', product.code2002) ? product.code2002 : IVD_CODE;
    return [{ catalogue: 'ivd', code: own }];
  }
  return [
    ...(product.code2002 === null ? [] : [{ catalogue: '2002' as const, code: product.code2002 }]),
    ...(product.code2017 === null ? [] : [{ catalogue: '2017' as const, code: product.code2017 }]),
  ];
}
