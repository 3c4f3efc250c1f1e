DO $$
BEGIN
    ALTER TABLE {{ index .Options "Namespace" }}.users ADD COLUMN nickname text;
END $$;
