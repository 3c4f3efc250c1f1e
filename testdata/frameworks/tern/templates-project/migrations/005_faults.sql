SET lock_timeout = '5s';
{{ template "views/missing.sql" . }}
{{ template "views/circle.sql" . }}
{{ template "001_accounts.sql" . }}
{{ template "../tern.sql" . }}
CREATE TABLE closed (
{{ template "views/columns.sql" . }}
);
