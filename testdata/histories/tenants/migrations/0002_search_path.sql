-- +goose Up
SET search_path TO app, public;
CREATE TABLE users (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, email text NOT NULL, CONSTRAINT users_email_unique UNIQUE (email));
CREATE TYPE role AS ENUM ('owner', 'member');
CREATE DOMAIN slug AS text CHECK (VALUE ~ '^[a-z]+$');
CREATE TABLE teams (id serial PRIMARY KEY, slug slug NOT NULL, owner uuid REFERENCES users);
-- +goose Down
SELECT 1;
