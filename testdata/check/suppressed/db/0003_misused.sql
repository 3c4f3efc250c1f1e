-- lockstep:ignore-file lock-without-timeout, unused-suppression because the deploy job sets it
-- lockstep:ignore index-without-concurrently
CREATE INDEX orders_total_key ON orders (total DESC);
-- lockstep: ignore index-without-concurrently because orders has twelve rows
CREATE INDEX orders_id_key ON orders (id DESC);
-- lockstep:ignore index-without-concurently because orders has twelve rows
CREATE INDEX orders_both_key ON orders (id, total);
-- lockstep:ignore index-* because orders has twelve rows
SELECT 1;
-- lockstep ignores this comment
SELECT 2;
-- lockstep:ignore drop-table because nothing follows
