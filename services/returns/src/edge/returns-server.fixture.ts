import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, startAll, type Running } from '@cartage/service-kit';
import { onceShown, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import type { OrderFacts } from '../app/order-facts';
import { sale } from '../domain/return.fixture';
import type { Sale } from '../domain/sale';
import { returnsService } from '../returns.module';
import { orderFactsIn } from './order-facts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** The service on a database of its own; orders are told as the other services would tell them. */
export class ReturnsServer {
  private constructor(
    private readonly database: TestDatabase,
    private readonly running: Running,
    readonly pool: Pool,
    readonly facts: OrderFacts,
  ) {}

  static async start(): Promise<ReturnsServer> {
    const database = await testDatabase();
    const keyFile = join(await mkdtemp(join(tmpdir(), 'cartage-returns-')), 'master.key');
    const running = await startAll([returnsService], {
      environment: { DATABASE_URL: database.url, MASTER_KEY_FILE: keyFile, PORT: '0', LOG_LEVEL: 'silent' },
    });
    const pool = new Pool({ connectionString: database.url, options: '-c search_path=returns' });
    const facts = orderFactsIn(pool);
    for (const location of ['LDN-1', 'PAR-1']) await facts.keepLocation(location);
    return new ReturnsServer(database, running, pool, facts);
  }

  async stop(): Promise<void> {
    await this.running.close();
    await this.pool.end();
    await this.database.drop();
  }

  async call(method: string, path: string, sent?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const content = sent === undefined ? {} : { body: JSON.stringify(sent) };
    const type: Record<string, string> = sent === undefined ? {} : { 'content-type': 'application/json' };
    return onceShown(async () => {
      const response = await fetch(`${this.running.url}${path}`, { method, ...content, headers: { ...type, ...headers } });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
    });
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, sent: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call('POST', path, sent, { 'idempotency-key': newId(), ...headers });
  }

  /** An order of three mugs for 30.00 and one card of a final sale that has arrived. */
  async delivered(deliveredAt = new Date().toISOString(), changes: Partial<Sale> = {}): Promise<string> {
    const { orderId = newId() } = changes;
    await this.facts.keepSale(sale({ ...changes, orderId }));
    const lines = [
      { lineId: '1', sku: 'MUG', quantity: 3 },
      { lineId: '2', sku: 'CARD', quantity: 1 },
    ];
    await this.facts.keepDelivery(newId(), { orderId, shipmentId: newId(), parcels: ['1'], deliveredAt, lines });
    return orderId;
  }

  /** Mugs that are sent back; the path of their return. */
  async asked(orderId: string, quantity: number, reason = 'too-small'): Promise<string> {
    const { body } = await this.post('/returns', { orderId, lines: [{ lineId: '1', quantity, reason }] });
    return `/returns/${String(body['returnId'])}`;
  }
}
