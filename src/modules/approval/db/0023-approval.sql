-- Approvals: who has to agree before an action is carried out, the requests that wait, and every decision.

create schema approval;
grant usage on schema approval to medtrade_app;

create table approval.approval_policy (
  id              text primary key,
  entity_id       text,
  number          text,
  state           text not null,
  version         integer not null,
  created_by      text not null,
  created_at      timestamptz not null default clock_timestamp(),
  updated_at      timestamptz not null default clock_timestamp(),
  code            text not null,
  name_zh         text not null,
  name_en         text not null,
  document_kind   text not null,
  document_action text not null,
  company_id      text references organisation.legal_entity (id),
  amount_from     numeric,
  constraint approval_policy_code_is_used_once unique (code)
);
create index approval_policy_of on approval.approval_policy (document_kind, document_action) where state = 'active';
grant select, insert, update on approval.approval_policy to medtrade_app;

create table approval.approval_policy_steps (
  document_id text not null references approval.approval_policy (id),
  line_no     integer not null,
  name_zh     text not null,
  name_en     text not null,
  role_id     text not null references access.role (id),
  mode        text not null,
  quorum      integer,
  primary key (document_id, line_no)
);
grant select, insert, update, delete on approval.approval_policy_steps to medtrade_app;

create table approval.request (
  id             text primary key,
  entity_id      text,
  record_id      text not null,
  kind           text not null,
  action         text not null,
  number         text,
  title_zh       text not null,
  title_en       text not null,
  amount         numeric,
  from_state     text not null,
  state          text not null default 'open',
  policy_id      text not null references approval.approval_policy (id),
  policy_version integer not null,
  -- Steps as they stood when it was asked: names, approvers, mode; a later change of the policy does not move a running request.
  steps          jsonb not null,
  current_step   integer not null default 1,
  command        jsonb not null,
  requested_by   text not null,
  requester_name text not null,
  requested_at   timestamptz not null,
  ended_at       timestamptz,
  constraint request_state_is_known check (state in ('open', 'granted', 'carried_out', 'rejected', 'withdrawn'))
);
create unique index one_open_request_per_record on approval.request (record_id) where state in ('open', 'granted');
create index request_requested_by on approval.request (requested_by, requested_at desc);
create index request_open on approval.request (requested_at) where state = 'open';
create index request_record on approval.request (record_id, requested_at desc);
grant select, insert, update on approval.request to medtrade_app;
call kernel.guard_rows('approval.request');

create table approval.decision (
  decision_id bigint generated always as identity primary key,
  request_id  text not null references approval.request (id),
  step        integer not null,
  approver_id text not null,
  -- The approver whose substitute decided, where one did.
  on_behalf_of text,
  decided_by  text not null,
  decided_name text not null,
  verdict     text not null,
  comment     text,
  decided_at  timestamptz not null,
  constraint verdict_is_known check (verdict in ('approve', 'reject')),
  constraint approver_decides_once_per_step unique (request_id, step, approver_id)
);
call kernel.make_append_only('approval.decision');
