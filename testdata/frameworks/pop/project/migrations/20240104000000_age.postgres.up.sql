ALTER TABLE {{ index .Options "Namespace" }}.users ADD COLUMN age integer;
