import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import { openDoor, type Knock } from './door';
import type { Program } from './gap-test';

export interface CommandSubject {
  readonly url: string;
  /** The number that the order has in the shop. */
  readonly number: string;
  /** Places an order under that number and cancels its second line, and says what it sees. */
  readonly place: (at: { readonly url: string; readonly token: string; readonly number: string }) => Program;
}

const TOKEN = 'a-token-that-the-door-looks-at';

/** Brackets and quotes, and how what is true and a word of a list are written, are as each language has them. */
const wordsOf = (line: string): readonly string[] =>
  line.replace(/\b(?:True|PLACED)\b/, (word) => word.toLowerCase()).match(/[\w.-]+/g) ?? [];

const requireWords = (printed: string): string => {
  const [refused = '', placed = '', ...seen] = printed.trim().split('\n');
  deepStrictEqual(wordsOf(refused), ['422', 'ORDER_INVALID', 'currency']);
  match(placed, /^placed [\da-f-]{36} again$/);
  deepStrictEqual(seen.map(wordsOf), [
    ['version', '1', 'placed', 'MUG-RED', '2', 'MUG-BLUE', '1'],
    ['would', 'write', 'LineCancelled'],
    ['cancelled', 'MUG-RED', '0', 'MUG-BLUE', '1'],
    ['listed', 'true'],
  ]);
  return placed.split(' ')[1] ?? '';
};

const keysOf = (knocks: readonly Knock[]): readonly unknown[] => knocks.flatMap(({ headers }) => headers['idempotency-key'] ?? []);

const requireKnocks = (knocks: readonly Knock[], number: string): void => {
  ok(knocks.every(({ headers }) => headers.authorization === `Bearer ${TOKEN}`));
  const [wrong, cancel] = [`${number}-wrong`, `${number}-cancel`];
  deepStrictEqual(keysOf(knocks), [wrong, wrong, number, number, number, cancel, cancel]);
};

/**
 * What every client has to prove that sends commands, in whatever language: what is refused names the field, what is sent again is done once, what was turned away is sent again under the same key,
 * what is read is as of the command, and a preview changes nothing.
 */
export const proveCommands = async ({ url, number, place }: CommandSubject): Promise<void> => {
  const door = await openDoor(url);
  const program = place({ url: door.url, token: TOKEN, number });
  try {
    strictEqual(await program.ended, 0, program.printed());
    const orderId = requireWords(program.printed());
    requireKnocks(door.knocks, number);
    const cancellations = (await (await fetch(`${url}/orders/${orderId}/cancellations`)).json()) as { readonly items: readonly unknown[] };
    strictEqual(cancellations.items.length, 1);
  } finally {
    await program.stop();
    door.close();
  }
};
