import { stdnum } from 'stdnum';

/** Which number a country's VAT identification number is, by the letters before it (EL is Greece, XI Northern Ireland). */
const numbers = new Map(
  `
  AT=AT.uid BE=BE.vat BG=BG.vat BR=BR.cnpj CH=CH.vat CY=CY.vat CZ=CZ.dic DE=DE.vat DK=DK.cvr EE=EE.kmkr EL=GR.vat ES=ES.nif
  FI=FI.alv FR=FR.tva GB=GB.vat GR=GR.vat HR=HR.oib HU=HU.anum IE=IE.vat IS=IS.vsk IT=IT.iva LT=LT.pvm LU=LU.tva LV=LV.pvn MC=MC.tva
  MT=MT.vat NL=NL.btw NO=NO.mva PL=PL.nip PT=PT.nif RO=RO.cif RU=RU.inn SE=SE.vat SI=SI.ddv SK=SK.dph SM=SM.coe TR=TR.vkn XI=GB.vat`
    .trim()
    .split(/\s+/)
    .map((entry) => entry.split('=') as [string, string]),
);

function validatorOf(country: string): { validate(value: string): { readonly isValid: boolean } } | undefined {
  const [of = '', name = ''] = numbers.get(country.toUpperCase())?.split('.') ?? [];
  return stdnum[of]?.[name];
}

/** As printed, without what people put between the digits. */
const bare = (value: string): string => value.replace(/[\s\-./,:]/g, '').toUpperCase();

/** VAT number of a country (ISO 3166, or EL), with or without its letters. Undefined where the country's numbers are not known. */
export function isVatNumberOf(country: string, value: string): boolean | undefined {
  const validator = validatorOf(country);
  if (!validator) return undefined;
  const number = bare(value);
  const own = number.startsWith(country.toUpperCase()) ? number.slice(2) : number;
  return validator.validate(own).isValid || validator.validate(number).isValid;
}

/** VAT number that begins with its country; undefined where the country's numbers are not known. */
export const isVatNumber = (value: string): boolean | undefined => isVatNumberOf(bare(value).slice(0, 2), value);
