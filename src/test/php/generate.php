<?php
// generate.php SEED COUNT [FIRST]: prints COUNT values as KIND<TAB>hex(value).
// Value number i depends on SEED and i only. Values whose outcome the rules leave open are thrown away.

require __DIR__ . '/oracle.php';

final class ValueGenerator
{
    /** Kinds and how often they come. */
    private const KINDS = [
        'text-plain' => 4, 'text-capitals' => 3, 'text-escaped-once' => 3, 'text-escaped-thrice' => 2,
        'text-escaped-seven' => 2, 'text-url-upper' => 3, 'text-url-lower' => 3, 'text-url-twice' => 2,
        'text-path' => 3, 'text-unicode' => 3, 'text-punycode' => 2, 'text-json-escape' => 2, 'text-mixed' => 4,
        'text-multibyte' => 3, 'text-binary' => 3, 'text-decoys' => 3, 'text-look-alikes' => 3, 'text-long' => 1,
        'array' => 8, 'object' => 6, 'deep-array' => 1, 'deep-object' => 1, 'keys' => 4, 'private-names' => 3,
        'class-part-matches' => 2, 'references' => 4, 'cycles' => 4, 'c-record' => 4, 'c-text' => 2,
        'c-old-format' => 4, 'spl' => 3, 'incomplete-class' => 3, 'enum' => 3, 'magic-serialize' => 3, 'scalars' => 4,
        'serialized-in-serialized' => 6, 'serialized-sixty-deep' => 1, 'mixed-nesting' => 10, 'json' => 6,
        'json-pretty' => 3, 'json-flags' => 5, 'json-in-json' => 4, 'json-string' => 2, 'decoys' => 4,
        'blanks' => 3, 'trailing' => 3, 'escaped-string' => 1, 'binary' => 3, 'long' => 1,
        'truncated' => 4, 'corrupted' => 4, 'wrong-length' => 3, 'json-invalid' => 4,
    ];

    private const WORDS = [
        'the', 'page', 'post', 'header', 'a', 'of', 'image', 'menu', 'law', 'http', 'test', 'wfu', 'logo', 'footer',
        'widget', 'http://example.com', 'www.example.org', '42', 'title', 'x=1', 'color', 'i', 'N', 'b1',
    ];
    private const MULTIBYTE = ['é', 'ü', 'ß', '日本', '网站', 'д', '😀', '👩‍💻', '—', '„', '“', 'ñ', "\u{2028}", '€'];
    private const BINARY = [
        "\0", "\x1a", "\x01", "\x7f", "\xff", "\xfe\xff", "\xc3", "\xe2\x82", "\x80", "\0\0", "\r", "\x0b",
    ];
    private const LOOK_ALIKES = [
        'xdev.wfu.test', 'my-dev.wfu.test', 'dev.wfu.testing', 'http://dev.wfu.test.evil.org', 'dev-wfu.test',
        'http://dev.wfu.testx/', 'dev.wfu.test2', 'dev.wfu.test-old.org', 'dev.wfu', 'wfu.test', 'DEV.WFU.TESTER',
        'example.org/lawyer', 'example.org/law_x', 'example.org/law-x', 'example.org/law.html', 'example.org/LAW',
        'example.org/Law/', 'example.org\\/lawyer', 'example.org%2Flaws', 'myexample.org/law', 'example.org/', 'example.org',
        'xn--mller-kva.tests', 'axn--mller-kva.test', 'muller.test', 'xmüller.test', 'müller.testx',
        'm%C3%BCller.test1',
    ];

    private const TRAILERS = ['x', '}', ';', '};', ' N;', "\n<!-- end -->", 's:1:"a"', "\0\0x", 'é', ' xdev.wfu.test'];
    private const BOXES = [OracleBox::class, OracleCrate::class];
    private const COLONS = ['%2F' => '%3A', '%2f' => '%3a', '%252F' => '%253A'];
    private const ESCAPED = ['\\/', '\\\\\\/', '\\\\\\\\\\\\\\/'];

