import type { Context, System } from '#kernel/http/context.server.ts';
import { runBulkCreate } from '#kernel/command/bulk.server.ts';
import { runCommand } from '#kernel/command/pipeline.server.ts';
import { RefusedError } from '#kernel/command/refusal.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { systemScope, sql } from '#kernel/db/database.server.ts';
import type { CommandAnswer } from '#kernel/http/wire.ts';
import type { Product } from '#kernel/product.server.ts';

/** Loads the demo company through the same pipeline as everything else, as the people who would do it. */
export class DemoCompany {
  readonly product: Product;
  readonly system: System;
  private readonly people = new Map<string, { id: string; name: string }>();
  private keys = 0;

  constructor(product: Product, system: System) {
    this.product = product;
    this.system = system;
  }

  /** Remembers who is who, by log-in. */
  know(login: string, person: { id: string; name: string }): void {
    this.people.set(login, person);
  }

  context(login: string | null): Context {
    const person = login === null ? { id: 'system', name: 'MedTrade' } : this.people.get(login);
    if (!person) throw new Error(`the demo has no ${login}`);
    return {
      system: this.system,
      requestId: 'demo',
      ip: null,
      userAgent: null,
      actor: {
        kind: login === null ? 'system' : 'user',
        ...person,
        sessionId: null,
        grants: [{ permission: '*', entityIds: '*', warehouseIds: '*', regions: '*', isOwnOnly: false }],
      },
    };
  }

  private definition(kind: string): AnyDefinition {
    const definition = this.product.definition(kind);
    if (!definition) throw new Error(`the demo knows no ${kind}`);
    return definition;
  }

  /** Creates one and returns its id. */
  async create(login: string | null, kind: string, content: unknown, entityId: string | null = null): Promise<string> {
    const answer = await this.act(login, kind, 'create', undefined, { content, entityId });
    return String(answer.document['id']);
  }

  async act(
    login: string | null,
    kind: string,
    action: string,
    id: string | undefined,
    more: { content?: unknown; entityId?: string | null; reason?: string } = {},
  ): Promise<CommandAnswer> {
    this.keys += 1;
    try {
      return await runCommand(this.product, this.context(login), {
        definition: this.definition(kind),
        action,
        id,
        content: more.content,
        envelope: { idempotencyKey: `demo-${kind}-${action}-${this.keys}`, entityId: more.entityId, dryRun: false, reason: more.reason },
      });
    } catch (error) {
      throw explain(`${kind}.${action}`, error);
    }
  }

  /** Creates many and returns their ids in the order given. */
  async createList(
    login: string | null,
    kind: string,
    contents: readonly unknown[],
    entityId: string | null = null,
  ): Promise<readonly string[]> {
    this.keys += 1;
    const answer = await runBulkCreate(this.product, this.context(login), this.definition(kind), contents, {
      idempotencyKey: `demo-${kind}-bulk-${this.keys}`,
      entityId,
      dryRun: false,
    });
    const bad = answer.rowErrors[0];
    if (bad) throw explain(`${kind} row ${bad.row}`, new RefusedError(bad.refusals));
    return answer.created;
  }

  /** Creates many and returns their ids by number (code). */
  async createAll(
    login: string | null,
    kind: string,
    contents: readonly unknown[],
    entityId: string | null = null,
  ): Promise<Map<string, string>> {
    const created = await this.createList(login, kind, contents, entityId);
    const rows = await this.system.db.read(systemScope, (tx) =>
      tx.query(sql`select id, number from kernel.directory where id = any(${[...created]}::text[])`),
    );
    return new Map(rows.map((row) => [row.number, row.id]));
  }
}

/** A refused demo is a broken build: say what was refused. */
function explain(what: string, error: unknown): Error {
  if (!(error instanceof RefusedError)) return error as Error;
  return new Error(
    `demo ${what}: ${error.refusals.map((r) => `${r.code} ${r.lines ?? ''}${r.line ?? ''} ${r.field ?? ''} ${r.text.en}`).join(' | ')}`,
  );
}
