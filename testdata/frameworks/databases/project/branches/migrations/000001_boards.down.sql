DROP TABLE {{.prefix}}boards;
