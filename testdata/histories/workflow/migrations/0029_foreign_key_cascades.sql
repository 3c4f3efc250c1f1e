DROP TABLE numbered CASCADE;
ALTER TABLE workflows DROP CONSTRAINT workflows_pkey CASCADE;
ALTER TABLE workflows ADD COLUMN uid uuid DEFAULT gen_random_uuid() PRIMARY KEY;
