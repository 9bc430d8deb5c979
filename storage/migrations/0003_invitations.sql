-- Invitations: one for each address, until it is used or expires. They hang on nobody: whom one is for has no account yet.

create table invitations (
  email varchar(254) primary key not null,
  token_hash varchar(64) not null,
  role varchar(16) not null,
  created_at bigint not null,
  expires_at bigint not null
);
create unique index idx_invitations_token_hash on invitations (token_hash);
create index idx_invitations_expires_at on invitations (expires_at);
