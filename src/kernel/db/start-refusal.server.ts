import type { LocalText } from '../i18n/text.ts';

/** Why the product cannot start, in words for the person at the console. Printed without a stack. */
export class StartRefusal extends Error {
  readonly code: string;
  readonly localText: LocalText;

  constructor(code: string, localText: LocalText) {
    super(`${localText.en}\n${localText.zh}`);
    this.name = 'StartRefusal';
    this.code = code;
    this.localText = localText;
  }
}
