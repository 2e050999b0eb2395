-- Each thing that a table has and that does not move with it: the table, and what it is in words.
WITH relations AS (
    SELECT c.* FROM pg_class AS c WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
), tables AS (
    SELECT * FROM relations WHERE relkind = 'r' AND NOT relispartition
)
SELECT relname, 'the table itself: it is split into partitions' FROM relations WHERE relkind = 'p'
UNION ALL
SELECT relname, 'the table itself: it is a partition of ' || (SELECT i.inhparent::regclass FROM pg_inherits AS i WHERE i.inhrelid = relations.oid)
FROM relations WHERE relkind = 'r' AND relispartition
UNION ALL
SELECT relname, 'the table itself: it is a foreign table, its rows are elsewhere' FROM relations WHERE relkind = 'f'
UNION ALL
SELECT relname, 'the table itself: it is made of the type ' || format_type(reloftype, NULL) FROM tables WHERE reloftype <> 0
UNION ALL
SELECT t.relname, 'the table itself: it belongs to the extension ' || x.extname
FROM relations AS t
    JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = t.oid AND d.deptype = 'e'
    JOIN pg_extension AS x ON x.oid = d.refobjid
WHERE t.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT t.relname, 'that it inherits from ' || i.inhparent::regclass || ': it arrives as a table by itself, with its own rows'
FROM tables AS t JOIN pg_inherits AS i ON i.inhrelid = t.oid
UNION ALL
SELECT DISTINCT t.relname, 'that other tables inherit from it: it arrives as a table by itself, with its own rows'
FROM tables AS t JOIN pg_inherits AS i ON i.inhparent = t.oid
UNION ALL
SELECT t.relname, 'its row-level security'
    || coalesce(', with the policies ' || (SELECT string_agg(quote_ident(p.polname), ', ' ORDER BY p.polname) FROM pg_policy AS p WHERE p.polrelid = t.oid), '')
FROM tables AS t
WHERE t.relrowsecurity OR EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = t.oid)
UNION ALL
SELECT t.relname, 'that the publication ' || quote_ident(p.pubname) || ' publishes it'
FROM tables AS t JOIN pg_publication_rel AS r ON r.prrelid = t.oid JOIN pg_publication AS p ON p.oid = r.prpubid
UNION ALL
SELECT t.relname, 'its rule ' || quote_ident(r.rulename)
FROM tables AS t JOIN pg_rewrite AS r ON r.ev_class = t.oid
UNION ALL
SELECT t.relname, 'its security label of ' || l.provider
FROM tables AS t JOIN pg_seclabel AS l ON l.classoid = 'pg_class'::regclass AND l.objoid = t.oid
UNION ALL
SELECT t.relname, 'its tablespace ' || quote_ident(s.spcname)
FROM tables AS t JOIN pg_tablespace AS s ON s.oid = t.reltablespace
UNION ALL
SELECT t.relname, 'the tablespace ' || quote_ident(s.spcname) || ' of its index ' || quote_ident(k.relname)
FROM tables AS t
    JOIN pg_index AS i ON i.indrelid = t.oid
    JOIN pg_class AS k ON k.oid = i.indexrelid
    JOIN pg_tablespace AS s ON s.oid = k.reltablespace
UNION ALL
SELECT t.relname, 'its index ' || quote_ident(k.relname) || ': it is invalid, as an interrupted CREATE INDEX CONCURRENTLY leaves one'
FROM tables AS t JOIN pg_index AS i ON i.indrelid = t.oid AND NOT i.indisvalid JOIN pg_class AS k ON k.oid = i.indexrelid
UNION ALL
SELECT t.relname, 'the NOT NULL of ' || quote_ident(a.attname) || ': it was never validated'
FROM tables AS t
    JOIN pg_constraint AS c ON c.conrelid = t.oid AND c.contype = 'n' AND NOT c.convalidated
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
UNION ALL
SELECT t.relname, 'large objects, if ' || quote_ident(a.attname) || ' points at any: its numbers move, the objects do not'
FROM tables AS t
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type AS y ON y.oid = a.atttypid
WHERE y.oid = 'oid'::regtype OR y.typbasetype = 'oid'::regtype
UNION ALL
SELECT DISTINCT t.relname, 'the position of the sequence ' || s.oid::regclass || ', which no column owns'
FROM tables AS t
    JOIN pg_attrdef AS f ON f.adrelid = t.oid
    JOIN pg_depend AS d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class AS s ON s.oid = d.refobjid AND s.relkind = 'S'
WHERE NOT EXISTS (SELECT FROM pg_depend AS o
    WHERE o.classid = 'pg_class'::regclass AND o.objid = s.oid AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i'))
UNION ALL
SELECT t.relname, 'the virtual column ' || quote_ident(a.attname) || ' to a server before PostgreSQL 18'
FROM tables AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attgenerated = 'v' AND NOT a.attisdropped
ORDER BY 1, 2
