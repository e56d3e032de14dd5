/** A part of a file, both ends included, as HTTP ranges count. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes received once, on disk, named by nothing yet. */
export interface ReceivedFile {
  readonly path: string;
  readonly hash: string;
  readonly size: number;
  /** The first bytes, to tell the media type by. */
  readonly head: Uint8Array;
}

/** Where bytes live, under the SHA-256 of their content. Keeping the same content twice is one file. */
export interface FileStore {
  /** Takes over a received file; it is durable when this returns. */
  keep(received: ReceivedFile): Promise<void>;
  /** The bytes, or undefined where nothing is stored under this hash. */
  read(hash: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>;
  has(hash: string): Promise<boolean>;
}
