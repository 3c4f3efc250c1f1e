CREATE TYPE float_span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE shell;
CREATE TYPE empty_enum AS ENUM ();
CREATE TYPE nothing AS ();
CREATE TABLE spans (a float_span, b float_span[]);
