-- Full-text search over what people and the coach have said.
--
-- The index is FTS5's over a view (external content), so that no text is kept twice. Rows of the index have numbers, and
-- those of messages are not to be relied on (`vacuum` changes them): message_search_rows gives each message its own. The
-- owner is a term of the index like words are: a search looks at one person's messages only. Triggers keep it true
-- whichever way a message comes, changes or goes. The tokenizer `genesis` is the program's (storage/sqlite_search.cpp).
--
-- Taking a message out of the index costs as much as putting it in. A person with very many would be deleted for seconds,
-- while nobody else can write. So a message that goes loses its row of message_search_rows, without which no search finds
-- it, and stands in message_search_gone until the program takes its terms out: the first of them in the same transaction,
-- the rest some at a time (unindex_messages). A number is never given again: the terms of two messages never meet.

create table message_search_rows (
  row_id integer primary key autoincrement not null,
  message_id varchar(36) not null unique
);

create table message_search_gone (
  row_id integer primary key not null,
  owner varchar(33) not null,
  content text not null
);

create view message_search_texts as
  select row_id, 'u' || replace(user_id, '-', '') as owner, content
  from message_search_rows join messages on messages.id = message_search_rows.message_id;

-- Without an index of beginnings FTS5 gathers everybody's messages for each word that begins so.
create virtual table message_search using fts5 (
  owner, content, content = 'message_search_texts', content_rowid = 'row_id', tokenize = 'genesis', prefix = '2 3 4'
);

insert into message_search_rows (message_id) select id from messages order by id;
insert into message_search (message_search) values ('rebuild');

create trigger messages_search_insert after insert on messages begin
  insert into message_search_rows (message_id) values (new.id);
  insert into message_search (rowid, owner, content)
    select row_id, 'u' || replace(new.user_id, '-', ''), new.content from message_search_rows where message_id = new.id;
end;

create trigger messages_search_update after update of content on messages when new.content <> old.content begin
  insert into message_search (message_search, rowid, owner, content)
    select 'delete', row_id, 'u' || replace(old.user_id, '-', ''), old.content
    from message_search_rows where message_id = old.id;
  insert into message_search (rowid, owner, content)
    select row_id, 'u' || replace(new.user_id, '-', ''), new.content from message_search_rows where message_id = new.id;
end;

create trigger messages_search_delete after delete on messages begin
  insert into message_search_gone (row_id, owner, content)
    select row_id, 'u' || replace(old.user_id, '-', ''), old.content from message_search_rows where message_id = old.id;
  delete from message_search_rows where message_id = old.id;
end;

create trigger message_search_gone_delete before delete on message_search_gone begin
  insert into message_search (message_search, rowid, owner, content)
    values ('delete', old.row_id, old.owner, old.content);
end;
