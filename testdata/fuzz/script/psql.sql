\set v 1
\c db
SELECT :v, :'v' FROM :"v" \gset p_
SELECT 1\; SELECT 2 \g
\copy t from stdin
1;'
\.
COPY t (a) FROM stdin WITH (FORMAT csv);
1;'
\.
