<?php
/** The tokens of a serialized text: its strings with their places, and a skeleton of everything else. */
final class Serialized
{
    // Before 7.4 these wrote records of their own format, which PHP still reads.
    private const OLD_FORMATS = [
        'ArrayObject', 'ArrayIterator', 'RecursiveArrayIterator', 'SplObjectStorage',
        'SplDoublyLinkedList', 'SplQueue', 'SplStack',
    ];

    public string $skeleton = '';
    /** @var list<SerializedString> */
    public array $strings = [];
    /** @var list<array{int, int, int}> records of several values: place of the length, start and end of the payload */
    public array $containers = [];
    public int $end = 0;

    private function __construct(private readonly string $text)
    {
    }

    /** Reads one value; what follows it is left alone. */
    public static function parse(string $text): ?self
    {
        $tokens = new self($text);
        $tokens->end = $tokens->value(0);
        return $tokens->end < 0 ? null : $tokens;
    }

    /** @return int where the value ends, or -1 */
    private function value(int $at): int
    {
        switch ($this->text[$at] ?? '') {
            case 's':
            case 'S':
                $end = $this->string($at, false);
                if ($end < 0 || ($this->text[$end] ?? '') !== ';') {
                    return -1;
                }
                $this->skeleton .= ';';
                return $end + 1;
            case 'a':
                return preg_match('~\Ga:(\d+):\{~', $this->text, $m, 0, $at)
                    ? $this->elements($at, $m[0], (int) $m[1], false) : -1;
            case 'O':
                return preg_match('~\GO:(\d+):"([\w\\\\\x80-\xff]+)":(\d+):\{~', $this->text, $m, 0, $at)
                    && strlen($m[2]) === (int) $m[1] ? $this->elements($at, $m[0], (int) $m[3], true) : -1;
            case 'C':
                return $this->custom($at);
            default:
                $float = '-?INF|NAN|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?';
                $scalar = "N|b:[01]|i:[+-]?\d+|d:(?:$float)|[rR]:\d+|E:\d+:\"[\w\\\\\x80-\xff]+:\w+\"";
                if (!preg_match("~\G(?:$scalar);~", $this->text, $m, 0, $at)) {
                    return -1;
                }
                $this->skeleton .= $m[0];
                return $at + strlen($m[0]);
        }
    }

    private function elements(int $at, string $head, int $count, bool $object): int
    {
        $this->skeleton .= $head;
        $at += strlen($head);
        while ($count-- > 0) {
            if (preg_match('~\Gi:[+-]?\d+;~', $this->text, $m, 0, $at)) {
                $this->skeleton .= $m[0];
                $at += strlen($m[0]);
            } else {
                $at = $this->string($at, $object);
                if ($at < 0 || ($this->text[$at] ?? '') !== ';') {
                    return -1;
                }
                $this->skeleton .= ';';
                $at++;
            }
            $at = $this->value($at);
            if ($at < 0) {
                return -1;
            }
        }
        $this->skeleton .= '}';
        return ($this->text[$at] ?? '') === '}' ? $at + 1 : -1;
    }

    private function string(int $at, bool $property): int
    {
        if (!preg_match('~\G([sS]):(\d+):"~', $this->text, $m, 0, $at)) {
            return -1;
        }
        $start = $at + strlen($m[0]);
        $length = (int) $m[2];
        $escaped = $m[1] === 'S';
        if ($escaped) {
            $unit = '(?:\\\\[0-9a-fA-F]{2}|[^\\\\])';
            if (!preg_match("~\G$unit{" . $length . '}~s', $this->text, $raw, 0, $start)) {
                return -1;
            }
            $raw = $raw[0];
            $bytes = preg_replace_callback('~\\\\(..)~', fn ($x) => chr(hexdec($x[1])), $raw);
        } else {
            $bytes = $raw = substr($this->text, $start, $length);
        }
        $end = $start + strlen($raw);
        if (strlen($bytes) !== $length || ($this->text[$end] ?? '') !== '"') {
            return -1;
        }
        $this->strings[] = new SerializedString($at + 2, strlen($m[2]), $start, $raw, $bytes, $escaped, $property);
        $this->skeleton .= $m[1];
        return $end + 1;
    }

    private function custom(int $at): int
    {
        if (!preg_match('~\G(C:(\d+):"([\w\\\\\x80-\xff]+)":)(\d+):\{~', $this->text, $m, 0, $at)
            || strlen($m[3]) !== (int) $m[2]
        ) {
            return -1;
        }
        $start = $at + strlen($m[0]);
        $end = $start + (int) $m[4];
        if (($this->text[$end] ?? '') !== '}') {
            return -1;
        }
        $this->skeleton .= $m[1] . '{';
        $lengthAt = $at + strlen($m[1]);
        if (in_array($m[3], self::OLD_FORMATS, true)) {
            for ($i = $start; $i < $end;) {
                if (preg_match('~\G(?:[xm]:|[,;:])~', $this->text, $glue, 0, $i)) {
                    $this->skeleton .= $glue[0];
                    $i += strlen($glue[0]);
                } elseif (($i = $this->value($i)) < 0) {
                    return -1;
                }
            }
            $this->containers[] = [$lengthAt, $start, $end];
        } else {
            $payload = substr($this->text, $start, (int) $m[4]);
            $this->strings[] =
                new SerializedString($lengthAt, strlen($m[4]), $start, $payload, $payload, false, false, true);
        }
        $this->skeleton .= '}';
        return $end + 1;
    }
}

final class SerializedString
{
    public function __construct(
        public readonly int $lengthAt,
        public readonly int $lengthDigits,
        public readonly int $start,
        public readonly string $raw,
        public readonly string $bytes,
        public readonly bool $escaped,
        public readonly bool $property,
        public readonly bool $payload = false,
    ) {
    }

    /** How many bytes name the class of a private property (or * of a protected one), with both NULs. */
    public function classPart(): int
    {
        return $this->property ? Value::classPart($this->bytes) : 0;
    }
}
