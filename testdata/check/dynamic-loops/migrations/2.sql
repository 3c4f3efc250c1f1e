-- What the loops go through is known, and so is what is made of it.
DO $$
DECLARE
    t text;
    old_name text;
    r record;
    names constant text[] := ARRAY['c', 'd'];
BEGIN
    FOREACH t IN ARRAY ARRAY['a', 'b']::text[] LOOP
        old_name := t || '_old';
        EXECUTE format('CREATE TABLE %I (id int)', old_name);
        EXECUTE format('ALTER TABLE %I ADD COLUMN age int', t);
    END LOOP;
    EXECUTE 'DROP TABLE a_old';
    EXECUTE 'DROP TABLE b_old';
    FOREACH t IN ARRAY names LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN age int', t);
    END LOOP;
    FOR i IN 1..1 LOOP
        EXECUTE 'DROP TABLE e' || i;
    END LOOP;
    FOR r IN SELECT unnest(ARRAY['b']) AS name LOOP
        EXECUTE 'DROP TABLE ' || quote_ident(r.name);
    END LOOP;
END $$;
ALTER TABLE a ADD COLUMN age int;
ALTER TABLE d ADD COLUMN age int;
