\set ON_ERROR_STOP on
\if false
CREATE TABLE never (id bigint);
\elif :maybe
CREATE TABLE perhaps (id bigint);
\else
CREATE TABLE other (id bigint);
\endif
\if 1
CREATE TABLE always (id bigint);
  \if off
  CREATE TABLE never (id bigint);
  \endif
\else
CREATE TABLE never (id bigint);
CREATE TABLE always (id bigint);
\endif
\endif
CREATE TABLE never (id bigint);
SELECT format('DROP TABLE %I', tablename) FROM pg_tables \gexec
