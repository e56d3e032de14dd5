-- What applying all migrations to an empty database gives. Written by `npm run check -- --only schema --write`, never by hand.

create extension pg_trgm;
create schema access;
create schema approval;
create schema audit;
create schema catalogue;
create schema documents;
create schema finance;
create schema kernel;
create schema ledger;
create schema mail;
create schema organisation;
create schema outbox;
create schema party;
create schema warehouse;
grant usage on schema access to medtrade_app;
grant usage on schema approval to medtrade_app;
grant usage on schema audit to medtrade_app;
grant usage on schema catalogue to medtrade_app;
grant usage on schema documents to medtrade_app;
grant usage on schema finance to medtrade_app;
grant usage on schema kernel to medtrade_app;
grant usage on schema ledger to medtrade_app;
grant usage on schema mail to medtrade_app;
grant usage on schema organisation to medtrade_app;
grant usage on schema outbox to medtrade_app;
grant usage on schema party to medtrade_app;
grant usage on schema warehouse to medtrade_app;

create table access.api_key (
  key_id text not null,
  user_id text not null,
  name text not null,
  prefix text not null,
  token_hash text not null,
  scopes text[] not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_by text,
  last_used_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (key_id),
  constraint api_key_token_is_used_once UNIQUE (token_hash),
  constraint api_key_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.user_account(id)
);
CREATE INDEX api_key_of_user ON access.api_key USING btree (user_id);
grant insert, select, update on access.api_key to medtrade_app;

create table access.credential (
  user_id text not null,
  password_hash text not null,
  must_change boolean not null,
  changed_at timestamp with time zone not null,
  constraint credential_pkey PRIMARY KEY (user_id),
  constraint credential_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.user_account(id)
);
grant insert, select, update on access.credential to medtrade_app;

create table access.login_attempt (
  login text not null,
  failures integer not null,
  locked_until timestamp with time zone,
  last_at timestamp with time zone not null,
  address text not null,
  since timestamp with time zone not null,
  constraint login_attempt_pkey PRIMARY KEY (login, address)
);
grant delete, insert, select, update on access.login_attempt to medtrade_app;

create table access.oidc_identity (
  issuer text not null,
  subject text not null,
  user_id text not null,
  linked_at timestamp with time zone not null,
  constraint oidc_identity_pkey PRIMARY KEY (issuer, subject),
  constraint oidc_identity_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.user_account(id)
);
CREATE INDEX oidc_identity_of_user ON access.oidc_identity USING btree (user_id);
grant delete, insert, select on access.oidc_identity to medtrade_app;

create table access.preference (
  user_id text not null,
  locale text not null,
  constraint preference_pkey PRIMARY KEY (user_id),
  constraint preference_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.user_account(id)
);
grant insert, select, update on access.preference to medtrade_app;

create table access.role (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  purpose text,
  permissions text[] not null,
  constraint role_pkey PRIMARY KEY (id),
  constraint role_code_is_used_once UNIQUE (code)
);
grant insert, select, update on access.role to medtrade_app;

create table access.session (
  session_id text not null,
  token_hash text not null,
  user_id text not null,
  kind text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  idle_seconds integer not null,
  ip text,
  user_agent text,
  first_signed_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by text,
  constraint session_pkey PRIMARY KEY (session_id),
  constraint session_kind_is_known CHECK ((kind = ANY (ARRAY['password'::text, 'single-sign-on'::text]))),
  constraint session_token_is_used_once UNIQUE (token_hash),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.user_account(id)
);
CREATE INDEX session_expires ON access.session USING btree (expires_at);
CREATE INDEX session_of_user ON access.session USING btree (user_id, last_seen_at DESC);
grant delete, insert, select, update on access.session to medtrade_app;

create table access.setup_token (
  token_hash text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint setup_token_pkey PRIMARY KEY (token_hash)
);
grant delete, insert, select, update on access.setup_token to medtrade_app;

