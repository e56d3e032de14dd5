-- The lines of every journal entry sum to zero per currency and in functional currency, and no entry is without lines.
-- Why: double entry; an entry out of balance makes every statement above it wrong (R-076).
select e.entry_id, 'no lines' as problem
  from ledger.journal_entry e where not exists (select from ledger.journal_line l where l.entry_id = e.entry_id)
union all
select entry_id, currency from ledger.journal_line group by entry_id, currency having sum(amount_minor) <> 0
union all
select entry_id, 'functional currency' from ledger.journal_line group by entry_id having sum(functional_minor) <> 0
