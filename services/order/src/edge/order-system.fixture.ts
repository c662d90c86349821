import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineQuantity } from '@cartage/contracts';
import { startAll } from '@cartage/service-kit';
import { onceShown, testDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { orderService } from '../order.module';
import type { Neighbour } from './neighbour.fixture';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** The order service at work on a database of its own, among neighbours that only speak. */
export interface OrderSystem {
  readonly api: Api;
  /** Reads the service's own schema. */
  readonly pool: Pool;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

type Api = ReturnType<typeof apiAt>;

const apiAt = (url: string) => {
  let keys = 0;
  const call = async (method: string, path: string, sent?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
    const type: Readonly<Record<string, string>> = sent === undefined ? {} : { 'content-type': 'application/json' };
    const content = sent === undefined ? {} : { body: JSON.stringify(sent) };
    const response = await fetch(`${url}${path}`, { method, ...content, headers: { ...type, ...headers } });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    url,
    call,
    get: (path: string) => onceShown(() => call('GET', path)),
    put: (path: string, sent: unknown) => call('PUT', path, sent),
    post: (sent: unknown) => call('POST', '/orders', sent, { 'idempotency-key': `key-${(keys += 1)}` }),
  };
};

export const startOrders = (...neighbours: readonly Neighbour[]): Promise<OrderSystem> => startOrdersWith({}, ...neighbours);

export const startOrdersWith = async (
  settings: Readonly<Record<string, string>>,
  ...neighbours: readonly Neighbour[]
): Promise<OrderSystem> => {
  const database = await testDatabase();
  const environment = {
    DATABASE_URL: database.url,
    MASTER_KEY_FILE: join(await mkdtemp(join(tmpdir(), 'cartage-order-')), 'master.key'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...settings,
  };
  const running = await startAll([orderService, ...neighbours.map(({ service }) => service)], { environment });
  const pool = new Pool({ connectionString: database.url, options: '-c search_path=orders' });
  return {
    api: apiAt(running.url),
    pool,
    databaseUrl: database.url,
    stop: async () => {
      await running.close();
      await pool.end();
      await database.drop();
    },
  };
};

/** An order as a channel sends it: a time with an offset, nulls for what is not there, one SKU twice, a free line. */
export const body = {
  placedAt: '2026-11-23T11:00:00+01:00',
  currency: 'GBP',
  customer: { id: 'c-1', name: 'Ada Miller', email: 'ada@example.org', phone: null },
  shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
  lines: [
    { sku: 'LANTERN', quantity: 2, unitPrice: 339, attributes: { engraving: 'A' } },
    { sku: 'MUG', quantity: 3, unitPrice: 250 },
    { sku: 'MUG', quantity: 1, unitPrice: 0 },
  ],
  payment: { method: 'card', token: 'tok_visa' },
};

export const lines: readonly LineQuantity[] = [
  { lineId: '1', sku: 'LANTERN', quantity: 2 },
  { lineId: '2', sku: 'MUG', quantity: 3 },
  { lineId: '3', sku: 'MUG', quantity: 1 },
];
