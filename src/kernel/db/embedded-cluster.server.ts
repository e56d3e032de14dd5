import type pg from 'pg';
import type { Binaries } from './embedded-binaries.server.ts';

export interface EmbeddedOptions {
  /** Data directory of the cluster; made where missing. Its log lies beside it as `<folder>.log`. */
  readonly dir: string;
  /** Database made where missing. */
  readonly database: string;
  /** More server settings, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly say?: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly pid: number;
  /** Connection as the owner of the database. */
  readonly connection: pg.ClientConfig;
  /** Was already running: a MedTrade process before this one ended without stopping it. */
  readonly isReused: boolean;
  readonly isAlive: () => boolean;
  /** Starts it again after it was lost (killed from outside), at the same address. */
  readonly revive: () => Promise<void>;
  /** Stops it as PostgreSQL wants to be stopped: sessions end, everything is written. Never kills. */
  readonly stop: () => Promise<void>;
}

export interface Cluster {
  readonly dir: string;
  readonly logPath: string;
  readonly binaries: Binaries;
  /** The folder as PostgreSQL names it: its own working folder where the way to it is closed to its user. */
  readonly innerDir: string;
  readonly options: EmbeddedOptions;
}
