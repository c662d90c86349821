import { deciding, evolving, type Decider } from './decider';
import type { EventStore, Meta, ReadRequest } from './event-store';
import { handling, type HandlingOptions } from './handling';
import { memoryStore } from './memory-store';
import { Refused } from './refused';

export type Added = { readonly type: 'Added'; readonly data: { readonly n: number } };
export type Add = { readonly type: 'Add'; readonly data: { readonly n: number } };

/** An aggregate for specs: a sum that never goes beyond ten in one step and takes nothing negative. */
export const sum: Decider<Add, number, Added> = {
  initial: 0,
  evolve: evolving<number, Added>({ Added: (total, { n }) => total + n }),
  decide: deciding<Add, number, Added>({
    Add: ({ n }, total) => {
      if (n < 0 && total + n < 0) throw new Refused('NEGATIVE', 'Only what is there can be taken.', 'invalid');
      return n === 0 || (n === 10 && total < 10) ? [] : [{ type: 'Added', data: { n } }];
    },
  }),
};

export const add = (n: number): Add => ({ type: 'Add', data: { n } });
export const meta = (commandId: string, fingerprint?: string): Meta => ({
  commandId,
  correlationId: 'c',
  actor: 'spec',
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

/** A sum that is over from so much on, though it may go on all the same. */
export const sumUpTo = (enough: number): typeof sum => ({ ...sum, isOver: (total) => total >= enough });

/** A process of its own on a store. */
export const processOn = (store: EventStore = memoryStore(), options: HandlingOptions<number, Added> = {}, decider = sum) => {
  let ids = 0;
  const send = handling({ store, newId: () => `e${(ids += 1)}`, isPublic: (type) => type === 'Added' }, decider, options);
  return { store, send };
};

export const eventsOf = async (store: EventStore, stream: string) => (await store.readMany([stream]))[0]?.events ?? [];

/** A store that notes what it is asked: reads as `stream` or `stream>version`, appends as the streams. */
export const noting = (store: EventStore = memoryStore()) => {
  const notes: string[] = [];
  const nameOf = (request: ReadRequest): string => (typeof request === 'string' ? request : `${request.stream}>${request.after}`);
  const noted: EventStore = {
    ...store,
    readMany: (requests) => (notes.push(`read ${requests.map(nameOf).join(' ')}`), store.readMany(requests)),
    appendMany: (writes) => (notes.push(`append ${writes.map(({ stream }) => stream).join(' ')}`), store.appendMany(writes)),
  };
  return { store: noted, notes: () => notes.splice(0) };
};
