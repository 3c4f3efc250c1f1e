DO LANGUAGE plpgsql $do$
BEGIN
    EXECUTE 'CREATE TABLE executed (id int PRIMARY KEY, note text)';
    EXECUTE 'ALTER TABLE executed ADD COLUMN "Literal" int';
END
$do$;