    private int $serial = 0;
    /** Whether this value's texts are without matches. */
    private bool $bare = false;

    public function line(int $seed, int $number): string
    {
        $kinds = [];
        foreach (self::KINDS as $kind => $weight) {
            array_push($kinds, ...array_fill(0, $weight, $kind));
        }
        mt_srand(crc32("$seed:$number"));
        // The kind is drawn once: drawing it anew for each try would favour kinds that rarely fail.
        $kind = $this->one($kinds);
        do {
            $this->serial = 0;
            $this->bare = $this->chance(9);
            Value::$ambiguities = [];
            $value = $this->build($kind);
            Value::edits($value);
        } while (Value::$ambiguities || preg_match('~production\.wfu|law\.example\.net|grün|xn--grn~i', $value));
        return $kind . "\t" . bin2hex($value) . "\n";
    }

    private function build(string $kind): string
    {
        return match ($kind) {
            'text-plain' => $this->text(fn () => $this->address('/')),
            'text-capitals' => $this->text(fn () => $this->capitals($this->address($this->slash()))),
            'text-escaped-once' => $this->text(fn () => $this->address(self::ESCAPED[0])),
            'text-escaped-thrice' => $this->text(fn () => $this->address(self::ESCAPED[1])),
            'text-escaped-seven' => $this->text(fn () => $this->address(self::ESCAPED[2])),
            'text-url-upper' => $this->text(fn () => $this->address('%2F')),
            'text-url-lower' => $this->text(fn () => $this->address('%2f')),
            'text-url-twice' => $this->text(fn () => $this->address('%252F')),
            'text-path' => $this->text(fn () => $this->path($this->slash())),
            'text-unicode' => $this->text(fn () => $this->unicode($this->slash())),
            'text-punycode' => $this->text(fn () => $this->address($this->slash(), 'xn--mller-kva.test')),
            'text-json-escape' => $this->text(fn () => $this->unicode('\\/')),
            'text-mixed' => $this->text(),
            'text-multibyte' => $this->around(self::MULTIBYTE),
            'text-binary' => $this->around(self::BINARY),
            'text-decoys' => $this->decoy(),
            'text-look-alikes' => $this->text(fn () => $this->one(self::LOOK_ALIKES)),
            'text-long' => $this->words(mt_rand(100, 500)) . ' ' . $this->text() . $this->words(mt_rand(100, 300)),
            'array' => serialize($this->tree(mt_rand(1, 4), 0)),
            'object' => serialize($this->object(mt_rand(1, 3))),
            'deep-array' => serialize($this->deep(fn ($inner) => [$this->chance(50) ? 0 : $this->key() => $inner])),
            'deep-object' => serialize($this->deep(fn ($inner) => $this->box($inner))),
            'keys' => serialize($this->chance(50) ? $this->keys() : (object) $this->keys()),
            'private-names' => $this->privateNames(),
            'class-part-matches' => $this->classPartMatches(),
            'references' => serialize($this->references()),
            'cycles' => serialize($this->cycle()),
            'c-record' => serialize($this->bag()),
            'c-text' => serialize([new OracleNote($this->payload()), new OracleNote($this->text())]),
            'c-old-format' => $this->oldFormat(),
            'spl' => serialize($this->spl()),
            'incomplete-class' => $this->incomplete(serialize($this->object(2))),
            'enum' => serialize($this->enums()),
            'magic-serialize' => serialize(new OracleMagic([$this->text(), $this->key() => $this->tree(1), 7 => $this->text()])),
            'scalars' => $this->scalars(),
            'serialized-in-serialized' => $this->nested(mt_rand(2, 12)),
            'serialized-sixty-deep' => $this->nested(60),
            'mixed-nesting' => $this->mixed(mt_rand(2, 6)),
            'json' => json_encode($this->jsonTree(mt_rand(1, 3))),
            'json-pretty' => json_encode($this->jsonTree(2), JSON_PRETTY_PRINT | $this->flags()),
            'json-flags' => json_encode($this->jsonTree(2), $this->flags()),
            'json-in-json' => $this->jsonInJson(mt_rand(1, 5)),
            'json-string' => json_encode($this->payload(), $this->flags()),
            'decoys' => $this->chance(50) ? serialize([$this->decoy(), $this->key() => $this->decoy()])
                : json_encode([$this->decoy(), $this->key() => $this->decoy()], $this->flags()),
            'blanks' => $this->blanks(),
            'trailing' => serialize($this->tree(2, 0)) . $this->one(self::TRAILERS),
            'escaped-string' => $this->escapedStrings(),
            'binary' => serialize([$this->around(self::BINARY), $this->key() => $this->around(self::BINARY)]),
            'long' => $this->long(),
            'truncated' => $this->truncated($this->structure()),
            'corrupted' => $this->corrupted($this->structure()),
            'wrong-length' => $this->wrongLength(),
            'json-invalid' => $this->jsonInvalid(),
        };
    }

