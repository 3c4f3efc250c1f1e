SET lock_timeout = '5s';
{{ template "views/totals_v1.sql" . }}

---- create above / drop below ----

DROP VIEW totals;
