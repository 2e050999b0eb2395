-- Kind, name and CREATE statement of objects, as the server would be told to make them: two servers that hold the same answer
-- the same. What belongs to an extension is told as the extension. The last column puts what others are made of first.
WITH asked AS (
    SELECT DISTINCT a.classid::oid, a.objid::oid FROM unnest(?::bigint[], ?::bigint[]) AS a (classid, objid)
), extended AS (
    SELECT a.classid, a.objid, x.extname FROM asked AS a
        JOIN pg_depend AS d ON d.classid = a.classid AND d.objid = a.objid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
        JOIN pg_extension AS x ON x.oid = d.refobjid
), own AS (
    SELECT a.* FROM asked AS a WHERE NOT EXISTS (SELECT FROM extended AS e WHERE e.classid = a.classid AND e.objid = a.objid)
), types AS (
    SELECT y.*, quote_ident(n.nspname) || '.' || quote_ident(y.typname) AS name
    FROM own JOIN pg_type AS y ON own.classid = 'pg_type'::regclass AND y.oid = own.objid
        JOIN pg_namespace AS n ON n.oid = y.typnamespace
)
SELECT DISTINCT 'EXTENSION' AS kind, quote_ident(extname) AS name, 'CREATE EXTENSION ' || quote_ident(extname) AS made, 0::bigint AS place FROM extended
UNION ALL
SELECT 'COLLATION', quote_ident(n.nspname) || '.' || quote_ident(c.collname),
    'CREATE COLLATION ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname) || ' (provider = '
    || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END
    || ', locale = ' || quote_literal(coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate, ''))
    || CASE WHEN c.collisdeterministic THEN '' ELSE ', deterministic = false' END || ')', c.oid::bigint
FROM own JOIN pg_collation AS c ON own.classid = 'pg_collation'::regclass AND c.oid = own.objid
    JOIN pg_namespace AS n ON n.oid = c.collnamespace
UNION ALL
SELECT 'ENUM', name, 'CREATE TYPE ' || name || ' AS ENUM ('
    || coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum AS e WHERE e.enumtypid = types.oid), '')
    || ')', oid::bigint
FROM types WHERE typtype = 'e'
UNION ALL
SELECT 'DOMAIN', name, 'CREATE DOMAIN ' || name || ' AS ' || format_type(typbasetype, typtypmod)
    || coalesce((SELECT ' COLLATE ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname)
        FROM pg_collation AS c JOIN pg_namespace AS n ON n.oid = c.collnamespace JOIN pg_type AS base ON base.oid = types.typbasetype
        WHERE c.oid = types.typcollation AND c.oid <> base.typcollation), '')
    || coalesce(' DEFAULT ' || pg_get_expr(typdefaultbin, 0), '')
    || CASE WHEN typnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce((SELECT string_agg(' CONSTRAINT ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid), '' ORDER BY c.conname)
        FROM pg_constraint AS c WHERE c.contypid = types.oid AND c.contype = 'c'), ''), oid::bigint
FROM types WHERE typtype = 'd'
UNION ALL
SELECT 'COMPOSITE', name, 'CREATE TYPE ' || name || ' AS ('
    || coalesce((SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
        FROM pg_attribute AS a WHERE a.attrelid = types.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')', oid::bigint
FROM types WHERE typtype = 'c' AND (SELECT c.relkind FROM pg_class AS c WHERE c.oid = types.typrelid) = 'c'
UNION ALL
SELECT 'RANGE', name, 'CREATE TYPE ' || name || ' AS RANGE (SUBTYPE = ' || format_type(r.rngsubtype, NULL)
    || CASE WHEN r.rngsubdiff = 0 THEN '' ELSE ', SUBTYPE_DIFF = ' || r.rngsubdiff::regproc END
    || CASE WHEN r.rngcanonical = 0 THEN '' ELSE ', CANONICAL = ' || r.rngcanonical::regproc END || ')', types.oid::bigint
FROM types JOIN pg_range AS r ON r.rngtypid = types.oid WHERE typtype = 'r'
UNION ALL
SELECT 'OTHER', name, 'type ' || name || ' of a table', oid::bigint
FROM types WHERE typtype = 'c' AND (SELECT c.relkind FROM pg_class AS c WHERE c.oid = types.typrelid) <> 'c'
UNION ALL
SELECT 'OTHER', name, 'type ' || name, oid::bigint FROM types WHERE typtype = 'b' AND typelem = 0
UNION ALL
SELECT 'TABLE', quote_ident(n.nspname) || '.' || quote_ident(c.relname),
    'tables { exclude } the view that reads it, or include it', c.oid::bigint
FROM own JOIN pg_class AS c ON own.classid = 'pg_class'::regclass AND c.oid = own.objid AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
UNION ALL
SELECT 'SEQUENCE', quote_ident(n.nspname) || '.' || quote_ident(s.relname),
    'CREATE SEQUENCE ' || quote_ident(n.nspname) || '.' || quote_ident(s.relname) || ' AS ' || format_type(q.seqtypid, NULL)
    || ' START WITH ' || q.seqstart || ' INCREMENT BY ' || q.seqincrement || ' MINVALUE ' || q.seqmin || ' MAXVALUE ' || q.seqmax
    || ' CACHE ' || q.seqcache || CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END, s.oid::bigint
FROM own JOIN pg_class AS s ON own.classid = 'pg_class'::regclass AND s.oid = own.objid AND s.relkind = 'S'
    JOIN pg_namespace AS n ON n.oid = s.relnamespace
    JOIN pg_sequence AS q ON q.seqrelid = s.oid
WHERE NOT EXISTS (SELECT FROM pg_depend AS d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
UNION ALL
SELECT 'FUNCTION', p.oid::regprocedure::text,
    CASE WHEN p.prokind IN ('f', 'p', 'w') THEN pg_get_functiondef(p.oid) ELSE 'aggregate ' || p.oid::regprocedure END, p.oid::bigint
FROM own JOIN pg_proc AS p ON own.classid = 'pg_proc'::regclass AND p.oid = own.objid
WHERE NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
UNION ALL
SELECT 'OTHER', i.identity, i.type || ' ' || i.identity, own.objid::bigint
FROM own CROSS JOIN LATERAL pg_identify_object(own.classid, own.objid, 0) AS i
WHERE own.classid IN ('pg_opclass'::regclass, 'pg_operator'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_am'::regclass)
ORDER BY 4, 1, 2
