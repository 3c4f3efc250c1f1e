CREATE TABLE type_zoo (
    a int, b integer, c int4, d bigint, e int8, f smallint, g int2,
    h real, i float4, j double precision, k float8, l float, m float(24), n float(25),
    o decimal, p dec(4), q numeric(4, 2), r boolean, s bool,
    t varchar, u varchar(5), v character varying(7), w char, x character(3), y bpchar, z text,
    aa timestamp, ab timestamp(3), ac timestamp with time zone, ad timestamptz(0), ae time, af time(2) with time zone,
    ag timetz, ah interval, ai interval day to second(3), aj interval(2), ak interval year, al date,
    am bit, an bit(3), ao bit varying, ap varbit(9), aq bytea, ar uuid, as_ json, at_ jsonb, au xml,
    av inet, aw cidr, ax macaddr, ay money, az "char", ba name, bb oid, bc regclass, bd tsvector, be point,
    bf int[], bg text[][], bh varchar(3)[], bi integer ARRAY, bj integer ARRAY[4], bk numeric(5, 1)[3][3], bl _int4,
    bm int4range, bn tstzrange, bo int4multirange, bp pg_catalog.int4, bq pg_catalog."bit", br nchar(2), bs national character varying(4)
);
