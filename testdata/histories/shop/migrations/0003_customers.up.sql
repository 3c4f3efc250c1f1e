CREATE TABLE customers (
    id bigserial NOT NULL,
    email text COLLATE "C" NOT NULL,
    "Full Name" text,
    "select" int,
    referred_by bigint,
    CONSTRAINT customers_pkey PRIMARY KEY (id),
    CONSTRAINT email_has_at CHECK (email LIKE '%@%') NO INHERIT,
    FOREIGN KEY (referred_by) REFERENCES customers
);
CREATE UNIQUE INDEX ON customers (lower(email));
CREATE INDEX ON customers (lower(email), referred_by DESC);
CREATE INDEX ON customers ((email || 'x'));
CREATE INDEX ON customers ((email || 'x'), (1 + 1));
CREATE INDEX ON customers ("Full Name", "select");
