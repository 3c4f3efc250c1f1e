UPDATE pg_index SET indisready = false WHERE indrelid = 'posts'::regclass;
