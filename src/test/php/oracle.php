<?php
// What a search-and-replace over stored values has to do, written a second time and independently of the tool.
// The four rules:
//   dev.wfu.test         -> production.wfu.example
//   http://dev.wfu.test  -> https://production.wfu.example
//   example.org/law      -> law.example.net
//   müller.test          -> grün.example   (as punycode: xn--mller-kva.test -> xn--grn-ioa.example)

error_reporting(E_ALL & ~E_DEPRECATED);
ini_set('display_errors', 'stderr');
ini_set('memory_limit', '1G');
ini_set('pcre.backtrack_limit', '100000000');
require_once __DIR__ . '/fixtures.php';
require_once __DIR__ . '/PlainText.php';
require_once __DIR__ . '/Serialized.php';

const JSON_DEPTH = 4096;

/** One stored value, or a string inside one: what it is, and what has to become of it. */
final class Value
{
    public const TEXT = 'text';
    public const SERIALIZED = 'serialized';
    public const JSON = 'json';
    public const BLANKS = " \t\n\r\0\x0B";
    public const LITERAL = '~"(?:[^"\\\\]++|\\\\.)*+"~s';

    /** Collects what the rules leave open; only the generator looks at it. */
    public static ?array $ambiguities = null;
    public static int $matches = 0;

    public static function kind(string $value, bool $payload = false): string
    {
        $body = trim($value, self::BLANKS);
        if (preg_match('~^(?:N;|[abdiOCEsSrR]:)~', $body)) {
            $readable = self::unserialize($body, $read) || $payload && self::refersOutside($body);
            if (self::$ambiguities !== null && $readable !== (Serialized::parse($body) !== null)) {
                self::$ambiguities[] = 'PHP and the grammar disagree';
            }
            if ($readable) {
                return self::SERIALIZED;
            }
        }
        if (self::isJson($value)) {
            return self::JSON;
        }
        if (self::$ambiguities !== null && self::isJson($body)) {
            self::$ambiguities[] = 'JSON between blanks of PHP';
        }
        return self::TEXT;
    }

    private static function isJson(string $value): bool
    {
        if (!preg_match('~^[ \t\r\n]*+[{["]~', $value)) {
            return false;
        }
        json_decode($value, true, JSON_DEPTH);
        return json_last_error() === JSON_ERROR_NONE;
    }

    /** Back references in the payload of a C: record count from the outermost record: PHP reads them there only. */
    public static function refersOutside(string $payload): bool
    {
        return preg_match('~[rR]:\d+;~', $payload) && Serialized::parse($payload)?->end === strlen($payload);
    }

    public static function unserialize(string $text, mixed &$read): bool
    {
        $warning = false;
        set_error_handler(function () use (&$warning) {
            return $warning = true;
        }, E_ALL & ~E_DEPRECATED);
        try {
            $read = unserialize($text);
        } catch (Throwable) {
            $read = false;
            $warning = true;
        } finally {
            restore_error_handler();
        }
        if ($warning && $read !== false && self::$ambiguities !== null) {
            self::$ambiguities[] = 'PHP reads it with a warning';
        }
        return !$warning && ($read !== false || str_starts_with($text, 'b:0;'));
    }

    public static function rewrite(string $value, bool $payload = false): string
    {
        return self::apply($value, self::edits($value, $payload));
    }

    public static function rewriteText(string $text): string
    {
        return self::apply($text, PlainText::edits($text));
    }

    /** Blanks in front, and what comes after the serialized value (blanks, or bytes that unserialize() ignores). */
    public static function frame(string $value, Serialized $tokens): array
    {
        $front = strspn($value, self::BLANKS);
        return [substr($value, 0, $front), substr($value, $front + $tokens->end)];
    }

    public static function classPart(string $name): int
    {
        $second = ($name[0] ?? '') === "\0" ? strpos($name, "\0", 1) : false;
        return $second === false ? 0 : $second + 1;
    }

    /** @return list<array{int, int, string}> in order: offset, length, replacement */
    public static function edits(string $value, bool $payload = false): array
    {
        $edits = match (self::kind($value, $payload)) {
            self::SERIALIZED => self::editsOfSerialized($value),
            self::JSON => self::editsOfJson($value),
            default => null,
        };
        if ($edits !== null) {
            return $edits;
        }
        $edits = PlainText::edits($value);
        if (self::$ambiguities !== null) {
            self::$matches += count($edits);
            if ($name = PlainText::ambiguity($value)) {
                self::$ambiguities[] = $name;
            }
        }
        return $edits;
    }

