SELECT 'a
CREATE TABLE b (c int);
DO $x$ d
DROP TABLE e;
/* f
COPY g FROM stdin;
h