import type { Envelope } from '@cartage/contracts';

/** What was published of some orders that lived from their placement to their delivery, and of what they needed before. */
export interface Lived {
  /** What belongs to no order: items, places, stock that came. */
  readonly before: readonly Envelope[];
  readonly orders: readonly (readonly Envelope[])[];
}

const NAMED =
  /([\da-f]{8}-[\da-f]{4}(?=-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}))|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)|(?<="(?:customer|bench)-)(\d+)(?=")/g;
const CUSTOMERS = 200_000;
/** A million orders in a year. */
const APART_MS = 31_500;

type Piece = (n: number, ago: number) => string;

const pieceOf = (id: string | undefined, time: string | undefined, number: string | undefined): Piece => {
  if (id !== undefined) return (n) => n.toString(16).padStart(12, '0').replace(/^.{8}/, '$&-');
  if (time !== undefined) return (_, ago) => new Date(Date.parse(time) - ago * APART_MS).toISOString();
  return (n) => String((Number(number) + n) % CUSTOMERS);
};

/** Cut once where it names what is another order's own: to tell it anew is to put it together. */
const compiled = (text: string): Piece => {
  const [texts, pieces]: [string[], Piece[]] = [[], []];
  let from = 0;
  for (const match of text.matchAll(NAMED)) {
    texts.push(text.slice(from, match.index));
    pieces.push(pieceOf(match[1], match[2], match[3]));
    from = match.index + match[0].length;
  }
  const end = text.slice(from);
  return (n, ago) => pieces.reduce((whole, piece, i) => whole + (texts[i] ?? '') + piece(n, ago), '') + end;
};

/** Of an order of its own each is counted by itself; what many orders share, such as the stock of a SKU, is counted on. */
class Counting {
  private readonly counted = new Map<string, number>();

  of(event: Envelope): Envelope {
    if (/[\da-f]{4}-[\da-f]{12}/.test(event.subject)) return event;
    const subject = `${event.topic} ${event.subject}`;
    const sequence = (this.counted.get(subject) ?? 0) + 1;
    this.counted.set(subject, sequence);
    return { ...event, sequence };
  }
}

/** The events of so many orders, one after the other, each as one of those lived but with ids, times and a customer of its own. Nothing of them is kept. */
export function* storiesOf({ before, orders }: Lived, many: number): Generator<readonly Envelope[]> {
  const counting = new Counting();
  yield before.map((event) => counting.of(event));
  const templates = orders.map((story) => compiled(JSON.stringify(story)));
  for (let n = 1; n <= many; n += 1) {
    const template = templates[n % templates.length];
    if (template) yield (JSON.parse(template(n, many - n)) as readonly Envelope[]).map((event) => counting.of(event));
  }
}
