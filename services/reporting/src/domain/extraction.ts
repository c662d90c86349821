import type { Envelope, PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Fact } from './table';

export type Stamp = Pick<Envelope, 'id' | 'time' | 'sequence'>;

/** What events say to the star; one that is not named here says nothing to it. Never refuses a fact. */
export type Extraction<Event extends PublicEvent> = {
  readonly [Type in Event['type']]?: (data: DataOf<Event, Type>, stamp: Stamp) => readonly Fact[];
};

export const unitsOf = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
