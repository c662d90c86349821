import { handling, reading, type EventStore, type Handled, type Meta } from '@cartage/eventsourcing';
import type { WayBackCommand, WayBackEvent } from '../../domain/way-back/events';
import { wayBack, type WayBack } from '../../domain/way-back/way-back';

export interface WayBackLogNeeds {
  readonly store: EventStore;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
}

/** The streams of labels for the way back, one for each return. */
export interface WayBackLog {
  send(returnId: string, command: WayBackCommand, meta: Meta): Promise<Handled<WayBack, WayBackEvent>>;
  read(returnId: string): Promise<WayBack>;
}

export const wayBackStream = (returnId: string): string => `wayback-${returnId}`;

export const createWayBackLog = ({ store, newId, isPublic }: WayBackLogNeeds): WayBackLog => {
  const send = handling<WayBackCommand, WayBack, WayBackEvent>({ store, newId, isPublic }, wayBack);
  const { load } = reading<WayBack, WayBackEvent>(store, wayBack);
  return {
    send: (returnId, command, meta) => send(wayBackStream(returnId), command, meta),
    read: async (returnId) => (await load(wayBackStream(returnId))).state,
  };
};
