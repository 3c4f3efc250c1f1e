SET lock_timeout = '5s';
DROP VIEW totals;
ALTER TABLE accounts ALTER COLUMN balance TYPE numeric(12, 2);
{{- template "views/totals_v2.sql" . -}};

---- create above / drop below ----

SET lock_timeout = '5s';
DROP VIEW totals;
{{template "views/totals_v1.sql"}}
