<?php
// Reads lines ID<TAB>KIND<TAB>hex(before)<TAB>hex(after) and says which values were not rewritten by the rules.
// Exit code 0 if there were values and all of them are right.

require __DIR__ . '/oracle.php';

final class Wrong extends Exception
{
    public function __construct(
        string $reason,
        public string $before,
        public string $after,
        public ?string $expected = null,
    ) {
        parent::__construct($reason);
    }
}

/** Compares one value before and after. Whatever differs from the rules is thrown as Wrong. */
final class Comparison
{
    /** @var array<string, string> strings already found right within this value */
    private array $right = [];

    public function value(string $before, string $after, bool $payload = false): void
    {
        if (($this->right[$before] ?? null) === $after) {
            return;
        }
        $kind = Value::kind($before, $payload);
        if ($kind === Value::SERIALIZED) {
            $this->serialized($before, $after);
        } elseif ($kind === Value::JSON) {
            $this->json($before, $after);
        }
        // The comparisons above explain better, and check the oracle too; this one is exact to the byte.
        $this->same('not what the rules make of it', Value::rewrite($before, $payload), $after, $before);
        $this->right[$before] = $after;
    }

    private function serialized(string $before, string $after): void
    {
        // The payload of a C: record may be readable within the record around it only, where it is compared as well.
        $alone = Value::unserialize(trim($before, Value::BLANKS), $liveBefore);
        if ($alone && !Value::unserialize(trim($after, Value::BLANKS), $liveAfter)) {
            throw new Wrong('PHP cannot unserialize it any more', $before, $after);
        }
        $old = Serialized::parse(ltrim($before, Value::BLANKS));
        $new = Serialized::parse(ltrim($after, Value::BLANKS));
        if ($old === null || $new === null) {
            throw new Wrong('PHP reads it, but it has no tokens', $before, $after);
        }
        if (Value::frame($before, $old) !== Value::frame($after, $new)) {
            throw new Wrong('bytes around the serialized value changed', $before, $after);
        }
        $this->same('something other than a string changed', $old->skeleton, $new->skeleton);
        if (count($old->strings) !== count($new->strings)) {
            throw new Wrong('number of strings changed', $before, $after);
        }
        foreach ($old->strings as $i => $string) {
            if ($string->property) {
                $this->name($string->bytes, $new->strings[$i]->bytes, true);
            } else {
                $this->value($string->bytes, $new->strings[$i]->bytes, $string->payload);
            }
        }
        if (!$alone) {
            return;
        }
        // Looking for references costs more than everything else: only where there are some.
        $references = str_contains($before, 'R:') || str_contains($after, 'R:');
        (new LiveComparison($this, $references))->compare($liveBefore, $liveAfter, '$');
    }

    /** Compares strings; that of a property may begin with the class that the property is private to. */
    public function name(string $before, string $after, bool $property): void
    {
        $kept = $property ? Value::classPart($before) : 0;
        if ($kept === 0) {
            $this->value($before, $after);
            return;
        }
        $this->same('the class in a property name changed', substr($before, 0, $kept), substr($after, 0, $kept));
        $name = substr($before, $kept);
        $this->same('a private property name', Value::rewriteText($name), substr($after, $kept), $name);
    }

    private function json(string $before, string $after): void
    {
        $liveBefore = json_decode($before, true, JSON_DEPTH);
        $liveAfter = json_decode($after, true, JSON_DEPTH);
        if (json_last_error() !== JSON_ERROR_NONE) {
            throw new Wrong('no longer valid JSON', $before, $after);
        }
        if (preg_split(Value::LITERAL, $before) !== preg_split(Value::LITERAL, $after)) {
            throw new Wrong('JSON outside of strings changed', $before, $after);
        }
        preg_match_all(Value::LITERAL, $before, $old);
        preg_match_all(Value::LITERAL, $after, $new);
        foreach ($old[0] as $i => $literal) {
            $decoded = json_decode($literal);
            $this->value($decoded, json_decode($new[0][$i]));
            if (Value::rewrite($decoded) === $decoded) {
                $this->same('a JSON string without a match was encoded anew', $literal, $new[0][$i]);
            }
        }
        (new LiveComparison($this, false))->compare($liveBefore, $liveAfter, '$');
    }

    private function same(string $reason, string $expected, string $after, ?string $before = null): void
    {
        if ($after !== $expected) {
            throw new Wrong($reason, $before ?? $expected, $after, $expected);
        }
    }
}

/** Walks two values as PHP read them, side by side. */
final class LiveComparison
{
    /** @var array<string, string> objects and references met, each side's with the other's */
    private array $partners = [];
    /** @var list<object> keeps what a walk made alive: PHP would give its id to another object */
    private array $kept = [];

    public function __construct(private readonly Comparison $strings, private readonly bool $references)
    {
    }

    public function compare(mixed $before, mixed $after, string $path): void
    {
        $this->expect(gettype($before) === gettype($after), 'type', $path);
        if (is_string($before)) {
            $this->strings->value($before, $after);
        } elseif (is_float($before)) {
            $this->expect(pack('E', $before) === pack('E', $after), 'float', $path);
        } elseif (is_array($before)) {
            $this->arrays($before, $after, $path, false);
        } elseif (is_object($before)) {
            $this->objects($before, $after, $path);
        } else {
            $this->expect($before === $after, 'scalar', $path);
        }
    }

