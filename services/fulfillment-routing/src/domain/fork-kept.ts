import type { LineQuantity } from '@cartage/contracts';
import type { DecisionRecord } from './events';
import type { Leg } from './fork-outcome';
import type { ForkedOrder } from './forked-order';
import type { RoutingRules } from './rules';

/** What a ship group that waits is asked with again. */
export interface Asked extends Pick<DecisionRecord, 'shipGroup' | 'destination'> {
  readonly rules: RoutingRules;
}

export interface AskedLines extends Asked {
  readonly lines: readonly LineQuantity[];
}

/** An order of a fork, and what was decided of it. */
export interface Kept {
  order: ForkedOrder;
  readonly before: Map<string, Leg>;
  readonly now: Map<string, Leg>;
  /** Ship groups that may wait in the fork alone. */
  readonly asked: Map<string, Asked>;
}

const waitsSince = ({ order: { fork } }: Kept): string => `${fork?.waitsSince ?? ''} ${fork?.orderId ?? ''}`;
/** Who waits longest comes first. */
export const byWait = (a: Kept, b: Kept): number => (waitsSince(a) < waitsSince(b) ? -1 : 1);
