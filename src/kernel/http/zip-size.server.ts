import { refuse } from '../command/refusal.ts';
import { spreadsheetRefusals } from './spreadsheet-refusals.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const COMMENT_BYTES_MAX = 65_535;
const ENTRIES_MAX = 5_000;

function endOfDirectory(view: DataView): number | undefined {
  const lowest = Math.max(0, view.byteLength - 22 - COMMENT_BYTES_MAX);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  return undefined;
}

/**
 * Refuses a zip archive whose parts together unpack to more than allowed (zip bomb). Only declared sizes are summed, which is enough
 * because the reader stops a part at its declared size; parts that declare none, and 64-bit archives, are not admitted.
 */
export function assertModestArchive(bytes: Uint8Array, decompressedBytesMax: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) refuse(spreadsheetRefusals.unreadable({}));
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (entries > ENTRIES_MAX) refuse(spreadsheetRefusals.unreadable({}));
  let total = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) refuse(spreadsheetRefusals.unreadable({}));
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
    const packed = view.getUint32(at + 20, true);
    const unpacked = view.getUint32(at + 24, true);
    if (isEncrypted || (unpacked === 0 && packed > 2) || packed === 0xffffffff || unpacked === 0xffffffff)
      refuse(spreadsheetRefusals.unreadable({}));
    total += unpacked;
    if (total > decompressedBytesMax) {
      refuse(spreadsheetRefusals.unpacksTooLarge({ max: `${Math.floor(decompressedBytesMax / 1024 / 1024)} MB` }));
    }
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}
