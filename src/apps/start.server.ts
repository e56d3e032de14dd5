import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { raiseLogBase } from '#kernel/audit/log-base.server.ts';
import { systemClock } from '#kernel/clock/clock.server.ts';
import { Database, sql, systemScope } from '#kernel/db/database.server.ts';
import { migrate } from '#kernel/db/migrate.server.ts';
import { projectRoot } from '#kernel/db/project-root.server.ts';
import { StartRefusal } from '#kernel/db/start-refusal.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import { text } from '#kernel/i18n/text.ts';
import { installJobQueue, surviveLostConnections } from '#kernel/jobs/install.server.ts';
import { assemble, type Assembly, type DemoLogIn } from './assemble.server.ts';
import { readInstallation } from './installation.server.ts';
import { openListener, type Listener } from './listener.server.ts';
import { makeMetrics } from './metrics.server.ts';
import type { Settings } from './settings.server.ts';
import { openStorage, type Storage } from './storage.server.ts';
import { webFiles } from './web-files.server.ts';

export interface RunningServer {
  readonly origin: string;
  readonly system: System;
  readonly demoLogIns: readonly DemoLogIn[];
  /** Set while nobody exists yet: where the first administrator is made. */
  readonly setupLink: string | undefined;
  /** Ends in order: no new requests, running ones finish (at most ten seconds), work, connections, the embedded database. */
  readonly stop: () => Promise<void>;
}

export interface StartReport {
  readonly say: (line: string) => void;
  /** The server cannot go on; the caller stops it and ends the process. */
  readonly onLost: (error: unknown) => void;
}

const DRAIN_MS = 10_000;
const FREE_BYTES_MIN = 200 * 1024 * 1024;

/** Makes the data folder and says so before the database does where the disk is (nearly) full. */
function prepareDataFolder(folder: string): void {
  const at = text(`数据目录 ${folder}`, `the data folder ${folder}`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StartRefusal(
      'data-not-writable',
      text(
        `无法创建${at.zh}：${(error as Error).message}。请修改权限，或用 MEDTRADE_DATA 指定其他目录。`,
        `MedTrade cannot make ${at.en}: ${(error as Error).message}. Change the permissions or choose another folder with MEDTRADE_DATA.`,
      ),
    );
  }
  const disk = statfsSync(folder);
  const free = disk.bavail * disk.bsize;
  if (free < FREE_BYTES_MIN) {
    const megabytes = Math.floor(free / 1024 / 1024);
    throw new StartRefusal(
      'disk-full',
      text(
        `${at.zh} 所在磁盘仅剩 ${megabytes} MB，至少需要 200 MB。已有数据未受影响。请释放空间后重新启动。`,
        `The disk of ${at.en} has ${megabytes} MB left; at least 200 MB are needed. Nothing already stored is affected. Free some space and start again.`,
      ),
    );
  }
}

function originOf(settings: Settings, port: number): string {
  if (settings.origin) return settings.origin;
  const host = ['0.0.0.0', '::'].includes(settings.host) ? '127.0.0.1' : settings.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

interface OpenDatabase {
  readonly db: Database;
  readonly isDemo: boolean;
  /** Set while the demo company is still to be loaded. */
  readonly markDemoLoaded: (() => Promise<void>) | undefined;
}

async function openDatabase(settings: Settings, storage: Storage, log: Logger): Promise<OpenDatabase> {
  const installation = await readInstallation(storage.connection, settings.isDemo);
  const applied = await migrate(storage.connection);
  if (applied.length > 0) log.info({ applied }, 'migrations applied');
  await installJobQueue(storage.connection);
  await raiseLogBase(storage.connection);
  const db = new Database({ connection: storage.connection, poolMax: settings.databasePoolMax });
  surviveLostConnections(db.pool);
  return {
    db,
    isDemo: installation.isDemo,
    markDemoLoaded: installation.isDemo && !installation.isDemoLoaded ? installation.markDemoLoaded : undefined,
  };
}

/** The product's routes between health and metrics before it and the web after it. */
function routes(assembly: Assembly, db: Database, settings: Settings): Hono<{ Bindings: HttpBindings }> {
  const metrics = makeMetrics(db.pool, settings.metricsToken);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use('*', metrics.observe);
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => {
    try {
      await db.read(systemScope, (tx) => tx.query(sql`select 1`));
      return c.text('ready');
    } catch {
      return c.text('the database cannot be reached', 503);
    }
  });
  app.get('/metrics', metrics.answer);
  app.route('/', assembly.app);
  app.use('*', webFiles(join(projectRoot, 'dist/web')));
  return app;
}

/** Undoes what was opened, last first; every step is tried. */
async function closeAll(steps: readonly (() => Promise<void>)[], log: Logger): Promise<void> {
  for (const step of steps.toReversed()) {
    await step().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
  }
}

async function open(
  settings: Settings,
  report: StartReport,
  listener: Listener,
  log: Logger,
  steps: (() => Promise<void>)[],
): Promise<RunningServer> {
  const origin = originOf(settings, listener.port);
  const storage = await openStorage(settings, `medtrade ${origin} process ${process.pid}`, report);
  steps.push(storage.close);
  storage.warnings.forEach(report.say);
  const { db, isDemo, markDemoLoaded } = await openDatabase(settings, storage, log);
  steps.push(() => db.close());
  const system: System = { db, clock: systemClock, log, dataDir: settings.dataDir, isDemo, origin, isBehindProxy: settings.isBehindProxy };
  const assembly = assemble(system);
  if (markDemoLoaded) {
    report.say('正在载入演示公司 Loading the demo company…');
    await assembly.loadDemo();
    await markDemoLoaded();
  }
  steps.push(await assembly.startWork());
  const app = routes(assembly, db, settings);
  listener.serve((request, env) => app.fetch(request, env));
  steps.push(() => listener.drain(DRAIN_MS));
  return {
    origin,
    system,
    demoLogIns: isDemo ? assembly.demoLogIns : [],
    setupLink: await assembly.setupLink(),
    stop: () => closeAll(steps, log),
  };
}

/** Starts the whole product. Throws a StartRefusal, with everything closed again, where something stands in the way. */
export async function startServer(settings: Settings, report: StartReport): Promise<RunningServer> {
  const log = pino({ level: settings.logLevel });
  prepareDataFolder(settings.dataDir);
  const listener = await openListener(settings.host, settings.port);
  const steps: (() => Promise<void>)[] = [];
  try {
    return await open(settings, report, listener, log, steps);
  } catch (error) {
    await closeAll([...steps, () => listener.drain(0)], log);
    throw error;
  }
}
