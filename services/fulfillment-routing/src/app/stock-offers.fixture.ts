import { handling, memoryDeadlines, memoryStore, Refused, type Meta } from '@cartage/eventsourcing';
import type { LineQuantity } from '@cartage/contracts';
import { id, rules, shipGroup } from '../domain/brokering.fixture';
import { orderBrokering } from '../domain/order-brokering';
import { isStanding } from '../domain/state';
import { locationOf, levelOf, MemoryNetwork } from './network.fixture';
import { readingFrom } from './reading';
import { createRouting, type Routing } from './routing';

export const meta = (commandId: string): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });

/** Routing on one log and what it remembers, as any number of processes have it. */
const processesOn = (network: MemoryNetwork) => {
  const [store, deadlines] = [memoryStore(), memoryDeadlines()];
  let n = 100_000;
  const newId = (): string => id((n += 1));
  let second = 0;
  const needs = {
    ...{ network, deadlines, newId },
    geocoder: { postalArea: async () => undefined, country: async () => undefined },
    rulesFor: async () => rules,
    now: () => new Date(Date.parse('2026-11-23T10:00:00.000Z') + (second += 1) * 1_000),
    ...readingFrom(store),
  };
  const process = (): Routing => createRouting({ ...needs, send: handling({ store, newId }, orderBrokering) });
  return { network, deadlines, process, routing: process(), read: needs.read };
};
type Processes = ReturnType<typeof processesOn>;

/** Refused as early while nothing was heard of its stock: then it is told again. */
const confirm = async ({ routing }: Processes, order: number, lines: readonly LineQuantity[]): Promise<boolean> => {
  const grouped = lines.map((line) => ({ ...line, shipGroupId: '1' }));
  const told = { orderId: id(order), priority: 'standard', shipGroups: [shipGroup], lines: grouped };
  try {
    await routing.broker(told, meta(`confirmed-${order}-${lines.map(({ lineId }) => lineId).join()}`));
    return true;
  } catch (error) {
    if (error instanceof Refused && error.kind === 'unknown') return false;
    throw error;
  }
};

/** Where lines of an order go. */
const shipped = async ({ read }: Processes, order: number): Promise<readonly string[]> => {
  const { state } = await read(id(order));
  return [...(state?.fulfillments.values() ?? [])]
    .filter(isStanding)
    .flatMap(({ location, lines }) => lines.map(({ lineId, quantity }) => `${lineId}: ${quantity} from ${location}`))
    .sort();
};

/** Told as the listener of inventory's topic is. */
export const routingOn = (network = new MemoryNetwork()) => {
  const processes = processesOn(network);
  const { routing, read } = processes;
  return {
    ...processes,
    receive: async (location: string, sku: string, revision: number, available: number): Promise<void> =>
      routing.stockArrived(
        await network.learnLevels([levelOf(location, sku, revision, available)]),
        meta(`${location}/${sku}/${revision}`),
      ),
    open: async (location: string, over: Parameters<typeof locationOf>[1] = {}): Promise<void> => {
      await network.learnLocation(locationOf(location, over));
      await routing.stockArrived(await network.arrivalsAt(location), meta(`${location}/${over.revision ?? 1}`));
    },
    confirm: (order: number, lines: readonly LineQuantity[]) => confirm(processes, order, lines),
    shipped: (order: number) => shipped(processes, order),
    unfilled: async (order: number): Promise<number> => (await read(id(order))).state?.unfilled.length ?? 0,
  };
};
export type Bench = ReturnType<typeof routingOn>;
