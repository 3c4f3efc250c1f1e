ALTER TABLE steps DROP COLUMN four, ADD COLUMN four text, ALTER COLUMN six TYPE bigint, ADD CONSTRAINT four_six CHECK (length(four) > six), ADD UNIQUE (four);
