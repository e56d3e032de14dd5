import type { Refusal } from '#kernel/command/refusal.ts';
import { type PrintedDate } from './calendar.ts';
import { gtin14 } from './check-digits.ts';
import { refusalOf } from './fault-words.ts';
import { checkAssociations } from './gs1-associations.ts';
import { buildElementString, type Element } from './gs1-element-string.ts';
import { applicationIdentifiers } from './gs1-grammar.ts';
import { meaningOf, sayMeaning } from './gs1-values.ts';
import { type Carrier, emptyReading, part, type ReadPart, type Reading } from './reading.ts';
import { dateWarnings } from './reading-warnings.ts';

const valueOf = (elements: readonly Element[], ...ais: readonly string[]): string | null => {
  for (const ai of ais) {
    const element = elements.find((e) => e.entry.ai === ai);
    if (element) return element.value;
  }
  return null;
};

const dateOf = (elements: readonly Element[], today: string, ...ais: readonly string[]): PrintedDate | null => {
  for (const ai of ais) {
    const element = elements.find((e) => e.entry.ai === ai);
    const date = element && meaningOf(element, today).date;
    if (date) return date;
  }
  return null;
};

/** Product keys, the item itself before what a logistic unit contains; pieces of an item carry its GTIN in front. */
function diOf(elements: readonly Element[]): string | null {
  const key = valueOf(elements, '01', '03', '02') ?? (valueOf(elements, '8006') ?? valueOf(elements, '8026'))?.slice(0, 14);
  return key === undefined || key === null ? null : gtin14(key);
}

/** What stands in the way of the elements together: contradictions are problems, missing companions may be on another label. */
export function judgeTogether(elements: readonly Element[], code: string): { problems: Refusal[]; warnings: Refusal[] } {
  const together = checkAssociations(elements);
  if (together.ok) return { problems: [], warnings: [] };
  const refusal = refusalOf(together.fault, code);
  return together.fault.code === 'missing' ? { problems: [], warnings: [refusal] } : { problems: [refusal], warnings: [] };
}

/** Parts of a GS1 reading as elements again, for judging several labels together. */
export const elementsOf = (parts: readonly ReadPart[]): Element[] =>
  parts.flatMap(({ id, value }) => {
    const entry = applicationIdentifiers.get(id);
    return entry ? [{ entry, value }] : [];
  });

/** GS1 elements as a reading. */
export function gs1Reading(elements: readonly Element[], carrier: Carrier, symbology: string | null, today: string): Reading {
  const quantity = valueOf(elements, '30', '37');
  const { problems, warnings } = judgeTogether(elements, buildElementString(elements));
  const reading: Reading = {
    ...emptyReading,
    carrier,
    agency: 'gs1',
    symbology,
    di: diOf(elements),
    lotNo: valueOf(elements, '10'),
    serialNo: valueOf(elements, '21'),
    expiry: dateOf(elements, today, '7003', '17'),
    production: dateOf(elements, today, '8008', '11'),
    quantity: quantity === null ? null : String(BigInt(quantity)),
    parts: elements.map((e) => part(e.entry.ai, e.entry.label, e.value, sayMeaning(meaningOf(e, today)))),
    canonical: buildElementString(elements),
    problems,
  };
  return { ...reading, warnings: [...warnings, ...dateWarnings(reading, today)] };
}
