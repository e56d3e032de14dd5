-- Wrong attempts are counted by login and address, and once more by login over all addresses (`*`) that are not known to it: who
-- guesses from somewhere locks that place out, not the person. Attempts are not history; the old counts are dropped.
delete from access.login_attempt;
alter table access.login_attempt
  add column address text not null,
  -- When the count of an hour began.
  add column since timestamptz not null,
  drop constraint login_attempt_pkey,
  add primary key (login, address);
