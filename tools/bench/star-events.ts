import type { CloudEvent, Envelope, Topic } from '@cartage/contracts';
import { join } from 'node:path';
import { clientOf } from './driving';
import { startEmbeddedProcess } from './embedded-process';
import { postmasterOf } from './machine';
import { withFolder } from './places';
import type { Lived } from './star-stories';
import { settled } from './subscribed';

const envelopeOf = ({ dataschema, topic, topicsequence, partitionkey, correlationid, causationid, ...event }: CloudEvent): Envelope => ({
  ...{ id: event.id, type: event.type, version: Number(dataschema.split(':').at(-1)), topic: topic as Topic, source: event.source },
  ...{ subject: event.subject, key: partitionkey, time: event.time, sequence: topicsequence, correlationId: correlationid },
  ...(causationid === undefined ? {} : { causationId: causationid }),
  ...{ replay: false, data: event.data },
});

const IN_FLIGHT = 20;
const UNITS = 100_000;

const eventsAt = async (url: string): Promise<readonly CloudEvent[]> => {
  const answer = await fetch(`${url}/stream?lastEventId=0&follow=false`, { headers: { accept: 'text/event-stream' } });
  if (!answer.ok) throw new Error(`GET /stream answered ${answer.status}: ${await answer.text()}`);
  return (await answer.text())
    .split('\n')
    .filter((line) => line.startsWith('data: {"specversion"'))
    .map((line) => JSON.parse(line.slice('data: '.length)) as CloudEvent);
};

const livedOf = (events: readonly CloudEvent[]): Lived => {
  const byOrder = new Map<string, Envelope[]>();
  for (const event of events) {
    const story = byOrder.get(event.orderid ?? '') ?? [];
    byOrder.set(event.orderid ?? '', story);
    story.push(envelopeOf(event));
  }
  const before = byOrder.get('') ?? [];
  byOrder.delete('');
  return { before, orders: [...byOrder.values()] };
};

/** So many orders live in an embedded system that keeps every public event. */
export const lived = (orders: number): Promise<Lived> =>
  withFolder(async (folder) => {
    const system = await startEmbeddedProcess(folder, { SUBSCRIPTIONS_ENABLED: 'true', RATE_LIMIT: '0' });
    try {
      const client = await clientOf(system.url, { Postgres: [postmasterOf(join(folder, 'postgres'))] }, { units: UNITS });
      await client.carry(orders, IN_FLIGHT);
      client.close();
      await settled(system.url, orders);
      return livedOf(await eventsAt(system.url));
    } finally {
      await system.stop();
    }
  });
