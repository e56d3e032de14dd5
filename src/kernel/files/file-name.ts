const NAME_BYTES_MAX = 180;

/** Length in UTF-8 bytes of one character. */
const bytesOf = (char: string): number => {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

function shorten(stem: string, bytesMax: number): string {
  let kept = '';
  let bytes = 0;
  for (const char of stem) {
    bytes += bytesOf(char);
    if (bytes > bytesMax) break;
    kept += char;
  }
  return kept;
}

/** The lower-case ending of a name without its dot; empty where there is none. */
export const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * A name that can be stored, listed and saved on any system: no folder, no control or direction-changing character, no character
 * Windows refuses, no leading dot, at most 180 bytes with its ending kept.
 */
export function safeFileName(raw: string): string {
  const last = raw.normalize('NFC').replace(/\\/g, '/').split('/').pop() ?? '';
  const clean = last
    // Control characters, and the marks that make `exe.pdf` out of `fdp.exe` on the screen.
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .trim();
  if (clean === '') return 'file';
  const extension = extensionOf(clean);
  const stem = extension ? clean.slice(0, -extension.length - 1) : clean;
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem);
  const short = shorten(isReserved ? `_${stem}` : stem || 'file', NAME_BYTES_MAX - extension.length - 1);
  return extension ? `${short}.${extension}` : short;
}

/** `Content-Disposition` with an ASCII name for old readers and the full one (RFC 6266, RFC 8187). */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const full = encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${full}`;
}
