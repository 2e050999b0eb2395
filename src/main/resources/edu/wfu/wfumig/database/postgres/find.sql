-- The objects that stand under these kinds and names, as numbers.
SELECT found.classid::bigint, found.objid::bigint
FROM unnest(?::text[], ?::text[]) AS asked (kind, name)
    CROSS JOIN LATERAL (
        SELECT 'pg_type'::regclass::oid, CASE WHEN asked.kind IN ('ENUM', 'DOMAIN', 'COMPOSITE', 'RANGE') THEN to_regtype(asked.name)::oid END
        UNION ALL SELECT 'pg_class'::regclass::oid, CASE WHEN asked.kind IN ('SEQUENCE', 'TABLE') THEN to_regclass(asked.name)::oid END
        UNION ALL SELECT 'pg_proc'::regclass::oid, CASE asked.kind WHEN 'FUNCTION' THEN to_regprocedure(asked.name)::oid END
        UNION ALL SELECT 'pg_collation'::regclass::oid, c.oid FROM pg_collation AS c JOIN pg_namespace AS n ON n.oid = c.collnamespace
            WHERE asked.kind = 'COLLATION' AND quote_ident(n.nspname) || '.' || quote_ident(c.collname) = asked.name
        UNION ALL (SELECT d.classid, d.objid FROM pg_extension AS x
                JOIN pg_depend AS d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid AND d.deptype = 'e'
            WHERE asked.kind = 'EXTENSION' AND quote_ident(x.extname) = asked.name LIMIT 1)
    ) AS found (classid, objid)
WHERE found.objid IS NOT NULL
