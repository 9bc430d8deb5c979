-- Full-text search over what people and the coach have said.
--
-- The vector is written beside the message, by the program: its terms are those of SQLite's index (storage/word_reader.hpp), which
-- no text search configuration of PostgreSQL yields. The owner is one of them, so that a search looks at one person's messages
-- only. Messages that are there already get theirs from the program, in the transaction of this migration.

alter table messages add column search_vector tsvector;

-- What is written goes through a list that each search reads as a whole: a short one.
create index idx_messages_content_search on messages using gin (search_vector) with (gin_pending_list_limit = 256);
