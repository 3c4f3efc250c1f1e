CREATE SEQUENCE hand_id_seq;
CREATE TABLE hand (id integer NOT NULL DEFAULT nextval('hand_id_seq'), other int DEFAULT nextval('public.hand_id_seq'::regclass));
ALTER SEQUENCE hand_id_seq OWNED BY hand.id;
ALTER TABLE hand RENAME TO hands;
ALTER TABLE hands ADD PRIMARY KEY (id);
ALTER TABLE hands RENAME COLUMN id TO number;
DROP SEQUENCE hand_id_seq CASCADE;
