import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awaited } from '../simulator/patience';
import { listed, readerOf, write, type Json } from './client';
import type { Known } from './known';

/** Somebody who takes whatever is sent, on this machine: nothing that is made up here leaves it. */
export interface Subscriber {
  readonly url: string;
  stop(): void;
}

export const startSubscriber = async (): Promise<Subscriber> => {
  const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(204).end()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const ENDPOINTS = '/subscriptions/webhook-endpoints';
const REPLAYS = '/subscriptions/replays';
const REPORTS = '/reporting/reports';

/** Those of this note, or name, are there to be removed: what is asked of the others is asked of what is there. */
const TO_REMOVE = 'to-remove';
const MOST_REMOVED = 6;

const removed = (): readonly string[] => Array.from({ length: MOST_REMOVED }, (_, n) => `${TO_REMOVE}-${n + 1}`);

const subscribe = async (url: string, receiver: string): Promise<void> => {
  for (const note of ['kept', ...removed()])
    await write('POST', `${url}${ENDPOINTS}`, { url: receiver, note, type: ['OrderPlaced'], after: '0' }, { key: `endpoint-${note}` });
  const { items } = (await readerOf(url)(ENDPOINTS)) as { readonly items: readonly Json[] };
  const kept = String(items.find(({ note }) => note === 'kept')?.['endpointId']);
  await listed(url, `${ENDPOINTS}/${kept}/deliveries`);
  await write('POST', `${url}${REPLAYS}`, { endpointId: kept, rate: 10, type: ['OrderPlaced'] });
};

const ask = async (url: string): Promise<void> => {
  for (const name of ['kept', ...removed()])
    await write('PUT', `${url}${REPORTS}/${name}`, { sql: 'select count(*) as orders from fact_order', formats: ['csv'] });
  await write('POST', `${url}${REPORTS}/kept/runs`, {}, { key: 'run-kept' });
  await awaited('a run of a report', async () => (await listed(url, '/reporting/runs?state=done'))['runId']);
};

/** What subscribers and analysts have: endpoints with what was delivered to them, a replay, reports and a run with its file. */
export const furnishSubscribers = async (url: string, receiver: string): Promise<void> => {
  await subscribe(url, receiver);
  await ask(url);
};

/** Each of these paths is asked with one of these. */
const at = (paths: readonly string[], found: readonly Json[]): Known['together'] => Object.fromEntries(paths.map((path) => [path, found]));

/** The ids of all that, by path: what is removed is not what is asked for. */
export const subscribersIn = async (url: string): Promise<Known['together']> => {
  const itemsAt = async (path: string) => ((await readerOf(url)(path)) as { readonly items: readonly Json[] }).items;
  const [endpoints, reports] = [await itemsAt(ENDPOINTS), await itemsAt(REPORTS)];
  const { endpointId } = endpoints.find(({ note }) => note === 'kept') ?? {};
  const deliveries = (await itemsAt(`${ENDPOINTS}/${String(endpointId)}/deliveries?limit=60`)).map(({ deliveryId }) => ({
    endpointId,
    deliveryId,
  }));
  const runs = (await itemsAt('/reporting/runs?state=done')).map(({ runId }) => ({ runId, format: 'csv' }));
  const replays = (await itemsAt(REPLAYS)).map(({ replayId }) => ({ replayId }));
  const questions = await itemsAt('/reporting/questions');
  // Path and query are drawn apart: of more than one, a column of another question would be added up.
  const added = questions.filter(({ measures }) => (measures as readonly string[]).length > 0).slice(0, 1);
  const [one, delivery, report] = [`${ENDPOINTS}/{endpointId}`, '/deliveries/{deliveryId}', `${REPORTS}/{name}`];
  const ofOne = ['', '/pause', '/resume', '/secret', '/test', '/deliveries', '/redeliveries'].map((rest) => `${one}${rest}`);
  return {
    ...at(ofOne, [{ endpointId }]),
    ...at([`${one}${delivery}`, `${one}${delivery}/redelivery`], deliveries),
    ...at(
      [`DELETE ${one}`],
      endpoints.filter(({ note }) => note !== 'kept').map((each) => ({ endpointId: each['endpointId'] })),
    ),
    ...at([`${REPLAYS}/{replayId}`, `${REPLAYS}/{replayId}/cancel`], replays),
    ...at([report, `${report}/runs`], [{ name: 'kept' }]),
    ...at(
      [`DELETE ${report}`],
      reports.filter(({ name }) => name !== 'kept').map(({ name }) => ({ name })),
    ),
    ...at(['/reporting/runs/{runId}', '/reporting/runs/{runId}/files/{format}'], runs),
    ...at(
      ['', '/rows.csv'].map((rest) => `/reporting/questions/{name}${rest}`),
      questions.map(({ name }) => ({ name })),
    ),
    ...at(
      ['/reporting/questions/{name}/figures'],
      added.map(({ name, measures }) => ({ name, measure: (measures as readonly string[])[0] })),
    ),
  };
};
