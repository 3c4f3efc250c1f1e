ALTER TABLE events_2023 VALIDATE CONSTRAINT events_kind_known;
ALTER TABLE events RENAME COLUMN source TO origin;
ALTER TABLE events RENAME CONSTRAINT events_kind_known TO kind_known;
ALTER TABLE events_2023 RENAME TO events_of_2023;
ALTER INDEX events_kind_idx RENAME TO events_by_kind;
