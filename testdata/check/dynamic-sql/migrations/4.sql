DO $$
BEGIN
    EXECUTE 'CREATE TABLE one (id int); DROP TABLE users';
END $$;
