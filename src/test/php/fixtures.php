<?php
// Classes that generated values are made of. PHP must know them when it reads a value back.

#[AllowDynamicProperties]
class OracleBox
{
    public $label;
    protected $link;
    private $secret;
    public $next;

    public function fill($label, $link, $secret, $next = null): static
    {
        [$this->label, $this->link, $this->secret, $this->next] = [$label, $link, $secret, $next];
        return $this;
    }
}

/** Has a private property of the same name as its parent: two names differ in their class part only. */
class OracleCrate extends OracleBox
{
    private $secret;
    protected $weight = 1.5;

    public function hide($secret): static
    {
        $this->secret = $secret;
        return $this;
    }
}

class OracleMagic
{
    public function __construct(public array $data = [])
    {
    }

    public function __serialize(): array
    {
        return $this->data;
    }

    public function __unserialize(array $data): void
    {
        $this->data = $data;
    }
}

/** The old interface, whose records are C:. The payload is serialize() of something. */
class OracleBag implements Serializable
{
    public $held;

    public function __construct($held = null)
    {
        $this->held = $held;
    }

    public function serialize()
    {
        return serialize($this->held);
    }

    public function unserialize($payload)
    {
        $this->held = unserialize($payload);
    }
}

/** The old interface with a payload of the class's own making. */
class OracleNote implements Serializable
{
    public $text;

    public function __construct($text = '')
    {
        $this->text = $text;
    }

    public function serialize()
    {
        return $this->text;
    }

    public function unserialize($payload)
    {
        $this->text = $payload;
    }
}

enum OracleSuit: string
{
    case Hearts = 'H';
    case Spades = 'S';
}

enum OracleState
{
    case Draft;
    case Published;
}
