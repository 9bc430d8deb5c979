-- Keys with which programs act for a person. Of a key's text only a hash is kept.

create table api_keys (
  id varchar(36) primary key not null,
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  name text not null,
  scopes text not null,
  hash varchar(64) not null,
  expires_at bigint,
  last_used_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null
);
create index idx_api_keys_user on api_keys (user_id, id);
create index idx_api_keys_expires_at on api_keys (expires_at) where expires_at is not null;
