-- +goose Up
CREATE VIEW core.v1 AS SELECT u.id, u.email, count(*) AS n, max(t.id) AS most, 'x'::text AS x, now()::date AS day FROM public.users u LEFT JOIN core.teams t ON true GROUP BY u.id, u.email;
CREATE VIEW core.v2 (a, b) AS SELECT id, lower(email) FROM core.v1;
CREATE OR REPLACE VIEW core.v2 (a, b, c) AS SELECT id, lower(email), n FROM core.v1;
CREATE VIEW core.v3 AS TABLE public.users;
CREATE VIEW core.v4 AS SELECT u.*, 1 AS one FROM public.users u;
CREATE MATERIALIZED VIEW core.m1 AS SELECT * FROM core.v2;
CREATE UNIQUE INDEX ON core.m1 (a);
CREATE RECURSIVE VIEW core.nums (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 10;
-- +goose Down
SELECT 1;
