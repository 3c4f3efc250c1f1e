CREATE VIEW dear AS SELECT id, amount, sku FROM store.articles WHERE amount > 100;
CREATE VIEW dearest AS SELECT * FROM dear WHERE amount > 1000;
CREATE MATERIALIZED VIEW dear_count AS SELECT count(*) AS n, max(amount) AS most FROM dear WITH NO DATA;
CREATE UNIQUE INDEX ON dear_count (n);
ALTER TABLE store.articles DROP COLUMN sku CASCADE;