    // --- chance

    private function one(array $choices): mixed
    {
        return $choices[mt_rand(0, count($choices) - 1)];
    }

    private function chance(int $percent): bool
    {
        return mt_rand(1, 100) <= $percent;
    }

    // --- text

    private function slash(): string
    {
        return $this->one(['/', '/', '/', ...self::ESCAPED, '%2F', '%2f', '%252F']);
    }

    private function words(int $count): string
    {
        $words = [];
        while ($count-- > 0) {
            $words[] = $this->one(self::WORDS);
        }
        return implode(' ', $words);
    }

    private function capitals(string $address): string
    {
        $upper = $this->chance(50);
        $letters = 'https?(?=:|%)|dev\.wfu\.test|example\.org|xn--mller-kva\.test|m(?=ü|%C3|%25C3|\\\\u)|ller\.test';
        return preg_replace_callback("~$letters~i",
            fn ($m) => $upper ? strtoupper($m[0]) : ucwords($m[0], '.'), $address);
    }

    /** An address whose slashes and colons are spelled like the given slash. */
    private function address(string $slash, string $host = 'dev.wfu.test'): string
    {
        $colon = self::COLONS[$slash] ?? ':';
        $scheme = $this->one(['', '', "http$colon$slash$slash", "http$colon$slash$slash", "http$colon$slash$slash",
            "https$colon$slash$slash", $slash . $slash]);
        $sub = $this->chance(10) ? $this->one(['cdn.', 'www.', 'a.b.', 'x-1.']) : '';
        $tail = $this->one(['', '', '', '.', $slash, "{$slash}wp-content{$slash}a.jpg", "{$slash}law{$slash}"]);
        if ($colon === ':') {
            $tail = $this->one([$tail, $tail, ':8080', '?p=1', '#top', ',', '...', ')']);
        }
        return $scheme . $sub . $host . $tail;
    }

    private function path(string $slash): string
    {
        $tail = $this->one(['', '', $slash, "{$slash}contract{$slash}", '.', '?x=1', '#a', ',', ')']);
        $colon = self::COLONS[$slash] ?? ':';
        $front = $this->one(['', '', 'www.', "http$colon$slash$slash", "https$colon$slash$slash"]);
        return "{$front}example.org{$slash}law$tail";
    }

    private function unicode(string $slash): string
    {
        $name = match ($slash) {
            '/' => 'müller.test',
            '\\/' => 'm\\u00fcller.test',
            '%2F' => 'm%C3%BCller.test',
            '%2f' => 'm%c3%bcller.test',
            '%252F' => 'm%25C3%25BCller.test',
            default => 'xn--mller-kva.test',
        };
        return $this->address($slash, $name);
    }

    private function hit(): string
    {
        $hit = match (mt_rand(0, 5)) {
            0, 1, 2 => $this->address($this->slash()),
            3 => $this->path($this->slash()),
            4 => $this->unicode($this->slash()),
            5 => $this->chance(50) ? $this->one(self::LOOK_ALIKES) : $this->address('/', 'xn--mller-kva.test'),
        };
        return $this->chance(15) ? $this->capitals($hit) : $hit;
    }

