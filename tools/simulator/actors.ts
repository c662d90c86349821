import { setTimeout as pause } from 'node:timers/promises';

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
  readonly handle: (items: readonly Item[]) => Promise<void>;
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
    if (fresh.length > 0) await handle(fresh);
    handled = new Set(items.map(idOf));
    return fresh.length;
  };
};
