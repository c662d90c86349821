import { codeOf, isError, messageOf } from './errors';

/**
 * Something that the work cannot do without is away: a carrier, a payment provider, a broker. Whoever hears of it waits and tries again, for ever
 * if need be, and blames nobody: what was being done is not at fault. Adapters throw it, with what happened as its cause, for whatever
 * `isAway` cannot know by itself.
 *
 * ```ts
 * if (answer.status === 503) throw new Away('The carrier does not answer.', { cause });
 * ```
 */
export class Away extends Error {
  override readonly name = 'Away';
}

const NAMES: ReadonlySet<string> = new Set(['Away', 'Overloaded', 'TooContended', 'TimeoutError']);

/** Of Postgres: lost or refused connections, no room, starting or stopping, time limits, a standby, a deadlock. */
const POSTGRES = /^(08...|53...|57P0.|57014|55P03|25006|25P0[23]|40001|40P01)$/;

/** Of the network, as Node and its `fetch` say it. Other codes with an E in front speak of files, or of the program itself. */
const NETWORK =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST\w+|ENET\w+|EADDRNOTAVAIL|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|UND_ERR_SOCKET)$/;

/** Of the event store's client, which has no codes. */
const STORE: ReadonlySet<unknown> = new Set(['unavailable', 'timeout', 'deadline-exceeded', 'not-leader', 'cancelled']);

const WORDS = /connection (terminated|timeout|error)|timeout exceeded|query read timeout|after calling end on the pool/i;

/** A chain of causes that is longer, or has no end, says nothing more. */
const DEEPEST = 8;

const isOf = (error: object, field: string, known: (value: unknown) => boolean): boolean =>
  field in error && known((error as Readonly<Record<string, unknown>>)[field]);

const saysAway = (error: object): boolean => {
  const code = codeOf(error) ?? '';
  return (
    POSTGRES.test(code) ||
    NETWORK.test(code) ||
    isOf(error, 'name', (name) => NAMES.has(String(name))) ||
    isOf(error, 'type', (type) => STORE.has(type)) ||
    isOf(error, 'retriable', (retriable) => retriable === true) ||
    (isError(error) && WORDS.test(messageOf(error)))
  );
};

/**
 * Whether what was thrown says, itself or by one of its causes, that a database, a broker, a neighbour or the network is away, full or too busy.
 * Then the same work can succeed later, unchanged. Everything else is a matter of the work itself.
 */
export const isAway = (error: unknown): boolean => {
  let current = error;
  for (let depth = 0; depth < DEEPEST && typeof current === 'object' && current !== null; depth += 1) {
    if (saysAway(current)) return true;
    current = 'cause' in current ? current.cause : undefined;
  }
  return false;
};
