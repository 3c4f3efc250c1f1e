CREATE SCHEMA code;
{{ template "views/balances.sql" . }}
