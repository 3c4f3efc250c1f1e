\set ON_ERROR_STOP 1
COPY a (b) FROM stdin;
1
\.
\echo done
