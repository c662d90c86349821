import { setTimeout as pause } from 'node:timers/promises';
import { answerOf, askCartage, itemsOf, requireDone, type CartageAt, type Shown } from '../client/client';

/** As the API shows it. */
export interface Letter {
  readonly id: string;
  readonly group: string;
  readonly type: string;
  readonly key: string;
  readonly state: string;
  readonly error: string;
  readonly attempts: number;
  readonly behind: number;
  readonly storedAt: string;
}

export interface Filter {
  readonly group?: string | undefined;
  readonly state?: string | undefined;
}

/** The dead letters of a running Cartage. */
export interface DeadLetterApi {
  list(service: string, filter: Filter): Promise<readonly Letter[]>;
  show(service: string, id: string): Promise<Shown>;
  send(service: string, id: string): Promise<Letter>;
  drop(service: string, id: string, reason: string): Promise<Letter>;
  /** What became of one that was sent: nothing when it was taken, the letter when it is dead again or nobody took it in time. */
  outcome(service: string, id: string): Promise<Letter | undefined>;
}

const pathOf = (service: string, id = ''): string =>
  `/operations/${encodeURIComponent(service)}/dead-letters${id && `/${encodeURIComponent(id)}`}`;

/** Those fields of it that are asked for. */
const queryOf = ({ group, state }: Filter): string => {
  const query = new URLSearchParams(Object.entries({ group, state }).filter((pair): pair is [string, string] => pair[1] !== undefined));
  return query.size > 0 ? `?${query}` : '';
};

// An answer that is no refusal is what the API says it is.
const asLetter = (shown: Shown): Letter => shown as object as Letter;

export const apiAt = (at: CartageAt, { tries = 60, everyMs = 500 } = {}): DeadLetterApi => {
  const stillThere = async (service: string, id: string): Promise<Letter | undefined> => {
    const { status, body } = await answerOf(at, ['GET', pathOf(service, id)]);
    return status === 404 ? undefined : asLetter(requireDone(status, body));
  };

  return {
    list: async (service, filter) => {
      const letters: Letter[] = [];
      for await (const shown of itemsOf(at, `${pathOf(service)}${queryOf(filter)}`)) letters.push(asLetter(shown));
      return letters;
    },
    show: (service, id) => askCartage(at, ['GET', pathOf(service, id)]),
    send: async (service, id) => asLetter(await askCartage(at, ['POST', `${pathOf(service, id)}/send`])),
    drop: async (service, id, reason) => asLetter(await askCartage(at, ['POST', `${pathOf(service, id)}/drop`], { body: { reason } })),
    outcome: async (service, id) => {
      let letter = await stillThere(service, id);
      for (let left = tries; letter?.state === 'retrying' && left > 0; left -= 1) {
        await pause(everyMs);
        letter = await stillThere(service, id);
      }
      return letter;
    },
  };
};
