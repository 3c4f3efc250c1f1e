-- +goose Up
CREATE TABLE audit (id bigint PRIMARY KEY);
