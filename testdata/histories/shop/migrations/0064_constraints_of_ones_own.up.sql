CREATE TABLE vehicles (plate text NOT NULL, seats int, CONSTRAINT seated CHECK (seats > 0) NO INHERIT, CONSTRAINT small CHECK (seats < 90));
CREATE TABLE vans (plate text NOT NULL, CONSTRAINT seated CHECK (seats > 0), CONSTRAINT small CHECK (seats < 90)) INHERITS (vehicles);
CREATE TABLE bikes () INHERITS (vehicles);
CREATE TABLE trams (plate text NOT NULL, seats int, CONSTRAINT small CHECK (seats < 90));
ALTER TABLE trams INHERIT vehicles;
