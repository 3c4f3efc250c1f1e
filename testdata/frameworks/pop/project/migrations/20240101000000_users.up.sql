CREATE TABLE {{ index .Options "Namespace" }}.users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE INDEX users_email_idx ON "{{ index .Options "Namespace" }}".users (email);
