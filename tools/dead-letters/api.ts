import { setTimeout as pause } from 'node:timers/promises';

/** What went wrong, and what to do about it: shown without a stack. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

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

interface Page {
  readonly items: readonly Letter[];
  readonly next: string | null;
}

export interface Filter {
  readonly group?: string | undefined;
  readonly state?: string | undefined;
}

/** The dead letters of a running Cartage. */
export interface DeadLetterApi {
  list(service: string, filter: Filter): Promise<readonly Letter[]>;
  show(service: string, id: string): Promise<Readonly<Record<string, unknown>>>;
  send(service: string, id: string): Promise<Letter>;
  drop(service: string, id: string, reason: string): Promise<Letter>;
  /** What became of one that was sent: nothing when it was taken, the letter when it is dead again or nobody took it in time. */
  outcome(service: string, id: string): Promise<Letter | undefined>;
}

const fields = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};

const answeredBy = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    const fix = 'Start Cartage (`npm start`), or say where it runs: --url http://<host>:<port>.';
    throw new Trouble(`Nobody answers at ${new URL(url).origin}. ${fix}`, { cause: error });
  }
};

const group = ({ group: value }: Filter): Readonly<Record<string, string>> => (value === undefined ? {} : { group: value });
const state = ({ state: value }: Filter): Readonly<Record<string, string>> => (value === undefined ? {} : { state: value });

const GONE = 404;

const askingAt =
  (url: string) =>
  async <Body>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Body> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await answeredBy(`${url.replace(/\/$/, '')}${path}`, { method, ...sent });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer as Body;
    const { code, detail } = fields(answer);
    if (code === undefined) throw new Trouble(`${url} answers ${response.status}, and not as Cartage does. Is --url right?`);
    throw new Trouble(`${String(detail)} (${String(code)})`, { cause: response.status });
  };

export const apiAt = (url: string, { tries = 60, everyMs = 500 } = {}): DeadLetterApi => {
  const ask = askingAt(url);
  const at = (service: string, id = ''): string =>
    `/operations/${encodeURIComponent(service)}/dead-letters${id && `/${encodeURIComponent(id)}`}`;

  const list = async (service: string, filter: Filter): Promise<readonly Letter[]> => {
    const letters: Letter[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const search = new URLSearchParams({ ...(cursor === undefined ? {} : { cursor }), ...group(filter), ...state(filter), limit: '200' });
      const page: Page = await ask('GET', `${at(service)}?${search}`);
      letters.push(...page.items);
      cursor = page.next;
    }
    return letters;
  };

  const stillThere = (service: string, id: string): Promise<Letter | undefined> =>
    ask<Letter>('GET', at(service, id)).catch((error: unknown) => {
      if (error instanceof Trouble && error.cause === GONE) return undefined;
      throw error;
    });

  return {
    list,
    show: (service, id) => ask('GET', at(service, id)),
    send: (service, id) => ask('POST', `${at(service, id)}/send`),
    drop: (service, id, reason) => ask('POST', `${at(service, id)}/drop`, { reason }),
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
