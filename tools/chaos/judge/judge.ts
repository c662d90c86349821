import type { Pool } from 'pg';
import type { Cartage } from '../../simulator/cartage';
import type { Http } from '../../simulator/http';
import { driftingStock, unbalancedMoney, unsettledOrders } from './books';
import { settle, type Check, type Checked, type Looked } from './check';
import { deadLettersIn, eventsIn, lineOf, unexplained } from './dead-letters';
import { repeatedEffects } from './effects';
import { messagesOn, withoutRepeats, type Message } from './messages';
import { owedOf } from './owed';
import { brokenSequences } from './sequences';
import { compareViews } from './views';

export interface Judged {
  readonly cartage: Cartage;
  readonly http: Http;
  readonly pool: Pool;
  readonly brokers: readonly string[];
  /** Names of the orders that were accepted, by their ids. */
  readonly accepted: ReadonlyMap<string, string>;
  readonly quietWithinMs: number;
}

export interface Verdict {
  readonly checks: readonly Checked[];
  readonly figures: Readonly<Record<string, number>>;
  /** Dead letters that the faults of the run explain. */
  readonly explainedLetters: readonly string[];
}

const booksOf = ({ cartage, http, pool, accepted }: Judged): readonly Check[] => [
  { name: 'every accepted order is in a named state', things: 'accepted orders', look: () => unsettledOrders(cartage, accepted) },
  { name: 'money balances', things: 'payments', look: () => unbalancedMoney(cartage, http) },
  { name: 'stock balances', things: 'rows of stock', look: () => driftingStock(http) },
  {
    name: 'no dead letter without a cause that was injected',
    things: 'events',
    look: async () => ({ of: await eventsIn(pool), breaches: unexplained(await deadLettersIn(pool)).map(lineOf) }),
  },
];

/** What has happened does not come right by waiting. */
const AT_ONCE = { withinMs: 0, everyMs: 1 };

const factsOf = (messages: readonly Message[]): readonly Check[] => [
  { name: 'each effect happened once', things: 'effects', look: async () => repeatedEffects(messages) },
  {
    name: 'sequences have no gap on any topic',
    things: 'messages',
    look: async () => ({ of: messages.length, breaches: brokenSequences(messages) }),
  },
];

/** Once the faults are over: waits until all is quiet, and looks at everything that must be so. */
export const judge = async (judged: Judged): Promise<Verdict> => {
  const { pool, brokers, accepted, quietWithinMs } = judged;
  const checks: Checked[] = [];
  for (const check of booksOf(judged)) checks.push(await settle(check, { withinMs: quietWithinMs, everyMs: 1_000 }));
  let messages = await messagesOn(brokers);
  // What follows last may still be on its way to its topic, from whoever was killed last.
  const owed = async (): Promise<Looked> => {
    const found = owedOf(messages, new Date());
    if (found.breaches.length > 0) messages = await messagesOn(brokers);
    return found;
  };
  checks.push(
    await settle(
      { name: 'nothing that had to follow is missing', things: 'orders', look: owed },
      { withinMs: quietWithinMs, everyMs: 1_000 },
    ),
  );
  const once = withoutRepeats(messages);
  for (const check of factsOf(once)) checks.push(await settle(check, AT_ONCE));
  let views = 0;
  const compared = async (): Promise<Looked> => {
    const { breaches, views: count, rows } = await compareViews(pool);
    views = count;
    return { of: rows, breaches };
  };
  checks.push(await settle({ name: 'views equal a fresh rebuild', things: 'rows of views', look: compared }, AT_ONCE));
  const letters = await deadLettersIn(pool);
  const strange = new Set(unexplained(letters));
  return {
    checks,
    figures: {
      'orders accepted': accepted.size,
      'messages on the topics': messages.length,
      'told again': messages.length - once.length,
      'views compared': views,
    },
    explainedLetters: letters.filter((letter) => !strange.has(letter)).map(lineOf),
  };
};
