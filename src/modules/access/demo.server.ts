import { systemScope } from '#kernel/db/database.server.ts';
import type { System } from '#kernel/http/context.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { createPerson, createStandardRoles, installerContext } from './commands.server.ts';
import { demoPassword, demoPeople } from './demo.ts';
import { hashPassword } from './password.server.ts';

/** Creates the delivered roles and the people of the demo company; ids by role code and by login. Refuses outside a demo. */
export async function createDemoAccess(
  product: Product,
  system: System,
): Promise<{ roles: Map<string, string>; users: Map<string, string> }> {
  if (!system.isDemo) throw new Error('demo people with a known password are created in a demo only');
  const context = installerContext(system);
  const passwordHash = await hashPassword(demoPassword);
  return system.db.write(systemScope, async (tx) => {
    const roles = await createStandardRoles(tx, product, context);
    const users = new Map<string, string>();
    for (const person of demoPeople) {
      const roleIds = person.roles.flatMap((code) => roles.get(code) ?? []);
      const hash = person.accountKind === 'person' ? passwordHash : null;
      users.set(person.login, await createPerson(tx, product, context, { ...person, roleIds, passwordHash: hash }));
    }
    return { roles, users };
  });
}
