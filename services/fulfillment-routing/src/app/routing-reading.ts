import type { Destination, LineQuantity } from '@cartage/contracts';
import type { Position } from '@cartage/eventsourcing';
import { broker } from '../domain/brokering';
import { requireBrokered } from '../domain/order-brokering';
import type { Fulfillment, HeldLine } from '../domain/state';
import type { Unfilled } from '../domain/unfilled';
import { shownDecision, whyOf, type ShownDecision, type ShownPreview } from './decision-shown';
import { gather, type EvidenceNeeds } from './evidence';
import type { FulfillmentFilter, FulfillmentLists, ListedFulfillment } from './fulfillment-lists';
import { recordsOf, requireRecord, type BrokeringReading, type ReadBrokering } from './reading';

export interface ShownFulfillment extends Fulfillment {
  /** Of its ship group: for whoever packs it, or hands it over. */
  readonly instructions?: string;
}

export interface ShownBrokering {
  readonly orderId: string;
  readonly version: number;
  readonly fulfillments: readonly ShownFulfillment[];
  /** Lines that nobody can ship, as last decided. */
  readonly unfilled: readonly Unfilled[];
  /** Lines that may be shipped once nothing holds them. */
  readonly held: readonly HeldLine[];
  /** Why nothing is brokered any more, if so. */
  readonly closed?: string;
}

/** What the service can be asked to show. */
export interface RoutingReading {
  order(orderId: string): Promise<ShownBrokering>;
  decisionsOf(orderId: string): Promise<readonly ShownDecision[]>;
  decision(decisionId: string, minPosition?: Position): Promise<ShownDecision>;
  fulfillments(filter: FulfillmentFilter, minPosition?: Position): Promise<readonly ListedFulfillment[]>;
  orderOf(fulfillmentId: string): Promise<string>;
  /** How these lines would be brokered now. Writes nothing. */
  preview(lines: readonly LineQuantity[], destination: Destination): Promise<ShownPreview>;
}

export interface RoutingReadingNeeds extends EvidenceNeeds, BrokeringReading {
  readonly lists: FulfillmentLists;
}

export const createRoutingReading = (needs: RoutingReadingNeeds): RoutingReading => {
  const { read, history, lists } = needs;
  return {
    order: async (orderId) => shownBrokering(await read(orderId)),
    decisionsOf: async (orderId) => {
      const found = await history(orderId);
      requireBrokered(found.state);
      return recordsOf(found).map(shownDecision);
    },
    decision: async (decisionId, minPosition) => {
      const orderId = await lists.orderOfDecision(decisionId, minPosition);
      const records = orderId === undefined ? [] : recordsOf(await history(orderId));
      return shownDecision(requireRecord(records, decisionId));
    },
    fulfillments: (filter, minPosition) => lists.find(filter, minPosition),
    orderOf: (fulfillmentId) => lists.orderOfFulfillment(fulfillmentId),
    preview: (lines, destination) => preview(needs, lines, destination),
  };
};

const shownBrokering = ({ state, version }: Awaited<ReturnType<ReadBrokering>>): ShownBrokering => {
  const { orderId, fulfillments, shipGroups, unfilled, held, closed } = requireBrokered(state);
  const shown = [...fulfillments.values()].map((one): ShownFulfillment => {
    const { instructions } = shipGroups.get(one.shipGroupId) ?? {};
    return instructions === undefined ? one : { ...one, instructions };
  });
  return { orderId, version, fulfillments: shown, unfilled, held, ...(closed === undefined ? {} : { closed }) };
};

const preview = async (needs: EvidenceNeeds, lines: readonly LineQuantity[], destination: Destination): Promise<ShownPreview> => {
  const { facts, rules } = await gather(needs, lines, { destination });
  const request = { lines, destination, priority: 'standard' as const, attempt: 1, excluded: [], inUse: [] };
  const decision = broker(rules, request, facts);
  const why = whyOf({
    ...{ ...decision, ...facts, rules, request },
    assignments: decision.assignments.map((each) => ({ fulfillmentId: '', ...each })),
  });
  const weights = facts.weights ? { weights: facts.weights } : {};
  const unitWorth = facts.unitWorth ? { unitWorth: facts.unitWorth } : {};
  return { rules: rules.version, destination: facts.destination, skus: facts.skus, ...weights, ...unitWorth, ...decision, why };
};
