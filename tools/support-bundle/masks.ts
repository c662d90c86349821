/** By which words a field is told that holds what is personal, or opens something; what it is called instead. */
const kinds: readonly (readonly [kind: string, fields: RegExp])[] = [
  ['person', /^(customer|customer_?id|person|buyer|buyer_?id|user_?id|actor_?id)$|_by$/i],
  ['email', /e-?mail/i],
  ['phone', /phone|mobile/i],
  ['name', /^(name|first_?name|last_?name|full_?name|recipient|contact|company|attention)$/i],
  ['street', /^(street|address\d?|line\d|lines|house)$/i],
  ['place', /^(city|postal_?code|zip|postcode)$/i],
  ['secret', /token|secret|password|pickupCode|^(url|link|href)$|url$/i],
  ['number', /^(trackingNumber|awb|ip|reference)$/i],
  // What somebody had made for themselves: an engraving, a name on a shirt.
  ['attribute', /^attributes$/i],
];

const EMAIL = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+\.[a-z]{2,}/gi;
const PHONE = /\+\d[\d ().-]{6,}\d/g;
/** What people write has spaces in it, or letters of more alphabets than programs use. */
const FREE_TEXT = /[\s\u0080-\u{10ffff}]/u;
/** Shorter ones, and mere digits, stand within other words without meaning the same. */
const MAY_STAND_WITHIN = /^(?=.*[\p{L}@+]).{5,}$/su;

const kindOf = (field: string, text: string): string | undefined => {
  if (text === '') return undefined;
  const named = kinds.find(([, fields]) => fields.test(field))?.[0];
  return named ?? (FREE_TEXT.test(text) ? 'text' : undefined);
};

interface Box {
  readonly key: string;
  readonly box: string;
}

export const isBox = (value: object): value is Box =>
  'box' in value && 'key' in value && typeof value.box === 'string' && typeof value.key === 'string';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Who works by these names is a program: a listening group, a clock, somebody's connection. */
const PROGRAM =
  /^((order|inventory|payment|fulfillment|routing|shipping|returns?|notifications?|audit|reporting)(\.[\w.-]+)?|deadline|invoicing|settlements|(carrier|channel|provider|partner|feed)[: ].*)$/;

/**
 * One name for whatever must not be told, the same wherever it stands. First everything is shown to it (`learn`), so that it knows what is personal; then it makes
 * copies (`masked`) in which all of that has its other name, also within other words.
 */
export class Masks {
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private within: RegExp | undefined;

  /** What is called something else: how many of each kind. */
  get counted(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  learn(value: unknown, field = ''): void {
    if (typeof value === 'string') return this.learnText(value, field);
    if (Array.isArray(value)) return value.forEach((each) => this.learn(each, field));
    if (typeof value === 'object' && value !== null) this.learnParts(value, field);
  }

  private learnParts(value: object, field: string): void {
    if (isBox(value)) return void [this.name('person', value.key), this.name('box', value.box)];
    for (const [name, part] of Object.entries(value)) this.learn(part, /^attributes$/i.test(field) ? field : name);
  }

  /** Whoever asked for something, where it was a person. */
  learnActor(actor: string): void {
    if (!PROGRAM.test(actor)) this.name('person', actor);
  }

  masked(value: unknown): unknown {
    if (typeof value === 'string') return this.maskedText(value);
    if (Array.isArray(value)) return value.map((each) => this.masked(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [this.spelled(name), this.masked(part)]));
  }

  /** Of what was sealed only how it is built, and what is the same as elsewhere. */
  opened(value: unknown, field = ''): unknown {
    if (typeof value === 'string') return field === 'country' ? value : (this.names.get(value) ?? '…');
    if (Array.isArray(value)) return value.map((each) => this.opened(each, field));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [this.spelled(name), this.opened(part, name)]));
  }

  /** A sentence of a program, such as an error: it stays, without what is known to be personal, and without what looks so. */
  spelled(text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    this.within ??= this.ofAllNames();
    return text
      .replace(this.within, (found) => this.names.get(found) ?? found)
      .replace(EMAIL, (found) => this.name('email', found))
      .replace(PHONE, (found) => this.name('phone', found));
  }

  private maskedText(text: string): string {
    return this.names.get(text) ?? (FREE_TEXT.test(text) ? this.name('text', text) : this.spelled(text));
  }

  private learnText(text: string, field: string): void {
    const kind = kindOf(field, text);
    if (kind !== undefined) this.name(kind, text);
    for (const email of text.match(EMAIL) ?? []) this.name('email', email);
  }

  private name(kind: string, text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    const name = `${kind}-${count}`;
    this.counts.set(kind, count);
    this.names.set(text, name);
    this.within = undefined;
    return name;
  }

  /** The longest first: a name goes before a part of it. */
  private ofAllNames(): RegExp {
    const all = [...this.names.keys()].filter((text) => MAY_STAND_WITHIN.test(text) && text.length < 300);
    return all.length === 0
      ? /(?!)/g
      : new RegExp(
          all
            .toSorted((a, b) => b.length - a.length)
            .map(escaped)
            .join('|'),
          'g',
        );
  }
}
