import { join } from 'node:path';
import { plannedServices, type PlannedService } from '../distributed/plan';
import { startSystem, type System } from '../distributed/system';
import { clientOf, sumOf, type Watched } from './driving';
import type { Figure } from './figure';
import { javaBelow, postmasterOf } from './machine';
import { freePorts, say, withFolder } from './places';

const WARM_UP = 200;
const IN_FLIGHT = 400;

type Plan = readonly PlannedService[];

const shortName = (name: string): string => name.replace('services/', '');

const watchedOf = ({ services, folder }: System): Watched => ({
  ...Object.fromEntries(services.map((service) => [shortName(service.name), [service.current().pid]])),
  Postgres: [postmasterOf(join(folder, 'postgres'))],
  Kafka: javaBelow(process.pid),
});

/** By the first segment of the path, so that the entrance, which no cluster has, costs nothing. */
const originsOf = ({ services }: System, plan: Plan): Readonly<Record<string, string>> => {
  const urls = new Map(services.map(({ name, url }) => [shortName(name), url]));
  return Object.fromEntries(plan.flatMap(({ name, paths }) => paths.map((path) => [path, urls.get(name) ?? ''])));
};

interface Scope {
  /** Before each figure. */
  readonly name: string;
  readonly plan: Plan;
  readonly goal?: Figure['goal'];
}

/** A process for each of these services, over a real Kafka, as `npm run start:distributed` runs them. */
const overKafka = (orders: number, { name, plan, goal }: Scope): Promise<readonly Figure[]> =>
  withFolder(async (folder) => {
    const [PORT = 0, KAFKA_PORT = 0, POSTGRES_PORT = 0, ...ports] = await freePorts(3 + plan.length);
    const placed = plan.map((service, i) => ({ ...service, port: ports[i] ?? 0 }));
    const settings = { CARTAGE_DIR: join(folder, 'data'), PORT, KAFKA_PORT, POSTGRES_PORT, LOG_LEVEL: 'error' };
    const system = await startSystem(settings, say, { plan: placed });
    try {
      const client = await clientOf(originsOf(system, plan), watchedOf(system), { units: (orders + WARM_UP) * 4 });
      await client.carry(WARM_UP, IN_FLIGHT);
      const { completed, cpuMs } = await client.carry(orders, IN_FLIGHT);
      client.close();
      return [
        { name: `${name}: completed`, value: completed.perSecond, unit: 'orders/s' },
        { name: `${name}: CPU an order`, value: sumOf(cpuMs), unit: 'ms', ...(goal ? { goal } : {}) },
        ...Object.entries(cpuMs).map(([process, value]): Figure => ({ name: `  ${process}, ${name}`, value, unit: 'ms' })),
      ];
    } finally {
      await system.stop();
    }
  });

/** The services that carry an order: those that `npm start` composes, too. */
export const carriedOverKafka = (orders: number): Promise<readonly Figure[]> =>
  overKafka(orders, {
    name: 'over Kafka',
    plan: plannedServices.filter(({ onlyListens }) => onlyListens !== true),
    goal: { must: 25, aim: 15, better: 'less' },
  });

/** With those that only listen beside them: the audit, the star of reporting, subscriptions. */
export const allOverKafka = (orders: number): Promise<readonly Figure[]> =>
  overKafka(orders, { name: 'all services over Kafka', plan: plannedServices });
