import { sql } from '#kernel/db/sql.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import { account } from './account.ts';

export const accountServer = implementDefinition(account, {
  facts: async (tx, a) => {
    const parent = a.parentId
      ? await tx.maybe<{ code: string }>(sql`select code from finance.account where id = ${a.parentId}`)
      : undefined;
    return { parentCode: parent?.code };
  },
});
