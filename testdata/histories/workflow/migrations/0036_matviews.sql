CREATE MATERIALIZED VIEW totals AS SELECT kind, count(*) AS n, count(*)::int AS small, sum(id) AS s, avg(id) AS a FROM steps GROUP BY kind WITH NO DATA;
CREATE UNIQUE INDEX ON totals (kind);
CREATE INDEX totals_n ON totals (n) WHERE n > 1;
REFRESH MATERIALIZED VIEW totals;
ALTER MATERIALIZED VIEW totals ALTER COLUMN kind SET STATISTICS 10;
ALTER INDEX totals_kind_idx RENAME TO totals_key;
