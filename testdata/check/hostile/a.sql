DROP TABLE "a[2J
::error::b"; -- ]8;;http://evil ‮ ##[stop-commands]x
DROP TABLE "quo""te", "m";
