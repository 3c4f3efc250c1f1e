-- +goose Up
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.bare (id pg_catalog.int8 PRIMARY KEY, at timestamp with time zone DEFAULT pg_catalog.now());
ALTER TABLE ONLY public.bare ADD CONSTRAINT bare_at UNIQUE (at);
CREATE SEQUENCE public.bare_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.bare_id_seq OWNED BY public.bare.id;
ALTER TABLE ONLY public.bare ALTER COLUMN id SET DEFAULT nextval('public.bare_id_seq'::regclass);
-- +goose Down
SELECT 1;
