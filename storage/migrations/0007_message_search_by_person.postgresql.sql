-- PostgreSQL's index stays as it is: GIN finds the rarer of two terms and looks the other up.

comment on index idx_messages_content_search is 'the owner is a term beside the words';
