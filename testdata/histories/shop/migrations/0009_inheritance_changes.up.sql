ALTER TABLE people ADD COLUMN phone text DEFAULT '-' NOT NULL;
ALTER TABLE people RENAME COLUMN born TO birthday;
ALTER TABLE people ALTER COLUMN name TYPE varchar(80);
ALTER TABLE people ADD CONSTRAINT phoned CHECK (phone <> '0');
ALTER TABLE people ADD CONSTRAINT phoned_not_valid CHECK (name <> '1') NOT VALID;
ALTER TABLE ONLY people ADD CONSTRAINT just_here CHECK (phone <> '2') NO INHERIT;
ALTER TABLE people RENAME CONSTRAINT born_late TO birthday_late;
ALTER TABLE people ALTER COLUMN phone DROP NOT NULL;
ALTER TABLE ONLY people ALTER COLUMN phone SET DEFAULT 'x';
