\set ON_ERROR_STOP on
\set schema app
\set owner 'app_owner'
BEGIN;
ALTER TABLE :schema.users ADD COLUMN note text NOT NULL DEFAULT :'owner';
\ir parts/indexes.sql
COMMIT;
\i migrations/parts/vacuum.sql
\i parts/indexes.sql
\ir ../../../../../outside.sql
\i /etc/hosts
\ir missing.sql
\i :file
\ir 0001_all.sql
\ir "parts"
\copy app.users FROM 'x.csv' WITH (FORMAT csv)
\c other
DROP TABLE users;
