\if :{?schema}
VACUUM FULL :schema.users;
\endif
\ir ../0001_all.sql
