--liquibase formatted sql

--changeset ada:users
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email text NOT NULL
);
--rollback DROP TABLE users;

--changeset ada:touch endDelimiter:/
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEW;
END;
$$
/
CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()
/
/* liquibase rollback
DROP TRIGGER touched ON users;
DROP FUNCTION touch();
*/
