--liquibase formatted sql
--changeset ops:never
DROP TABLE users;
