--liquibase formatted sql
--changeset ops:name
SET LOCAL lock_timeout = '5s';
ALTER TABLE users ADD COLUMN nickname text;
