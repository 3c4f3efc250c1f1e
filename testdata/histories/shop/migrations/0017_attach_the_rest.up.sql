CREATE INDEX events_rest_payload ON events_rest USING gin (payload);
CREATE INDEX events_2024_payload ON events_2024 USING gin (payload);
ALTER INDEX events_payload ATTACH PARTITION events_rest_payload;
ALTER INDEX events_payload ATTACH PARTITION events_2024_payload;
