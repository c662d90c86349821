import { unitsBySku } from '@cartage/contracts';
import type { Handled } from '@cartage/eventsourcing';
import type { BrokeringCommand, Given } from '../domain/commands';
import { refusingFor, type Evidence } from '../domain/deciding';
import type { BrokeringEvent } from '../domain/events';
import type { LocationFacts } from '../domain/facts';
import { shipGroupOf } from '../domain/requiring';
import type { Brokered, Brokering } from '../domain/state';
import { waitingForStock } from '../domain/stock-arrivals';
import { withoutTaken, type TakenUnits } from '../domain/taken-units';
import { gather, type EvidenceNeeds } from './evidence';
import type { Network, StockWanted } from './network';

type HandledBrokering = Handled<Brokering, BrokeringEvent>;

const wantedBy = (order: Brokered): readonly StockWanted[] =>
  waitingForStock(order).map(({ decisionId, shipGroupId, lines, notAt }) => {
    const { method, pickupLocation } = shipGroupOf(order, shipGroupId);
    const only = method === 'pickup' && pickupLocation !== undefined ? { location: pickupLocation } : {};
    return { decisionId, ...only, notAt: [...new Set([...notAt, ...refusingFor(order, lines)])], units: unitsBySku(lines) };
  });

/** Nothing is asked for an order that never waited. One that is offered what it does not want any more is forgotten. */
export const keepWaits = async (
  network: Network,
  orderId: string,
  { type }: BrokeringCommand,
  handled: HandledBrokering,
): Promise<void> => {
  const { state, version, events } = handled;
  if (state?.waitsSince === undefined || (events.length === 0 && type !== 'HearStock')) return;
  await network.wait({ orderId, version, since: state.waitsSince, wanted: wantedBy(state) });
};

/** What is known now for each decision that found nobody. */
export const evidenceOfWaits = async (needs: EvidenceNeeds, order: Brokered): Promise<ReadonlyMap<string, Evidence>> => {
  const gathered = waitingForStock(order).map(async ({ decisionId, shipGroupId, lines }) => {
    const known = await gather(needs, lines, { ...shipGroupOf(order, shipGroupId), channel: order.channel });
    return [decisionId, known] as const;
  });
  return new Map(await Promise.all(gathered));
};

/** What came while it was decided that nobody has enough, or while the lines were held, offered to the order. */
export const arrivedMeanwhile = async (
  needs: EvidenceNeeds,
  { state, events }: HandledBrokering,
  taken: readonly TakenUnits[],
): Promise<Extract<BrokeringCommand, { type: 'HearStock' }> | undefined> => {
  const isFree = events.some(({ type }) => type === 'HoldReleased');
  if (!state || !(isFree || events.some(({ type }) => type === 'FulfillmentUnfillable'))) return undefined;
  const evidence = new Map([...(await evidenceOfWaits(needs, state))].map(([id, known]) => [id, withoutTaken(known, taken)]));
  const arrivedAt = arrivedSince(events, evidence);
  return arrivedAt.length > 0 || (isFree && evidence.size > 0) ? { type: 'HearStock', data: { evidence, arrivedAt } } : undefined;
};

/** Where there is more than these decisions knew. */
const arrivedSince = (events: readonly BrokeringEvent[], evidence: Given<'HearStock'>['evidence']): readonly string[] => {
  const arrived = events.flatMap((event) => {
    const now = event.type === 'OrderBrokered' ? evidence.get(event.data.decisionId)?.facts : undefined;
    if (event.type !== 'OrderBrokered' || !now) return [];
    const { skus, candidates, others = [] } = event.data;
    const before = new Map([...candidates, ...others].map((one) => [one.location, unitsAt(one, skus)]));
    return now.locations.filter((one) => hasMore(unitsAt(one, now.skus), before.get(one.location))).map(({ location }) => location);
  });
  return [...new Set(arrived)];
};

const unitsAt = ({ available }: Pick<LocationFacts, 'available'>, skus: readonly string[]): ReadonlyMap<string, number> =>
  new Map(skus.map((sku, i) => [sku, available[i] ?? 0]));

const hasMore = (now: ReadonlyMap<string, number>, before: ReadonlyMap<string, number> | undefined): boolean =>
  [...now].some(([sku, units]) => units > Math.max(0, before?.get(sku) ?? 0));
