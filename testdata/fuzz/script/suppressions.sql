-- lockstep:ignore truncate, drop-table because it is a cache
-- lockstep: ignore truncate because of blanks
-- lockstep ignores this
TRUNCATE a; -- lockstep:ignore data because it is a cache
ALTER TABLE a
    ADD b int, -- lockstep:ignore x
    /* lockstep:ignore y because
     * z
     * lockstep:ignore-file w because v */
    DROP c
-- lockstep:ignore because
;
DO $$ BEGIN
    -- lockstep:ignore truncate because it is inside
    TRUNCATE a; EXECUTE 'TRUNCATE b'; -- lockstep:ignore truncate because it is on the line
END $$;
DO 'BEGIN TRUNCATE a; -- lockstep:ignore it''s because of quotes
END';
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN /* lockstep-ignore a */ END $f$;
SELECT 1 -- lockstep:ignore a, , b because c
SELEKT 2; -- see lockstep:ignore a because b
-- lockstep:ignore-file
