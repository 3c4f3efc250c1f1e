-- Each of these may run anything.
DO $$
DECLARE
    t text;
    short char(1);
    other text := 'c';
    names text[] := current_setting('app.names')::text[];
BEGIN
    FOREACH t IN ARRAY ARRAY['c'] LOOP
        t := lower(t);
        EXECUTE format('DROP TABLE %I', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['c'] LOOP
        SELECT 'd' INTO t;
        EXECUTE format('DROP TABLE %I', t);
    END LOOP;
    FOREACH short IN ARRAY ARRAY['cc'] LOOP
        EXECUTE format('DROP TABLE %I', short);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['c'] LOOP
        IF random() > 0.5 THEN
            other := 'd';
        END IF;
        EXECUTE format('DROP TABLE %I', other);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['c', 'd'] LOOP
        CONTINUE WHEN random() > 0.5;
        EXECUTE format('DROP TABLE %I', t);
    END LOOP;
    FOREACH t IN ARRAY names LOOP
        EXECUTE format('DROP TABLE %I', t);
    END LOOP;
    FOR i IN 1..101 LOOP
        EXECUTE format('DROP TABLE c%s', i);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['c'] LOOP
        NULL;
    END LOOP;
    EXECUTE format('DROP TABLE %I', t);
END $$;
