-- Messages wait for the full-text index, which takes many at once.
--
-- FTS5 writes a segment of its index for each statement that touches it. For one message that is twice as dear as the message itself;
-- for 256 of them in one statement it is a quarter of that for each. So the triggers only note what has come
-- (storage/message_index.hpp), and a search looks through the person's own messages that wait (storage/sql_search.cpp). A message
-- with words stands either here or in message_search_rows.
--
-- A message in the index whose text changes is for the index one that went and one that came: its old number goes the way of deleted
-- messages, and it waits for a new one.

create table message_search_queue (
  user_id varchar(36) not null,
  message_id varchar(36) not null,
  primary key (user_id, message_id)
) without rowid;

drop trigger messages_search_insert;
drop trigger messages_search_update;
drop trigger messages_search_delete;

-- An answer is empty until it is complete: it comes to the index with its text.
create trigger messages_search_insert after insert on messages when new.content <> '' begin
  insert into message_search_queue (user_id, message_id) values (new.user_id, new.id);
end;

create trigger messages_search_update after update of content on messages when new.content <> old.content begin
  insert into message_search_gone (row_id, owner, content)
    select row_id, 'u' || replace(old.user_id, '-', ''), old.content from message_search_rows where message_id = old.id;
  delete from message_search_rows where message_id = old.id;
  delete from message_search_queue where user_id = old.user_id and message_id = old.id;
  insert into message_search_queue (user_id, message_id) select new.user_id, new.id where new.content <> '';
end;

create trigger messages_search_delete after delete on messages begin
  insert into message_search_gone (row_id, owner, content)
    select row_id, 'u' || replace(old.user_id, '-', ''), old.content from message_search_rows where message_id = old.id;
  delete from message_search_rows where message_id = old.id;
  delete from message_search_queue where user_id = old.user_id and message_id = old.id;
end;
