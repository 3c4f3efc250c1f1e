CREATE TABLE #[table] (id bigint PRIMARY KEY, email text);
