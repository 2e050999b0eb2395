-- What a schema's tables and views are, told by the server and line by line: relation, what is told of it. Made for comparing
-- servers of different versions: it leaves out what only one of them knows.
SELECT c.relname, format('kind %s %s %s %s %s %s', c.relkind, c.relpersistence, c.relreplident, (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) AS o),
    (SELECT string_agg(o, ',' ORDER BY o) FROM pg_class AS t, unnest(t.reloptions) AS o WHERE t.oid = c.reltoastrelid), obj_description(c.oid, 'pg_class'))
FROM pg_class AS c WHERE c.relnamespace = 'SCHEMA'::regnamespace AND c.relkind IN ('r', 'v', 'm')
UNION ALL
SELECT c.relname, format('column %s %s %s %s %s %s %s %s %s %s %s %s %s', row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname, format_type(a.atttypid, a.atttypmod),
    a.attnotnull, a.attidentity, a.attgenerated, a.attstorage, a.attcompression, a.attcollation::regcollation,
    coalesce(a.attstattarget, -1), a.attoptions, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum))
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'SCHEMA'::regnamespace AND c.relkind IN ('r', 'v', 'm')
UNION ALL
SELECT c.relname, format('constraint %s %s %s %s %s', k.conname, pg_get_constraintdef(k.oid), k.convalidated, k.condeferred, obj_description(k.oid, 'pg_constraint'))
FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid WHERE c.relnamespace = 'SCHEMA'::regnamespace AND k.contype <> 'n'
UNION ALL
SELECT c.relname, format('index %s %s %s %s %s %s', pg_get_indexdef(i.indexrelid), i.indisreplident, i.indisclustered, i.indimmediate, obj_description(i.indexrelid, 'pg_class'),
    (SELECT string_agg(coalesce(a.attstattarget, -1)::text, ',' ORDER BY a.attnum) FROM pg_attribute AS a WHERE a.attrelid = i.indexrelid))
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid WHERE c.relnamespace = 'SCHEMA'::regnamespace AND c.relkind IN ('r', 'm')
UNION ALL
SELECT c.relname, format('sequence %s of %s %s %s %s %s %s %s %s %s %s', s.relname, d.refobjsubid > 0, d.deptype, q.seqtypid::regtype,
    q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle, obj_description(s.oid, 'pg_class'))
    || query_to_xml('SELECT last_value, is_called FROM ' || s.oid::regclass, true, true, '')
FROM pg_depend AS d JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    JOIN pg_sequence AS q ON q.seqrelid = s.oid JOIN pg_class AS c ON c.oid = d.refobjid WHERE c.relnamespace = 'SCHEMA'::regnamespace
UNION ALL
SELECT c.relname, format('trigger %s %s %s %s', pg_get_triggerdef(t.oid), t.tgenabled, t.tgdeferrable, obj_description(t.oid, 'pg_trigger'))
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid WHERE c.relnamespace = 'SCHEMA'::regnamespace AND NOT t.tgisinternal
UNION ALL
SELECT c.relname, format('statistics %s %s %s', pg_get_statisticsobjdef(s.oid), coalesce(s.stxstattarget, -1), obj_description(s.oid, 'pg_statistic_ext'))
FROM pg_statistic_ext AS s JOIN pg_class AS c ON c.oid = s.stxrelid WHERE c.relnamespace = 'SCHEMA'::regnamespace
UNION ALL
SELECT c.relname, 'view ' || pg_get_viewdef(c.oid)
FROM pg_class AS c WHERE c.relnamespace = 'SCHEMA'::regnamespace AND c.relkind IN ('v', 'm')
ORDER BY 1, 2
