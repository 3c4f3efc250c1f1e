--liquibase formatted sql
--changeset ops:users
CREATE TABLE users (id bigint PRIMARY KEY, email text);
