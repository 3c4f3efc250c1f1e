DROP TABLE "teams";
