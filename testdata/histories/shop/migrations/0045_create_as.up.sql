CREATE TABLE copied AS SELECT id, amount AS price, lower(name) AS name, 1 AS one, 'x' AS x, now() AS at, NULL AS nothing, count(*) OVER () AS n FROM store.articles;
CREATE TABLE renamed_copy (i, p) AS SELECT id, amount FROM store.articles WITH NO DATA;
SELECT id, state INTO selected FROM store.orders;
CREATE TABLE IF NOT EXISTS copied AS SELECT 1 AS nothing_new;
CREATE TABLE valued AS VALUES (1, 'a'), (2, 'b');
