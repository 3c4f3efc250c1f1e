CREATE FUNCTION build_more() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TABLE built (id int PRIMARY KEY);
    ALTER TABLE runs ADD COLUMN built_id int REFERENCES built;
END $$;
SELECT build_more();
DROP FUNCTION build_more();
