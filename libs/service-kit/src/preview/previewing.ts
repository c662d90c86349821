import { AsyncLocalStorage } from 'node:async_hooks';
import { joinsTransactions, type PostgresEventStore } from '@cartage/event-store';
import { codeOf, Previewed, Refused, type Deadlines, type EventStore } from '@cartage/eventsourcing';
import type { AnyPublication } from '@cartage/messaging';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import type { Vault } from '../service';

/** What the service at a path publishes; nothing where no service is. */
export type PublicationAt = (path: string) => AnyPublication | undefined;

/** In whose words the preview is told. */
const previews = new AsyncLocalStorage<{ readonly publication: AnyPublication | undefined }>();

/** Whether this is done for a preview: then nothing may be kept, and nobody outside may be asked for anything. */
export const isPreviewing = (): boolean => previews.getStore() !== undefined;

/** In whose words this preview is told; nothing where none is made. */
export const previewedPublication = (): AnyPublication | undefined => previews.getStore()?.publication;

const invalid = (): Refused => {
  const message = 'It must be `true` or `false`.';
  return new Refused('REQUEST_INVALID', `preview: ${message}`, 'invalid', [{ field: 'preview', code: 'PREVIEW_INVALID', message }]);
};

/** Whether a request wants to know what it would do, and wants nothing done (`?preview=true`). Reading does nothing anyway. */
export const wantsPreview = ({ method, query }: Pick<FastifyRequest, 'method'> & Partial<Pick<FastifyRequest, 'query'>>): boolean => {
  if (method === 'GET' || method === 'HEAD' || typeof query !== 'object' || query === null || !('preview' in query)) return false;
  if (query.preview !== 'true' && query.preview !== 'false') throw invalid();
  return query.preview === 'true';
};

/** Under which a service answers: the first part of the path. */
export const pathOf = ({ url }: Pick<FastifyRequest, 'url'>): string => url.split('?', 1)[0]?.split('/')[1] ?? '';

/** From here on, whatever such a request does, it does as a preview. */
export const separatePreviews = (server: FastifyInstance, publicationAt: PublicationAt): void => {
  server.addHook('preHandler', (request, _reply, done) => {
    if (wantsPreview(request)) previews.run({ publication: publicationAt(pathOf(request)) }, done);
    else done();
  });
};

/** Seals nothing in previews: a data key is made with the first seal of a person, and would remain. */
export const vaultForPreviews = (vault: Vault): Vault => ({
  seal: async (person, content) => (isPreviewing() ? { key: person, box: '' } : vault.seal(person, content)),
  open: (sealed) => vault.open(sealed),
});

/** Sets no deadline in previews: what it is for is not written either. */
export const deadlinesForPreviews = (deadlines: Deadlines): Deadlines => ({
  set: async (deadline) => {
    if (!isPreviewing()) await deadlines.set(deadline);
  },
  cancel: async (id) => {
    if (!isPreviewing()) await deadlines.cancel(id);
  },
});

const rolledBack = (store: PostgresEventStore): PostgresEventStore => ({
  ...store,
  transaction: (work) =>
    isPreviewing()
      ? store.transaction(async (joined) => {
          await work(joined);
          throw new Previewed([]);
        })
      : store.transaction(work),
});

/** Rolls every transaction of a preview back, also one that appended nothing. */
export const storeForPreviews = (store: EventStore): EventStore => (joinsTransactions(store) ? rolledBack(store) : store);

const READ_ONLY = '25006';

const unsupported = (cause: unknown): Refused => {
  const refused = new Refused('PREVIEW_UNSUPPORTED', 'What this does beside its events cannot be previewed. Nothing was done.', 'invalid');
  refused.cause = cause;
  return refused;
};

/** In a preview the database itself sees to it that a query only reads. */
const queryReadOnly = async (pool: Pool, given: Parameters<Pool['query']>): Promise<unknown> => {
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    return await (client.query as (...args: readonly unknown[]) => Promise<unknown>)(...given);
  } catch (error) {
    throw codeOf(error) === READ_ONLY ? unsupported(error) : error;
  } finally {
    // One that cannot even roll back is of no more use.
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
  }
};

/** A pool whose single queries only read while a preview is made. */
export const poolForPreviews = (pool: Pool): Pool =>
  new Proxy(pool, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (name !== 'query' || !isPreviewing()) return value;
      return (...given: Parameters<Pool['query']>) => queryReadOnly(target, given);
    },
  });
