CREATE INDEX events_payload ON ONLY events USING gin (payload);
CREATE INDEX events_2023_payload ON events_of_2023 USING gin (payload);
ALTER INDEX events_payload ATTACH PARTITION events_2023_payload;
CREATE INDEX ON ONLY events (customer_id);
ALTER TABLE ONLY events ADD CONSTRAINT events_unattached UNIQUE (at, id);
