id bigint PRIMARY KEY
