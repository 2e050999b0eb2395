-- Each thing that a table has and that does not move with it: the table, what it is in words, and whether it is the table itself.
WITH relations AS (
    SELECT c.* FROM pg_class AS c WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
), tables AS (
    SELECT * FROM relations WHERE relkind = 'r' AND NOT relispartition
)
SELECT relname, 'it is split into partitions', true FROM relations WHERE relkind = 'p'
UNION ALL
SELECT relname, 'it is a partition of ' || (SELECT i.inhparent::regclass FROM pg_inherits AS i WHERE i.inhrelid = relations.oid), true
FROM relations WHERE relkind = 'r' AND relispartition
UNION ALL
SELECT relname, 'it is a foreign table, its rows are elsewhere', true FROM relations WHERE relkind = 'f'
UNION ALL
SELECT relname, 'it is made of the type ' || format_type(reloftype, NULL), true FROM tables WHERE reloftype <> 0
UNION ALL
SELECT t.relname, 'it belongs to the extension ' || x.extname, true
FROM relations AS t
    JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = t.oid AND d.deptype = 'e'
    JOIN pg_extension AS x ON x.oid = d.refobjid
WHERE t.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT t.relname, 'that it inherits from ' || i.inhparent::regclass || ': it arrives as a table by itself, with its own rows', false
FROM tables AS t JOIN pg_inherits AS i ON i.inhrelid = t.oid
UNION ALL
SELECT DISTINCT t.relname, 'that other tables inherit from it: it arrives as a table by itself, with its own rows', false
FROM tables AS t JOIN pg_inherits AS i ON i.inhparent = t.oid
UNION ALL
SELECT t.relname, 'its row-level security'
    || coalesce(', with the policies ' || (SELECT string_agg(quote_ident(p.polname), ', ' ORDER BY p.polname) FROM pg_policy AS p WHERE p.polrelid = t.oid), ''), false
FROM tables AS t
WHERE t.relrowsecurity OR EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = t.oid)
UNION ALL
SELECT t.relname, 'that the publication ' || quote_ident(p.pubname) || ' publishes it', false
FROM tables AS t JOIN pg_publication_rel AS r ON r.prrelid = t.oid JOIN pg_publication AS p ON p.oid = r.prpubid
UNION ALL
SELECT t.relname, 'its rule ' || quote_ident(r.rulename), false
FROM tables AS t JOIN pg_rewrite AS r ON r.ev_class = t.oid
UNION ALL
SELECT t.relname, 'its security label of ' || l.provider, false
FROM tables AS t JOIN pg_seclabel AS l ON l.classoid = 'pg_class'::regclass AND l.objoid = t.oid
UNION ALL
SELECT t.relname, 'its tablespace ' || quote_ident(s.spcname), false
FROM tables AS t JOIN pg_tablespace AS s ON s.oid = t.reltablespace
UNION ALL
SELECT t.relname, 'the tablespace ' || quote_ident(s.spcname) || ' of its index ' || quote_ident(k.relname), false
FROM tables AS t
    JOIN pg_index AS i ON i.indrelid = t.oid
    JOIN pg_class AS k ON k.oid = i.indexrelid
    JOIN pg_tablespace AS s ON s.oid = k.reltablespace
UNION ALL
SELECT t.relname, 'its index ' || quote_ident(k.relname) || ': it is invalid, as an interrupted CREATE INDEX CONCURRENTLY leaves one', false
FROM tables AS t JOIN pg_index AS i ON i.indrelid = t.oid AND NOT i.indisvalid JOIN pg_class AS k ON k.oid = i.indexrelid
UNION ALL
SELECT t.relname, 'the NOT NULL of ' || quote_ident(a.attname) || ': it was never validated', false
FROM tables AS t
    JOIN pg_constraint AS c ON c.conrelid = t.oid AND c.contype = 'n' AND NOT c.convalidated
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
UNION ALL
SELECT t.relname, 'large objects, if ' || quote_ident(a.attname) || ' points at any: its numbers move, the objects do not', false
FROM tables AS t
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type AS y ON y.oid = a.atttypid
WHERE y.oid = 'oid'::regtype OR y.typbasetype = 'oid'::regtype
UNION ALL
SELECT DISTINCT t.relname, 'the position of the sequence ' || s.oid::regclass || ', which no column owns', false
FROM tables AS t
    JOIN pg_attrdef AS f ON f.adrelid = t.oid
    JOIN pg_depend AS d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class AS s ON s.oid = d.refobjid AND s.relkind = 'S'
WHERE NOT EXISTS (SELECT FROM pg_depend AS o
    WHERE o.classid = 'pg_class'::regclass AND o.objid = s.oid AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i'))
UNION ALL
SELECT s.relname, 'no column owns it, and ' || CASE WHEN NOT has_sequence_privilege(s.oid, 'USAGE, SELECT') THEN 'where it stands may not be read'
    ELSE coalesce('it stands at ' || q.last_value, 'it was never used') END, true
FROM relations AS s JOIN pg_sequences AS q ON q.schemaname = (SELECT nspname FROM pg_namespace WHERE oid = s.relnamespace) AND q.sequencename = s.relname
WHERE s.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend AS o
    WHERE o.classid = 'pg_class'::regclass AND o.objid = s.oid AND o.deptype IN ('a', 'i', 'e'))
    AND NOT EXISTS (SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid)
UNION ALL
SELECT t.relname, 'the virtual column ' || quote_ident(a.attname) || ' to a server before PostgreSQL 18', false
FROM tables AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attgenerated = 'v' AND NOT a.attisdropped
ORDER BY 1, 2
