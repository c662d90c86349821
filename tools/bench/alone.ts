import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { quietKafka } from '../kafka/quiet-kafka';
import { acceptedAtOnce } from './accept';
import { environmentOfImage, layOutAsInImage } from './as-in-image';
import { startServiceProcess, type CartageProcess } from './embedded-process';
import type { Figure } from './figure';
import { usageOf } from './machine';
import { freePorts, onFreshDatabase } from './places';

const ORDERS = 500;
/** Until what a start leaves to be done is done. */
const SETTLED_MS = 5_000;
const goal = { must: 150, better: 'less' } as const;

interface Seen {
  readonly idleMb: number;
  readonly busyMb: number;
  readonly cpuMs: number;
}

const seenOf = async ({ url, pid }: CartageProcess): Promise<Seen> => {
  await pause(SETTLED_MS);
  const idleMb = usageOf([pid]).rssMb;
  const { cpuMs } = await acceptedAtOnce({ url, pids: [pid] }, ORDERS);
  return { idleMb, busyMb: usageOf([pid]).rssMb, cpuMs };
};

const figuresOf = (when: string, startMs: number, { idleMb, busyMb, cpuMs }: Seen): readonly Figure[] => [
  { name: `order alone, ${when}: start`, value: startMs, unit: 'ms' },
  { name: `  memory before it begins, ${when}`, value: idleMb, unit: 'MB', goal },
  { name: `  memory after ${ORDERS} orders, ${when}`, value: busyMb, unit: 'MB', goal },
  { name: `  CPU an order, ${when}`, value: cpuMs, unit: 'ms' },
];

/** The order service in a process as an image starts it, over a real Kafka: after a start that makes its tables, and after one that finds them. */
export const alone = (): Promise<readonly Figure[]> =>
  onFreshDatabase(async ({ url, folder }) => {
    layOutAsInImage(join(folder, 'image'));
    const [port = 0] = await freePorts(1);
    const kafka = await quietKafka({ folder: join(folder, 'kafka'), ports: [port] });
    const environment = {
      ...environmentOfImage(),
      ...{ ROLE: 'all', KAFKA_BROKERS: kafka.brokers.join(','), DRAIN_DELAY_MS: '0', MASTER_KEY: randomBytes(32).toString('base64') },
    };
    const once = async (when: string): Promise<readonly Figure[]> => {
      const service = await startServiceProcess('order', url, { folder, environment, flags: [], root: join(folder, 'image') });
      try {
        return figuresOf(when, service.startMs, await seenOf(service));
      } finally {
        await service.stop();
      }
    };
    try {
      return [...(await once('tables made')), ...(await once('tables found'))];
    } finally {
      await kafka.stop();
    }
  });
