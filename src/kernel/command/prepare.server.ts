import { type DataScope, scopeOf } from '../access/actor.ts';
import { actionPermission } from '../access/permission.ts';
import type { SignatureConfirmation } from '../access/ports.server.ts';
import { newId } from '../db/id.server.ts';
import { parseContent } from '../document/content.ts';
import type { ActionDefinition, AnyDefinition } from '../document/definition.ts';
import type { Field } from '../document/field.ts';
import type { Context } from '../http/context.server.ts';
import type { CommandAnswer } from '../http/wire.ts';
import { groupFacts, type Product } from '../product.server.ts';
import type { CommandRequest, Run } from './command.server.ts';
import { knownAnswer } from './idempotency.server.ts';
import { refuse, type Refusal } from './refusal.ts';
import { commandRefusals } from './refusals.ts';

export interface Prepared {
  readonly run: Run;
  readonly scope: DataScope;
  /** The first answer, where a signed command is repeated: nobody signs twice. */
  readonly answer?: CommandAnswer | undefined;
}

function parseInput(action: ActionDefinition, input: unknown): any {
  const sent = (input ?? {}) as Record<string, unknown>;
  const values: Record<string, unknown> = {};
  const refusals: Refusal[] = [];
  for (const [name, f] of Object.entries((action.input ?? {}) as Record<string, Field>)) {
    const parsed = f.schema.safeParse(sent[name]);
    if (parsed.success) values[name] = parsed.data;
    else
      refusals.push(
        commandRefusals.inputInvalid(
          { label: f.label, problem: { zh: '必填或格式不对', en: 'required or wrong format' } },
          { field: name },
        ),
      );
  }
  for (const name of Object.keys(sent))
    if (!(name in (action.input ?? {}))) refusals.push(commandRefusals.unknownField({ name }, { field: name }));
  if (refusals.length > 0) refuse(...refusals);
  return values;
}

/** The scope of the actor's permission for an action; refuses where it is held nowhere. */
export function requireScope(context: Context, definition: AnyDefinition, action: string): DataScope {
  const permission = actionPermission(definition, action);
  const scope = scopeOf(context.actor, permission);
  const label = definition.actions[action]?.label ?? { zh: action, en: action };
  return (
    scope ??
    refuse(
      commandRefusals.notPermitted({
        action: { zh: `${label.zh}${definition.label.zh}`, en: `${label.en} ${definition.label.en}` },
        permission,
      }),
    )
  );
}

async function confirmSigner(
  product: Product,
  context: Context,
  request: CommandRequest,
  action: ActionDefinition,
): Promise<SignatureConfirmation | null> {
  // A rehearsal shows what would happen; nobody signs it. A granted command was signed when it was requested.
  if (!action.signature || request.envelope.dryRun || request.envelope.approvalId) return null;
  if (!request.envelope.signature) return refuse(commandRefusals.signatureRequired({ action: action.label }));
  const answer = await product.ports.signature.confirm(context, request.envelope.signature);
  return 'code' in answer ? refuse(answer) : answer;
}

/** Everything that can be decided before the transaction: action, permission, shape of the content, the signer. */
export async function prepare(product: Product, context: Context, request: CommandRequest): Promise<Prepared> {
  const { definition, envelope } = request;
  const action = definition.actions[request.action] as ActionDefinition | undefined;
  if (!action) return refuse(commandRefusals.actionUnknown({ action: request.action }));
  const scope = requireScope(context, definition, request.action);
  if (!envelope.dryRun && (envelope.idempotencyKey.length < 8 || envelope.idempotencyKey.length > 200))
    refuse(commandRefusals.keyRequired({}));
  // What edits an existing document is parsed once it is loaded: values its editor cannot see are filled in first.
  const isNew = action.from.includes('new');
  const parsed = action.editsContent && isNew ? parseContent(definition, request.content) : { content: undefined, refusals: [] };
  if (parsed.refusals.length > 0) refuse(...parsed.refusals);
  const input = parseInput(action, request.input);
  const reason = envelope.reason?.trim() || null;
  if (action.reason === 'required' && !reason && !envelope.dryRun)
    refuse(commandRefusals.reasonRequired({ action: action.label }, { field: 'reason' }));
  const answer = action.signature && !envelope.dryRun ? await knownAnswer(context, request) : undefined;
  const confirmation = answer ? null : await confirmSigner(product, context, request, action);
  const run: Run = {
    product,
    context,
    request,
    definition,
    action,
    input,
    confirmation,
    permission: actionPermission(definition, request.action),
    content: parsed.content,
    commandId: newId('cmd'),
    at: context.system.clock.now().toISOString(),
    entity: groupFacts,
    actionContext: {
      actor: { id: context.actor.id, name: context.actor.name },
      today: '',
      occurredOn: '',
      functionalCurrency: groupFacts.functionalCurrency,
      reason,
    },
    before: null,
    doc: null,
    facts: {},
    verdicts: [],
    moves: [],
    journal: [],
    numbers: [],
    postingDigest: null,
    signatureId: null,
    approvalId: null,
  };
  return { run, scope, answer };
}
