import { monotonicFactory } from 'ulid';

const ulid = monotonicFactory();

/** A new identifier, `<prefix>_<ULID>`: typed by kind, sortable by time, never reused. */
export const newId = (prefix: string): string => `${prefix}_${ulid()}`;
