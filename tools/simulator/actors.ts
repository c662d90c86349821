import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from './crowd';
import { Problem } from './problem';

/** Somebody of the outside world. `round` does what there is to do now and tells how much that was. */
export interface Actor {
  readonly name: string;
  readonly round: () => Promise<number>;
}

const LONGEST_REST_MS = 200;

const keepWorking = async ({ round }: Actor, isOver: () => boolean): Promise<void> => {
  let rest = 0;
  while (!isOver()) {
    const done = await round();
    rest = done > 0 ? 0 : Math.min(LONGEST_REST_MS, rest + 25);
    // Always: a busy actor must let the others have their turn.
    await pause(rest);
  }
};

/** The actors work, each at its own pace, until the play is over. What breaks one of them ends the play. */
export const meanwhile = async (actors: readonly Actor[], play: () => Promise<void>): Promise<void> => {
  let over = false;
  const isOver = (): boolean => over;
  const working = Promise.all(actors.map((actor) => keepWorking(actor, isOver)));
  try {
    await Promise.race([play(), working]);
  } finally {
    over = true;
    await working;
  }
};

interface Queue<Item> {
  readonly list: () => Promise<readonly Item[]>;
  readonly idOf: (item: Item) => string;
  /** What is left undone is given back, to be looked at again. */
  readonly handle: (items: readonly Item[], again: (item: Item) => void) => Promise<void>;
}

/**
 * One round over a queue that is a view: an item that was handled may stand in it a moment longer, and is left alone then. Only items that
 * still stand in it are remembered.
 */
export const roundsOver = <Item>({ list, idOf, handle }: Queue<Item>): Actor['round'] => {
  let handled: ReadonlySet<string> = new Set();
  return async () => {
    const items = await list();
    const fresh = items.filter((item) => !handled.has(idOf(item)));
    const undone = new Set<string>();
    if (fresh.length > 0) await handle(fresh, (item) => undone.add(idOf(item)));
    handled = new Set(items.map(idOf).filter((id) => !undone.has(id)));
    return fresh.length - undone.size;
  };
};

/** Something has changed since one looked: a customer cancelled, so that nothing of the rest would be taken either, a colleague was quicker, or somebody holds it. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 409 || error.code === 'NOTHING_TAKEN');

/** Each item by itself, at most `hands` at a time; whoever was overtaken leaves it, and looks again. */
export const byHand =
  <Item>(hands: number, work: (item: Item) => Promise<unknown>): Queue<Item>['handle'] =>
  (items, again) =>
    inParallel(items, hands, (item) =>
      work(item).catch((error: unknown) => {
        if (!isOvertaken(error)) throw error;
        again(item);
      }),
    );
