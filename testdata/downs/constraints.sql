-- Constraints: names, validity, actions, deferral, what goes with a column or a table.

-- === a check there and back
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
-- up
ALTER TABLE t DROP CONSTRAINT positive;
-- down
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);
-- = same

-- === a check under another name
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
-- up
ALTER TABLE t DROP CONSTRAINT positive;
-- down
ALTER TABLE t ADD CHECK (a > 0);
-- = loses constraint positive on t
-- = leaves constraint t_a_check on t

-- === a check of something else
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
-- up
ALTER TABLE t DROP CONSTRAINT positive;
-- down
ALTER TABLE t ADD CONSTRAINT positive CHECK (a >= 0);
-- = changes condition of constraint positive on t

-- === a check with other parentheses
CREATE TABLE t (a int, b int, CONSTRAINT c CHECK ((a > 0) AND (b > 0)));
-- up
ALTER TABLE t DROP CONSTRAINT c;
-- down
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0 AND b > 0);
-- = same

-- === a check that comes back unproven
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
-- up
ALTER TABLE t DROP CONSTRAINT positive;
-- down
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
-- = changes validity of constraint positive on t

-- === a check that comes back and is validated
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
-- up
ALTER TABLE t DROP CONSTRAINT positive;
-- down
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT positive;
-- = same

-- === validated, with nothing to undo it
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
-- up
ALTER TABLE t VALIDATE CONSTRAINT positive;
-- down
SELECT 1;
-- = changes validity of constraint positive on t

-- === validated, and made anew
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
-- up
ALTER TABLE t VALIDATE CONSTRAINT positive;
-- down
ALTER TABLE t DROP CONSTRAINT positive;
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
-- = same

-- === a constraint renamed and back
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
-- up
ALTER TABLE t RENAME CONSTRAINT positive TO above_zero;
-- down
ALTER TABLE t RENAME CONSTRAINT above_zero TO positive;
-- = same

-- === a constraint renamed and left so
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
-- up
ALTER TABLE t RENAME CONSTRAINT positive TO above_zero;
-- down
SELECT 1;
-- = loses constraint positive on t
-- = leaves constraint above_zero on t

-- === a key dropped and added
CREATE TABLE t (a int PRIMARY KEY);
-- up
ALTER TABLE t DROP CONSTRAINT t_pkey;
-- down
ALTER TABLE t ADD PRIMARY KEY (a);
-- = same

-- === a key dropped, and the NOT NULL that stays
CREATE TABLE t (a int);
-- up
ALTER TABLE t ADD PRIMARY KEY (a);
-- down
ALTER TABLE t DROP CONSTRAINT t_pkey;
-- = changes nullability of column t.a

-- === a key over other columns
CREATE TABLE t (a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b));
-- up
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (a);
-- down
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (b, a);
-- = changes columns of constraint t_pkey on t
-- = changes keys of constraint t_pkey on t

-- === unique added and dropped
CREATE TABLE t (a int);
-- up
ALTER TABLE t ADD UNIQUE (a);
-- down
ALTER TABLE t DROP CONSTRAINT t_a_key;
-- = same

-- === a constraint for an index
CREATE TABLE t (a int);
CREATE UNIQUE INDEX t_a ON t (a);
-- up
ALTER TABLE t ADD CONSTRAINT t_a UNIQUE USING INDEX t_a;
-- down
ALTER TABLE t DROP CONSTRAINT t_a;
-- = loses index t_a

-- === a constraint for an index, and the index again
CREATE TABLE t (a int);
CREATE UNIQUE INDEX t_a ON t (a);
-- up
ALTER TABLE t ADD CONSTRAINT t_a UNIQUE USING INDEX t_a;
-- down
ALTER TABLE t DROP CONSTRAINT t_a;
CREATE UNIQUE INDEX t_a ON t (a);
-- = same

-- === unique with other columns included
CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a) INCLUDE (b));
-- up
ALTER TABLE t DROP CONSTRAINT u;
-- down
ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);
-- = changes included columns of constraint u on t

-- === unique that treats nulls otherwise
CREATE TABLE t (a int, CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a));
-- up
ALTER TABLE t DROP CONSTRAINT u;
-- down
ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);
-- = changes treatment of nulls of constraint u on t

-- === a foreign key there and back
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r);
-- up
ALTER TABLE t DROP CONSTRAINT t_a_fkey;
-- down
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r (id);
-- = same

