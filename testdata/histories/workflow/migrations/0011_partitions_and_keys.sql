CREATE TABLE history (id bigint, at date, state run_state, step_id int) PARTITION BY RANGE (at);
CREATE TABLE history_old PARTITION OF history FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE history_new PARTITION OF history (PRIMARY KEY (id), step_id NOT NULL) FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);
ALTER TABLE history ADD UNIQUE (id, at);
ALTER TABLE history ADD FOREIGN KEY (step_id) REFERENCES steps;
CREATE INDEX ON history (step_id, at);
