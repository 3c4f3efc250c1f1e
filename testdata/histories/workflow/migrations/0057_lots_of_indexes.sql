CREATE INDEX ON runs USING brin (at) WITH (pages_per_range = 4);
CREATE INDEX ON runs (id, at DESC) INCLUDE (step_id);
CREATE INDEX ON runs (id, at DESC) INCLUDE (step_id);
CREATE INDEX ON runs (extract(year FROM at AT TIME ZONE 'UTC'), date_trunc('day', at AT TIME ZONE 'UTC'));
CREATE INDEX ON workflows USING gin (config jsonb_path_ops, to_tsvector('simple', name));
CREATE INDEX ON workflows ((config ->> 'a'), (config -> 'b'), ((config ->> 'c')::int));
CREATE INDEX ON workflows (substring(name FROM 1 FOR 3), trim(name));