    private static function editsOfSerialized(string $value): array
    {
        $front = strspn($value, self::BLANKS);
        $tokens = Serialized::parse(substr($value, $front));
        if ($tokens === null) {
            throw new RuntimeException('PHP reads what the oracle cannot: ' . $value);
        }
        if (self::$ambiguities !== null && PlainText::edits(substr($value, $front + $tokens->end))) {
            self::$ambiguities[] = 'a match behind the serialized value';
        }
        $edits = [];
        foreach ($tokens->strings as $string) {
            $kept = $string->classPart();
            $inner = $kept ? PlainText::edits(substr($string->bytes, $kept))
                : self::edits($string->bytes, $string->payload);
            if ($kept && self::$ambiguities !== null) {
                self::$matches += count($inner);
                $name = PlainText::ambiguity(substr($string->bytes, $kept));
                $name === null || self::$ambiguities[] = $name;
            }
            if (!$inner) {
                continue;
            }
            $length = strlen($string->bytes) + self::growth($inner);
            if ($length !== strlen($string->bytes)) {
                $edits[] = [$string->lengthAt, $string->lengthDigits, (string) $length];
            }
            $places = $string->escaped ? self::places('~\\\\..|[^\\\\]~s', $string->raw, fn () => 1) : null;
            foreach ($inner as [$at, $count, $new]) {
                $from = $places[$kept + $at] ?? $kept + $at;
                $to = $places[$kept + $at + $count] ?? $kept + $at + $count;
                $edits[] = [$string->start + $from, $to - $from,
                    $string->escaped ? str_replace('\\', '\\5c', $new) : $new];
            }
        }
        foreach ($tokens->containers as [$lengthAt, $start, $end]) {
            $inside = array_filter($edits, fn ($edit) => $edit[0] >= $start && $edit[0] < $end);
            if ($growth = self::growth($inside)) {
                $edits[] = [$lengthAt, strlen((string) ($end - $start)), (string) ($end - $start + $growth)];
            }
        }
        usort($edits, fn ($x, $y) => $x[0] <=> $y[0]);
        return $front ? array_map(fn ($edit) => [$edit[0] + $front, $edit[1], $edit[2]], $edits) : $edits;
    }

    private static function editsOfJson(string $value): array
    {
        if (preg_match_all(self::LITERAL, $value, $literals, PREG_OFFSET_CAPTURE) === false) {
            throw new RuntimeException(preg_last_error_msg());
        }
        $edits = [];
        foreach ($literals[0] as [$literal, $offset]) {
            $inner = self::edits(self::decode($literal));
            if (!$inner) {
                continue;
            }
            $unit = '~\\\\u[dD][89abAB]..\\\\u[dD][c-fC-F]..|\\\\u....|\\\\.|[^\\\\]~s';
            $places = self::places($unit, substr($literal, 1, -1), function ($raw) {
                return $raw[0] === '\\' ? strlen(json_decode("\"$raw\"")) : 1;
            });
            foreach ($inner as [$at, $count, $new]) {
                $from = $places[$at];
                $old = substr($literal, 1 + $from, $places[$at + $count] - $from);
                $edits[] = [$offset + 1 + $from, strlen($old), self::encodeLike($old, $new)];
            }
        }
        return $edits;
    }

    public static function decode(string $literal): string
    {
        return str_contains($literal, '\\') ? json_decode($literal) : substr($literal, 1, -1);
    }

    /** Writes the new part of a literal in the spelling of the part it takes the place of. */
    private static function encodeLike(string $old, string $new): string
    {
        // Without the escaped backslashes, of which the second would seem to escape a slash behind it.
        $flags = str_contains(str_replace('\\\\', '', $old), '\\/') ? 0 : JSON_UNESCAPED_SLASHES;
        // An ü kept as it is says that the writer did not escape such characters.
        $flags |= preg_match('~[\x80-\xff]~', $old) ? JSON_UNESCAPED_UNICODE : 0;
        return substr(json_encode($new, $flags), 1, -1);
    }

    /** For each offset of the decoded text its offset in the encoded one. */
    private static function places(string $unit, string $raw, callable $size): array
    {
        $places = [];
        $at = $rawAt = 0;
        preg_match_all($unit, $raw, $units);
        foreach ($units[0] as $one) {
            $places[$at] = $rawAt;
            $at += $size($one);
            $rawAt += strlen($one);
        }
        $places[$at] = $rawAt;
        return $places;
    }

    private static function growth(array $edits): int
    {
        $growth = 0;
        foreach ($edits as [, $length, $new]) {
            $growth += strlen($new) - $length;
        }
        return $growth;
    }

    private static function apply(string $value, array $edits): string
    {
        $result = '';
        $at = 0;
        foreach ($edits as [$offset, $length, $new]) {
            $result .= substr($value, $at, $offset - $at) . $new;
            $at = $offset + $length;
        }
        return $result . substr($value, $at);
    }
}
