import type { Refusal } from '../command/refusal.ts';
import { say, type Locale } from '../i18n/text.ts';
import type { Problem, RefusalWire } from './wire.ts';

export const refusalToWire = (r: Refusal): RefusalWire => ({
  code: r.code,
  text: r.text,
  wayOut: r.wayOut,
  ...(r.rule === undefined ? {} : { rule: r.rule }),
  ...(r.field === undefined ? {} : { field: r.field }),
  ...(r.lines === undefined ? {} : { lines: r.lines }),
  ...(r.line === undefined ? {} : { line: r.line }),
  ...(r.link === undefined ? {} : { link: r.link }),
});

/** Refusals as RFC 9457 problem details. The first refusal gives status, code and title; all of them travel along. */
export function problemOf(refusals: readonly Refusal[], instance: string, locale: Locale): Problem {
  const first = refusals[0];
  if (!first) throw new Error('a problem needs at least one refusal');
  return {
    type: `urn:medtrade:refusal:${first.code}`,
    title: say(first.text, locale),
    status: first.status,
    detail: say(first.wayOut, locale),
    instance,
    code: first.code,
    refusals: refusals.map(refusalToWire),
  };
}
