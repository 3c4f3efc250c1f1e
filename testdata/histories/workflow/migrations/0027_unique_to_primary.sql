CREATE TABLE numbered (id int, code text NOT NULL);
CREATE UNIQUE INDEX CONCURRENTLY numbered_code ON numbered (code);
ALTER TABLE numbered ADD PRIMARY KEY USING INDEX numbered_code;
ALTER TABLE numbered ADD CONSTRAINT id_unique UNIQUE (id);
ALTER TABLE numbered DROP CONSTRAINT numbered_code;
ALTER TABLE numbered ADD CONSTRAINT late UNIQUE (code, id) DEFERRABLE;
ALTER TABLE numbered ADD CONSTRAINT "Primary" PRIMARY KEY (id, code);
