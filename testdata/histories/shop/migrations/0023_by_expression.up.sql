CREATE TABLE measures (at timestamp, place text, value float8) PARTITION BY RANGE ((at::date), place);
CREATE TABLE measures_low PARTITION OF measures FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2024-01-01', MINVALUE);
CREATE TABLE measures_high PARTITION OF measures FOR VALUES FROM ('2024-01-01', MINVALUE) TO (MAXVALUE, MAXVALUE);
CREATE INDEX ON measures (place, at DESC NULLS LAST);
CREATE INDEX ON measures USING brin (at);
