CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN small AS positive CHECK (VALUE < 100) DEFAULT 5;
CREATE DOMAIN tagged AS text[] COLLATE "C" NOT NULL CONSTRAINT has_one CHECK (cardinality(VALUE) > 0) CONSTRAINT few CHECK (cardinality(VALUE) < 9);
CREATE TABLE uses (a positive, b small NOT NULL, d tagged DEFAULT '{x}');
ALTER TABLE uses ALTER a TYPE small, ALTER b TYPE int;
ALTER DOMAIN positive ADD CONSTRAINT not_seven CHECK (VALUE <> 7);
ALTER DOMAIN tagged DROP CONSTRAINT few;
