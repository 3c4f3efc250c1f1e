BEGIN;
CREATE TABLE workflows (id int PRIMARY KEY, name text NOT NULL UNIQUE, config jsonb DEFAULT '{}'::jsonb);
CREATE TABLE steps (id int PRIMARY KEY, workflow_id int NOT NULL REFERENCES workflows (id) ON DELETE CASCADE, position int, kind text CHECK (kind IN ('a', 'b')), UNIQUE (workflow_id, position));
COMMIT;
