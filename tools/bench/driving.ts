import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Origins } from '../simulator/http';
import type { Seller, Task } from './carrier';
import { usageOf } from './machine';
import { rateOf, type Rate } from './rate';

/** Processes by the name under which their CPU is told; each with its children. */
export type Watched = Readonly<Record<string, readonly number[]>>;

export interface Carried {
  readonly completed: Rate;
  /** Milliseconds of CPU for each completed order, by process. */
  readonly cpuMs: Readonly<Record<string, number>>;
}

/** A client of a running Cartage, in a process of its own. */
export interface Client {
  /** Carries so many further orders to the door. */
  carry(orders: number, inFlight: number): Promise<Carried>;
  close(): void;
}

const cpuOf = (watched: Watched): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(watched).map(([name, pids]) => [name, usageOf(pids).cpuSeconds]));

export interface Sales {
  /** Units of everything in each location, when the shop opens. */
  readonly units: number;
  /** The shop itself unless given. */
  readonly of?: Seller;
}

/** Opens a shop. */
export const clientOf = async (origins: Origins, watched: Watched, { units, of = 'shop' }: Sales): Promise<Client> => {
  const child = fork(join(__dirname, 'carrier.js'));
  const ask = async (task: Task): Promise<void> => {
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('The client gave up; it has said why.')));
    child.send(task);
    await Promise.race([once(child, 'message'), ended]);
  };
  await ask({ type: 'open', origins, units });
  let first = 1;
  return {
    carry: async (orders, inFlight) => {
      const before = cpuOf(watched);
      const begin = performance.now();
      await ask({ type: 'carry', first, orders, inFlight, of });
      const completed = rateOf(orders, performance.now() - begin);
      const after = cpuOf(watched);
      first += orders;
      const cpuMs = Object.entries(after).map(([name, seconds]) => [name, ((seconds - (before[name] ?? 0)) * 1000) / orders] as const);
      return { completed, cpuMs: Object.fromEntries(cpuMs) };
    },
    close: () => void child.kill(),
  };
};

export const sumOf = (values: Readonly<Record<string, number>>): number => Object.values(values).reduce((sum, value) => sum + value, 0);
