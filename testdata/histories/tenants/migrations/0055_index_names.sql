-- +goose Up
CREATE INDEX ON core.checks ((a + c), lower(b::text), (a IS NULL), c);
CREATE INDEX ON core.checks (abs(a), abs(c));
CREATE INDEX ON core.checks ((a::text), (c::numeric(10, 2)), (b::bit(3)));
CREATE INDEX ON core.checks ((NULLIF(a, 1)), (GREATEST(a, c)), (coalesce(a, c)), (ARRAY[a, c]), ((a, c) = (1, 2)), (NOT a > 1), (a BETWEEN 1 AND 2), (a IN (1, 2)), (-a));
-- +goose Down
SELECT 1;
