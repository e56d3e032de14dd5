import { can } from '#kernel/access/actor.ts';
import { dayIn } from '#kernel/clock/clock.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { type Context, handle, type OperationHandler } from '#kernel/http/context.server.ts';
import { text } from '#kernel/i18n/text.ts';
import type { WorkSource } from '#kernel/module.server.ts';
import { groupFacts } from '#kernel/product.server.ts';
import { authorisation } from '../authorisation/authorisation.ts';
import { licence } from '../licence/licence.ts';
import { daysUntil } from './days.ts';
import { expiryList } from '../operations.ts';

/** What one page shows; more than this is not a work list any more. */
const ROWS_MAX = 500;
/** A paper that lapsed longer ago than this is history, not work. */
const LAPSED_DAYS_SHOWN = 180;

interface ExpiryRow {
  readonly id: string;
  readonly kind: 'licence' | 'authorisation';
  readonly number: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly ownerId: string;
  readonly ownerKind: 'party' | 'legal-entity';
  readonly ownerZh: string;
  readonly ownerEn: string;
  readonly ownerState: string | null;
  readonly endsOn: string;
  readonly state: string;
}

/** Papers that end within some days or have lapsed, where no newer valid one of the same kind stands beside them; the earliest first. */
function endingPapers(tx: Tx, today: string, days: number, limit: number): Promise<ExpiryRow[]> {
  return tx.query<ExpiryRow>(sql`
    with papers as (
      select l.id, 'licence' kind, l.ends_on, l.state, coalesce(l.party_id, l.own_entity_id) owner_id from party.licence l
      where l.state in ('valid', 'expiring', 'lapsed', 'unverified') and l.ends_on between ${today}::date - ${LAPSED_DAYS_SHOWN}::int and ${today}::date + ${days}::int
        and not exists (select 1 from party.licence n where n.document_kind = l.document_kind and n.id <> l.id and n.state in ('valid', 'expiring')
          and n.party_id is not distinct from l.party_id and n.own_entity_id is not distinct from l.own_entity_id
          and (n.ends_on is null or n.ends_on > l.ends_on))
      union all
      select a.id, 'authorisation', a.ends_on, a.state, a.grantor_id from party.authorisation a
      where a.state in ('valid', 'expiring', 'lapsed', 'unverified') and a.ends_on between ${today}::date - ${LAPSED_DAYS_SHOWN}::int and ${today}::date + ${days}::int
    )
    select p.id, p.kind, d.number, d.title_zh "titleZh", d.title_en "titleEn", p.owner_id "ownerId", o.kind "ownerKind", o.title_zh "ownerZh",
      o.title_en "ownerEn", o.state "ownerState", p.ends_on "endsOn", p.state
    from papers p join kernel.directory d on d.id = p.id join kernel.directory o on o.id = p.owner_id
    order by p.ends_on, p.id limit ${limit}`);
}

const today = (context: Context): string => dayIn(context.system.clock.now(), groupFacts.timeZone);

async function listExpiries(context: Context, days: number) {
  const day = today(context);
  const rows = await context.system.db.read({ entityIds: '*', userId: context.actor.id }, (tx) =>
    endingPapers(tx, day, days, ROWS_MAX + 1),
  );
  return {
    day,
    isCut: rows.length > ROWS_MAX,
    rows: rows.slice(0, ROWS_MAX).map((r) => ({
      id: r.id,
      kind: r.kind,
      number: r.number,
      title: text(r.titleZh, r.titleEn),
      ownerId: r.ownerId,
      ownerKind: r.ownerKind,
      ownerName: text(r.ownerZh, r.ownerEn),
      ownerState: r.ownerKind === 'party' ? r.ownerState : null,
      endsOn: r.endsOn,
      daysLeft: daysUntil(r.endsOn, day),
      state: r.state,
    })),
  };
}

const action = text('续期或更新', 'Renew');

/** For whoever maintains qualifications: what runs out within the first warning or has lapsed, the earliest first. */
export const expiryWork: WorkSource = {
  name: 'party.expiries',
  label: text('资质到期', 'Qualifications running out'),
  order: 30,
  items: async (tx, context) => {
    if (
      !can(context.actor, `${licence.module}.${licence.kind}.verify`) ||
      !can(context.actor, `${authorisation.module}.${authorisation.kind}.verify`)
    )
      return [];
    const rows = await endingPapers(tx, today(context), 60, 50);
    return rows.map((r) => ({
      id: r.id,
      kind: r.kind,
      number: r.number,
      title: text(`${r.titleZh} · ${r.ownerZh}`, `${r.titleEn} · ${r.ownerEn}`),
      state: r.state,
      due: r.endsOn,
      entityId: null,
      action,
    }));
  },
};

/** For whoever approves files: those that wait. */
export const reviewWork: WorkSource = {
  name: 'party.reviews',
  label: text('首营待审', 'First approvals waiting'),
  order: 15,
  items: async (tx, context) => {
    if (!can(context.actor, 'party.party.approve')) return [];
    const rows = await tx.query<{ id: string; number: string; nameZh: string; nameEn: string | null }>(sql`
      select id, number, name_zh "nameZh", name_en "nameEn" from party.party where state = 'under_quality_review' order by updated_at, id limit 50`);
    return rows.map((r) => ({
      id: r.id,
      kind: 'party',
      number: r.number,
      title: text(r.nameZh, r.nameEn ?? r.nameZh),
      state: 'under_quality_review',
      due: null,
      entityId: null,
      action: text('审批', 'Approve'),
    }));
  },
};

export const expiryHandlers: OperationHandler[] = [handle(expiryList, (context, { query }) => listExpiries(context, query.days))];
