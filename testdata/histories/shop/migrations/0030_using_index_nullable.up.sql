CREATE TABLE wishes (a int, b text, c int);
CREATE UNIQUE INDEX wishes_ab ON wishes (a, b);
ALTER TABLE wishes ADD CONSTRAINT wishes_primary PRIMARY KEY USING INDEX wishes_ab DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX wishes_c ON wishes (c);
ALTER TABLE wishes ADD CONSTRAINT wishes_c UNIQUE USING INDEX wishes_c;
