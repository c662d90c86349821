import { isNext, type Counted } from './sequence';

export interface InboxOptions {
  /**
   * Whether the first event of a subject that comes may have any number, for who begins in the middle because the topic was cut off. Otherwise it is the
   * first one that there ever was.
   */
  readonly beginsAnywhere?: boolean;
}

/** Where a subscriber keeps the number of the last event that it took of each subject. */
export interface Inbox<Tx> {
  /**
   * Handles the event and remembers its number, both or neither, if it is the next one of its subject; passes over one that was taken before. Throws `EventsMissing`
   * where one is missing before it. Of one subject one at a time, whoever asks.
   */
  take(subscriber: string, counted: Counted, handle: (tx: Tx) => Promise<unknown>): Promise<'taken' | 'repeat'>;
}

export const isDue = (last: number, counted: Counted, { beginsAnywhere = false }: InboxOptions): boolean =>
  (beginsAnywhere && last === 0) || isNext(last, counted);

/** For tries and tests: it forgets everything when the process ends. */
export const memoryInbox = (options: InboxOptions = {}): Inbox<undefined> => {
  const numbers = new Map<string, number>();
  const waiting = new Map<string, Promise<unknown>>();
  const inTurn = <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const done = (waiting.get(key) ?? Promise.resolve()).then(work, work);
    waiting.set(
      key,
      done.catch(() => undefined),
    );
    return done;
  };
  return {
    take: (subscriber, counted, handle) => {
      const key = JSON.stringify([subscriber, counted.topic, counted.subject]);
      return inTurn(key, async () => {
        if (!isDue(numbers.get(key) ?? 0, counted, options)) return 'repeat';
        await handle(undefined);
        numbers.set(key, counted.sequence);
        return 'taken';
      });
    },
  };
};
