import { newId, startAll, type AnyService } from '@cartage/service-kit';
import { onceShown, testDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { inventoryService } from './inventory.module';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A started inventory on a database of its own, as a client sees it; `sql` is for what no client sees. */
export interface InventoryOverHttp {
  readonly url: string;
  readonly sql: Pool;
  ask(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a file. */
  send(path: string, file: { readonly type: string; readonly text: string | ReadableStream }, key?: string): Promise<Answer>;
  close(): Promise<void>;
}

export const inventoryOverHttp = async (others: readonly AnyService[] = []): Promise<InventoryOverHttp> => {
  const database = await testDatabase();
  const environment = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 5).toString('base64'), PORT: '0', LOG_LEVEL: 'fatal' };
  const running = await startAll([inventoryService, ...others], { environment });
  const sql = new Pool({ connectionString: database.url, options: '-c search_path=inventory' });
  const asked = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${running.url}/inventory/${path}`, init);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    url: running.url,
    sql,
    ask: (method, path, body, headers = {}) =>
      onceShown(() =>
        asked(path, {
          method,
          ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } } : { headers }),
        }),
      ),
    send: (path, { type, text }, key = newId()) => {
      const headers = { 'content-type': type, 'idempotency-key': key };
      return asked(path, { method: 'POST', body: text, headers, ...(typeof text === 'string' ? {} : { duplex: 'half' }) } as RequestInit);
    },
    close: async () => {
      await sql.end();
      await running.close();
      await database.drop();
    },
  };
};