    private function text(?callable $hit = null): string
    {
        $text = $this->chance(60) ? $this->words(mt_rand(1, 5)) . ' ' : '';
        for ($i = mt_rand(1, 3); $i > 0; $i--) {
            $inner = !$this->bare && $this->chance(80) ? ($hit ?? $this->hit(...))() : $this->words(1);
            $text .= match (mt_rand(0, 9)) {
                0 => "<a href=\"$inner\">",
                1 => "'$inner' ",
                2 => "($inner) ",
                3 => "\n$inner\n",
                4 => "\t$inner, ",
                5 => "url=$inner ",
                6 => "[$inner] {{$inner}}",
                default => "$inner ",
            };
            $text .= $this->chance(40) ? $this->words(mt_rand(1, 4)) . ' ' : '';
        }
        return $this->chance(50) ? rtrim($text) : $text;
    }

    /** Matches with something strange directly before and behind. */
    private function around(array $strange): string
    {
        $text = '';
        for ($i = mt_rand(1, 4); $i > 0; $i--) {
            $hit = $this->one(['dev.wfu.test', 'http://dev.wfu.test', 'HTTP://Dev.wfu.test', 'http:\\/\\/dev.wfu.test',
                'http%3A%2F%2Fdev.wfu.test', 'xn--mller-kva.test', 'cdn.dev.wfu.test', 'example.org/law/', 'müller.test/']);
            $text .= $this->one($strange) . (str_starts_with($hit, 'm') ? ' ' : '') . $hit . $this->one($strange)
                . ($this->chance(50) ? $this->words(2) : '');
        }
        return $text;
    }

    /** Text with what looks like the serialized format or JSON. */
    private function decoy(): string
    {
        $hit = $this->address($this->slash());
        $length = strlen($hit);
        return $this->one(['', 'see ', '"', '}']) . $this->one([
            "s:5:\"abc\";$hit", "x s:$length:\"$hit\";", "\";}s:9:\"$hit\";}s:9:\"", "a:1:{s:3:\"$hit", "{$hit}\";i:5;N;",
            "{\"a\":\"$hit\"", "\"$hit\\\"}", "[\"$hit\",]", "\\\\\"$hit\\\\", "'$hit\\'", "O:8:\"stdClass\":1:{{$hit}}",
            "s:999:\"$hit\";", "C:3:\"Foo\":$length:{{$hit}}", "}}}$hit{{{", "i:5 $hit", "\"$hit\"\"$hit\"",
        ]) . ' ' . $this->words(1);
    }

    // --- data

    /** A key that no other key of the value equals, neither before nor after. */
    private function key(): string
    {
        $hit = $this->one(['', '', '_name', ' http://dev.wfu.test', ' dev.wfu.test/a', ' example.org/law']);
        return 'k' . ++$this->serial . ($this->bare ? '' : $hit);
    }

    private function scalar(): mixed
    {
        return match (mt_rand(0, 9)) {
            0 => mt_rand(-1000, 1000),
            1 => $this->one([PHP_INT_MAX, PHP_INT_MIN, 0, -1, 1234567890123]),
            2 => $this->one([0.1, -0.0, 1.0E+25, 1 / 3, -2.5E-10, 100.0]),
            3 => $this->chance(50),
            4 => null,
            5 => $this->words(2),
            default => $this->text(),
        };
    }

    private function tree(int $depth, int $objects = 20): array
    {
        $array = [];
        for ($i = mt_rand(1, $depth > 2 ? 3 : 4); $i > 0; $i--) {
            $inner = match (true) {
                $depth > 1 && $this->chance($objects) => $this->object($depth - 1),
                $depth > 1 && $this->chance(45) => $this->tree($depth - 1, $objects),
                default => $this->scalar(),
            };
            $this->chance(60) ? $array[$this->key()] = $inner : $array[] = $inner;
        }
        $this->chance(5) && $array[$this->key()] = [];
        return $array;
    }