    private function objects(object $before, object $after, string $path): void
    {
        $this->expect($before::class === $after::class, 'class', $path);
        if ($before instanceof UnitEnum) {
            $this->expect($before === $after, 'enum', $path);
            return;
        }
        if ($this->met('object' . spl_object_id($before), 'object' . spl_object_id($after), $path)) {
            return;
        }
        array_push($this->kept, $before, $after);
        $this->arrays($this->content($before), $this->content($after), "$path->", false);
        $this->arrays(get_mangled_object_vars($before), get_mangled_object_vars($after), "$path->", true);
    }

    /** What a class of PHP's own holds beside its properties. */
    private function content(object $object): array
    {
        if ($object instanceof ArrayObject || $object instanceof ArrayIterator) {
            return [$object->getFlags(), $object->getArrayCopy()];
        }
        if ($object instanceof SplObjectStorage) {
            $content = [];
            foreach ($object as $held) {
                array_push($content, $held, $object[$held]);
            }
            return $content;
        }
        if ($object instanceof SplDoublyLinkedList) {
            return [$object->getIteratorMode(), iterator_to_array($object)];
        }
        return $object instanceof DateTimeInterface ? [$object->format('c e')] : [];
    }

    private function arrays(array $before, array $after, string $path, bool $properties): void
    {
        $this->expect(count($before) === count($after), 'number of elements', $path);
        $keys = array_keys($after);
        foreach (array_keys($before) as $i => $key) {
            $partner = $keys[$i];
            $inside = "{$path}[$key]";
            $this->expect(is_int($key) ? $key === $partner : is_string($partner), 'key', $inside);
            if (is_string($key)) {
                $this->strings->name($key, $partner, $properties);
            }
            if ($this->references) {
                $old = ReflectionReference::fromArrayElement($before, $key);
                $new = ReflectionReference::fromArrayElement($after, $partner);
                $this->expect(($old === null) === ($new === null), 'reference', $inside);
                if ($old !== null && $this->met('ref' . $old->getId(), 'ref' . $new->getId(), $inside)) {
                    continue;
                }
            }
            $this->compare($before[$key], $after[$partner], $inside);
        }
    }

    private function met(string $before, string $after, string $path): bool
    {
        $known = isset($this->partners["<$before"]) || isset($this->partners[">$after"]);
        if ($known) {
            $same = ($this->partners["<$before"] ?? '') === $after && ($this->partners[">$after"] ?? '') === $before;
            $this->expect($same, 'identity', $path);
        }
        $this->partners["<$before"] = $after;
        $this->partners[">$after"] = $before;
        return $known;
    }

    private function expect(bool $right, string $what, string $path): void
    {
        if (!$right) {
            throw new Wrong("$what differs in PHP's own reading", $path, $path);
        }
    }
}

/** The part of a text around the first difference from another, on one printable line. */
function excerpt(string $text, string $other): string
{
    $same = strspn($text ^ $other, "\0");
    $from = max(0, $same - 60);
    return ($from ? '…' : '') . addcslashes(substr($text, $from, 160), "\0..\37\177..\377\\")
        . ($from + 160 < strlen($text) ? '…' : '');
}

const MOST_FAILURES = 50;
$counts = [];
$checked = $failed = 0;
while (($line = fgets(STDIN)) !== false) {
    $fields = explode("\t", rtrim($line, "\r\n"));
    $checked++;
    [$id, $kind] = [$fields[0], $fields[1] ?? '?'];
    $counts[$kind] ??= [0, 0, 0];
    $counts[$kind][0]++;
    try {
        $before = @hex2bin($fields[2] ?? 'x');
        $after = @hex2bin($fields[3] ?? 'x');
        if (count($fields) !== 4 || $before === false || $after === false) {
            throw new Wrong('not ID, KIND, hex, hex', $line, $line);
        }
        $counts[$kind][1] += (int) ($before !== $after);
        (new Comparison())->value($before, $after);
    } catch (Throwable $wrong) {
        $counts[$kind][2]++;
        if (++$failed <= MOST_FAILURES) {
            if (!$wrong instanceof Wrong) {
                $reason = 'the checker itself failed: ' . $wrong->getMessage();
                $wrong = new Wrong($reason, (string) $before, (string) $after);
            }
            echo "FAILED $id $kind: ", $wrong->getMessage(), "\n  before:   ", excerpt($wrong->before, $wrong->after),
                "\n  after:    ", excerpt($wrong->after, $wrong->expected ?? $wrong->before), "\n";
            echo $wrong->expected === null ? '' : '  expected: ' . excerpt($wrong->expected, $wrong->after) . "\n";
        }
    }
}
ksort($counts);
foreach ($counts as $kind => [$all, $changed, $failures]) {
    printf("%-24s %8d values %8d changed %6d failed\n", $kind, $all, $changed, $failures);
}
echo "checked $checked, failed $failed\n";
exit($checked > 0 && $failed === 0 ? 0 : 1);
