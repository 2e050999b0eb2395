-- Unique keys over whole columns that are never NULL; a primary key first.
SELECT t.relname, k.relname, a.attname
FROM pg_index AS i
    JOIN pg_class AS t ON t.oid = i.indrelid
    JOIN pg_class AS k ON k.oid = i.indexrelid
    CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS part (attnum, place)
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = part.attnum
WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
    AND t.relkind = 'r' AND t.relname = ANY (coalesce(?::text[], ARRAY[t.relname::text]))
    AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
    AND part.place <= i.indnkeyatts
    AND NOT EXISTS (SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS p (attnum, place)
        JOIN pg_attribute AS n ON n.attrelid = t.oid AND n.attnum = p.attnum
        WHERE p.place <= i.indnkeyatts AND NOT n.attnotnull)
ORDER BY t.relname, i.indisprimary DESC, k.relname, part.place
