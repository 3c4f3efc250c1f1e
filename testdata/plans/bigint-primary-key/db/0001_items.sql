CREATE TABLE items (id serial PRIMARY KEY, name text);
CREATE TABLE refs (id bigint PRIMARY KEY, item_id int CONSTRAINT refs_item_fk REFERENCES items (id));
CREATE INDEX refs_item_id ON refs (item_id);
