import react from '@vitejs/plugin-react';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const WORTH_COMPRESSING = /\.(js|css|html|svg|json|webmanifest|wasm|txt)$/;
const COMPRESS_FROM_BYTES = 1024;

/** Writes a brotli and a gzip beside every text file, so that the server never compresses while serving. */
const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  async closeBundle() {
    const folder = 'dist/web';
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => WORTH_COMPRESSING.test(path))
      .map((path) => join(folder, path));
    await Promise.all(
      paths.map(async (path) => {
        const content = readFileSync(path);
        if (content.length < COMPRESS_FROM_BYTES) return;
        const brotli = await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
        writeFileSync(`${path}.br`, brotli);
        writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
      }),
    );
  },
});

const entries = (): Record<string, string> =>
  Object.fromEntries(['index', 'tablet'].filter((name) => existsSync(`${name}.html`)).map((name) => [name, `${name}.html`]));

// One file loads in half the time of hundreds; only what has native parts or loads its own files at run time stays outside.
const server: UserConfig = {
  ssr: { noExternal: true, external: ['@node-rs/argon2', 'graphile-worker', 'pino', 'pg-native'] },
  build: { ssr: 'src/apps/server.ts', outDir: 'dist/server', target: 'node20', sourcemap: true, emptyOutDir: true },
};

const web: UserConfig = {
  plugins: [react(), precompress()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    // Fonts come as files of their own: only the slices a page uses are loaded.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: entries(),
      output: {
        codeSplitting: {
          groups: [
            // Log-in needs React and nothing else; the shell finds it already loaded.
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 10 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: { '/api': { target: process.env['MEDTRADE_API'] ?? 'http://127.0.0.1:4000' } },
  },
};

export default defineConfig(({ isSsrBuild }) => ({ publicDir: isSsrBuild ? false : 'public', ...(isSsrBuild ? server : web) }));
