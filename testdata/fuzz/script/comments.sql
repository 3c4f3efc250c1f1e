-- a;b
/* c /* d; */ e */ SELECT 1 -- f
;/**/