#!/bin/sh
# Asks a real server what ALTER COLUMN TYPE does for every pair of the types below, and prints one
# line for each pair, its fields separated by tabs:
#
#   from, to        the types, as SQL
#   plain           ALTER COLUMN TYPE to: keeps, rewrites, or refused
#   index           a btree index on the column, if plain keeps the table: kept, rebuilt, or - (none
#                   possible)
#   using           the same with USING column::to
#   foreign_key     a column of type from can reference a key of type to: yes, no, or - (no such key)
#
# usage: PGHOST=... PGUSER=... tests/oracle/type_matrix.sh > testdata/facts/type-changes-15.tsv
#
# The user is a superuser of a scratch server with the extension citext; its database is left as it
# was found. The tables are empty: what a change costs does not depend on the values.
set -eu

psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "$@" <<'SQL'
set client_min_messages = error;
set timezone = 'UTC';
begin;
create schema matrix;
set local search_path = matrix;
create extension if not exists citext;
create type mood as enum ('calm');
create type temper as enum ('calm');
create type pair as (a integer, b text);
create domain whole as integer;
create domain whole_again as whole;
create domain positive as integer check (value > 0);
create domain small_positive as positive;
create domain required as integer not null;
create domain short_text as varchar(20);
create domain wholes as integer[];
create domain moody as mood;

create table types (number serial, name text);
insert into types (name) values
  ('smallint'), ('integer'), ('bigint'), ('numeric'), ('numeric(8)'), ('numeric(10,2)'),
  ('numeric(12,2)'), ('numeric(12,3)'), ('real'), ('double precision'), ('money'), ('boolean'),
  ('text'), ('varchar'), ('varchar(10)'), ('varchar(20)'), ('char(10)'), ('char(20)'), ('bpchar'),
  ('name'), ('"char"'), ('citext'), ('bytea'), ('date'), ('time'), ('time(3)'), ('timetz'),
  ('timetz(3)'), ('timestamp'), ('timestamp(3)'), ('timestamp(6)'), ('timestamptz'),
  ('timestamptz(3)'), ('interval'), ('interval(3)'), ('interval year'), ('interval minute'),
  ('interval day to second'), ('interval second(3)'), ('uuid'), ('json'), ('jsonb'), ('xml'),
  ('inet'), ('cidr'), ('macaddr'), ('macaddr8'), ('bit(8)'), ('bit(16)'), ('varbit'),
  ('varbit(8)'), ('varbit(16)'), ('oid'), ('regclass'), ('regtype'), ('xid'), ('point'),
  ('int4range'), ('int8range'), ('tsvector'), ('integer[]'), ('bigint[]'), ('text[]'),
  ('varchar[]'), ('varchar(10)[]'), ('varchar(20)[]'), ('mood'), ('temper'), ('mood[]'), ('pair'),
  ('whole'), ('whole_again'), ('whole[]'), ('positive'), ('small_positive'), ('required'),
  ('short_text'), ('wholes'), ('moody');

create function change(before text, after text, clause text) returns text language plpgsql as $$
declare
  was_table oid; was_index oid; indexed boolean := true;
begin
  execute format('create table t (v %s)', before);
  if clause = '' then
    begin
      execute 'create index i on t (v)';
    exception when others then
      indexed := false;
    end;
  else
    indexed := false;
  end if;
  select relfilenode into was_table from pg_class where oid = 't'::regclass;
  select relfilenode into was_index from pg_class where oid = to_regclass('i');
  begin
    execute format('alter table t alter column v type %s %s', after, clause);
  exception when others then
    -- an index that the new type cannot have says nothing about the change of the column
    if not indexed then
      raise exception 'refused';
    end if;
    execute 'drop index i';
    indexed := false;
    begin
      execute format('alter table t alter column v type %s %s', after, clause);
    exception when others then
      raise exception 'refused';
    end;
  end;
  if was_table <> (select relfilenode from pg_class where oid = 't'::regclass) then
    raise exception 'rewrites';
  end if;
  if clause <> '' then
    raise exception 'keeps';
  end if;
  raise exception 'keeps %', case when not indexed then '-'
    when was_index = (select relfilenode from pg_class where oid = to_regclass('i')) then 'kept'
    else 'rebuilt' end;
exception when raise_exception then
  return sqlerrm;
end $$;

create function reference(before text, after text) returns text language plpgsql as $$
begin
  begin
    execute format('create table p (v %s primary key)', after);
  exception when others then
    raise exception '-';
  end;
  begin
    execute format('create table c (v %s references p)', before);
  exception when others then
    raise exception 'no';
  end;
  raise exception 'yes';
exception when raise_exception then
  return sqlerrm;
end $$;

select concat_ws(E'\t', before.name, after.name,
                 split_part(plain, ' ', 1), coalesce(nullif(split_part(plain, ' ', 2), ''), '-'),
                 change(before.name, after.name, format('using v::%s', after.name)),
                 reference(before.name, after.name))
from types before cross join types after
cross join lateral change(before.name, after.name, '') plain
order by before.number, after.number;
rollback;
SQL
