import type { Envelope } from '@cartage/contracts';
import type { Fact } from './table';
import { fromFulfillment } from './from-fulfillment';
import { fromInventory } from './from-inventory';
import { fromOrder } from './from-order';
import { fromPayment } from './from-payment';
import { fromPolicies } from './from-policies';
import { fromReturns } from './from-returns';
import { fromShipping } from './from-shipping';
import type { Stamp } from './extraction';

type Any = (data: unknown, stamp: Stamp) => readonly Fact[];

const extractions: ReadonlyMap<string, Any> = new Map(
  Object.entries({
    ...fromOrder,
    ...fromInventory,
    ...fromPayment,
    ...fromFulfillment,
    ...fromShipping,
    ...fromReturns,
    ...fromPolicies,
  }) as readonly (readonly [string, Any])[],
);

/** Types of events that say something to the star. */
export const toldTypes: readonly string[] = [...extractions.keys()];

/** What an event says to the star; the first version of each contract is the one that is read. */
export const factsOf = (envelope: Envelope): readonly Fact[] => extractions.get(envelope.type)?.(envelope.data, envelope) ?? [];
