CREATE TABLE notes (id int NOT NULL, lang text NOT NULL, body text, CONSTRAINT notes_pk PRIMARY KEY (id, lang)) PARTITION BY LIST (lang);
CREATE TABLE notes_en (id int NOT NULL, lang text NOT NULL, body text, CONSTRAINT notes_en_pk PRIMARY KEY (id, lang));
CREATE TABLE notes_de (body text, lang text NOT NULL, id int NOT NULL);
CREATE INDEX notes_body ON notes (body);
CREATE INDEX notes_en_body ON notes_en (body);
ALTER TABLE notes ATTACH PARTITION notes_en FOR VALUES IN ('en');
ALTER TABLE notes ATTACH PARTITION notes_de FOR VALUES IN ('de', 'at');