    private function box(mixed $next): OracleBox
    {
        $class = $this->one(self::BOXES);
        return (new $class())->fill($this->chance(30) ? $this->text() : 1, 'n', null, $next);
    }

    private function object(int $depth): object
    {
        $next = $depth > 1 ? $this->object($depth - 1) : $this->scalar();
        return match (mt_rand(0, 4)) {
            0 => (object) [$this->key() => $this->text(), 'next' => $next],
            1 => (new OracleBox())->fill($this->text(), $this->text(), $this->tree(1), $next),
            2 => (new OracleCrate())->fill($this->scalar(), $this->text(), $this->text(), $next)->hide($this->text()),
            3 => (object) ['list' => $this->tree(2, 0), $this->key() => $next],
            4 => new OracleMagic([$this->key() => $next, $this->text()]),
        };
    }

    private function deep(callable $wrap): mixed
    {
        $value = $this->text();
        for ($i = $this->one([10, 20, 30, 50, 200]); $i > 0; $i--) {
            $value = $wrap($value);
        }
        return $value;
    }

    private function keys(): array
    {
        $keys = [];
        for ($i = mt_rand(1, 5); $i > 0; $i--) {
            $this->serial++;
            $text = $this->text();
            $key = $this->one([$text . $this->serial, "{$this->serial} $text", serialize("$text {$this->serial}"),
                json_encode([$text, $this->serial])]);
            $keys[$key] = $this->scalar();
        }
        return $keys;
    }

    private function privateNames(): string
    {
        $class = $this->one(self::BOXES);
        $box = (new $class())->fill($this->text(), $this->text(), $this->text(), $this->text());
        // Names of private properties that are addresses: only handwriting makes them.
        $name = "http://dev.wfu.test/" . ++$this->serial;
        $extra = $this->one(["\0*\0$name", "\0OracleBox\0$name", "\0Other\\Box\0$name", "\0*\0dev.wfu.test"]);
        $array = (array) $box;
        $array[$extra] = $this->text();
        return $this->chance(40) ? serialize($box) : $this->record('stdClass', $array);
    }

    private function classPartMatches(): string
    {
        $class = $this->one(['dev.wfu.test', 'http://dev.wfu.test', 'example.org/law', 'My\\dev.wfu.test']);
        return $this->record('OracleBox', [
            "\0$class\0" . $this->one(['name', 'dev.wfu.test', 'http://dev.wfu.test/x']) => $this->text(),
            "\0$class\0" . ++$this->serial => $this->text(),
        ]);
    }

    /** The record of an object with properties that no class declares. */
    private function record(string $class, array $properties): string
    {
        $text = sprintf('O:%d:"%s":%d:{', strlen($class), $class, count($properties));
        foreach ($properties as $name => $property) {
            $text .= serialize((string) $name) . serialize($property);
        }
        return $text . '}';
    }

    private function references(): mixed
    {
        $shared = $this->chance(50) ? $this->text() : $this->tree(1);
        $object = $this->object(1);
        $array = ['first' => &$shared, 'text' => $this->text(), 'second' => &$shared, 'object' => $object];
        $array[$this->key()] = [$object, &$shared, $this->text()];
        $array['again'] = &$array['object'];
        $array[$this->key()] = $object;
        if ($this->chance(40)) {
            $array[] = new OracleBag([$object, $this->text()]);
            $array[] = $object;
        }
        return $this->chance(50) ? $array : (object) $array;
    }

    private function cycle(): mixed
    {
        $box = (new OracleBox())->fill($this->text(), $this->text(), null);
        if ($this->chance(50)) {
            $other = new OracleCrate();
            $box->next = $other->fill($this->text(), $box, $box);
            $box->list = [$this->key() => $other, $this->text(), $box];
            $this->chance(50) && $box->self = &$box->next;
            return $box;
        }
        $array = [$this->key() => $this->text(), 'box' => $box];
        $array['self'] = &$array;
        $array[$this->key()] = [&$array['box'], $this->text()];
        return $array;
    }

