import { join, resolve } from 'node:path';
import * as z from 'zod';
import { projectRoot } from '#kernel/db/project-root.server.ts';
import { StartRefusal } from '#kernel/db/start-refusal.server.ts';
import { text } from '#kernel/i18n/text.ts';

const flag = z.enum(['1', '0', 'true', 'false', 'on', 'off', 'yes', 'no']).transform((v) => ['1', 'true', 'on', 'yes'].includes(v));
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');

/** Every setting of the product comes from the environment; README.md has the table. */
const environment = z.object({
  MEDTRADE_DATA: z.string().optional(),
  PORT: z.coerce.number<string>().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  MEDTRADE_ORIGIN: z.url({ protocol: /^https?$/, error: 'must be an address such as https://erp.example.com' }).optional(),
  MEDTRADE_BEHIND_PROXY: flag.default(false),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL: z.coerce.number<string>().int().min(2).max(200).default(16),
  MEDTRADE_DEMO: flag.optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Settings {
  /** Folder of everything stored on this machine: the embedded database, files, exports. */
  readonly dataDir: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The address users see where it differs from host and port (a proxy in front). */
  readonly origin: string | undefined;
  /** A proxy of ours stands in front: its `X-Forwarded-For` is believed. */
  readonly isBehindProxy: boolean;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolMax: number;
  /** Load the demo company into an empty database. */
  readonly isDemo: boolean;
  /** Bearer token for `/metrics`; without one only this machine may read it. */
  readonly metricsToken: string | undefined;
  readonly logLevel: string;
}

/** Reads the settings or says, by name, which one cannot be understood. An empty value counts as not set. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    // Names only: a value may hold a password.
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new StartRefusal(
      'setting-not-understood',
      text(`环境变量设置无效：${faults}。可用设置见 README.md。`, `A setting cannot be understood: ${faults}. README.md lists them all.`),
    );
  }
  const e = read.data;
  return {
    dataDir: e.MEDTRADE_DATA ? resolve(e.MEDTRADE_DATA) : join(projectRoot, 'data'),
    host: e.HOST,
    port: e.PORT,
    origin: e.MEDTRADE_ORIGIN ? new URL(e.MEDTRADE_ORIGIN).origin : undefined,
    isBehindProxy: e.MEDTRADE_BEHIND_PROXY,
    databaseUrl: e.DATABASE_URL,
    databasePoolMax: e.DATABASE_POOL,
    isDemo: e.MEDTRADE_DEMO ?? e.DATABASE_URL === undefined,
    metricsToken: e.METRICS_TOKEN,
    logLevel: e.LOG_LEVEL,
  };
}
