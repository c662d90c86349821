import { handling, reading, type EventStore, type Handled, type Meta } from '@cartage/eventsourcing';
import { boxes, type BoxEvent } from '../domain/boxing/boxes';
import type { Box } from '../domain/boxing/goods';
import { requireLocation } from './places';
import type { LocationRegister } from './registers';

export interface BoxesNeeds {
  readonly store: EventStore;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** The kinds of boxes that a location has; without a location, those of every one that has none of its own. */
export interface Boxes {
  /** These are all of them from now on. */
  change(location: string | undefined, said: readonly Box[], meta: Meta): Promise<Handled<readonly Box[], BoxEvent>>;
  /** As they were said. */
  said(location: string | undefined): Promise<readonly Box[]>;
  /** Those that are used there. */
  at(location: string): Promise<readonly Box[]>;
}

const streamOf = (location: string | undefined): string => (location === undefined ? 'boxes' : `boxes-${location}`);

export const createBoxes = ({ store, locations, newId, now }: BoxesNeeds): Boxes => {
  const send = handling({ store, newId }, boxes);
  const { load } = reading(store, boxes);
  const said = async (location: string | undefined): Promise<readonly Box[]> => (await load(streamOf(location))).state;
  return {
    change: async (location, told, meta) => {
      if (location !== undefined) await requireLocation(locations, location);
      const data = { ...(location === undefined ? {} : { location }), boxes: told, now: now().toISOString() };
      return send(streamOf(location), { type: 'ChangeBoxes', data }, meta);
    },
    said,
    at: async (location) => {
      const [own, everywhere] = await Promise.all([said(location), said(undefined)]);
      return own.length > 0 ? own : everywhere;
    },
  };
};
