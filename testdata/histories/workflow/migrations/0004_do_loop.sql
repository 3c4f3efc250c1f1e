DO $$
DECLARE
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['x', 'y'] LOOP
        RAISE NOTICE '%', part;
    END LOOP;
    CREATE TABLE runs (id bigserial PRIMARY KEY, step_id int REFERENCES steps, at timestamptz DEFAULT now());
    IF false THEN
        DROP TABLE steps;
    END IF;
END $$;