    private function bag(): mixed
    {
        $bag = new OracleBag($this->one([$this->text(), $this->tree(2), $this->object(1)]));
        $this->chance(40) && $bag = new OracleBag([$bag, $this->key() => $this->text()]);
        return match (mt_rand(0, 2)) {
            0 => $bag,
            1 => [$this->text(), $this->key() => $bag, $this->text()],
            2 => [$bag, $this->text(), $bag],
        };
    }

    /** What PHP before 7.4 wrote for these classes. */
    private function oldFormat(): string
    {
        $class = $this->one(['ArrayObject', 'ArrayIterator', 'RecursiveArrayIterator', 'SplObjectStorage',
            'SplDoublyLinkedList', 'SplQueue', 'SplStack']);
        $members = serialize($this->chance(50) ? [] : ['own' => $this->text(), $this->key() => 1]);
        if (str_starts_with($class, 'Spl')) {
            $count = mt_rand(1, 3);
            $storage = $class === 'SplObjectStorage';
            $payload = $storage ? "x:i:$count;" : ['SplQueue' => 'i:4;', 'SplStack' => 'i:6;'][$class] ?? 'i:0;';
            for ($i = 0; $i < $count; $i++) {
                $payload .= $storage
                    ? serialize($this->object(1)) . $this->one(['', ',' . serialize($this->text())]) . ';'
                    : ':' . serialize($this->one([$this->text(), $this->scalar(), $this->tree(1)]));
            }
            $payload .= $storage ? "m:$members" : '';
        } else {
            $storage = $this->chance(70) ? $this->tree(2, 0) : (object) [$this->key() => $this->text()];
            $flags = $this->one([0, 0, 1, 2]);
            $payload = "x:i:$flags;" . serialize($storage) . ";m:$members";
        }
        $record = sprintf('C:%d:"%s":%d:{%s}', strlen($class), $class, strlen($payload), $payload);
        return $this->one([$record, "a:2:{i:0;{$record}i:1;" . serialize($this->text()) . '}',
            'O:8:"stdClass":1:{s:4:"list";' . $record . '}']);
    }

    private function spl(): object
    {
        $storage = new SplObjectStorage();
        $storage[$this->object(1)] = $this->text();
        $storage[(object) [$this->key() => $this->text()]] = $this->tree(1);
        $list = new SplQueue();
        $list[] = $this->text();
        $list[] = $this->tree(1);
        $date = new DateTimeImmutable('2020-02-02 02:02:02', new DateTimeZone('UTC'));
        return $this->one([new ArrayObject($this->tree(2)), $storage, $list, SplFixedArray::fromArray([$this->text(), 1]),
            (object) ['at' => $date, 'by' => $this->text()]]);
    }

    private function incomplete(string $serialized): string
    {
        // Of the same length, so that every record around stays right.
        return str_replace(['OracleBox', 'OracleCrate'], ['LostBox_1', 'Gone\\Crate2'], $serialized);
    }

    private function enums(): array
    {
        return [OracleSuit::Hearts, $this->key() => OracleState::Draft, $this->text(), OracleSuit::Hearts];
    }

    private function scalars(): string
    {
        $values = [INF, -INF, NAN, -0.0, 0.0, 1.0E+25, 0.1, 1 / 3, 1.5E-300, PHP_FLOAT_MAX, PHP_INT_MAX, PHP_INT_MIN, true,
            false, null, 0, '', '0', 123456789.12345678];
        $array = [];
        for ($i = mt_rand(3, 12); $i > 0; $i--) {
            $array[] = $this->one($values);
        }
        $array[$this->key()] = $this->text();
        $array[] = $this->one($values);
        ini_set('serialize_precision', $this->one(['-1', '17']));
        $text = serialize($array);
        ini_set('serialize_precision', '-1');
        return $text;
    }

    // --- nesting

    private function nested(int $levels): string
    {
        $value = $this->chance(50) ? $this->text() : serialize($this->tree(1));
        while ($levels-- > 0) {
            $value = serialize($this->chance(70) ? $value : [$this->key() => $value]);
        }
        return $value;
    }

