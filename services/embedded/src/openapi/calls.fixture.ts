import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import type { comparedWith } from './document.fixture';

export type Json = Readonly<Record<string, unknown>>;

export const orderOf = (unitPrice: number, more: Json = {}): Json => ({
  customer: { id: randomUUID(), name: 'Ada Miller', email: 'ada@example.org' },
  shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
  currency: 'GBP',
  lines: [{ lineId: '1', sku: 'MUG', quantity: 2, unitPrice, attributes: { text: 'Ada' } }],
  payment: { method: 'card', token: 'tok_visa' },
  ...more,
});

/** Calls of the API, of which every answer is compared with the document. */
export interface Calls {
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Json>;
  get(path: string): Promise<Json>;
  post(path: string, body?: unknown): Promise<Json>;
  put(path: string, body: unknown): Promise<Json>;
  itemsOf(path: string): Promise<readonly Json[]>;
  /** Once a list has something in it: views follow what was written. */
  some(path: string): Promise<void>;
  /** The answer, once it is as it should be. */
  once(path: string, as: Json): Promise<Json>;
}

interface Running {
  readonly url: string;
  readonly compared: ReturnType<typeof comparedWith>;
  /** Who asks. */
  readonly token?: string;
}

const bearer = (token: string | undefined): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** `running` is asked with each call: it starts after the calls are made. */
export const callsTo = (running: () => Running): Calls => {
  const ask: Calls['ask'] = async (method, path, body, headers = {}) => {
    const { url, compared, token } = running();
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...bearer(token),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answered = /[/+]json\b/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as Json) : {};
    compared.require(method, path, { asked: body, status: response.status, headers: response.headers, body: answered });
    return answered;
  };
  const get: Calls['get'] = (path) => ask('GET', path);
  return {
    ask,
    get,
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    itemsOf: async (path) => (await get(path))['items'] as readonly Json[],
    some: (path) => eventually(async () => expect((await get(path))['items']).not.toEqual([]), { withinMs: 15_000 }),
    once: (path, as) =>
      eventually(
        async () => {
          const found = await get(path);
          expect(found).toMatchObject(as);
          return found;
        },
        { withinMs: 15_000 },
      ),
  };
};

export const warehouse = {
  name: 'Warehouse',
  kind: 'warehouse',
  country: 'GB',
  latitude: 51.5,
  longitude: -0.14,
  active: true,
  address: { lines: ['1 Dock Road'], city: 'London' },
  calendar: { timeZone: 'Europe/London', hours: { monday: { opens: '08:00', closes: '18:00' } }, closedOn: ['2026-12-25'] },
};