-- === a foreign key with another action
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r ON DELETE CASCADE);
-- up
ALTER TABLE t DROP CONSTRAINT t_a_fkey;
-- down
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r (id);
-- = changes ON DELETE of constraint t_a_fkey on t

-- === a foreign key with an action, and back
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r);
-- up
ALTER TABLE t DROP CONSTRAINT t_a_fkey, ADD FOREIGN KEY (a) REFERENCES r ON DELETE SET NULL ON UPDATE CASCADE;
-- down
ALTER TABLE t DROP CONSTRAINT t_a_fkey, ADD FOREIGN KEY (a) REFERENCES r ON DELETE NO ACTION;
-- = same

-- === a foreign key to another table
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE s (id int PRIMARY KEY);
CREATE TABLE t (a int CONSTRAINT k REFERENCES r);
-- up
ALTER TABLE t DROP CONSTRAINT k;
-- down
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s (id);
-- = changes referenced table of constraint k on t

-- === a foreign key that comes back unproven
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r);
-- up
ALTER TABLE t DROP CONSTRAINT t_a_fkey;
-- down
ALTER TABLE t ADD CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES r (id) NOT VALID;
-- = changes validity of constraint t_a_fkey on t

-- === deferral and back
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r);
-- up
ALTER TABLE t ALTER CONSTRAINT t_a_fkey DEFERRABLE INITIALLY DEFERRED;
-- down
ALTER TABLE t ALTER CONSTRAINT t_a_fkey NOT DEFERRABLE;
-- = same

-- === deferral that stays
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r);
-- up
ALTER TABLE t ALTER CONSTRAINT t_a_fkey DEFERRABLE INITIALLY DEFERRED;
-- down
ALTER TABLE t ALTER CONSTRAINT t_a_fkey DEFERRABLE INITIALLY IMMEDIATE;
-- = changes deferrability of constraint t_a_fkey on t

-- === a primary key that takes foreign keys along
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES r);
-- up
ALTER TABLE r DROP CONSTRAINT r_pkey CASCADE;
-- down
ALTER TABLE r ADD PRIMARY KEY (id);
-- = loses constraint t_a_fkey on t

-- === an exclusion there and back
CREATE TABLE t (a int4range, CONSTRAINT x EXCLUDE USING gist (a WITH &&));
-- up
ALTER TABLE t DROP CONSTRAINT x;
-- down
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH &&);
-- = same

-- === an exclusion with another operator
CREATE TABLE t (a int4range, CONSTRAINT x EXCLUDE USING gist (a WITH &&));
-- up
ALTER TABLE t DROP CONSTRAINT x;
-- down
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (a WITH =);
-- = changes keys of constraint x on t

-- === a check that children do not inherit
CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NO INHERIT);
-- up
ALTER TABLE t DROP CONSTRAINT c;
-- down
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);
-- = changes inheritance of constraint c on t

-- === NOT NULL by way of a check
CREATE TABLE t (a int);
-- up
ALTER TABLE t ADD CONSTRAINT a_is_there CHECK (a IS NOT NULL) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT a_is_there;
ALTER TABLE t ALTER a SET NOT NULL;
ALTER TABLE t DROP CONSTRAINT a_is_there;
-- down
ALTER TABLE t ALTER a DROP NOT NULL;
-- = same

-- === a comment that goes with its constraint
CREATE TABLE t (a int CONSTRAINT positive CHECK (a > 0));
COMMENT ON CONSTRAINT positive ON t IS 'why';
-- up
ALTER TABLE t DROP CONSTRAINT positive;
-- down
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);
-- = changes comment of constraint positive on t

-- === a condition as the server shows it
CREATE TABLE t (a int, CONSTRAINT c CHECK (a IN (1, 2)));
-- up
ALTER TABLE t DROP CONSTRAINT c;
-- down
ALTER TABLE t ADD CONSTRAINT c CHECK (((a = ANY (ARRAY[1, 2]))));
-- = unknown

-- === a condition between other bounds
CREATE TABLE t (a int, CONSTRAINT c CHECK (a BETWEEN 1 AND 2));
-- up
ALTER TABLE t DROP CONSTRAINT c;
-- down
ALTER TABLE t ADD CONSTRAINT c CHECK ((a >= 1) AND (a <= 3));
-- = changes condition of constraint c on t
