CREATE INDEX ON customers (email text_pattern_ops);
CREATE INDEX ON customers (email COLLATE "POSIX" DESC NULLS LAST);
CREATE INDEX ON customers USING hash (email);
CREATE INDEX ON customers USING gin (to_tsvector('english', email));
CREATE INDEX ON customers (coalesce(email, '')) INCLUDE (referred_by);
CREATE INDEX ON customers ((CASE WHEN id > 0 THEN 1 END), (email::varchar), ((email, id) IS NULL), (id + 1));
CREATE INDEX ON customers (((home).town), upper("Full Name"), (ARRAY[id]), ("select" IS NULL));
