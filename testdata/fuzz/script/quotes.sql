SELECT 'a;b', E'a\';b', U&'x', B'1', X'1F', "n""m";
SELECT $$a;b$$, $t$ ; $$ $t$, a$b$c, $1;
