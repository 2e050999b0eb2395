<?php
/** The rules for a text that is neither serialized nor JSON. */
final class PlainText
{
    // The last byte of an encoded slash is a letter, and yet no name goes on across it.
    private const HOST_STARTS = '(?:(?<![A-Za-z0-9_-])|(?<=%2F|%2f|%252F))';
    private const ENDS = '(?![A-Za-z0-9_-]|\.[A-Za-z0-9])';

    /** Spellings as [colon, slash, ü]. */
    private const SPELLINGS = [
        [':', '/', 'ü'],
        [':', '\\/', '\\u00fc'],
        [':', '\\\\\\/', null],
        [':', '\\\\\\\\\\\\\\/', null],
        ['%3A', '%2F', '%C3%BC'],
        ['%3a', '%2f', '%c3%bc'],
        ['%253A', '%252F', '%25C3%25BC'],
    ];

    private static string $pattern = '';
    /** @var list<string> by the MARK of the alternative that matched */
    private static array $replacements = [];
    /** @var array<string, string> */
    private static array $ambiguities = [];

    /** @return list<array{int, int, string}> offset, length and replacement */
    public static function edits(string $text): array
    {
        self::$pattern !== '' || self::build();
        if (preg_match_all(self::$pattern, $text, $matches, PREG_SET_ORDER | PREG_OFFSET_CAPTURE) === false) {
            throw new RuntimeException(preg_last_error_msg());
        }
        $edits = [];
        foreach ($matches as $match) {
            $edits[] = [$match[0][1], strlen($match[0][0]), self::$replacements[$match['MARK']]];
        }
        return $edits;
    }

    /** The name of a case that the rules leave open, or null. */
    public static function ambiguity(string $text): ?string
    {
        self::$pattern !== '' || self::build();
        foreach (self::$ambiguities as $name => $pattern) {
            if (preg_match($pattern, $text)) {
                return $name;
            }
        }
        return null;
    }

    private static function build(): void
    {
        $host = '(?i:dev\.wfu\.test)';
        $alternatives = [];
        $schemes = $laws = $unicode = [];
        foreach (self::SPELLINGS as [$colon, $slash, $u]) {
            $scheme = '(?i:http)' . preg_quote($colon . $slash . $slash);
            $alternatives[] = ["(?<![A-Za-z0-9_-])$scheme$host", "https$colon$slash{$slash}production.wfu.example"];
            $laws[] = $law = '(?i:example\.org)' . preg_quote($slash) . 'law';
            $alternatives[] = [self::HOST_STARTS . $law, 'law.example.net'];
            $schemes[] = $scheme;
            if ($u !== null) {
                $unicode[] = $name = '(?i:m)' . preg_quote($u) . '(?i:ller\.test)';
                $alternatives[] = [self::HOST_STARTS . $name, "gr{$u}n.example"];
            }
        }
        $alternatives[] = [self::HOST_STARTS . $host, 'production.wfu.example'];
        $alternatives[] = [self::HOST_STARTS . '(?i:xn--mller-kva\.test)', 'xn--grn-ioa.example'];

        // No two needles start at the same place but those of one rule, and of these none is another's beginning:
        // whichever alternative matches is the longest.
        $marked = [];
        foreach ($alternatives as $i => [$needle, $replacement]) {
            $marked[] = "$needle(*MARK:$i)";
            self::$replacements[$i] = $replacement;
        }
        self::$pattern = '~(?:' . implode('|', $marked) . ')' . self::ENDS . '~';

        $schemes = implode('|', $schemes);
        $laws = '(?:' . implode('|', $laws) . ')';
        $unicode = '(?:' . implode('|', $unicode) . ')';
        $hosts = "(?:$host|(?i:xn--mller-kva\.test)|$unicode)";
        $encodedEnd = '(?:25)?(?:2[Ff]|3[AaFf]|2[0236])';
        self::$ambiguities = [
            'a longer scheme' => "~[A-Za-z0-9_+.-](?:$schemes)$host~",
            'an escape or _ before a host' =>
                "~(?:\\\\[bfnrt]|\\\\u[0-9a-fA-F]{4}|%(?!2[Ff])[0-9A-Fa-f]{2}|%25[0-9A-Fa-f]{2}(?<!%252F)|_)"
                . "(?:$hosts|(?i:example\.org))~",
            'after a host' => "~$hosts(?:_|-(?![A-Za-z0-9])|\.(?:[_%\x80-\xff-]|\\\\+u)|\\\\+u|%(?!$encodedEnd))~",
            'after a path' => "~$laws(?:[\\~$&*+=@^`|\x80-\xff]|[_-](?![A-Za-z0-9])|\.(?![A-Za-z0-9\\s\"'<)\\\\]|\\z)"
                . "|\.?\\\\+u|%(?!$encodedEnd))~",
            'letters next to a Unicode host' => "~[\x80-\xff]$unicode|$unicode\.?[\x80-\xff]~",
            'ü escaped more than once' => '~m\\\\{2,}u00fcller~i',
            'mixed escapes of one address' => '~(?i:http)%(?:253a|3a%2F|3A%2f|3a%2f%2F|3A%2F%2f)~',
        ];
    }
}
