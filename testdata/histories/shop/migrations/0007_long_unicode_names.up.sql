CREATE TABLE "überaus_lange_straßennamen_mit_umlauten_äöü_äöü_äöü_äöü" ("größe_der_straße_in_metern" int UNIQUE, "日本語の列" text, CHECK ("größe_der_straße_in_metern" > 0));
CREATE INDEX ON "überaus_lange_straßennamen_mit_umlauten_äöü_äöü_äöü_äöü" ("日本語の列", "größe_der_straße_in_metern");
CREATE INDEX ON "überaus_lange_straßennamen_mit_umlauten_äöü_äöü_äöü_äöü" ("日本語の列");
