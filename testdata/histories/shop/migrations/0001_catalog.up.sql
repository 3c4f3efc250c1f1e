CREATE TABLE products (
    id serial PRIMARY KEY,
    sku varchar(32) NOT NULL UNIQUE,
    name text NOT NULL,
    price numeric(10, 2) NOT NULL CHECK (price >= 0),
    weight real DEFAULT NULL,
    note varchar(20) DEFAULT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE categories (
    id smallserial,
    parent_id int2 REFERENCES categories,
    name character varying NOT NULL,
    slug char(8),
    letter char,
    PRIMARY KEY (id),
    CHECK (name <> ''),
    CHECK (slug <> name)
);
CREATE TABLE products_categories (
    product_id int REFERENCES products ON DELETE CASCADE,
    category_id smallint REFERENCES categories (id) ON UPDATE CASCADE ON DELETE SET NULL,
    UNIQUE (product_id, category_id),
    UNIQUE (category_id, product_id)
);
