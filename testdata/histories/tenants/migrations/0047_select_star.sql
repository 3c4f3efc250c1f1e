-- +goose Up
CREATE TABLE core.starred AS SELECT b.*, t.a, t.b AS bb, t.f + 1, -t.f AS minus, t.f > 1 AS more, t.b || 'x' AS longer, t.b LIKE 'x' AS alike, CASE WHEN true THEN 1 ELSE 2 END, EXISTS (SELECT 1) FROM core.brief b, core.typed t;
-- +goose Down
SELECT 1;
