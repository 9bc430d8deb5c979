-- People, their sessions, conversations, measurements and runs.
--
-- The text serves SQLite and PostgreSQL: ids are 36 characters, times are milliseconds since 1970 in UTC, booleans are 0 or 1,
-- lists and maps are JSON. A person hangs on their row of user_fences: deleting it deletes everything of theirs.

create table user_fences (
  user_id varchar(36) primary key not null,
  version bigint not null,
  epoch bigint not null,
  changed_at bigint not null
);
create index idx_user_fences_changed_at on user_fences (changed_at desc);

create table users (
  id varchar(36) primary key not null references user_fences (user_id) on delete cascade,
  email varchar(254) not null,
  password_hash text not null,
  role varchar(16) not null,
  is_active integer not null,
  full_name text,
  date_of_birth varchar(10),
  sex varchar(16),
  height_cm double precision,
  weight_record_id varchar(36),
  weight_recorded_at bigint,
  weight_kg double precision,
  body_fat_record_id varchar(36),
  body_fat_recorded_at bigint,
  body_fat_pct double precision,
  activity_level varchar(16),
  goal varchar(16),
  experience_level varchar(16),
  dietary_restrictions text not null,
  allergies text not null,
  medical_conditions text not null,
  timezone text,
  locale text,
  units varchar(16) not null,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null
);
create unique index idx_users_email on users (email);
create index idx_users_email_active on users (email) where is_active = 1;
create index idx_users_created_at on users (created_at desc, id desc);

create table preferences (
  user_id varchar(36) primary key not null references user_fences (user_id) on delete cascade,
  personality varchar(16) not null,
  response_length varchar(16) not null,
  preferred_agents text not null,
  training_days text not null,
  session_minutes bigint not null,
  meals_per_day bigint not null,
  theme varchar(16) not null,
  notifications text not null,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null
);

create table sessions (
  id varchar(36) primary key not null,
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  created_at bigint not null,
  last_used_at bigint not null,
  authenticated_at bigint not null,
  expires_at bigint not null,
  refresh_hash varchar(64) not null,
  user_agent text not null,
  address text not null,
  unique (id, user_id)
);
create index idx_sessions_user on sessions (user_id, id);
create index idx_sessions_expires_at on sessions (expires_at);

-- Tokens that were exchanged for newer ones: the return of one means theft.
create table refresh_tokens (
  user_id varchar(36) not null,
  hash varchar(64) not null,
  session_id varchar(36) not null,
  used_at bigint not null,
  primary key (user_id, hash),
  foreign key (session_id, user_id) references sessions (id, user_id) on delete cascade
);
create index idx_refresh_tokens_session on refresh_tokens (session_id);

create table conversations (
  id varchar(36) primary key not null,
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  title text,
  agent_name varchar(16),
  is_archived integer not null,
  message_count bigint not null,
  last_message_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null,
  unique (id, user_id)
);
create index idx_conversations_user_created on conversations (user_id, created_at desc, id desc);
create index idx_conversations_user_archived on conversations (user_id, is_archived, created_at desc, id desc);

-- The pair of keys makes sure that a message stands in a conversation of its own person.
create table messages (
  id varchar(36) primary key not null,
  user_id varchar(36) not null,
  conversation_id varchar(36) not null,
  seq bigint not null,
  role varchar(16) not null,
  agent_name varchar(16),
  content text not null,
  status varchar(16) not null,
  run_id varchar(36),
  artifacts text not null,
  metadata text not null,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null,
  foreign key (conversation_id, user_id) references conversations (id, user_id) on delete cascade
);
create unique index idx_messages_conversation_seq on messages (conversation_id, seq);
create index idx_messages_user_conversation on messages (user_id, conversation_id, created_at desc);
create index idx_messages_agent on messages (agent_name, created_at desc);

create table progress_records (
  id varchar(36) primary key not null,
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  metric varchar(32) not null,
  value double precision not null,
  recorded_at bigint not null,
  source varchar(16) not null,
  note text,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null
);
create index idx_user_progress_date on progress_records (user_id, recorded_at desc, id desc);
create index idx_progress_user_metric on progress_records (user_id, metric, recorded_at desc, id desc);

create table runs (
  id varchar(36) primary key not null,
  user_id varchar(36) not null,
  conversation_id varchar(36) not null,
  user_message_id varchar(36) not null,
  message_id varchar(36) not null,
  agent_name varchar(16),
  status varchar(16) not null,
  created_at bigint not null,
  started_at bigint,
  ended_at bigint,
  last_seq bigint not null,
  input_tokens bigint,
  output_tokens bigint,
  is_estimated integer,
  failure_code varchar(64),
  failure_message text,
  is_retryable integer,
  has_events integer not null default 1,
  foreign key (conversation_id, user_id) references conversations (id, user_id) on delete cascade
);
create index idx_runs_conversation on runs (conversation_id);
create index idx_runs_unfinished on runs (id) where status in ('queued', 'running');
create index idx_runs_events_ended on runs (ended_at) where has_events = 1;

-- Events of a run from first_seq on, packed. They go a while after the run has ended.
create table run_chunks (
  run_id varchar(36) not null references runs (id) on delete cascade,
  first_seq bigint not null,
  events text not null,
  primary key (run_id, first_seq)
);

create table idempotency_keys (
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  idempotency_key varchar(255) not null,
  fingerprint varchar(64) not null,
  status integer not null,
  body text not null,
  location text not null,
  etag text not null,
  run_id text not null,
  created_at bigint not null,
  primary key (user_id, idempotency_key)
);
create index idx_idempotency_created_at on idempotency_keys (created_at);
