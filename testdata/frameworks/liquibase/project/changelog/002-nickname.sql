--liquibase formatted sql
--property name:reader value:app_reader

--changeset ada:nickname
ALTER TABLE users ADD COLUMN nickname text;
GRANT SELECT ON users TO ${reader};
--rollback REVOKE SELECT ON users FROM ${reader};
--rollback ALTER TABLE users DROP COLUMN nickname;

--changeset ada:email-index runInTransaction:false
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);
--rollback DROP INDEX CONCURRENTLY users_email_idx;

--changeset ada:engine dbms:mysql
ALTER TABLE users ENGINE = InnoDB;
