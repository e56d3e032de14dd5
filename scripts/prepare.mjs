// What `npm start` and `npm test` do before anything else: the right Node, the packages of the lock file, a build of this source.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...path) => join(root, ...path);

class Stop extends Error {}

function fail(zh, en) {
  throw new Stop(`\n${en}\n${zh}\n`);
}

/** Runs the preparations; one that cannot be made is told in a sentence, not in a stack. */
export function orStop(...steps) {
  try {
    for (const step of steps) step();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `MedTrade 需要 Node.js 20.19 或更高版本，当前为 ${process.versions.node}。请从 https://nodejs.org 安装。`,
    `MedTrade needs Node.js 20.19 or later; this is ${process.versions.node}. Install it from https://nodejs.org.`,
  );
}

const runNpm = (...args) => {
  // Started by npm, its own script is known; otherwise it is found on the path.
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
};

/** npm writes node_modules/.package-lock.json last: absent or of another lock file means not (completely) installed. */
export function installIfNeeded() {
  const lock = readFileSync(at('package-lock.json'));
  const hash = createHash('sha256')
    .update(lock)
    .update(process.platform + process.arch)
    .digest('hex');
  const stamp = at('node_modules/.medtrade-installed');
  const marker = at('node_modules/.package-lock.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const isInstalledByHand = existsSync(marker) && statSync(marker).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
  if (!isInstalledByHand) {
    process.stdout.write('正在安装依赖 Installing packages…\n');
    const done = runNpm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error');
    if (done.status !== 0) {
      fail(
        '安装失败。请检查网络或 npm 镜像（npm config get registry）后重试；没有网络时可从另一台同类机器复制 node_modules。',
        'The installation failed. Check the network or the npm registry (npm config get registry) and try again; ' +
          'without a network, copy node_modules from another machine of the same kind.',
      );
    }
  }
  writeFileSync(stamp, hash);
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (!/\.(test\.tsx?|sql|md)$/.test(entry.name)) yield path;
  }
}

/** Content, not dates: a checkout of the same source needs no build. */
function sourceHash() {
  const files = ['index.html', 'tablet.html', 'vite.config.ts', 'package-lock.json', 'tsconfig.base.json']
    .map((name) => at(name))
    .filter(existsSync);
  const folders = ['src', 'public'].map((name) => at(name)).filter(existsSync);
  const hash = createHash('sha256');
  for (const path of [...files, ...folders.flatMap((folder) => [...filesBelow(folder)])].sort()) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function build(...args) {
  const done = spawnSync(process.execPath, [at('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (done.status !== 0) fail('构建失败，原因见上。', 'The build failed; the reason stands above.');
}

function buildPart(name, hash, output, ...args) {
  const stamp = at('dist', `.${name}-stamp`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && existsSync(at(output))) return;
  process.stdout.write(`正在构建 Building ${name}…\n`);
  build(...args);
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, hash);
}

export function buildServerIfChanged() {
  buildPart('server', sourceHash(), 'dist/server/server.js', '--ssr', 'src/apps/server.ts');
}

export function buildIfChanged() {
  const hash = sourceHash();
  buildPart('server', hash, 'dist/server/server.js', '--ssr', 'src/apps/server.ts');
  buildPart('web', hash, 'dist/web/index.html');
}
