/** What may be stored, told by content and never by name or by what the browser claims. */
export interface MediaType {
  readonly type: string;
  readonly extensions: readonly string[];
  /** Whether a browser may show it itself instead of saving it. */
  readonly isShownInline: boolean;
}

const media = (type: string, extensions: string, isShownInline = false): MediaType => ({
  type,
  extensions: extensions.split(' '),
  isShownInline,
});

/**
 * The allow-list. HTML, SVG, scripts, programs, macro-enabled office files and archives are absent: they can carry code that runs on
 * a colleague's machine.
 */
export const mediaTypes = {
  pdf: media('application/pdf', 'pdf', true),
  png: media('image/png', 'png', true),
  jpeg: media('image/jpeg', 'jpg jpeg', true),
  gif: media('image/gif', 'gif', true),
  webp: media('image/webp', 'webp', true),
  tiff: media('image/tiff', 'tif tiff'),
  heic: media('image/heic', 'heic heif'),
  mp4: media('video/mp4', 'mp4 m4v mov'),
  xlsx: media('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'),
  docx: media('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'),
  pptx: media('application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'),
  // The national format of electronic invoices and archives (GB/T 33190).
  ofd: media('application/ofd', 'ofd'),
  xls: media('application/vnd.ms-excel', 'xls et'),
  doc: media('application/msword', 'doc wps'),
  xml: media('application/xml', 'xml'),
  csv: media('text/csv', 'csv tsv'),
  text: media('text/plain', 'txt log md json'),
} as const satisfies Record<string, MediaType>;

/** How many leading bytes `detectMediaType` wants to see. */
export const SNIFF_BYTES = 65_536;

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean => signature.every((b, i) => bytes[at + i] === b);
const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

function has(bytes: Uint8Array, word: string): boolean {
  const codes = [...word].map((c) => c.charCodeAt(0));
  let at = bytes.indexOf(codes[0] as number);
  while (at !== -1) {
    if (startsWith(bytes, codes, at)) return true;
    at = bytes.indexOf(codes[0] as number, at + 1);
  }
  return false;
}

/** Office and OFD files are zip archives; their entry names say which. A macro part makes them inadmissible. */
function zipped(head: Uint8Array): MediaType | undefined {
  if (has(head, 'vbaProject.bin')) return undefined;
  if (has(head, 'OFD.xml')) return mediaTypes.ofd;
  if (has(head, 'xl/')) return mediaTypes.xlsx;
  if (has(head, 'word/')) return mediaTypes.docx;
  return has(head, 'ppt/') ? mediaTypes.pptx : undefined;
}

function binary(head: Uint8Array, extension: string): MediaType | undefined {
  if (startsWith(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return mediaTypes.pdf;
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return mediaTypes.png;
  if (startsWith(head, [0xff, 0xd8, 0xff])) return mediaTypes.jpeg;
  if (/^GIF8[79]a/.test(ascii(head, 0, 6))) return mediaTypes.gif;
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return mediaTypes.webp;
  if (startsWith(head, [0x49, 0x49, 0x2a, 0]) || startsWith(head, [0x4d, 0x4d, 0, 0x2a])) return mediaTypes.tiff;
  if (ascii(head, 4, 8) === 'ftyp') return /^(hei|hev|mif1|msf1)/.test(ascii(head, 8, 12)) ? mediaTypes.heic : mediaTypes.mp4;
  if (startsWith(head, [0x50, 0x4b, 3, 4])) return zipped(head);
  // The old office container does not say in its first bytes what it holds: the ending decides among the two admitted.
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) {
    return [mediaTypes.xls, mediaTypes.doc].find((m) => m.extensions.some((e) => e === extension));
  }
  return undefined;
}

function plain(head: Uint8Array, extension: string): MediaType | undefined {
  const isUtf16 = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
  const isControl = (b: number) => b < 9 || (b > 13 && b < 32 && b !== 27) || b === 127;
  if (!isUtf16 && head.some(isControl)) return undefined;
  const opening = ascii(head, 0, Math.min(head.length, 2048))
    .replaceAll('\u0000', '')
    .replace(/^[^\x20-\x7e\s]*/, '')
    .trimStart()
    .toLowerCase();
  // A browser that guesses would run these; neither do they pass under the name of a text file.
  if (
    /^<(!doctype html|html|head|body|script|svg|iframe|img|object|embed|meta|a\s|\?php)/.test(opening) ||
    /<(svg|script|html)[\s>]/.test(opening)
  ) {
    return undefined;
  }
  if (mediaTypes.xml.extensions.some((e) => e === extension)) return opening.startsWith('<') ? mediaTypes.xml : undefined;
  return [mediaTypes.csv, mediaTypes.text].find((m) => m.extensions.some((e) => e === extension));
}

/**
 * The admitted media type of a content, told by its first bytes; undefined where it is not admitted. `extension` only chooses among
 * formats whose bytes look alike (text, old office files), and must belong to the type found.
 */
export function detectMediaType(head: Uint8Array, extension: string): MediaType | undefined {
  const found = binary(head, extension) ?? plain(head, extension);
  return found?.extensions.includes(extension) ? found : undefined;
}

/** A stored media type as it may be served; anything unknown is bytes to save. */
export const mediaTypeNamed = (type: string): MediaType =>
  Object.values(mediaTypes).find((m) => m.type === type) ?? media('application/octet-stream', 'bin');