    private function mixed(int $levels): string
    {
        $value = $this->chance(50) ? $this->text() : $this->payload();
        while ($levels-- > 0 && strlen($value) < 1500) {
            $value = match (mt_rand(0, 6)) {
                0 => serialize($value),
                1 => serialize([$this->key() => $value, $this->text()]),
                2 => json_encode([$this->key() => $value, 'n' => 1.50], $this->flags()),
                3 => json_encode([$value, $this->text()]),
                4 => serialize(new OracleBag($value)),
                5 => serialize(new OracleNote($value)),
                6 => $this->one([' ', "\n", "\t "]) . serialize((object) ['v' => $value]) . $this->one(['', "\n"]),
            };
        }
        return $value;
    }

    /** A string of any sort, in UTF-8 throughout. */
    private function payload(): string
    {
        return match (mt_rand(0, 4)) {
            0, 1 => $this->text(),
            2 => serialize($this->tree(1, 0)),
            3 => json_encode($this->jsonTree(1), $this->flags()),
            4 => serialize($this->text()),
        };
    }

    private function flags(): int
    {
        $flags = 0;
        foreach ([JSON_UNESCAPED_SLASHES, JSON_UNESCAPED_UNICODE] as $flag) {
            $flags |= $this->chance(40) ? $flag : 0;
        }
        foreach ([JSON_HEX_TAG, JSON_HEX_AMP, JSON_HEX_APOS, JSON_HEX_QUOT, JSON_PRETTY_PRINT, JSON_PRESERVE_ZERO_FRACTION,
            JSON_UNESCAPED_LINE_TERMINATORS] as $flag) {
            $flags |= $this->chance(12) ? $flag : 0;
        }
        return $flags;
    }

    private function jsonTree(int $depth): array
    {
        $tree = $this->tree($depth, 0);
        if ($this->chance(30)) {
            $tree[$this->key()] = $this->one([serialize($this->text()), new stdClass(), $this->decoy(),
                $this->one(self::MULTIBYTE) . ' ' . $this->text(), $this->around(self::MULTIBYTE)]);
        }
        return $this->chance(30) ? array_values($tree) : $tree;
    }

    private function jsonInJson(int $levels): string
    {
        $value = json_encode($this->chance(50) ? $this->text() : $this->jsonTree(1), $this->flags());
        while ($levels-- > 0 && strlen($value) < 1000) {
            $value = json_encode($this->chance(50) ? $value : [$this->key() => $value, 'n' => [1, 2.0, null]], $this->flags());
        }
        return $value;
    }

    private function blanks(): string
    {
        $blanks = fn () => $this->one(['', ' ', "\n", "\r\n", "\t", "  \n", "\0", "\x0b ", "\n\n\n"]);
        $value = $this->one([serialize($this->tree(2)), serialize($this->text()), $this->nested(2)]);
        if ($this->chance(40)) {
            $blanks = fn () => $this->one(['', ' ', "\n", "\r\n", "\t  "]);
            $value = json_encode($this->jsonTree(2), $this->flags());
        }
        $value = $blanks() . $value . $blanks();
        return $this->chance(40) ? serialize([$value, $this->key() => "\n" . serialize($this->text()) . ' ']) : $value;
    }

    private function escapedStrings(): string
    {
        $escaped = function (string $text): string {
            $raw = preg_replace_callback('~[^A-Za-z0-9.:/%\x80-\xff?#-]~', fn ($m) => sprintf('\\%02x', ord($m[0])), $text);
            return 'S:' . strlen($text) . ":\"$raw\";";
        };
        $text = fn () => $this->text(fn () => $this->chance(60) ? $this->address($this->one(['/', '%2F']))
            : $this->one([$this->path('/'), $this->unicode('/')]));
        return $this->one([
            $escaped($text()),
            "a:2:{i:0;{$escaped($text())}{$escaped('k ' . $text())}i:1;}",
            "O:8:\"stdClass\":1:{{$escaped('p ' . $text())}{$escaped($text())}}",
        ]);
    }

