import { sql } from '#kernel/db/sql.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { implementDefinition } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { approvalPolicy } from './approval-policy.ts';

/** Policies may name only actions that can wait; what those are is known once every module is joined. */
export const approvalPolicyServer = (product: () => Product) =>
  implementDefinition(approvalPolicy, {
    facts: async (_tx, policy) => ({
      isKnownAction: product().definition(policy.documentKind)?.actions[policy.documentAction]?.approval !== undefined,
    }),
  });

export interface PolicyStep {
  readonly name: { readonly zh: string; readonly en: string };
  readonly roleId: string;
  readonly mode: 'any' | 'all' | 'quorum';
  readonly quorum: number | null;
}

export interface MatchedPolicy {
  readonly id: string;
  readonly version: number;
  readonly name: { readonly zh: string; readonly en: string };
  readonly steps: readonly PolicyStep[];
}

/** The policy for an action: the company's own before the group's, then the highest amount that is reached. */
export async function matchPolicy(
  tx: Tx,
  asked: { kind: string; action: string; entityId: string | null; amount: string | null },
): Promise<MatchedPolicy | undefined> {
  const row = await tx.maybe(sql`
    select p.id, p.version, p.name_zh, p.name_en,
      (select jsonb_agg(jsonb_build_object('name', jsonb_build_object('zh', s.name_zh, 'en', s.name_en), 'roleId', s.role_id, 'mode', s.mode,
        'quorum', s.quorum) order by s.line_no) from approval.approval_policy_steps s where s.document_id = p.id) as steps
    from approval.approval_policy p
    where p.state = 'active' and p.document_kind = ${asked.kind} and p.document_action = ${asked.action}
      and (p.company_id is null or p.company_id = ${asked.entityId})
      and (p.amount_from is null or p.amount_from <= ${asked.amount ?? '0'}::numeric)
    order by p.company_id nulls last, p.amount_from desc nulls last, p.number limit 1`);
  return row && { id: row.id, version: row.version, name: { zh: row.name_zh, en: row.name_en }, steps: row.steps ?? [] };
}
