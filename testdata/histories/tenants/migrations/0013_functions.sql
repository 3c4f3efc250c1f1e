-- +goose Up
CREATE FUNCTION core.add(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION core.add(text, VARIADIC rest text[]) RETURNS text LANGUAGE sql STABLE AS $$SELECT $1$$;
CREATE FUNCTION core.pair(IN x numeric(10, 2), OUT y varchar(3), INOUT z bigint) LANGUAGE sql AS $$SELECT 'a', 1::bigint$$;
CREATE FUNCTION core.list() RETURNS SETOF public.users LANGUAGE sql AS $$SELECT * FROM public.users$$;
CREATE FUNCTION core.rows() RETURNS TABLE (id int, name text) LANGUAGE plpgsql AS $$BEGIN END$$;
CREATE PROCEDURE core.work(INOUT n int) LANGUAGE plpgsql AS $$BEGIN n := 1; END$$;
CREATE FUNCTION core.one() RETURNS int RETURN 1;
CREATE FUNCTION core.role_of(core.role) RETURNS core.role LANGUAGE sql BEGIN ATOMIC SELECT $1; END;
CREATE FUNCTION core.typed(u public.users) RETURNS public.users.email%TYPE LANGUAGE sql AS $$SELECT u.email$$;
-- +goose Down
SELECT 1;
