ALTER TABLE type_zoo ALTER a TYPE bigint, ALTER b TYPE text USING b::text, ALTER c TYPE numeric(12, 3), ALTER u TYPE varchar(50), ALTER v TYPE varchar, ALTER w TYPE char(2);
ALTER TABLE type_zoo ALTER a TYPE numeric, ALTER b TYPE int USING b::integer, ALTER aa TYPE timestamptz, ALTER bf TYPE bigint[] USING bf::bigint[], ALTER z TYPE text COLLATE "C";
ALTER TABLE type_zoo ALTER z TYPE text;
ALTER TABLE type_zoo DROP COLUMN d, DROP COLUMN IF EXISTS nowhere, ADD COLUMN d text, ADD IF NOT EXISTS e int;
