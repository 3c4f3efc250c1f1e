ALTER TABLE {{ index .Options "Namespace" }}.users ADD COLUMN height integer;
