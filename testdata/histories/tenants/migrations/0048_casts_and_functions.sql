-- +goose Up
CREATE TABLE core.derived AS SELECT '1'::int AS a, CAST('x' AS varchar(3)) AS b, coalesce(NULL, 1) AS c, count(*) AS d, sum(x) AS e, avg(x) AS f, max(x) AS g, array_agg(x) AS h, now() AS i, current_date AS j, row_number() OVER () AS k, NULL::core.slug AS l, 'a' AS m, 1.5 AS n, 10000000000 AS o, true AS p, interval '1 day' AS q, (SELECT 1) AS r, ARRAY[1] AS s, to_jsonb(1) AS t, length('x') AS u, round(1.5) AS v FROM core.brief;
-- +goose Down
SELECT 1;
