--liquibase formatted sql
--changeset anna:1
CREATE TABLE users (id bigint PRIMARY KEY);
