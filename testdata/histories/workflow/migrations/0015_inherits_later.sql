CREATE TABLE base_item (id serial PRIMARY KEY, title text NOT NULL, CHECK (title <> ''));
CREATE TABLE task_item (id int NOT NULL, title text NOT NULL, due date, CONSTRAINT base_item_title_check CHECK (title <> ''));
ALTER TABLE task_item INHERIT base_item;
ALTER TABLE base_item ADD COLUMN owner text DEFAULT 'me';
ALTER TABLE ONLY base_item ADD COLUMN IF NOT EXISTS owner text;
