CREATE TABLE "größe" (id bigint PRIMARY KEY, "straße" text, "名前" text, "😀" int);
