CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'nobody', born date, CONSTRAINT born_late CHECK (born > '1900-01-01'), CONSTRAINT named CHECK (name <> '') NO INHERIT);
CREATE INDEX ON people (name);
CREATE TABLE employees (salary money, born date NOT NULL) INHERITS (people);
CREATE TABLE contractors (name text DEFAULT 'hired', rate int, CONSTRAINT born_late CHECK (born > '1900-01-01')) INHERITS (people);
CREATE TABLE interns (school text, name text DEFAULT 'intern') INHERITS (employees, contractors);
