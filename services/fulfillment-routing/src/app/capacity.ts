import type { BrokeringCommand } from '../domain/commands';
import type { Evidence } from '../domain/deciding';
import type { BrokeringEvent } from '../domain/events';
import { decidedNow, evidenceIn, withEvidence } from './command-evidence';
import type { Load, Network } from './network';
import type { ReadBrokering } from './reading';

/** A command whose decision has the capacity that it needs, as far as locations have a limit. */
export interface Claimed {
  readonly command: BrokeringCommand;
  readonly claims: readonly Load[];
}

interface CapacityNeeds {
  readonly network: Network;
  readonly read: ReadBrokering;
  readonly newId: () => string;
}

/**
 * Capacity is claimed like stock, before the decision is written: it is made on what is known, each of its fulfilments claims its place, and where there is none left it is
 * made again without that location. Who wrote to the order meanwhile may have changed the decision: what was claimed in vain is given back after the append.
 */
export const claiming =
  ({ network, read, newId }: CapacityNeeds) =>
  async (orderId: string, command: BrokeringCommand): Promise<Claimed> => {
    if (!evidenceIn(command).some(hasLimits)) return { command, claims: [] };
    const { state } = await read(orderId);
    await network.release(endedBy(command));
    let current = command;
    for (;;) {
      const wanted = loadsOf(decidedNow(current, state)).filter(({ location }) => isLimited(current, location));
      const refused = wanted.length > 0 ? await network.claim(wanted) : [];
      if (refused.length === 0) return { command: current, claims: wanted };
      await network.release(wanted.filter((load) => !refused.includes(load)).map(({ fulfillmentId }) => fulfillmentId));
      current = withEvidence(current, (evidence) => ({
        ...without(evidence, refused),
        fulfillmentIds: evidence.fulfillmentIds.map(newId),
      }));
    }
  };

const hasLimits = ({ facts }: Evidence): boolean => facts.locations.some(({ capacity }) => capacity !== undefined);

const isLimited = (command: BrokeringCommand, location: string): boolean =>
  evidenceIn(command).some(({ facts }) => facts.locations.some((one) => one.location === location && one.capacity !== undefined));

/** The fulfilment that comes to nothing by what is heard: its own place is free for what follows from it. */
const endedBy = (command: BrokeringCommand): readonly string[] => {
  if (command.type === 'HearAllocationRefusal') return [command.data.refusal.fulfillmentId];
  return command.type === 'HearShipmentCancellation' ? [command.data.cancellation.fulfillmentId] : [];
};

export const loadsOf = (events: readonly BrokeringEvent[]): readonly Load[] =>
  events.flatMap(({ type, data }) =>
    type === 'FulfillmentBrokered' ? [{ fulfillmentId: data.fulfillmentId, location: data.location, day: data.workDay }] : [],
  );

/** One more than it can take: also for whoever gives a place back to it. */
const without = (evidence: Evidence, full: readonly Load[]): Evidence => {
  const isFull = (location: string, day: string | undefined): boolean => full.some((one) => one.location === location && one.day === day);
  const locations = evidence.facts.locations.map((one) => ({
    ...one,
    ...(isFull(one.location, one.day) ? { load: (one.capacity ?? 0) + 1 } : {}),
    ...(one.later
      ? { later: one.later.map((each) => (isFull(one.location, each.day) ? { ...each, load: (one.capacity ?? 0) + 1 } : each)) }
      : {}),
  }));
  return { ...evidence, facts: { ...evidence.facts, locations } };
};