    private function long(): string
    {
        $array = [];
        for ($i = mt_rand(10, 40); $i > 0; $i--) {
            $array[$this->key()] = $this->chance(20) ? $this->payload() : $this->scalar();
        }
        return $this->chance(60) ? serialize($array) : json_encode($array, $this->flags());
    }

    // --- invalid values

    private function structure(): string
    {
        return match (mt_rand(0, 5)) {
            0, 1 => serialize($this->tree(mt_rand(1, 3))),
            2 => json_encode($this->jsonTree(2), $this->flags() | JSON_UNESCAPED_SLASHES),
            3 => $this->nested(mt_rand(1, 3)),
            4 => $this->mixed(2),
            5 => serialize($this->bag()),
        };
    }

    private function truncated(string $value): string
    {
        $cut = substr($value, 0, mt_rand(1, max(1, strlen($value) - 1)));
        return $this->chance(30) ? serialize([$cut, $this->text()]) : $cut;
    }

    private function corrupted(string $value): string
    {
        // Bytes of a host, of a scheme or next to one are left alone.
        $name = '[\x80-\xff\w.:%/\\\\-]*';
        preg_match_all("~$name(?:wfu|ller|example)$name~i", $value, $hosts, PREG_OFFSET_CAPTURE);
        $free = array_fill_keys(array_keys(str_split($value)), true);
        foreach ($hosts[0] as [$host, $offset]) {
            for ($i = $offset - 1; $i <= $offset + strlen($host); $i++) {
                unset($free[$i]);
            }
        }
        $free = array_keys($free);
        if ($free) {
            $value[$this->one($free)] =
                $this->one(['"', ';', ':', '{', '}', '[', ']', ',', '9', '1', "\x01", ' ', 'x', "\xff", '\\']);
        }
        return $this->chance(30) ? serialize([$value, $this->text()]) : $value;
    }

    private function wrongLength(): string
    {
        $value = $this->one([serialize($this->tree(2)), serialize($this->text()), serialize($this->object(1))]);
        preg_match_all('~[sa]:\K\d+~', $value, $lengths, PREG_OFFSET_CAPTURE);
        [$length, $offset] = $this->one($lengths[0]);
        $wrong = max(0, $length + $this->one([-3, -1, 1, 2, 18, 1000]));
        $value = substr_replace($value, (string) $wrong, $offset, strlen($length));
        return $this->chance(30) ? serialize(['ok' => $this->text(), 'bad' => $value]) : $value;
    }

    private function jsonInvalid(): string
    {
        $json = json_encode($this->jsonTree(1), $this->flags() | JSON_UNESCAPED_SLASHES);
        $hit = $this->address($this->one(['/', '\\/']));
        return $this->one([
            substr($json, 0, -1) . ',' . substr($json, -1),
            $json . $json, $json . ' x', $json . ';', "\u{feff}" . $json, "'$hit'", "{'a':'$hit'}", "{a:\"$hit\"}",
            "[\"$hit\"", "{\"a\":\"$hit\",}", "[\"$hit\",NaN]", "[\"$hit\",01]", "[\"$hit\" \"$hit\"]", "{\"a\" \"$hit\"}",
            "[\"\x01$hit\"]", "[\"$hit \xff\"]", "[\"$hit\",\"\\x\"]", "// $hit\n[1]", "[\"\n$hit\n\"]",
            "[TRUE,nul,\"$hit\"]", "[$hit]", "{\"$hit\"}", "[1,2]\"$hit\"",
        ]);
    }
}

if ($argc < 3) {
    fwrite(STDERR, "usage: generate.php SEED COUNT [FIRST]\n");
    exit(2);
}
$generator = new ValueGenerator();
$first = (int) ($argv[3] ?? 0);
for ($i = $first; $i < $first + (int) $argv[2]; $i++) {
    echo $generator->line((int) $argv[1], $i);
}
