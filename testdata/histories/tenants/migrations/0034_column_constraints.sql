-- +goose Up
CREATE TABLE core.columns (
    a int CONSTRAINT a_nn NOT NULL CONSTRAINT a_un UNIQUE CONSTRAINT a_ck CHECK (a > 0) CONSTRAINT a_def DEFAULT 1,
    b int PRIMARY KEY DEFERRABLE,
    z int NULL,
    c int UNIQUE DEFERRABLE INITIALLY DEFERRED CHECK (c > 1) CHECK (c < 10) CHECK (c <> a),
    d int UNIQUE NULLS NOT DISTINCT WITH (fillfactor = 70),
    e text COLLATE "de-x-icu" DEFAULT 'a' || 'b' CHECK (length(e) > 0),
    CHECK ((a + b) > c), CHECK (true), CONSTRAINT named CHECK (d > 0) NO INHERIT, UNIQUE (a, b) INCLUDE (c, d), UNIQUE (e) DEFERRABLE
);
-- +goose Down
SELECT 1;
