CREATE VIEW totals AS SELECT count(*), sum(balance) AS total FROM accounts;
{{ template "views/grants.sql" . }}
