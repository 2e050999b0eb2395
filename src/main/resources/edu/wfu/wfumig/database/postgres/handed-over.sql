-- Tables of whose columns each is of a type that reads the same in binary form on every server since PostgreSQL 13: the server's
-- own ones that are made of no others' numbers, arrays of these, and enums, which go by their labels. An interval is none of them:
-- what is infinity from 17 on is a number of years before. Those without columns are none of them either.
WITH types AS (
    SELECT y.oid FROM pg_type AS y
    WHERE y.typname = ANY ('{bool,int2,int4,int8,float4,float8,numeric,text,varchar,bpchar,bytea,date,time,timetz,timestamp,timestamptz,uuid,json,jsonb,inet,cidr,macaddr,macaddr8,bit,varbit}'::name[])
        AND y.typnamespace = 'pg_catalog'::regnamespace
)
SELECT t.relname
FROM pg_class AS t
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (?::text[])
    AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
    AND NOT EXISTS (SELECT FROM pg_attribute AS a JOIN pg_type AS own ON own.oid = a.atttypid
        CROSS JOIN LATERAL (
            WITH RECURSIVE below (oid, typbasetype, typtype, typelem, typcategory) AS (
                SELECT own.oid, own.typbasetype, own.typtype, own.typelem, own.typcategory
                UNION ALL
                SELECT b.oid, b.typbasetype, b.typtype, b.typelem, b.typcategory FROM below JOIN pg_type AS b ON b.oid = below.typbasetype)
            SELECT oid, typtype, typelem, typcategory FROM below WHERE typbasetype = 0) AS base
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            AND base.typtype <> 'e' AND base.oid NOT IN (SELECT oid FROM types)
            AND NOT (base.typcategory = 'A' AND base.typelem IN (SELECT oid FROM types)))
