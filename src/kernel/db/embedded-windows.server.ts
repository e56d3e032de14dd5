import type { EmbeddedPostgres } from './embedded.server.ts';
import { text } from '../i18n/text.ts';
import { StartRefusal } from './start-refusal.server.ts';

/** Windows has no Unix socket here. */
export async function startOnWindows(_cluster: unknown): Promise<EmbeddedPostgres> {
  throw new StartRefusal('windows', text('请使用 DATABASE_URL', 'Use DATABASE_URL'));
}