create table access.signature (
  signature_id text not null,
  record_id text not null,
  entity_id text,
  kind text not null,
  number text,
  action text not null,
  user_id text not null,
  login text not null,
  printed_name text not null,
  session_id text not null,
  components text[] not null,
  meaning_zh text not null,
  meaning_en text not null,
  reason text,
  content_hash text not null,
  ip text,
  signed_at timestamp with time zone not null,
  constraint signature_pkey PRIMARY KEY (signature_id)
);
CREATE INDEX signature_of_record ON access.signature USING btree (record_id, signed_at);
CREATE INDEX signature_of_user ON access.signature USING btree (user_id, signed_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON access.signature FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
alter table access.signature enable row level security;
create policy entity_scope on access.signature as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on access.signature to medtrade_app;

create table access.substitution (
  substitution_id text not null,
  user_id text not null,
  substitute_id text not null,
  from_day date not null,
  until_day date not null,
  reason text not null,
  named_by text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint substitution_pkey PRIMARY KEY (substitution_id),
  constraint nobody_substitutes_themselves CHECK ((user_id <> substitute_id)),
  constraint substitution_ends_after_it_begins CHECK ((until_day >= from_day)),
  constraint substitution_substitute_id_fkey FOREIGN KEY (substitute_id) REFERENCES access.user_account(id),
  constraint substitution_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.user_account(id)
);
CREATE INDEX substitution_by_substitute ON access.substitution USING btree (substitute_id, until_day);
CREATE INDEX substitution_of_user ON access.substitution USING btree (user_id, until_day);
grant insert, select, update on access.substitution to medtrade_app;

create table access.totp (
  user_id text not null,
  secret_sealed text not null,
  confirmed_at timestamp with time zone,
  last_step bigint default 0 not null,
  recovery_codes text[] default '{}'::text[] not null,
  constraint totp_pkey PRIMARY KEY (user_id),
  constraint totp_user_id_fkey FOREIGN KEY (user_id) REFERENCES access.user_account(id)
);
grant delete, insert, select, update on access.totp to medtrade_app;

create table access.user_account (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  login text not null,
  name text not null,
  email text,
  locale text not null,
  account_kind text not null,
  constraint user_account_pkey PRIMARY KEY (id),
  constraint account_kind_is_known CHECK ((account_kind = ANY (ARRAY['person'::text, 'service'::text]))),
  constraint login_is_lower_case CHECK ((login = lower(login))),
  constraint login_is_used_once UNIQUE (login)
);
CREATE UNIQUE INDEX user_email_is_used_once ON access.user_account USING btree (lower(email));
grant insert, select, update on access.user_account to medtrade_app;

create table access.user_account_grants (
  document_id text not null,
  line_no integer not null,
  role_id text not null,
  scope_entity_id text,
  scope_warehouse_id text,
  scope_region text,
  is_own_only boolean not null,
  valid_from date,
  valid_until date,
  constraint user_account_grants_pkey PRIMARY KEY (document_id, line_no),
  constraint grant_ends_after_it_begins CHECK ((valid_until >= valid_from)),
  constraint user_account_grants_document_id_fkey FOREIGN KEY (document_id) REFERENCES access.user_account(id),
  constraint user_account_grants_role_id_fkey FOREIGN KEY (role_id) REFERENCES access.role(id),
  constraint user_account_grants_scope_entity_id_fkey FOREIGN KEY (scope_entity_id) REFERENCES organisation.legal_entity(id)
);
CREATE INDEX user_account_grants_role ON access.user_account_grants USING btree (role_id);
grant delete, insert, select, update on access.user_account_grants to medtrade_app;

create table approval.approval_policy (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  document_kind text not null,
  document_action text not null,
  company_id text,
  amount_from numeric,
  constraint approval_policy_pkey PRIMARY KEY (id),
  constraint approval_policy_code_is_used_once UNIQUE (code),
  constraint approval_policy_company_id_fkey FOREIGN KEY (company_id) REFERENCES organisation.legal_entity(id)
);
CREATE INDEX approval_policy_of ON approval.approval_policy USING btree (document_kind, document_action) WHERE (state = 'active'::text);
grant insert, select, update on approval.approval_policy to medtrade_app;

create table approval.approval_policy_steps (
  document_id text not null,
  line_no integer not null,
  name_zh text not null,
  name_en text not null,
  role_id text not null,
  mode text not null,
  quorum integer,
  constraint approval_policy_steps_pkey PRIMARY KEY (document_id, line_no),
  constraint approval_policy_steps_document_id_fkey FOREIGN KEY (document_id) REFERENCES approval.approval_policy(id),
  constraint approval_policy_steps_role_id_fkey FOREIGN KEY (role_id) REFERENCES access.role(id)
);
grant delete, insert, select, update on approval.approval_policy_steps to medtrade_app;

create table approval.decision (
  decision_id bigint generated always as identity not null,
  request_id text not null,
  step integer not null,
  approver_id text not null,
  on_behalf_of text,
  decided_by text not null,
  decided_name text not null,
  verdict text not null,
  comment text,
  decided_at timestamp with time zone not null,
  constraint decision_pkey PRIMARY KEY (decision_id),
  constraint approver_decides_once_per_step UNIQUE (request_id, step, approver_id),
  constraint decision_request_id_fkey FOREIGN KEY (request_id) REFERENCES approval.request(id),
  constraint verdict_is_known CHECK ((verdict = ANY (ARRAY['approve'::text, 'reject'::text])))
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON approval.decision FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
grant insert, select on approval.decision to medtrade_app;

create table approval.request (
  id text not null,
  entity_id text,
  record_id text not null,
  kind text not null,
  action text not null,
  number text,
  title_zh text not null,
  title_en text not null,
  amount numeric,
  from_state text not null,
  state text default 'open'::text not null,
  policy_id text not null,
  policy_version integer not null,
  steps jsonb not null,
  current_step integer default 1 not null,
  command jsonb not null,
  requested_by text not null,
  requester_name text not null,
  requested_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint request_pkey PRIMARY KEY (id),
  constraint request_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES approval.approval_policy(id),
  constraint request_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'granted'::text, 'carried_out'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE UNIQUE INDEX one_open_request_per_record ON approval.request USING btree (record_id) WHERE (state = ANY (ARRAY['open'::text, 'granted'::text]));
CREATE INDEX request_open ON approval.request USING btree (requested_at) WHERE (state = 'open'::text);
CREATE INDEX request_record ON approval.request USING btree (record_id, requested_at DESC);
CREATE INDEX request_requested_by ON approval.request USING btree (requested_by, requested_at DESC);
alter table approval.request enable row level security;
create policy entity_scope on approval.request as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on approval.request to medtrade_app;

create table audit.block (
  block_no bigint not null,
  prev_hash bytea not null,
  merkle_root bytea not null,
  first_xid xid8 not null,
  first_event_id bigint not null,
  last_xid xid8 not null,
  last_event_id bigint not null,
  row_count integer not null,
  sealed_at timestamp with time zone not null,
  block_hash bytea not null,
  event_ids bigint[] not null,
  leaf_hashes bytea[] not null,
  constraint block_pkey PRIMARY KEY (block_no),
  constraint block_follows_one_block UNIQUE (prev_hash),
  constraint block_holds_rows CHECK ((row_count > 0))
);
CREATE INDEX block_range ON audit.block USING btree (last_xid, last_event_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.block FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
grant select on audit.block to medtrade_app;

create table audit.event (
  event_id bigint generated always as identity not null,
  xid xid8 default kernel.log_position() not null,
  command_id text,
  entity_id text,
  actor_id text not null,
  actor_name text not null,
  session_id text,
  ip text,
  kind text not null,
  record_id text,
  number text,
  action text not null,
  from_state text,
  to_state text,
  version integer,
  changes jsonb default '[]'::jsonb not null,
  fields text[] default '{}'::text[] not null,
  reason text,
  occurred_on date,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  signature_id text,
  posting_digest text,
  request_id text,
  constraint event_pkey PRIMARY KEY (event_id)
);
CREATE INDEX event_actor ON audit.event USING btree (actor_id, recorded_at);
CREATE INDEX event_command ON audit.event USING btree (command_id) WHERE (command_id IS NOT NULL);
CREATE INDEX event_entity ON audit.event USING btree (entity_id, recorded_at);
CREATE INDEX event_fields ON audit.event USING gin (fields);
CREATE INDEX event_kind ON audit.event USING btree (kind, recorded_at);
CREATE UNIQUE INDEX event_position ON audit.event USING btree (xid, event_id);
CREATE INDEX event_posting ON audit.event USING btree (record_id) WHERE (posting_digest IS NOT NULL);
CREATE INDEX event_record ON audit.event USING btree (record_id, event_id) WHERE (record_id IS NOT NULL);
CREATE INDEX event_recorded_at ON audit.event USING btree (recorded_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.event FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
alter table audit.event enable row level security;
create policy entity_scope on audit.event as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant select on audit.event to medtrade_app;
grant insert (action,
      actor_id,
      actor_name,
      changes,
      command_id,
      entity_id,
      fields,
      from_state,
      ip,
      kind,
      number,
      occurred_on,
      posting_digest,
      reason,
      record_id,
      request_id,
      session_id,
      signature_id,
      to_state,
      version) on audit.event to medtrade_app;

create table audit.verification (
  verification_id text not null,
  started_by text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone default clock_timestamp() not null,
  from_block bigint not null,
  to_block bigint not null,
  block_hash text,
  event_count bigint not null,
  posting_count bigint not null,
  problem_count integer not null,
  problems jsonb not null,
  constraint verification_pkey PRIMARY KEY (verification_id)
);
CREATE INDEX verification_finished_at ON audit.verification USING btree (finished_at DESC);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.verification FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
grant insert, select on audit.verification to medtrade_app;

create table catalogue.device_import (
  id text not null,
  file_hash text not null,
  file_name text not null,
  source text,
  state text not null,
  options jsonb default '{}'::jsonb not null,
  totals jsonb default '{}'::jsonb not null,
  done integer default 0 not null,
  total integer default 0 not null,
  reason text,
  attempt integer default 0 not null,
  failure jsonb,
  created_by text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint device_import_pkey PRIMARY KEY (id),
  constraint device_import_file_hash_fkey FOREIGN KEY (file_hash) REFERENCES kernel.file(hash),
  constraint device_import_has_a_known_state CHECK ((state = ANY (ARRAY['checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX device_import_newest ON catalogue.device_import USING btree (created_at DESC);
grant insert, select, update on catalogue.device_import to medtrade_app;

create table catalogue.device_import_item (
  import_id text not null,
  item integer not null,
  source_row integer not null,
  record jsonb,
  di text,
  label text not null,
  named_id text,
  product_id text,
  action text not null,
  state text not null,
  content jsonb,
  changes jsonb default '[]'::jsonb not null,
  open_points text[] default '{}'::text[] not null,
  is_withdrawn boolean default false not null,
  errors jsonb default '[]'::jsonb not null,
  constraint device_import_item_pkey PRIMARY KEY (import_id, item),
  constraint device_import_item_import_id_fkey FOREIGN KEY (import_id) REFERENCES catalogue.device_import(id),
  constraint device_import_item_named_id_fkey FOREIGN KEY (named_id) REFERENCES catalogue.product(id),
  constraint device_import_item_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalogue.product(id),
  constraint device_item_action_is_known CHECK ((action = ANY (ARRAY['create'::text, 'change'::text]))),
  constraint device_item_state_is_known CHECK ((state = ANY (ARRAY['staged'::text, 'ready'::text, 'refused'::text, 'unchanged'::text, 'done'::text])))
);
CREATE INDEX device_import_item_state ON catalogue.device_import_item USING btree (import_id, state, item);
grant delete, insert, select, update on catalogue.device_import_item to medtrade_app;

create table catalogue.product (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  model text,
  specification text,
  device_class text not null,
  registration_no text,
  registrant_name text,
  base_unit text not null,
  identifier_policy text not null,
  is_expiry_tracked boolean not null,
  shelf_life_months integer,
  is_implant boolean not null,
  is_sterile boolean not null,
  is_cold_chain boolean not null,
  storage_condition text,
  class_code2017 text,
  class_code2002 text,
  registration_id text,
  is_ivd boolean default false not null,
  is_interventional boolean default false not null,
  is_single_use boolean default false not null,
  storage_min_c numeric,
  storage_max_c numeric,
  gmdn_code text,
  emdn_code text,
  basic_udi_di text,
  eu_risk_class text,
  fda_product_code text,
  insurance_code text,
  hs_code text,
  tax_code text,
  brand_name text,
  catalogue_no text,
  country_of_origin text,
  description text,
  to_complete text[],
  constraint product_pkey PRIMARY KEY (id),
  constraint product_code_is_used_once UNIQUE (code),
  constraint product_is_group_wide CHECK ((entity_id IS NULL)),
  constraint product_registration_id_fkey FOREIGN KEY (registration_id) REFERENCES catalogue.registration(id)
);
CREATE INDEX product_class_code2017 ON catalogue.product USING btree (class_code2017) WHERE (class_code2017 IS NOT NULL);
CREATE INDEX product_number ON catalogue.product USING btree (number, id);
CREATE INDEX product_registration ON catalogue.product USING btree (registration_no);
CREATE INDEX product_registration_record ON catalogue.product USING btree (registration_id) WHERE (registration_id IS NOT NULL);
grant insert, select, update on catalogue.product to medtrade_app;

create table catalogue.product_codes (
  document_id text not null,
  line_no integer not null,
  system text not null,
  code text not null,
  owner_name text,
  owner_registration_no text,
  constraint product_codes_pkey PRIMARY KEY (document_id, line_no),
  constraint product_codes_document_id_fkey FOREIGN KEY (document_id) REFERENCES catalogue.product(id)
);
CREATE INDEX product_codes_code ON catalogue.product_codes USING btree (code);
grant delete, insert, select, update on catalogue.product_codes to medtrade_app;

create table catalogue.product_packages (
  document_id text not null,
  line_no integer not null,
  level text not null,
  unit text,
  di text not null,
  issuing_agency text not null,
  quantity_per_base numeric not null,
  contained_di text,
  discontinued_on date,
  constraint product_packages_pkey PRIMARY KEY (document_id, line_no),
  constraint package_holds_something CHECK ((quantity_per_base > (0)::numeric)),
  constraint product_packages_document_id_fkey FOREIGN KEY (document_id) REFERENCES catalogue.product(id)
);
CREATE INDEX product_packages_di ON catalogue.product_packages USING btree (di);
grant delete, insert, select, update on catalogue.product_packages to medtrade_app;

create table catalogue.registration (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  registration_no text not null,
  product_name text not null,
  product_name_en text,
  device_class text not null,
  class_code2017 text,
  class_code2002 text,
  holder_name text not null,
  holder_name_en text,
  holder_uscc text,
  agent_name text,
  valid_from date not null,
  valid_to date,
  issuer text,
  note text,
  constraint registration_pkey PRIMARY KEY (id),
  constraint registration_is_group_wide CHECK ((entity_id IS NULL)),
  constraint registration_number_is_used_once UNIQUE (registration_no)
);
CREATE INDEX registration_end ON catalogue.registration USING btree (valid_to) WHERE (valid_to IS NOT NULL);
CREATE INDEX registration_number ON catalogue.registration USING btree (number, id);
grant insert, select, update on catalogue.registration to medtrade_app;

create table documents.attachment (
  attachment_id text not null,
  record_kind text not null,
  record_id text not null,
  entity_id text,
  file_hash text not null,
  name text not null,
  type text,
  number text,
  valid_from date,
  valid_to date,
  note text,
  uploaded_by text not null,
  uploaded_at timestamp with time zone not null,
  constraint attachment_pkey PRIMARY KEY (attachment_id),
  constraint attachment_file_hash_fkey FOREIGN KEY (file_hash) REFERENCES kernel.file(hash),
  constraint attachment_record_id_fkey FOREIGN KEY (record_id) REFERENCES kernel.directory(id),
  constraint validity_ends_after_it_begins CHECK ((valid_to >= valid_from))
);
CREATE INDEX attachment_lapses ON documents.attachment USING btree (valid_to) WHERE (valid_to IS NOT NULL);
CREATE INDEX attachment_record ON documents.attachment USING btree (record_id, uploaded_at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON documents.attachment FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
alter table documents.attachment enable row level security;
create policy entity_scope on documents.attachment as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on documents.attachment to medtrade_app;

create table documents.attachment_removal (
  attachment_id text not null,
  entity_id text,
  reason text not null,
  removed_by text not null,
  removed_at timestamp with time zone not null,
  constraint attachment_removal_pkey PRIMARY KEY (attachment_id),
  constraint attachment_removal_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES documents.attachment(attachment_id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON documents.attachment_removal FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
alter table documents.attachment_removal enable row level security;
create policy entity_scope on documents.attachment_removal as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on documents.attachment_removal to medtrade_app;

create table documents.comment (
  comment_id text not null,
  record_kind text not null,
  record_id text not null,
  entity_id text,
  body text not null,
  mentions text[] not null,
  version integer default 1 not null,
  written_by text not null,
  written_at timestamp with time zone not null,
  edited_at timestamp with time zone,
  constraint comment_pkey PRIMARY KEY (comment_id),
  constraint comment_record_id_fkey FOREIGN KEY (record_id) REFERENCES kernel.directory(id),
  constraint comment_says_something CHECK (((length(body) >= 1) AND (length(body) <= 8000)))
);
CREATE INDEX comment_record ON documents.comment USING btree (record_id, written_at);
alter table documents.comment enable row level security;
create policy entity_scope on documents.comment as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on documents.comment to medtrade_app;

create table documents.comment_version (
  comment_id text not null,
  version integer not null,
  entity_id text,
  body text not null,
  recorded_at timestamp with time zone not null,
  constraint comment_version_pkey PRIMARY KEY (comment_id, version),
  constraint comment_version_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES documents.comment(comment_id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON documents.comment_version FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
alter table documents.comment_version enable row level security;
create policy entity_scope on documents.comment_version as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on documents.comment_version to medtrade_app;

create table documents.notification (
  notification_id text not null,
  user_id text not null,
  kind text not null,
  record_kind text not null,
  record_id text not null,
  entity_id text,
  source_id text not null,
  from_user_id text not null,
  excerpt text not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint notification_pkey PRIMARY KEY (notification_id),
  constraint notification_is_sent_once UNIQUE (user_id, kind, source_id)
);
CREATE INDEX notification_unread ON documents.notification USING btree (user_id, created_at DESC) WHERE (read_at IS NULL);
CREATE INDEX notification_user ON documents.notification USING btree (user_id, created_at DESC);
alter table documents.notification enable row level security;
create policy entity_scope on documents.notification as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on documents.notification to medtrade_app;

create table documents.saved_view (
  view_id text not null,
  owner_id text not null,
  list_kind text not null,
  name text not null,
  is_shared boolean not null,
  content jsonb not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint saved_view_pkey PRIMARY KEY (view_id),
  constraint saved_view_name_is_free UNIQUE (owner_id, list_kind, name)
);
CREATE INDEX saved_view_shared ON documents.saved_view USING btree (list_kind) WHERE is_shared;
grant delete, insert, select, update on documents.saved_view to medtrade_app;

create table finance.account (
  id text not null,
  entity_id text not null,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  account_type text not null,
  parent_id text,
  is_posting boolean not null,
  purpose text,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_code_is_used_once UNIQUE (entity_id, code),
  constraint account_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES organisation.legal_entity(id),
  constraint account_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES finance.account(id),
  constraint heading_has_no_purpose CHECK (((purpose IS NULL) OR is_posting))
);
CREATE INDEX account_number ON finance.account USING btree (number, id);
CREATE UNIQUE INDEX account_purpose_is_used_once ON finance.account USING btree (entity_id, purpose) WHERE (purpose IS NOT NULL);
alter table finance.account enable row level security;
create policy entity_scope on finance.account as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on finance.account to medtrade_app;

create table finance.accounting_period (
  id text not null,
  entity_id text not null,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  constraint accounting_period_pkey PRIMARY KEY (id),
  constraint accounting_period_code_is_used_once UNIQUE (entity_id, code),
  constraint accounting_period_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES organisation.legal_entity(id)
);
alter table finance.accounting_period enable row level security;
create policy entity_scope on finance.accounting_period as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on finance.accounting_period to medtrade_app;

create table finance.journal_voucher (
  id text not null,
  entity_id text not null,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  voucher_date date not null,
  voucher_type text not null,
  summary text not null,
  attachment_count integer not null,
  total_debit numeric,
  total_credit numeric,
  constraint journal_voucher_pkey PRIMARY KEY (id),
  constraint journal_voucher_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES organisation.legal_entity(id),
  constraint journal_voucher_number_is_used_once UNIQUE (entity_id, number)
);
CREATE INDEX journal_voucher_created_at ON finance.journal_voucher USING btree (created_at, id);
CREATE INDEX journal_voucher_date ON finance.journal_voucher USING btree (voucher_date, id);
CREATE INDEX journal_voucher_number ON finance.journal_voucher USING btree (number, id);
CREATE INDEX journal_voucher_state ON finance.journal_voucher USING btree (state, created_at, id);
alter table finance.journal_voucher enable row level security;
create policy entity_scope on finance.journal_voucher as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on finance.journal_voucher to medtrade_app;

create table finance.journal_voucher_entries (
  document_id text not null,
  line_no integer not null,
  summary text,
  account_id text not null,
  debit numeric,
  credit numeric,
  currency text,
  exchange_rate numeric,
  functional_amount numeric,
  constraint journal_voucher_entries_pkey PRIMARY KEY (document_id, line_no),
  constraint journal_voucher_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES finance.account(id),
  constraint journal_voucher_entries_document_id_fkey FOREIGN KEY (document_id) REFERENCES finance.journal_voucher(id)
);
CREATE INDEX journal_voucher_entries_account ON finance.journal_voucher_entries USING btree (account_id);
grant delete, insert, select, update on finance.journal_voucher_entries to medtrade_app;

create table kernel.command (
  command_id text not null,
  actor_id text not null,
  key text not null,
  request_hash text not null,
  request jsonb not null,
  answer jsonb not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  constraint command_pkey PRIMARY KEY (command_id),
  constraint command_key_is_used_once UNIQUE (actor_id, key)
);
CREATE INDEX command_recorded_at ON kernel.command USING btree (recorded_at);
grant delete, insert, select on kernel.command to medtrade_app;

create table kernel.directory (
  id text not null,
  kind text not null,
  entity_id text,
  number text,
  title_zh text not null,
  title_en text not null,
  state text not null,
  search_text text not null,
  created_by text not null,
  occurred_on date,
  updated_at timestamp with time zone default clock_timestamp() not null,
  constraint directory_pkey PRIMARY KEY (id)
);
CREATE INDEX directory_drafts ON kernel.directory USING btree (created_by, updated_at) WHERE (state = 'draft'::text);
CREATE INDEX directory_kind ON kernel.directory USING btree (kind, number);
CREATE INDEX directory_number ON kernel.directory USING btree (upper(number) text_pattern_ops);
CREATE INDEX directory_search ON kernel.directory USING gin (search_text public.gin_trgm_ops);
alter table kernel.directory enable row level security;
create policy entity_scope on kernel.directory as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on kernel.directory to medtrade_app;

create table kernel.file (
  hash text not null,
  size bigint not null,
  media_type text not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  constraint file_pkey PRIMARY KEY (hash),
  constraint file_hash_is_sha256 CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  constraint file_size_is_not_negative CHECK ((size >= 0))
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kernel.file FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
grant insert, select on kernel.file to medtrade_app;

create table kernel.file_check (
  check_id bigint generated always as identity not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone not null,
  checked bigint not null,
  bytes bigint not null,
  missing text[] not null,
  damaged text[] not null,
  constraint file_check_pkey PRIMARY KEY (check_id)
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kernel.file_check FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
grant insert, select on kernel.file_check to medtrade_app;

create table kernel.gate_verdict (
  verdict_id bigint generated always as identity not null,
  command_id text not null,
  document_id text not null,
  entity_id text,
  action text not null,
  gate text not null,
  is_passed boolean not null,
  rule_version text not null,
  facts jsonb not null,
  refusals jsonb not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  constraint gate_verdict_pkey PRIMARY KEY (verdict_id)
);
CREATE INDEX gate_verdict_document ON kernel.gate_verdict USING btree (document_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kernel.gate_verdict FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
alter table kernel.gate_verdict enable row level security;
create policy entity_scope on kernel.gate_verdict as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on kernel.gate_verdict to medtrade_app;

create table kernel.import_item (
  session_id text not null,
  item integer not null,
  entity_id text,
  sheet integer not null,
  row_no integer not null,
  label text not null,
  action text not null,
  record_id text,
  content jsonb,
  changes jsonb,
  errors jsonb default '[]'::jsonb not null,
  state text not null,
  constraint import_item_pkey PRIMARY KEY (session_id, item),
  constraint import_item_action_is_known CHECK ((action = ANY (ARRAY['create'::text, 'update'::text]))),
  constraint import_item_session_id_fkey FOREIGN KEY (session_id) REFERENCES kernel.import_session(session_id),
  constraint import_item_state_is_known CHECK ((state = ANY (ARRAY['ready'::text, 'refused'::text, 'unchanged'::text, 'done'::text, 'undone'::text, 'kept'::text])))
);
CREATE INDEX import_item_state ON kernel.import_item USING btree (session_id, state, item);
alter table kernel.import_item enable row level security;
create policy entity_scope on kernel.import_item as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant delete, insert, select, update on kernel.import_item to medtrade_app;

create table kernel.import_row (
  session_id text not null,
  sheet integer not null,
  row_no integer not null,
  entity_id text,
  cells text[] not null,
  item integer,
  constraint import_row_pkey PRIMARY KEY (session_id, sheet, row_no),
  constraint import_row_session_id_fkey FOREIGN KEY (session_id) REFERENCES kernel.import_session(session_id)
);
CREATE INDEX import_row_item ON kernel.import_row USING btree (session_id, item);
alter table kernel.import_row enable row level security;
create policy entity_scope on kernel.import_row as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant delete, insert, select, update on kernel.import_row to medtrade_app;

create table kernel.import_session (
  session_id text not null,
  kind text not null,
  entity_id text,
  file_hash text not null,
  file_name text not null,
  format text not null,
  encoding text,
  sheets jsonb not null,
  mapping jsonb not null,
  state text not null,
  mode text default 'create'::text not null,
  on_error text default 'all-or-nothing'::text not null,
  totals jsonb default '{}'::jsonb not null,
  done integer default 0 not null,
  total integer default 0 not null,
  attempt integer default 0 not null,
  failure jsonb,
  rollback jsonb,
  version integer default 1 not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint import_session_pkey PRIMARY KEY (session_id),
  constraint import_mode_is_known CHECK ((mode = ANY (ARRAY['create'::text, 'update'::text, 'both'::text]))),
  constraint import_on_error_is_known CHECK ((on_error = ANY (ARRAY['all-or-nothing'::text, 'skip'::text]))),
  constraint import_session_file_hash_fkey FOREIGN KEY (file_hash) REFERENCES kernel.file(hash),
  constraint import_state_is_known CHECK ((state = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'failed'::text, 'rolling-back'::text, 'rolled-back'::text])))
);
CREATE INDEX import_session_by_file ON kernel.import_session USING btree (file_hash, kind);
CREATE INDEX import_session_by_kind ON kernel.import_session USING btree (kind, created_at DESC);
alter table kernel.import_session enable row level security;
create policy entity_scope on kernel.import_session as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on kernel.import_session to medtrade_app;

create table kernel.job_run (
  id text not null,
  name text not null,
  payload jsonb default '{}'::jsonb not null,
  entity_id text,
  state text default 'queued'::text not null,
  done bigint default 0 not null,
  total bigint default 0 not null,
  attempts integer default 0 not null,
  message text,
  started_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint job_run_pkey PRIMARY KEY (id),
  constraint job_run_state_is_known CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX job_run_created_at ON kernel.job_run USING btree (created_at DESC);
CREATE INDEX job_run_started_by ON kernel.job_run USING btree (started_by, created_at DESC);
grant delete, insert, select, update on kernel.job_run to medtrade_app;

create table kernel.log_base (
  is_only boolean default true not null,
  base bigint default 0 not null,
  constraint log_base_pkey PRIMARY KEY (is_only),
  constraint log_base_is_only_check CHECK (is_only)
);
grant select on kernel.log_base to medtrade_app;

create table kernel.number_pattern (
  kind text not null,
  entity_id text default ''::text not null,
  pattern text not null,
  constraint number_pattern_pkey PRIMARY KEY (kind, entity_id)
);
grant delete, insert, select, update on kernel.number_pattern to medtrade_app;

create table kernel.number_series (
  kind text not null,
  entity_id text not null,
  period text not null,
  last bigint default 0 not null,
  constraint number_series_pkey PRIMARY KEY (kind, entity_id, period)
);
grant insert, select, update on kernel.number_series to medtrade_app;

create table kernel.record_due (
  record_id text not null,
  version integer not null,
  kind text not null,
  entity_id text,
  valid_from date not null,
  constraint record_due_pkey PRIMARY KEY (record_id, version)
);
CREATE INDEX record_due_on ON kernel.record_due USING btree (valid_from);
alter table kernel.record_due enable row level security;
create policy entity_scope on kernel.record_due as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant delete, insert, select, update on kernel.record_due to medtrade_app;

create table kernel.record_version (
  record_id text not null,
  version integer not null,
  kind text not null,
  entity_id text,
  valid_from date not null,
  state text not null,
  content jsonb not null,
  reason text,
  changed_by text not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  constraint record_version_pkey PRIMARY KEY (record_id, version)
);
CREATE INDEX record_version_due ON kernel.record_version USING btree (valid_from, kind);
CREATE INDEX record_version_on ON kernel.record_version USING btree (record_id, valid_from DESC, version DESC);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kernel.record_version FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
alter table kernel.record_version enable row level security;
create policy entity_scope on kernel.record_version as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on kernel.record_version to medtrade_app;

create table kernel.relation (
  from_id text not null,
  to_id text not null,
  role text not null,
  constraint relation_pkey PRIMARY KEY (from_id, to_id, role),
  constraint relation_from_id_fkey FOREIGN KEY (from_id) REFERENCES kernel.directory(id)
);
CREATE INDEX relation_to ON kernel.relation USING btree (to_id);
grant delete, insert, select on kernel.relation to medtrade_app;

create table ledger.account_balance (
  entity_id text not null,
  book text not null,
  account_id text not null,
  period text not null,
  currency text not null,
  debit_minor bigint default 0 not null,
  credit_minor bigint default 0 not null,
  functional_debit_minor bigint default 0 not null,
  functional_credit_minor bigint default 0 not null,
  constraint account_balance_pkey PRIMARY KEY (entity_id, book, account_id, period, currency)
) with (fillfactor=70);
alter table ledger.account_balance enable row level security;
create policy entity_scope on ledger.account_balance as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant select on ledger.account_balance to medtrade_app;

create table ledger.journal_entry (
  entry_id bigint generated always as identity not null,
  posting_id text not null,
  document_id text not null,
  entity_id text not null,
  book text not null,
  summary text not null,
  functional_currency text not null,
  occurred_on date not null,
  period text not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  reverses bigint,
  constraint journal_entry_pkey PRIMARY KEY (entry_id),
  constraint book_is_known CHECK ((book = ANY (ARRAY['local'::text, 'ifrs'::text, 'tax'::text]))),
  constraint period_is_the_month_it_happened CHECK ((period = to_char((occurred_on)::timestamp with time zone, 'YYYY-MM'::text)))
);
CREATE INDEX entry_by_period ON ledger.journal_entry USING btree (entity_id, book, period, entry_id);
CREATE INDEX entry_document ON ledger.journal_entry USING btree (document_id);
CREATE UNIQUE INDEX entry_is_reversed_once ON ledger.journal_entry USING btree (reverses) WHERE (reverses IS NOT NULL);
CREATE INDEX entry_posting ON ledger.journal_entry USING btree (posting_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.journal_entry FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE CONSTRAINT TRIGGER entry_has_lines AFTER INSERT ON ledger.journal_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.refuse_empty_entry();
alter table ledger.journal_entry enable row level security;
create policy entity_scope on ledger.journal_entry as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on ledger.journal_entry to medtrade_app;

create table ledger.journal_line (
  entry_id bigint not null,
  line_no integer not null,
  entity_id text not null,
  book text not null,
  period text not null,
  occurred_on date not null,
  account_id text not null,
  counterparty_id text,
  currency text not null,
  amount_minor bigint not null,
  functional_minor bigint not null,
  summary text,
  dimensions jsonb default '{}'::jsonb not null,
  constraint journal_line_pkey PRIMARY KEY (entry_id, line_no),
  constraint currency_is_iso_4217 CHECK ((currency ~ '^[A-Z]{3}$'::text))
);
CREATE INDEX line_account ON ledger.journal_line USING btree (entity_id, book, account_id, occurred_on, entry_id);
CREATE INDEX line_counterparty ON ledger.journal_line USING btree (counterparty_id, account_id, occurred_on) WHERE (counterparty_id IS NOT NULL);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.journal_line FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER keep_journal AFTER INSERT ON ledger.journal_line REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_journal();
alter table ledger.journal_line enable row level security;
create policy entity_scope on ledger.journal_line as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on ledger.journal_line to medtrade_app;

create table ledger.late_cost (
  late_cost_id bigint generated always as identity not null,
  posting_id text not null,
  document_id text not null,
  entity_id text not null,
  lot_id text not null,
  kind text not null,
  value_minor bigint not null,
  left_minor bigint not null,
  occurred_on date not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  constraint late_cost_pkey PRIMARY KEY (late_cost_id)
);
CREATE INDEX late_cost_document ON ledger.late_cost USING btree (document_id);
CREATE INDEX late_cost_lot ON ledger.late_cost USING btree (lot_id);
CREATE INDEX late_cost_posting ON ledger.late_cost USING btree (posting_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.late_cost FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER lot_cost AFTER INSERT ON ledger.late_cost REFERENCING NEW TABLE AS new_costs FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_late_cost();
alter table ledger.late_cost enable row level security;
create policy entity_scope on ledger.late_cost as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on ledger.late_cost to medtrade_app;

create table ledger.lot (
  lot_id text not null,
  product_id text not null,
  lot_no text,
  serial_no text,
  expiry_date date,
  production_date date,
  registration_no text,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  constraint lot_pkey PRIMARY KEY (lot_id)
);
CREATE INDEX lot_expiry ON ledger.lot USING btree (product_id, expiry_date);
CREATE UNIQUE INDEX lot_identity ON ledger.lot USING btree (product_id, COALESCE(lot_no, ''::text), COALESCE(serial_no, ''::text));
CREATE INDEX lot_number ON ledger.lot USING btree (lot_no text_pattern_ops);
CREATE INDEX lot_serial ON ledger.lot USING btree (serial_no text_pattern_ops) WHERE (serial_no IS NOT NULL);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.lot FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
grant select on ledger.lot to medtrade_app;

create table ledger.lot_cost (
  entity_id text not null,
  lot_id text not null,
  kind text not null,
  quantity numeric(20,6) default 0 not null,
  value_minor bigint default 0 not null,
  received_quantity numeric(20,6) default 0 not null,
  received_minor bigint default 0 not null,
  constraint lot_cost_pkey PRIMARY KEY (entity_id, lot_id, kind),
  constraint value_goes_with_goods CHECK (((value_minor >= 0) AND (quantity >= (0)::numeric) AND ((quantity > (0)::numeric) OR (value_minor = 0))))
) with (fillfactor=80);
CREATE INDEX lot_cost_lot ON ledger.lot_cost USING btree (lot_id);
alter table ledger.lot_cost enable row level security;
create policy entity_scope on ledger.lot_cost as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant select on ledger.lot_cost to medtrade_app;

create table ledger.period (
  entity_id text not null,
  book text not null,
  period text not null,
  state text default 'open'::text not null,
  constraint period_pkey PRIMARY KEY (entity_id, book, period),
  constraint period_is_a_month CHECK ((period ~ '^\d{4}-(0[1-9]|1[0-2])$'::text)),
  constraint period_state_is_known CHECK ((state = ANY (ARRAY['open'::text, 'locked'::text, 'closed'::text])))
);
alter table ledger.period enable row level security;
create policy entity_scope on ledger.period as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant select on ledger.period to medtrade_app;

create table ledger.place (
  place_id text not null,
  entity_id text,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  code text,
  may_go_negative boolean default false not null,
  is_active boolean default true not null,
  constraint place_pkey PRIMARY KEY (place_id),
  constraint own_places_never_go_negative CHECK (((NOT may_go_negative) OR (kind = ANY (ARRAY['supplier'::text, 'customer'::text, 'loss'::text, 'opening'::text])))),
  constraint place_kind_is_known CHECK ((kind = ANY (ARRAY['storage'::text, 'supplier'::text, 'customer'::text, 'transit'::text, 'loss'::text, 'opening'::text, 'van'::text, 'consignment'::text, 'destruction'::text]))),
  constraint place_meaning_is_fixed UNIQUE (place_id, kind, may_go_negative)
);
CREATE INDEX place_entity ON ledger.place USING btree (entity_id, kind);
alter table ledger.place enable row level security;
create policy entity_scope on ledger.place as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on ledger.place to medtrade_app;
grant update (code,
      is_active,
      name_en,
      name_zh) on ledger.place to medtrade_app;

create table ledger."position" (
  position_id bigint generated always as identity not null,
  place_id text not null,
  owner_id text not null,
  quality_state text not null,
  kind text not null,
  may_go_negative boolean not null,
  constraint position_pkey PRIMARY KEY (position_id),
  constraint position_is_unique UNIQUE (place_id, owner_id, quality_state),
  constraint position_means_what_its_place_means FOREIGN KEY (place_id, kind, may_go_negative) REFERENCES ledger.place(place_id, kind, may_go_negative),
  constraint quality_state_is_known CHECK ((quality_state = ANY (ARRAY['in_transit_inbound'::text, 'received_pending'::text, 'awaiting_acceptance'::text, 'acceptable'::text, 'quarantined'::text, 'rejected'::text, 'reserved'::text, 'picked'::text, 'checked'::text, 'shipped'::text, 'expired'::text, 'destruction_pending'::text, 'destroyed'::text])))
);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger."position" FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
grant select on ledger."position" to medtrade_app;

create table ledger.serial_on_hand (
  product_id text not null,
  serial_no text not null,
  lot_id text not null,
  constraint serial_is_on_hand_once PRIMARY KEY (product_id, serial_no)
);
grant select on ledger.serial_on_hand to medtrade_app;

create table ledger.stock_balance (
  lot_id text not null,
  position_id bigint not null,
  entity_id text not null,
  quantity numeric(20,6) not null,
  may_go_negative boolean not null,
  constraint stock_balance_pkey PRIMARY KEY (lot_id, position_id, entity_id),
  constraint on_hand_not_negative CHECK (((quantity >= (0)::numeric) OR may_go_negative))
) with (fillfactor=80);
CREATE INDEX balance_position ON ledger.stock_balance USING btree (position_id, lot_id);
alter table ledger.stock_balance enable row level security;
create policy entity_scope on ledger.stock_balance as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant select on ledger.stock_balance to medtrade_app;

create table ledger.stock_move (
  move_id bigint generated always as identity not null,
  posting_id text not null,
  document_id text not null,
  line_no integer not null,
  entity_id text not null,
  lot_id text not null,
  from_position bigint not null,
  to_position bigint not null,
  quantity numeric(20,6) not null,
  value_minor bigint default 0 not null,
  occurred_on date not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  reverses bigint,
  constraint stock_move_pkey PRIMARY KEY (move_id),
  constraint move_goes_somewhere CHECK ((from_position <> to_position)),
  constraint move_quantity_is_positive CHECK ((quantity > (0)::numeric)),
  constraint move_value_is_not_negative CHECK ((value_minor >= 0))
);
CREATE INDEX move_document ON ledger.stock_move USING btree (document_id);
CREATE UNIQUE INDEX move_is_reversed_once ON ledger.stock_move USING btree (reverses) WHERE (reverses IS NOT NULL);
CREATE INDEX move_lot ON ledger.stock_move USING btree (lot_id, move_id);
CREATE INDEX move_posting ON ledger.stock_move USING btree (posting_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.stock_move FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER keep_stock AFTER INSERT ON ledger.stock_move REFERENCING NEW TABLE AS new_moves FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_stock();
alter table ledger.stock_move enable row level security;
create policy entity_scope on ledger.stock_move as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select on ledger.stock_move to medtrade_app;

create table mail.message (
  message_id text not null,
  entity_id text,
  to_address text not null,
  subject text not null,
  body_text text not null,
  body_html text,
  state text default 'queued'::text not null,
  attempts integer default 0 not null,
  last_error text,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  sent_at timestamp with time zone,
  constraint message_pkey PRIMARY KEY (message_id),
  constraint mail_state_is_known CHECK ((state = ANY (ARRAY['queued'::text, 'kept'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX message_created_at ON mail.message USING btree (created_at DESC, message_id);
alter table mail.message enable row level security;
create policy entity_scope on mail.message as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on mail.message to medtrade_app;

create table organisation.legal_entity (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  uscc text,
  country text not null,
  functional_currency text not null,
  time_zone text not null,
  address text,
  parent_id text,
  constraint legal_entity_pkey PRIMARY KEY (id),
  constraint legal_entity_code_is_used_once UNIQUE (code),
  constraint legal_entity_is_group_wide CHECK ((entity_id IS NULL)),
  constraint legal_entity_is_not_its_own_parent CHECK ((parent_id <> id)),
  constraint legal_entity_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES organisation.legal_entity(id),
  constraint legal_entity_uscc_is_used_once UNIQUE (uscc)
);
grant insert, select, update on organisation.legal_entity to medtrade_app;

create table organisation.number_pattern (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  document_kind text not null,
  company_id text,
  pattern text not null,
  constraint number_pattern_pkey PRIMARY KEY (id),
  constraint number_pattern_code_is_used_once UNIQUE (code),
  constraint number_pattern_company_id_fkey FOREIGN KEY (company_id) REFERENCES organisation.legal_entity(id)
);
CREATE UNIQUE INDEX number_pattern_is_one_per_kind_and_company ON organisation.number_pattern USING btree (document_kind, COALESCE(company_id, ''::text)) WHERE (state = 'active'::text);
grant insert, select, update on organisation.number_pattern to medtrade_app;

create table outbox.cursor (
  consumer text not null,
  xid xid8 not null,
  event_id bigint not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  constraint cursor_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on outbox.cursor to medtrade_app;

create table outbox.event (
  event_id bigint generated always as identity not null,
  xid xid8 default kernel.log_position() not null,
  name text not null,
  kind text not null,
  record_id text,
  entity_id text,
  version integer,
  payload jsonb default '{}'::jsonb not null,
  recorded_at timestamp with time zone default clock_timestamp() not null,
  constraint event_pkey PRIMARY KEY (event_id)
);
CREATE UNIQUE INDEX event_position ON outbox.event USING btree (xid, event_id);
CREATE INDEX event_recorded_at ON outbox.event USING btree (recorded_at);
alter table outbox.event enable row level security;
create policy entity_scope on outbox.event as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant select on outbox.event to medtrade_app;
grant insert (entity_id,
      kind,
      name,
      payload,
      record_id,
      version) on outbox.event to medtrade_app;

create table party.authorisation (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  letter_no text not null,
  grantor_id text not null,
  grantee_party_id text,
  grantee_entity_id text,
  may_pass_on boolean not null,
  regions text[],
  note text,
  starts_on date,
  ends_on date,
  verified_by text,
  verified_on date,
  verification_method text,
  verification_note text,
  warned_days integer,
  constraint authorisation_pkey PRIMARY KEY (id),
  constraint authorisation_ends_after_its_start CHECK ((ends_on >= starts_on)),
  constraint authorisation_goes_to_one CHECK (((grantee_party_id IS NULL) <> (grantee_entity_id IS NULL))),
  constraint authorisation_grantee_entity_id_fkey FOREIGN KEY (grantee_entity_id) REFERENCES organisation.legal_entity(id),
  constraint authorisation_grantee_party_id_fkey FOREIGN KEY (grantee_party_id) REFERENCES party.party(id),
  constraint authorisation_grantor_id_fkey FOREIGN KEY (grantor_id) REFERENCES party.party(id),
  constraint authorisation_number_is_used_once UNIQUE (number)
);
CREATE INDEX authorisation_ends_on ON party.authorisation USING btree (ends_on, id) WHERE (state = ANY (ARRAY['valid'::text, 'expiring'::text]));
CREATE INDEX authorisation_grantee ON party.authorisation USING btree (grantee_party_id);
CREATE INDEX authorisation_grantee_entity ON party.authorisation USING btree (grantee_entity_id);
CREATE INDEX authorisation_grantor ON party.authorisation USING btree (grantor_id);
grant insert, select, update on party.authorisation to medtrade_app;

create table party.authorisation_products (
  document_id text not null,
  line_no integer not null,
  coverage text not null,
  value text,
  constraint authorisation_products_pkey PRIMARY KEY (document_id, line_no),
  constraint authorisation_products_document_id_fkey FOREIGN KEY (document_id) REFERENCES party.authorisation(id)
);
grant delete, insert, select, update on party.authorisation_products to medtrade_app;

create table party.licence (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  document_kind text not null,
  licence_no text not null,
  party_id text,
  own_entity_id text,
  issuer text,
  business_mode text,
  regions text[],
  note text,
  number_format text,
  starts_on date,
  ends_on date,
  verified_by text,
  verified_on date,
  verification_method text,
  verification_note text,
  warned_days integer,
  constraint licence_pkey PRIMARY KEY (id),
  constraint licence_belongs_to_one CHECK (((party_id IS NULL) <> (own_entity_id IS NULL))),
  constraint licence_ends_after_its_start CHECK ((ends_on >= starts_on)),
  constraint licence_number_is_used_once UNIQUE (number),
  constraint licence_own_entity_id_fkey FOREIGN KEY (own_entity_id) REFERENCES organisation.legal_entity(id),
  constraint licence_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
CREATE INDEX licence_ends_on ON party.licence USING btree (ends_on, id) WHERE (state = ANY (ARRAY['valid'::text, 'expiring'::text]));
CREATE INDEX licence_own_entity ON party.licence USING btree (own_entity_id);
CREATE INDEX licence_party ON party.licence USING btree (party_id);
CREATE INDEX licence_state ON party.licence USING btree (state, number, id);
grant insert, select, update on party.licence to medtrade_app;

create table party.licence_addresses (
  document_id text not null,
  line_no integer not null,
  address_kind text not null,
  address text not null,
  constraint licence_addresses_pkey PRIMARY KEY (document_id, line_no),
  constraint licence_addresses_document_id_fkey FOREIGN KEY (document_id) REFERENCES party.licence(id)
);
grant delete, insert, select, update on party.licence_addresses to medtrade_app;

create table party.licence_determinations (
  document_id text not null,
  line_no integer not null,
  catalogue text not null,
  code text not null,
  device_class text not null,
  evidence text not null,
  constraint licence_determinations_pkey PRIMARY KEY (document_id, line_no),
  constraint licence_determinations_document_id_fkey FOREIGN KEY (document_id) REFERENCES party.licence(id)
);
grant delete, insert, select, update on party.licence_determinations to medtrade_app;

create table party.licence_scope (
  document_id text not null,
  line_no integer not null,
  catalogue text not null,
  code text not null,
  device_class text not null,
  is_included boolean not null,
  note text,
  constraint licence_scope_pkey PRIMARY KEY (document_id, line_no),
  constraint licence_scope_document_id_fkey FOREIGN KEY (document_id) REFERENCES party.licence(id)
);
grant delete, insert, select, update on party.licence_scope to medtrade_app;

create table party.party (
  id text not null,
  entity_id text,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  name_zh text not null,
  name_en text,
  roles text[] not null,
  legal_form text not null,
  uscc text,
  tax_no text,
  lei text,
  country text not null,
  region text,
  address text,
  legal_representative text,
  note text,
  constraint party_pkey PRIMARY KEY (id),
  constraint party_code_is_used_once UNIQUE (code),
  constraint party_is_group_wide CHECK ((entity_id IS NULL)),
  constraint party_uscc_is_used_once UNIQUE (uscc)
);
CREATE INDEX party_number ON party.party USING btree (number, id);
CREATE INDEX party_roles ON party.party USING gin (roles);
CREATE INDEX party_state ON party.party USING btree (state, number, id);
grant insert, select, update on party.party to medtrade_app;

create table party.party_bank_accounts (
  document_id text not null,
  line_no integer not null,
  bank text not null,
  account_no text,
  holder text,
  currency text not null,
  constraint party_bank_accounts_pkey PRIMARY KEY (document_id, line_no),
  constraint party_bank_accounts_document_id_fkey FOREIGN KEY (document_id) REFERENCES party.party(id)
);
grant delete, insert, select, update on party.party_bank_accounts to medtrade_app;

create table party.party_contacts (
  document_id text not null,
  line_no integer not null,
  name text not null,
  post text,
  phone text,
  email text,
  constraint party_contacts_pkey PRIMARY KEY (document_id, line_no),
  constraint party_contacts_document_id_fkey FOREIGN KEY (document_id) REFERENCES party.party(id)
);
grant delete, insert, select, update on party.party_contacts to medtrade_app;

create table public.medtrade_migration (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default clock_timestamp() not null,
  constraint medtrade_migration_pkey PRIMARY KEY (number)
);

create table warehouse.opening_stock (
  id text not null,
  entity_id text not null,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  stock_date date not null,
  warehouse_id text not null,
  note text,
  total_quantity numeric,
  total_cost numeric,
  constraint opening_stock_pkey PRIMARY KEY (id),
  constraint opening_stock_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES organisation.legal_entity(id),
  constraint opening_stock_number_is_used_once UNIQUE (entity_id, number),
  constraint opening_stock_warehouse_id_fkey FOREIGN KEY (warehouse_id) REFERENCES warehouse.warehouse(id)
);
CREATE INDEX opening_stock_created_at ON warehouse.opening_stock USING btree (created_at, id);
CREATE INDEX opening_stock_number ON warehouse.opening_stock USING btree (number, id);
CREATE INDEX opening_stock_state ON warehouse.opening_stock USING btree (state, created_at, id);
CREATE INDEX opening_stock_stock_date ON warehouse.opening_stock USING btree (stock_date, id);
alter table warehouse.opening_stock enable row level security;
create policy entity_scope on warehouse.opening_stock as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on warehouse.opening_stock to medtrade_app;

create table warehouse.opening_stock_items (
  document_id text not null,
  line_no integer not null,
  product_id text not null,
  place_id text not null,
  lot_no text,
  serial_no text,
  production_date date,
  expiry_date date,
  quantity numeric not null,
  unit_cost numeric not null,
  cost numeric,
  quality_state text not null,
  registration_no text,
  supplier_name text,
  received_on date,
  source_document_no text,
  constraint opening_stock_items_pkey PRIMARY KEY (document_id, line_no),
  constraint opening_stock_items_document_id_fkey FOREIGN KEY (document_id) REFERENCES warehouse.opening_stock(id),
  constraint opening_stock_items_place_id_fkey FOREIGN KEY (place_id) REFERENCES warehouse.storage_place(id),
  constraint opening_stock_items_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalogue.product(id)
);
CREATE INDEX opening_stock_items_product ON warehouse.opening_stock_items USING btree (product_id);
grant delete, insert, select, update on warehouse.opening_stock_items to medtrade_app;

create table warehouse.storage_place (
  id text not null,
  entity_id text not null,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  warehouse_id text not null,
  zone text not null,
  name_zh text not null,
  name_en text not null,
  constraint storage_place_pkey PRIMARY KEY (id),
  constraint storage_place_code_is_used_once UNIQUE (warehouse_id, code),
  constraint storage_place_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES organisation.legal_entity(id),
  constraint storage_place_warehouse_id_fkey FOREIGN KEY (warehouse_id) REFERENCES warehouse.warehouse(id)
);
CREATE INDEX storage_place_number ON warehouse.storage_place USING btree (number, id);
alter table warehouse.storage_place enable row level security;
create policy entity_scope on warehouse.storage_place as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on warehouse.storage_place to medtrade_app;

create table warehouse.warehouse (
  id text not null,
  entity_id text not null,
  number text,
  state text not null,
  version integer not null,
  created_by text not null,
  created_at timestamp with time zone default clock_timestamp() not null,
  updated_at timestamp with time zone default clock_timestamp() not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  address text not null,
  constraint warehouse_pkey PRIMARY KEY (id),
  constraint warehouse_code_is_used_once UNIQUE (entity_id, code),
  constraint warehouse_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES organisation.legal_entity(id)
);
alter table warehouse.warehouse enable row level security;
create policy entity_scope on warehouse.warehouse as permissive for all to medtrade_app using ((( SELECT kernel.scope_is_all() AS scope_is_all) OR (entity_id IS NULL) OR (entity_id = ANY (( SELECT kernel.scope_entity_ids() AS scope_entity_ids)::text[]))));
grant insert, select, update on warehouse.warehouse to medtrade_app;

create view ledger.cost_layer as
 SELECT m.entity_id,
    m.lot_id,
    m.posting_id,
    m.document_id,
    m.occurred_on,
    m.recorded_at,
    'goods'::text AS source,
    m.quantity,
    m.value_minor
   FROM ((ledger.stock_move m
     JOIN ledger."position" f ON ((f.position_id = m.from_position)))
     JOIN ledger."position" t ON ((t.position_id = m.to_position)))
  WHERE ((ledger.cost_kind(f.kind, f.owner_id, m.entity_id) IS NULL) AND (ledger.cost_kind(t.kind, t.owner_id, m.entity_id) IS NOT NULL))
UNION ALL
 SELECT late_cost.entity_id,
    late_cost.lot_id,
    late_cost.posting_id,
    late_cost.document_id,
    late_cost.occurred_on,
    late_cost.recorded_at,
    'late'::text AS source,
    0 AS quantity,
    (late_cost.value_minor + late_cost.left_minor) AS value_minor
   FROM ledger.late_cost;
grant select on ledger.cost_layer to medtrade_app;

CREATE OR REPLACE FUNCTION access.day_for(moment timestamp with time zone, company_id text)
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$
  select (moment at time zone coalesce(
    (select time_zone from organisation.legal_entity where id = company_id),
    (select time_zone from organisation.legal_entity order by created_at, id limit 1), 'UTC'))::date
$function$;

CREATE OR REPLACE FUNCTION audit.block_text(b audit.block)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_array('audit.block/1', b.block_no::text, encode(b.prev_hash, 'hex'), encode(b.merkle_root, 'hex'),
    b.first_xid::text, b.first_event_id::text, b.last_xid::text, b.last_event_id::text, b.row_count,
    (extract(epoch from b.sealed_at) * 1000000)::bigint::text)::text
$function$;

CREATE OR REPLACE FUNCTION audit.event_text(e audit.event)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_array('audit.event/1', e.event_id::text, e.xid::text, e.command_id, e.entity_id, e.actor_id, e.actor_name, e.session_id,
    e.ip, e.kind, e.record_id, e.number, e.action, e.from_state, e.to_state, e.version, e.changes, e.reason, e.occurred_on,
    (extract(epoch from e.recorded_at) * 1000000)::bigint::text, e.signature_id, e.posting_digest, e.request_id)::text
$function$;

CREATE OR REPLACE FUNCTION audit.leaf_hash(content text)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select sha256('\x00'::bytea || convert_to(content, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION audit.merkle_root(leaves bytea[])
 RETURNS bytea
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
declare
  level bytea[] := leaves;
begin
  if coalesce(cardinality(level), 0) = 0 then
    return sha256(''::bytea);
  end if;
  while cardinality(level) > 1 loop
    level := array(
      select case when level[i + 1] is null then level[i] else sha256('\x01'::bytea || level[i] || level[i + 1]) end
      from generate_series(1, cardinality(level), 2) as i
      order by i
    );
  end loop;
  return level[1];
end $function$;

CREATE OR REPLACE FUNCTION audit.problems_in(first_no bigint, last_no bigint)
 RETURNS TABLE(problem text, block_no bigint, event_id bigint, posting_id text, detail text)
 LANGUAGE sql
 STABLE
AS $function$
  with chain as materialized (
    select c as block, c.block_no, p.block_hash as before_hash, coalesce(p.last_xid, '0') as after_xid, coalesce(p.last_event_id, 0) as after_id
    from audit.block c left join audit.block p on p.block_no = c.block_no - 1
    where c.block_no between first_no and last_no
  ), sealed as materialized (
    select c.block_no, s.event_id, e.event_id is not null as is_there, e.command_id, e.posting_digest,
      s.leaf_hash is distinct from audit.leaf_hash(audit.event_text(e)) as is_changed
    from chain c
    cross join lateral unnest((c.block).event_ids, (c.block).leaf_hashes) as s (event_id, leaf_hash)
    left join audit.event e on e.event_id = s.event_id
  ), present as materialized (
    select c.block_no, e.event_id
    from chain c
    join audit.event e on (e.xid, e.event_id) > (c.after_xid, c.after_id) and (e.xid, e.event_id) <= ((c.block).last_xid, (c.block).last_event_id)
  ), found as (
    select 'block-missing' as problem, n.no as block_no, null::bigint as event_id, null as posting_id, null as detail
    from generate_series(greatest(first_no, 1), least(last_no, (select max(b.block_no) from audit.block b))) as n (no)
    where not exists (select from chain c where c.block_no = n.no)
    union all
    select 'block-changed', c.block_no, null, null, encode((c.block).block_hash, 'hex')
    from chain c where (c.block).block_hash <> sha256(convert_to(audit.block_text(c.block), 'UTF8'))
    union all
    select 'chain-broken', c.block_no, null, null, encode((c.block).prev_hash, 'hex')
    from chain c
    where (c.block).prev_hash <> coalesce(c.before_hash, case when c.block_no = 1 then sha256(''::bytea) else ''::bytea end)
    union all
    select 'root-differs', c.block_no, null, null, encode((c.block).merkle_root, 'hex')
    from chain c
    where (c.block).merkle_root <> audit.merkle_root((c.block).leaf_hashes)
       or cardinality((c.block).leaf_hashes) <> (c.block).row_count or cardinality((c.block).event_ids) <> (c.block).row_count
    union all
    select case when s.is_there then 'row-changed' else 'row-missing' end, s.block_no, s.event_id, null, null
    from sealed s where s.is_changed
    union all
    select 'row-inserted', p.block_no, p.event_id, null, null
    from present p left join sealed s on s.block_no = p.block_no and s.event_id = p.event_id
    where s.event_id is null
    union all
    select 'posting-changed', s.block_no, s.event_id, s.command_id, null
    from sealed s where s.posting_digest is not null and s.posting_digest <> ledger.posting_digest(s.command_id)
  )
  select f.problem, f.block_no, f.event_id, f.posting_id, coalesce(f.detail, audit.event_text(e))
  from found f left join audit.event e on e.event_id = f.event_id
$function$;

CREATE OR REPLACE FUNCTION audit.seal(max_rows integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'audit', 'kernel'
AS $function$
declare
  horizon xid8;
  head    audit.block;
  next    audit.block;
begin
  if not pg_try_advisory_xact_lock(7240001) then
    return 0;
  end if;
  horizon := kernel.log_horizon();
  select * into head from audit.block order by block_no desc limit 1;
  next.block_no := coalesce(head.block_no, 0) + 1;
  next.prev_hash := coalesce(head.block_hash, sha256(''::bytea));
  select array_agg(event_id order by xid, event_id), array_agg(audit.leaf_hash(content) order by xid, event_id),
         min(xid), max(xid), count(*)
    into next.event_ids, next.leaf_hashes, next.first_xid, next.last_xid, next.row_count
    from (
      select e.xid, e.event_id, audit.event_text(e) as content from audit.event e
      where (e.xid, e.event_id) > (coalesce(head.last_xid, '0'::xid8), coalesce(head.last_event_id, 0)) and e.xid < horizon
      order by e.xid, e.event_id limit max_rows
    ) final;
  if next.row_count = 0 then
    return 0;
  end if;
  next.first_event_id := next.event_ids[1];
  next.last_event_id := next.event_ids[next.row_count];
  next.merkle_root := audit.merkle_root(next.leaf_hashes);
  next.sealed_at := clock_timestamp();
  next.block_hash := sha256(convert_to(audit.block_text(next), 'UTF8'));
  insert into audit.block select (next).*;
  return next.row_count;
end $function$;

CREATE OR REPLACE FUNCTION audit.unknown_postings()
 RETURNS TABLE(posting_id text, document_id text)
 LANGUAGE sql
 STABLE
AS $function$
  select distinct p.posting_id, p.document_id from (
    select m.posting_id, m.document_id from ledger.stock_move m
    union all select c.posting_id, c.document_id from ledger.late_cost c
    union all select j.posting_id, j.document_id from ledger.journal_entry j
  ) p
  where not exists (select from audit.event e where e.command_id = p.posting_id and e.posting_digest is not null)
$function$;

CREATE OR REPLACE PROCEDURE kernel.guard_rows(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy entity_scope on %s to medtrade_app using (
       (select kernel.scope_is_all()) or entity_id is null or entity_id = any ((select kernel.scope_entity_ids())::text[])
     )', target);
end $procedure$;

CREATE OR REPLACE FUNCTION kernel.log_horizon()
 RETURNS xid8
 LANGUAGE sql
AS $function$
  select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + base)::text::xid8 from kernel.log_base
$function$;

CREATE OR REPLACE FUNCTION kernel.log_position()
 RETURNS xid8
 LANGUAGE sql
AS $function$
  select (pg_current_xact_id()::text::bigint + base)::text::xid8 from kernel.log_base
$function$;

CREATE OR REPLACE PROCEDURE kernel.make_append_only(IN target regclass)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function kernel.refuse_change()', target);
  execute format('revoke update, delete, truncate on %s from public, medtrade_app', target);
  execute format('grant select, insert on %s to medtrade_app', target);
end $procedure$;

CREATE OR REPLACE FUNCTION kernel.raise_log_base()
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'kernel'
AS $function$
declare
  recorded bigint;
  raised   bigint;
begin
  select coalesce(max(x), 0) into recorded from (
    select max(xid)::text::bigint as x from audit.event
    union all select last_xid::text::bigint from audit.block
    union all select max(xid)::text::bigint from outbox.event
    union all select max(xid)::text::bigint from outbox.cursor
  ) places;
  if recorded < (select pg_current_xact_id()::text::bigint + base from kernel.log_base) then
    return 0;
  end if;
  update kernel.log_base set base = recorded - pg_current_xact_id()::text::bigint + 1000 returning base into raised;
  return raised;
end $function$;

CREATE OR REPLACE FUNCTION kernel.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception using
    errcode = 'integrity_constraint_violation',
    constraint = 'history_is_never_changed',
    message = format('%s.%s is append-only: %s refused', tg_table_schema, tg_table_name, tg_op);
end $function$;

CREATE OR REPLACE FUNCTION kernel.scope_entity_ids()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select case when current_setting('medtrade.entity_ids', true) in ('*', '') then null
              else current_setting('medtrade.entity_ids', true)::text[] end
$function$;

CREATE OR REPLACE FUNCTION kernel.scope_is_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select coalesce(current_setting('medtrade.entity_ids', true), '') = '*'
$function$;

CREATE OR REPLACE FUNCTION ledger.cost_kind(kind text, owner_id text, entity_id text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when owner_id = entity_id and kind in ('storage', 'van', 'transit', 'consignment', 'customer') then kind end
$function$;

CREATE OR REPLACE FUNCTION ledger.ensure_lots(p_new_ids text[], p_products text[], p_lot_nos text[], p_serial_nos text[], p_expiry date[], p_production date[], p_registrations text[])
 RETURNS text[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  v_ids text[];
  v_differs jsonb;
begin
  for attempt in 1..2 loop
    select array_agg(l.lot_id order by i.n),
           jsonb_agg(jsonb_build_object(
             'lotId', l.lot_id, 'expiryDate', i.expiry_date, 'productionDate', i.production_date, 'registrationNo', i.registration_no
           ) order by i.n) filter (where l.lot_id is not null and (
             i.expiry_date is not null and i.expiry_date is distinct from l.expiry_date
             or i.production_date is not null and i.production_date is distinct from l.production_date
             or i.registration_no is not null and i.registration_no is distinct from l.registration_no))
      into v_ids, v_differs
      from unnest(p_products, p_lot_nos, p_serial_nos, p_expiry, p_production, p_registrations) with ordinality
             as i(product_id, lot_no, serial_no, expiry_date, production_date, registration_no, n)
      left join lateral (
        select x.* from ledger.lot x
         where x.product_id = i.product_id and coalesce(x.lot_no, '') = coalesce(i.lot_no, '') and coalesce(x.serial_no,
           '') = coalesce(i.serial_no, '')
        offset 0) l on true;
    if v_differs is not null then
      raise exception using errcode = 'integrity_constraint_violation', constraint = 'lot_identity_agrees',
        message = 'a lot of this identity has other dates or another registration', detail = ledger.spell_out(v_differs);
    end if;
    exit when array_position(v_ids, null) is null;
    insert into ledger.lot (lot_id, product_id, lot_no, serial_no, expiry_date, production_date, registration_no)
    select i.lot_id, i.product_id, nullif(i.lot_no, ''), nullif(i.serial_no, ''), i.expiry_date, i.production_date, i.registration_no
      from unnest(p_new_ids, v_ids, p_products, p_lot_nos, p_serial_nos, p_expiry, p_production, p_registrations)
             as i(lot_id, known_id, product_id, lot_no, serial_no, expiry_date, production_date, registration_no)
     where i.known_id is null
     order by i.product_id, coalesce(i.lot_no, ''), coalesce(i.serial_no, '')
    on conflict (product_id, coalesce(lot_no, ''), coalesce(serial_no, '')) do nothing;
  end loop;
  return v_ids;
end $function$;

CREATE OR REPLACE FUNCTION ledger.entry_text(e ledger.journal_entry)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_array('entry', e.entry_id, e.posting_id, e.document_id, e.entity_id, e.book, e.summary, e.functional_currency,
           to_char(e.occurred_on, 'YYYY-MM-DD'), e.period, (extract(epoch from e.recorded_at) * 1000000)::bigint::text, e.reverses)::text
$function$;

CREATE OR REPLACE FUNCTION ledger.keep_journal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  v_is_whole boolean;
  v_repeats_head boolean;
  v_problem jsonb;
  v_entities text[];
  v_books text[];
  v_accounts text[];
  v_periods text[];
  v_currencies text[];
  v_debits numeric[];
  v_credits numeric[];
  v_functional_debits numeric[];
  v_functional_credits numeric[];
begin
  -- Before anything is read: whoever closes the period waits for us, or we see that it is closed.
  perform pg_advisory_xact_lock_shared(ledger.period_lock(entity_id, book, period))
     from (select distinct entity_id, book, period from new_lines order by 1, 2, 3) p;

  -- An entry is written whole, in one statement, its lines repeat what its head says, and they sum to zero.
  with written as materialized (
    select n.*, e.functional_currency, e.entry_id is not null as repeats_head,
           ledger.side_of(n.amount_minor, n.functional_minor, e.reverses is not null) as side
      from new_lines n
      left join lateral (
        select x.entry_id, x.functional_currency, x.reverses from ledger.journal_entry x
         where x.entry_id = n.entry_id and x.entity_id = n.entity_id and x.book = n.book and x.period = n.period
           and x.occurred_on = n.occurred_on
        offset 0) e on true
  ), entry as (
    select w.entry_id, count(*) as lines, bool_and(w.repeats_head) as repeats_head, min(w.functional_currency) as functional_currency,
           sum(w.functional_minor) as functional
      from written w group by 1
  ), change as (
    select entity_id, book, account_id, period, currency,
           coalesce(sum(amount_minor) filter (where side = 1), 0) as debit, coalesce(-sum(amount_minor) filter (where side = -1),
             0) as credit,
           coalesce(sum(functional_minor) filter (where side = 1), 0) as functional_debit,
           coalesce(-sum(functional_minor) filter (where side = -1), 0) as functional_credit,
           row_number() over (order by entity_id, book, account_id, period, currency) as n
      from written group by 1, 2, 3, 4, 5
  )
  select w.is_whole, w.repeats_head, w.problem, c.entities, c.books, c.accounts, c.periods, c.currencies, c.debits, c.credits,
         c.functional_debits, c.functional_credits
    into v_is_whole, v_repeats_head, v_problem, v_entities, v_books, v_accounts, v_periods, v_currencies, v_debits, v_credits,
         v_functional_debits, v_functional_credits
    from (
      select bool_and(e.lines > 1 and e.lines = (select count(*) from ledger.journal_line o where o.entry_id = e.entry_id)) as is_whole,
             bool_and(e.repeats_head) as repeats_head,
             (select jsonb_agg(distinct o.fact) from (
                select jsonb_build_object('currency', w.currency, 'isFunctional', false, 'difference', sum(w.amount_minor)::text) as fact
                  from written w group by w.entry_id, w.currency having sum(w.amount_minor) <> 0
                union all
                select jsonb_build_object('currency', f.functional_currency, 'isFunctional', true, 'difference', f.functional::text)
                  from entry f where f.functional <> 0) o) as problem
        from entry e
    ) w
   cross join (
      select array_agg(d.entity_id order by d.n) as entities, array_agg(d.book order by d.n) as books,
             array_agg(d.account_id order by d.n) as accounts, array_agg(d.period order by d.n) as periods,
             array_agg(d.currency order by d.n) as currencies, array_agg(d.debit order by d.n) as debits,
               array_agg(d.credit order by d.n) as credits,
             array_agg(d.functional_debit order by d.n) as functional_debits,
               array_agg(d.functional_credit order by d.n) as functional_credits
        from change d
   ) c;
  if not v_is_whole then
    raise exception using errcode = 'check_violation', constraint = 'journal_entry_is_whole',
      message = 'an entry has at least two lines, all written at once';
  elsif not v_repeats_head then
    raise exception using errcode = 'foreign_key_violation', constraint = 'journal_line_repeats_its_head',
      message = 'a line does not agree with the head of its entry';
  elsif v_problem is not null then
    raise exception using errcode = 'check_violation', constraint = 'journal_balances',
      message = 'the lines of a journal entry do not sum to zero', detail = v_problem::text;
  end if;
  select jsonb_agg(jsonb_build_object('entityId', n.entity_id, 'book', n.book, 'period', n.period, 'state', p.state))
    into v_problem
    from (select distinct entity_id, book, period from new_lines) n
    left join lateral (
      select x.state from ledger.period x where x.entity_id = n.entity_id and x.book = n.book and x.period = n.period offset 0) p on true
   where p.state is distinct from 'open';
  if v_problem is not null then
    raise exception using errcode = 'check_violation', constraint = 'period_is_open',
      message = 'the period is not open', detail = v_problem::text;
  end if;

  -- One pass in key order finds or makes each balance, locks and changes it.
  insert into ledger.account_balance as b
         (entity_id, book, account_id, period, currency, debit_minor, credit_minor, functional_debit_minor, functional_credit_minor)
  select entity_id, book, account_id, period, currency, debit, credit, functional_debit, functional_credit
    from unnest(v_entities, v_books, v_accounts, v_periods, v_currencies, v_debits, v_credits, v_functional_debits, v_functional_credits)
           with ordinality as d(entity_id, book, account_id, period, currency, debit, credit, functional_debit, functional_credit, n)
   order by n
  on conflict (entity_id, book, account_id, period, currency) do update
    set debit_minor = b.debit_minor + excluded.debit_minor, credit_minor = b.credit_minor + excluded.credit_minor,
        functional_debit_minor = b.functional_debit_minor + excluded.functional_debit_minor,
        functional_credit_minor = b.functional_credit_minor + excluded.functional_credit_minor;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION ledger.keep_late_cost()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform from ledger.lot_cost c join new_costs n using (entity_id, lot_id, kind) order by c.lot_id, c.kind for no key update of c;
  update ledger.lot_cost c
     set value_minor = c.value_minor + d.value_minor, received_minor = c.received_minor + d.value_minor + d.left_minor
    from (select entity_id, lot_id, kind, sum(value_minor) as value_minor, sum(left_minor) as left_minor
            from new_costs group by 1, 2, 3) d
   where (c.entity_id, c.lot_id, c.kind) = (d.entity_id, d.lot_id, d.kind);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION ledger.keep_stock()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  v_is_known boolean;
  v_changes_cost boolean;
  v_has_serials boolean;
  v_many_per_serial jsonb;
  v_from_destroyed jsonb;
  v_problem jsonb;
  v_missing bigint;
  v_lots text[];
  v_positions bigint[];
  v_entities text[];
  v_signed boolean[];
  v_changes numeric[];
  v_done text[];
  v_signed_done bigint;
  v_cost_entities text[];
  v_cost_lots text[];
  v_cost_kinds text[];
  v_cost_quantities numeric[];
  v_cost_values numeric[];
  v_received_quantities numeric[];
  v_received_values numeric[];
  v_gone_products text[];
  v_gone_serials text[];
  v_products text[];
  v_serials text[];
  v_pieces bigint[];
begin
  -- The whole posting at one look. Stands for three foreign keys, which would cost a look per row.
  with moved as materialized (
    select m.entity_id, m.lot_id, m.line_no, m.from_position, m.to_position, m.quantity, m.reverses, l.serial_no,
      f.quality_state as from_state,
           l.lot_id is not null and f.position_id is not null and t.position_id is not null as is_known,
           ledger.cost_kind(f.kind, f.owner_id, m.entity_id) as from_kind, ledger.cost_kind(t.kind, t.owner_id, m.entity_id) as to_kind,
           f.may_go_negative as from_signed, t.may_go_negative as to_signed
      from new_moves m
      left join lateral (select x.lot_id, x.serial_no from ledger.lot x where x.lot_id = m.lot_id offset 0) l on true
      left join lateral (select x.* from ledger.position x where x.position_id = m.from_position offset 0) f on true
      left join lateral (select x.* from ledger.position x where x.position_id = m.to_position offset 0) t on true
  ), change as (
    select m.lot_id, leg.position_id, m.entity_id, leg.is_signed, sum(leg.quantity) as quantity
      from moved m
     cross join lateral (values (m.from_position, m.from_signed and m.from_kind is null, -m.quantity),
                                (m.to_position, m.to_signed and m.to_kind is null, m.quantity)) as leg(position_id, is_signed, quantity)
     group by 1, 2, 3, 4 having sum(leg.quantity) <> 0
  )
  select w.is_known, w.changes_cost, w.has_serials, w.many_per_serial, w.from_destroyed,
         c.lots, c.positions, c.entities, c.signed, c.changes
    into v_is_known, v_changes_cost, v_has_serials, v_many_per_serial, v_from_destroyed,
         v_lots, v_positions, v_entities, v_signed, v_changes
    from (
      select bool_and(is_known) as is_known, bool_or(from_kind is distinct from to_kind) as changes_cost,
        bool_or(serial_no is not null) as has_serials,
             jsonb_agg(jsonb_build_object('lotId', lot_id, 'line', line_no, 'quantity', trim_scale(quantity)::text))
               filter (where serial_no is not null and quantity <> 1) as many_per_serial,
             jsonb_agg(jsonb_build_object('lotId', lot_id, 'line', line_no, 'positionId', from_position))
               filter (where from_state = 'destroyed' and reverses is null) as from_destroyed
        from moved
    ) w
   cross join (
      select array_agg(d.lot_id order by d.lot_id, d.position_id, d.entity_id) as lots, array_agg(d.position_id order by d.lot_id,
        d.position_id, d.entity_id) as positions,
             array_agg(d.entity_id order by d.lot_id, d.position_id, d.entity_id) as entities, array_agg(d.is_signed order by d.lot_id,
               d.position_id, d.entity_id) as signed,
             array_agg(d.quantity order by d.lot_id, d.position_id, d.entity_id) as changes
        from change d
   ) c;
  if not v_is_known then
    raise exception using errcode = 'foreign_key_violation', constraint = 'move_lot_and_positions_exist',
      message = 'a move names a lot or position that does not exist';
  elsif v_many_per_serial is not null then
    raise exception using errcode = 'check_violation', constraint = 'serial_moves_one_at_a_time',
      message = 'a serial number is one piece', detail = ledger.spell_out(v_many_per_serial);
  elsif v_from_destroyed is not null then
    raise exception using errcode = 'check_violation', constraint = 'destroyed_is_final',
      message = 'destroyed goods do not move', detail = ledger.spell_out(v_from_destroyed);
  end if;

  -- Value follows goods that enter, leave or change their kind of place.
  if v_changes_cost then
    select array_agg(d.entity_id order by d.lot_id, d.kind, d.entity_id), array_agg(d.lot_id order by d.lot_id, d.kind, d.entity_id),
           array_agg(d.kind order by d.lot_id, d.kind, d.entity_id), array_agg(d.quantity order by d.lot_id, d.kind, d.entity_id),
           array_agg(d.value_minor order by d.lot_id, d.kind, d.entity_id), array_agg(d.received_quantity order by d.lot_id, d.kind,
             d.entity_id),
           array_agg(d.received_minor order by d.lot_id, d.kind, d.entity_id)
      into v_cost_entities, v_cost_lots, v_cost_kinds, v_cost_quantities, v_cost_values, v_received_quantities, v_received_values
      from (
        select m.entity_id, m.lot_id, k.kind, sum(k.sign * m.quantity) as quantity, sum(k.sign * m.value_minor) as value_minor,
               -- Enters from outside, or such an entry is taken back.
               coalesce(sum(k.sign * m.quantity) filter (where k.other is null and (k.sign > 0) = (m.reverses is null)),
                 0) as received_quantity,
               coalesce(sum(k.sign * m.value_minor) filter (where k.other is null and (k.sign > 0) = (m.reverses is null)),
                 0) as received_minor
          from new_moves m
         cross join lateral (select ledger.cost_kind(x.kind, x.owner_id, m.entity_id) as kind from ledger.position x
                              where x.position_id = m.from_position offset 0) f
         cross join lateral (select ledger.cost_kind(x.kind, x.owner_id, m.entity_id) as kind from ledger.position x
                              where x.position_id = m.to_position offset 0) t
         cross join lateral (values (f.kind, t.kind, -1), (t.kind, f.kind, 1)) as k(kind, other, sign)
         where f.kind is distinct from t.kind and k.kind is not null
         group by 1, 2, 3) d;
    insert into ledger.lot_cost (entity_id, lot_id, kind)
    select entity_id, lot_id, kind from unnest(v_cost_entities, v_cost_lots, v_cost_kinds) with ordinality as d(entity_id, lot_id, kind,
      n) order by n
    on conflict do nothing;
    with locked as materialized (
      select d.entity_id, d.lot_id, d.kind, c.quantity + d.quantity as quantity, c.value_minor + d.value_minor as value_minor,
             c.received_quantity + d.received_quantity as received_quantity, c.received_minor + d.received_minor as received_minor
        from (select * from unnest(v_cost_entities, v_cost_lots, v_cost_kinds, v_cost_quantities, v_cost_values, v_received_quantities,
          v_received_values)
                with ordinality as d(entity_id, lot_id, kind, quantity, value_minor, received_quantity, received_minor, n)
               order by n) d
       cross join lateral (
         select x.* from ledger.lot_cost x where x.entity_id = d.entity_id and x.lot_id = d.lot_id and x.kind = d.kind for no key update) c
    ), done as (
      insert into ledger.lot_cost as c (entity_id, lot_id, kind, quantity, value_minor, received_quantity, received_minor)
      select entity_id, lot_id, kind, quantity, value_minor, received_quantity, received_minor from locked
       -- A shortage of goods is told by the balances, which know the place.
       where quantity >= 0 and value_minor >= 0 and (quantity > 0 or value_minor = 0)
      on conflict (entity_id, lot_id, kind) do update set quantity = excluded.quantity, value_minor = excluded.value_minor,
        received_quantity = excluded.received_quantity, received_minor = excluded.received_minor
    )
    select jsonb_agg(jsonb_build_object('lotId', l.lot_id, 'entityId', l.entity_id, 'kind', l.kind, 'quantity', l.quantity,
                                        'valueMinor', l.value_minor::text))
      into v_problem
      from locked l
     where l.quantity >= 0 and not (l.value_minor >= 0 and (l.quantity > 0 or l.value_minor = 0));
    if v_problem is not null then
      raise exception using errcode = 'check_violation', constraint = 'value_goes_with_goods',
        message = 'value would stay without goods, or goods take more value than there is', detail = ledger.spell_out(v_problem);
    end if;
  end if;

  -- One pass in key order finds or makes each row, locks and changes it. PostgreSQL tests a *proposed* row against the constraint even
  -- where it will become an update, so a decrease is proposed as if it might go negative; the row that is there keeps its own word.
  -- A decrease of what was never there is thereby inserted, shows in the count, and goes with the transaction.
  with done as (
    insert into ledger.stock_balance as b (lot_id, position_id, entity_id, quantity, may_go_negative)
    select lot_id, position_id, entity_id, quantity, is_signed or quantity < 0
      from unnest(v_lots, v_positions, v_entities, v_changes, v_signed) with ordinality
             as d(lot_id, position_id, entity_id, quantity, is_signed, n)
     order by n
    on conflict (lot_id, position_id, entity_id) do update set quantity = b.quantity + excluded.quantity
     where b.may_go_negative or b.quantity + excluded.quantity >= 0
    returning concat_ws(' ', lot_id, position_id, entity_id) as key, may_go_negative
  )
  select array_agg(key), count(*) filter (where may_go_negative) into v_done, v_signed_done from done;
  if cardinality(v_done) is distinct from cardinality(v_lots) or v_signed_done <> cardinality(array_positions(v_signed, true)) then
    select jsonb_agg(jsonb_build_object(
             'lotId', d.lot_id, 'positionId', d.position_id, 'there', trim_scale(b.there)::text, 'asked', trim_scale(-d.quantity)::text,
             'line', (select min(m.line_no) from new_moves m where m.lot_id = d.lot_id and m.from_position = d.position_id)))
      into v_problem
      from unnest(v_lots, v_positions, v_entities, v_changes, v_signed) as d(lot_id, position_id, entity_id, quantity, is_signed)
     cross join lateral (
       select case when x.may_go_negative then 0 else x.quantity end as there, x.may_go_negative from ledger.stock_balance x
        where x.lot_id = d.lot_id and x.position_id = d.position_id and x.entity_id = d.entity_id offset 0) b
     where not d.is_signed and (b.may_go_negative or not concat_ws(' ', d.lot_id, d.position_id, d.entity_id) = any (coalesce(v_done,
       '{}')));
    raise exception using errcode = 'check_violation', constraint = 'on_hand_not_negative',
      message = 'not enough on hand', detail = ledger.spell_out(v_problem);
  end if;

  if v_has_serials then
    select array_agg(product_id) filter (where pieces < 0), array_agg(serial_no) filter (where pieces < 0),
           array_agg(product_id order by product_id, serial_no) filter (where pieces > 0),
           array_agg(serial_no order by product_id, serial_no) filter (where pieces > 0),
           array_agg(lot_id order by product_id, serial_no) filter (where pieces > 0),
           array_agg(pieces order by product_id, serial_no) filter (where pieces > 0)
      into v_gone_products, v_gone_serials, v_products, v_serials, v_lots, v_pieces
      from (select l.product_id, l.serial_no, max(m.lot_id) as lot_id,
                   sum(ledger.keeps_serials(t.kind)::int - ledger.keeps_serials(f.kind)::int) as pieces
              from new_moves m
             cross join lateral (select x.product_id, x.serial_no from ledger.lot x where x.lot_id = m.lot_id offset 0) l
             cross join lateral (select x.kind from ledger.position x where x.position_id = m.from_position offset 0) f
             cross join lateral (select x.kind from ledger.position x where x.position_id = m.to_position offset 0) t
             where l.serial_no is not null
             group by 1, 2) s;
    if v_gone_products is not null then
      -- By row address, so that no plan made while the table was small can look at it once per serial.
      delete from ledger.serial_on_hand where ctid = any (array(
        select s.row from unnest(v_gone_products, v_gone_serials) as g(product_id, serial_no)
         cross join lateral (select x.ctid as row from ledger.serial_on_hand x
                              where x.product_id = g.product_id and x.serial_no = g.serial_no offset 0) s));
    end if;
    with come as materialized (
      select * from unnest(v_products, v_serials, v_lots, v_pieces) as c(product_id, serial_no, lot_id, pieces)
    ), done as (
      insert into ledger.serial_on_hand (product_id, serial_no, lot_id)
      select product_id, serial_no, lot_id from come
      on conflict (product_id, serial_no) do nothing
      returning 1
    )
    -- `s` is what was there before: a statement does not see its own insert. A race lost in between shows only in the count.
    select jsonb_agg(jsonb_build_object('lotId', c.lot_id)) filter (where c.pieces > 1 or s.lot_id is not null),
           count(*) - (select count(*) from done)
      into v_problem, v_missing
      from come c left join lateral (
             select x.lot_id from ledger.serial_on_hand x where x.product_id = c.product_id
               and x.serial_no = c.serial_no offset 0) s on true;
    if v_missing > 0 and v_problem is null then
      v_problem := (select jsonb_agg(jsonb_build_object('lotId', m.lot_id)) from (select lot_id from new_moves order by lot_id limit 1) m);
    end if;
    if v_problem is not null then
      raise exception using errcode = 'unique_violation', constraint = 'serial_is_on_hand_once',
        message = 'a serial number is on hand already', detail = ledger.spell_out(v_problem);
    end if;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION ledger.keeps_serials(kind text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select kind in ('storage', 'van', 'transit', 'consignment', 'destruction')
$function$;

CREATE OR REPLACE FUNCTION ledger.late_cost_text(c ledger.late_cost)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_array('late-cost', c.late_cost_id, c.posting_id, c.document_id, c.entity_id, c.lot_id, c.kind, c.value_minor::text,
           c.left_minor::text, to_char(c.occurred_on, 'YYYY-MM-DD'), (extract(epoch from c.recorded_at) * 1000000)::bigint::text)::text
$function$;

CREATE OR REPLACE FUNCTION ledger.line_text(l ledger.journal_line)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_array('line', l.entry_id, l.line_no, l.entity_id, l.book, l.period, to_char(l.occurred_on, 'YYYY-MM-DD'), l.account_id,
           l.counterparty_id, l.currency, l.amount_minor::text, l.functional_minor::text, l.summary, l.dimensions::text)::text
$function$;

CREATE OR REPLACE FUNCTION ledger.lock_lot_costs(p_entity_id text, p_lot_ids text[])
 RETURNS SETOF ledger.lot_cost
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not kernel.scope_is_all() and not p_entity_id = any (kernel.scope_entity_ids()) then
    raise exception using errcode = 'insufficient_privilege', message = format('entity %s is outside the scope', p_entity_id);
  end if;
  return query select c.* from ledger.lot_cost c
    where c.entity_id = p_entity_id and c.lot_id = any (p_lot_ids) order by c.lot_id, c.kind for no key update;
end $function$;

CREATE OR REPLACE FUNCTION ledger.make_positions(p_places text[], p_owners text[], p_states text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_unknown text;
begin
  select min(i.place_id) into v_unknown
    from unnest(p_places) as i(place_id) left join ledger.place pl using (place_id) where pl.place_id is null;
  if v_unknown is not null then
    raise exception using errcode = 'foreign_key_violation', constraint = 'move_place_exists', message = format('unknown place %s',
      v_unknown);
  end if;
  insert into ledger.position (place_id, owner_id, quality_state, kind, may_go_negative)
  select distinct on (i.place_id, i.owner_id, i.quality_state) i.place_id, i.owner_id, i.quality_state, pl.kind, pl.may_go_negative
    from unnest(p_places, p_owners, p_states) as i(place_id, owner_id, quality_state)
    join ledger.place pl using (place_id)
   order by i.place_id, i.owner_id, i.quality_state
  on conflict (place_id, owner_id, quality_state) do nothing;
end $function$;

CREATE OR REPLACE FUNCTION ledger.move_text(m ledger.stock_move)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select json_build_array('move', m.move_id, m.posting_id, m.document_id, m.line_no, m.entity_id,
           l.lot_id, l.product_id, l.lot_no, l.serial_no, to_char(l.expiry_date, 'YYYY-MM-DD'), to_char(l.production_date, 'YYYY-MM-DD'),
           l.registration_no, f.place_id, f.owner_id, f.quality_state, t.place_id, t.owner_id, t.quality_state,
           trim_scale(m.quantity)::text, m.value_minor::text, to_char(m.occurred_on, 'YYYY-MM-DD'),
           (extract(epoch from m.recorded_at) * 1000000)::bigint::text, m.reverses)::text
    from ledger.lot l, ledger.position f, ledger.position t
   where l.lot_id = m.lot_id and f.position_id = m.from_position and t.position_id = m.to_position
$function$;

CREATE OR REPLACE FUNCTION ledger.period_lock(p_entity_id text, p_book text, p_period text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select hashtextextended(p_entity_id || '|' || p_book || '|' || p_period, 4217)
$function$;

CREATE OR REPLACE FUNCTION ledger.posting_digest(p_posting_id text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select encode(sha256(convert_to(coalesce(string_agg(content, E'\n' order by ordinal), ''), 'UTF8')), 'hex')
    from ledger.posting_texts(p_posting_id)
$function$;

CREATE OR REPLACE FUNCTION ledger.posting_texts(p_posting_id text)
 RETURNS TABLE(ordinal bigint, content text)
 LANGUAGE sql
 STABLE
AS $function$
  select row_number() over (order by kind, a, b), content from (
    select 1 as kind, m.move_id as a, 0 as b, ledger.move_text(m) as content from ledger.stock_move m where m.posting_id = p_posting_id
    union all
    select 2, c.late_cost_id, 0, ledger.late_cost_text(c) from ledger.late_cost c where c.posting_id = p_posting_id
    union all
    select 3, e.entry_id, 0, ledger.entry_text(e) from ledger.journal_entry e where e.posting_id = p_posting_id
    union all
    select 3, e.entry_id, l.line_no, ledger.line_text(l) from ledger.journal_entry e join ledger.journal_line l using (entry_id)
     where e.posting_id = p_posting_id
  ) rows
$function$;

CREATE OR REPLACE FUNCTION ledger.prepare_moves(p_entity_id text, p_places text[], p_owners text[], p_states text[], p_lot_ids text[], p_new_ids text[], p_products text[], p_lot_nos text[], p_serial_nos text[], p_expiry date[], p_production date[], p_registrations text[], p_lot integer[], p_from integer[], p_to integer[])
 RETURNS TABLE(lot_id text, product_id text, from_position bigint, to_position bigint, from_kind text, to_kind text, from_cost_kind text, to_cost_kind text, cost_quantity numeric, cost_value bigint, received_quantity numeric, received_minor bigint)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET enable_seqscan TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
#variable_conflict use_column
declare
  v_positions bigint[];
  v_kinds text[];
  v_cost_kinds text[];
  v_lots text[] := p_lot_ids;
begin
  if not kernel.scope_is_all() and not p_entity_id = any (kernel.scope_entity_ids()) then
    raise exception using errcode = 'insufficient_privilege', message = format('entity %s is outside the scope', p_entity_id);
  end if;
  if cardinality(p_products) > 0 then
    v_lots := p_lot_ids || ledger.ensure_lots(p_new_ids, p_products, p_lot_nos, p_serial_nos, p_expiry, p_production, p_registrations);
  end if;
  for attempt in 1..2 loop
    select array_agg(p.position_id order by i.n), array_agg(p.kind order by i.n),
           array_agg(ledger.cost_kind(p.kind, p.owner_id, p_entity_id) order by i.n)
      into v_positions, v_kinds, v_cost_kinds
      from unnest(p_places, p_owners, p_states) with ordinality as i(place_id, owner_id, quality_state, n)
      left join lateral (
        select x.position_id, x.kind, x.owner_id from ledger.position x
         where x.place_id = i.place_id and x.owner_id = i.owner_id and x.quality_state = i.quality_state offset 0) p on true;
    exit when array_position(v_positions, null) is null;
    perform ledger.make_positions(p_places, p_owners, p_states);
  end loop;
  if exists (
    select from unnest(p_from, p_to) as i(f, t) where v_cost_kinds[f] is distinct from v_cost_kinds[t]
  ) then
    insert into ledger.lot_cost (entity_id, lot_id, kind)
    select distinct p_entity_id, v_lots[i.l], k.kind
      from unnest(p_lot, p_from, p_to) as i(l, f, t)
     cross join lateral (values (v_cost_kinds[i.f]), (v_cost_kinds[i.t])) as k(kind)
     where v_cost_kinds[i.f] is distinct from v_cost_kinds[i.t] and k.kind is not null
     order by 2, 3
    on conflict do nothing;
    perform from (
        select distinct v_lots[i.l] as lot_id, k.kind
          from unnest(p_lot, p_from, p_to) as i(l, f, t)
         cross join lateral (values (v_cost_kinds[i.f]), (v_cost_kinds[i.t])) as k(kind)
         where v_cost_kinds[i.f] is distinct from v_cost_kinds[i.t] and k.kind is not null
         order by 1, 2) d
      cross join lateral (
        select from ledger.lot_cost c where c.entity_id = p_entity_id and c.lot_id = d.lot_id and c.kind = d.kind for no key update) c;
  end if;
  return query
    select l.lot_id, l.product_id, v_positions[i.f], v_positions[i.t], v_kinds[i.f], v_kinds[i.t], v_cost_kinds[i.f], v_cost_kinds[i.t],
           c.quantity, c.value_minor, r.received_quantity, r.received_minor
      from unnest(p_lot, p_from, p_to) with ordinality as i(l, f, t, n)
     cross join lateral (select x.lot_id, x.product_id from ledger.lot x where x.lot_id = v_lots[i.l] offset 0) l
      left join lateral (
        select x.quantity, x.value_minor from ledger.lot_cost x
         where x.entity_id = p_entity_id and x.lot_id = l.lot_id and x.kind = v_cost_kinds[i.f] offset 0) c on true
      left join lateral (
        select sum(x.received_quantity) as received_quantity, sum(x.received_minor)::bigint as received_minor
          from ledger.lot_cost x where x.entity_id = p_entity_id and x.lot_id = l.lot_id
      ) r on v_cost_kinds[i.f] is null and v_cost_kinds[i.t] is not null
     order by i.n;
end $function$;

CREATE OR REPLACE FUNCTION ledger.refuse_empty_entry()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not exists (select from ledger.journal_line where entry_id = new.entry_id) then
    raise exception using errcode = 'check_violation', constraint = 'journal_entry_is_whole', message = 'a journal entry without lines';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION ledger.set_period_state(p_entity_id text, p_book text, p_period text, p_state text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if not kernel.scope_is_all() and not p_entity_id = any (kernel.scope_entity_ids()) then
    raise exception using errcode = 'insufficient_privilege', message = format('entity %s is outside the scope', p_entity_id);
  end if;
  perform pg_advisory_xact_lock(ledger.period_lock(p_entity_id, p_book, p_period));
  insert into ledger.period (entity_id, book, period, state) values (p_entity_id, p_book, p_period, p_state)
  on conflict (entity_id, book, period) do update set state = excluded.state;
end $function$;

CREATE OR REPLACE FUNCTION ledger.side_of(amount bigint, functional bigint, is_reversal boolean)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when coalesce(nullif(amount, 0), functional) > 0 then 1 else -1 end * case when is_reversal then -1 else 1 end
$function$;

CREATE OR REPLACE FUNCTION ledger.spell_out(p_facts jsonb)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select jsonb_agg(x.fact || jsonb_build_object('productId', l.product_id, 'lotNo', l.lot_no, 'serialNo', l.serial_no, 'placeId',
    p.place_id,
                                              'ownerId', p.owner_id, 'qualityState', p.quality_state))::text
    from jsonb_array_elements(p_facts) as x(fact)
    left join ledger.lot l on l.lot_id = x.fact ->> 'lotId'
    left join ledger.position p on p.position_id = (x.fact ->> 'positionId')::bigint
$function$;

CREATE OR REPLACE FUNCTION outbox.forget(before timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'outbox'
AS $function$
declare
  gone bigint;
begin
  delete from outbox.event e
  where e.recorded_at < before
    and not exists (select from outbox.cursor c where (c.xid, c.event_id) < (e.xid, e.event_id));
  get diagnostics gone = row_count;
  return gone;
end $function$;

CREATE OR REPLACE FUNCTION outbox.tail()
 RETURNS TABLE(xid xid8, event_id bigint)
 LANGUAGE sql
AS $function$
  select coalesce(max(e.xid), '0'::xid8), coalesce(max(e.event_id), 0)
  from (select e.xid, e.event_id from outbox.event e where e.xid < kernel.log_horizon() order by e.xid desc, e.event_id desc limit 1) e
$function$;

CREATE OR REPLACE FUNCTION warehouse.ensure_outer_places(entity text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into ledger.place (place_id, entity_id, kind, code, name_zh, name_en, may_go_negative, is_active)
  select warehouse.outer_place_id(entity, p.kind), entity, p.kind, upper(p.kind), p.name_zh, p.name_en, p.may_go_negative, true
  from (values
    ('opening',     '期初',     'Opening',            true),
    ('supplier',    '供货者',   'Suppliers',          true),
    ('customer',    '购货者',   'Customers',          true),
    ('transit',     '在途',     'In transit',         false),
    ('loss',        '盘亏与损耗', 'Losses and gains', true),
    ('destruction', '销毁',     'Destroyed',          false)
  ) as p (kind, name_zh, name_en, may_go_negative)
  on conflict (place_id) do nothing
$function$;

CREATE OR REPLACE FUNCTION warehouse.outer_place_id(entity text, kind text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select kind || ':' || entity
$function$;

grant execute on function audit.seal(integer) to medtrade_app;
grant execute on function outbox.forget(timestamp with time zone) to medtrade_app;
