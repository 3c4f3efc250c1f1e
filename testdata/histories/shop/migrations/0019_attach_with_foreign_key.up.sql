CREATE TABLE events_2026 (id bigint NOT NULL, at timestamptz NOT NULL, kind varchar(40), payload jsonb, customer_id bigint, origin text NOT NULL DEFAULT 'web',
    CONSTRAINT events_origin_check CHECK (origin <> ''), CONSTRAINT kind_known CHECK (kind IS NOT NULL),
    CONSTRAINT events_source_check CHECK (origin <> ''),
    CONSTRAINT to_customer FOREIGN KEY (customer_id) REFERENCES customers ON DELETE CASCADE);
ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
