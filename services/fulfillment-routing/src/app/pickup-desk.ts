import { ownValue, type Reason, type ShippingEvent } from '@cartage/contracts';
import { Refused, type DataOf, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { isFetchedAt, type Place } from '../domain/pickup';
import { requireBrokered, requireFulfillment, shipGroupOf } from '../domain/requiring';
import type { RoutedOrder } from '../domain/policy';
import type { PickupRule, RoutingRules } from '../domain/rules';
import type { Brokering } from '../domain/state';
import { lastOfDay } from '../domain/work-days';
import { watchPickup } from './deadlines';
import type { OfOrder, PartOfLine } from './fulfillment-desk';
import type { Network } from './network';
import type { ReadBrokering } from './reading';
import { sending, type HandledBrokering, type SendingNeeds } from './sending';

export interface HandoverAsked {
  /** What whoever fetches it says; absent where a person answers for it. */
  readonly code?: string | undefined;
  readonly reason?: Reason | undefined;
  /** Who fetches it: the customer, or whoever was sent. */
  readonly name: string;
  readonly declined?: readonly PartOfLine[] | undefined;
}

/** What happens at the counter where customers fetch what they ordered. */
export interface PickupDesk {
  /** It is packed: where the customer fetches it, it is ready. */
  packed(fulfillment: OfOrder, meta: Meta): Promise<void>;
  /** Parcels are at the store where the customer fetches them. */
  arrived(arrival: DataOf<ShippingEvent, 'ArrivedAtStore'>, meta: Meta): Promise<HandledBrokering>;
  handOver(fulfillment: OfOrder, asked: HandoverAsked, meta: Meta): Promise<HandledBrokering>;
  extend(
    fulfillment: OfOrder,
    asked: { readonly until?: string | undefined; readonly reason: Reason },
    meta: Meta,
  ): Promise<HandledBrokering>;
  remind(fulfillment: OfOrder & { readonly expiresAt: string }, meta: Meta): Promise<HandledBrokering>;
  expire(fulfillment: OfOrder, meta: Meta): Promise<HandledBrokering>;
}

export interface PickupDeskNeeds extends SendingNeeds {
  readonly read: ReadBrokering;
  readonly network: Network;
  readonly vault: Pick<Vault, 'seal'>;
  /** Whether this is what whoever fetches it was sent. */
  readonly isCode: (fulfillmentId: string, said: string) => Promise<boolean>;
  readonly rulesFor: (order: RoutedOrder) => Promise<RoutingRules>;
  /** Where the rules in force say nothing of it. */
  readonly pickup: PickupRule;
  readonly newId: () => string;
  readonly now: () => Date;
}

export const createPickupDesk = (needs: PickupDeskNeeds): PickupDesk => {
  const send = sending(needs);
  const now = (): string => needs.now().toISOString();
  return {
    packed: async ({ orderId, fulfillmentId }, meta) => {
      const { state } = await needs.read(orderId);
      const of = state?.fulfillments.get(fulfillmentId);
      if (!of || of.pickup || !isFetchedAt(of, shipGroupOf(requireBrokered(state), of.shipGroupId))) return;
      await send(orderId, { type: 'BecomeReady', data: { fulfillmentId, ...(await readyNow(needs, state, fulfillmentId)) } }, meta);
    },
    arrived: async (arrival, meta) => {
      const { state } = await needs.read(arrival.orderId);
      const terms = await readyNow(needs, state, arrival.fulfillmentId);
      return send(arrival.orderId, { type: 'HearArrival', data: { arrival, ...terms } }, meta);
    },
    handOver: async ({ orderId, fulfillmentId }, asked, meta) => {
      const data = await handoverOf(needs, { orderId, fulfillmentId }, asked);
      const handled = await send(orderId, { type: 'HandOver', data: { ...data, now: now() } }, meta);
      requireRightCode(handled);
      return handled;
    },
    extend: async ({ orderId, fulfillmentId }, { until, reason }, meta) => {
      const kept = await extension(needs, { orderId, fulfillmentId }, until);
      if (!meta.preview && kept.expiresAt <= kept.latest) await watchPickup(needs, { orderId, fulfillmentId, ...kept });
      return send(orderId, { type: 'ExtendPickup', data: { fulfillmentId, ...kept, reason } }, meta);
    },
    remind: ({ orderId, fulfillmentId, expiresAt }, meta) =>
      send(orderId, { type: 'RemindOfPickup', data: { fulfillmentId, expiresAt, now: now() } }, meta),
    expire: async ({ orderId, fulfillmentId }, meta) => {
      const { state } = await needs.read(orderId);
      const { rule } = await termsOf(needs, state, fulfillmentId);
      const data = { fulfillmentId, expiryId: needs.newId(), then: rule.then ?? 'stock', now: now() };
      return send(orderId, { type: 'ExpirePickup', data }, meta);
    },
  };
};

const DAY_MS = 86_400_000;

/** Nobody is reminded of what has only just become ready. */
const keptUntil = (expiresAt: string, { remindDays }: PickupRule, now: string) => {
  const remindAt = new Date(Date.parse(expiresAt) - remindDays * DAY_MS).toISOString();
  return { expiresAt, ...(remindDays > 0 && remindAt > now ? { remindAt } : {}) };
};

/** By the rules that are in force, and the clock of the location. */
const termsOf = async (
  { network, rulesFor, pickup }: PickupDeskNeeds,
  state: Brokering,
  fulfillmentId: string,
): Promise<{ readonly place: Place; readonly rule: PickupRule; readonly days: number }> => {
  const { lines, shipGroupId, location: from } = requireFulfillment(state, fulfillmentId);
  const { method, destination, pickupLocation: location = from } = shipGroupOf(requireBrokered(state), shipGroupId);
  const order = { channel: state?.channel, method, country: destination?.country, skus: lines.map(({ sku }) => sku) };
  const [place = { name: location, timeZone: 'UTC' }, rules] = await Promise.all([network.placeOf(location), rulesFor(order)]);
  const rule = rules.pickup ?? pickup;
  return { place, rule, days: ownValue(rule.byLocation, location) ?? rule.days };
};

/** Ready at this moment: until when it is kept there. */
const readyNow = async (needs: PickupDeskNeeds, state: Brokering, fulfillmentId: string) => {
  const { place, rule, days } = await termsOf(needs, state, fulfillmentId);
  const now = needs.now().toISOString();
  return { place, ...keptUntil(lastOfDay(place, now, days), rule, now), now };
};

/** Kept longer, until then or as long as what becomes ready now; and how long at the most. */
const extension = async (needs: PickupDeskNeeds, { orderId, fulfillmentId }: OfOrder, until: string | undefined) => {
  const { state } = await needs.read(orderId);
  const { pickup } = requireFulfillment(state, fulfillmentId);
  const { place, rule, days } = await termsOf(needs, state, fulfillmentId);
  const now = needs.now().toISOString();
  const latest = lastOfDay(place, pickup?.readyAt ?? now, rule.mostDays);
  return { ...keptUntil(until ?? lastOfDay(place, now, days), rule, now), latest, now };
};

/** Who fetches it is personal: sealed as what else is known of the order's customer alone. */
const handoverOf = async (
  { isCode, vault, newId }: PickupDeskNeeds,
  { orderId, fulfillmentId }: OfOrder,
  { code, reason, name, declined }: HandoverAsked,
) => ({
  fulfillmentId,
  handoverId: newId(),
  codeIsRight: code !== undefined && (await isCode(fulfillmentId, code)),
  ...(reason ? { reason } : {}),
  ...(declined ? { declined: declined.map(({ lineId, quantity }) => ({ lineId, quantity })) } : {}),
  personal: await vault.seal(`guest-${orderId}`, { name }),
});

/** The wrong code is written down before it is refused: whoever tries them all is stopped. */
const requireRightCode = ({ events }: HandledBrokering): void => {
  if (!events.some(({ type }) => type === 'PickupCodeRefused')) return;
  const message = 'is not the code of these goods';
  throw new Refused('PICKUP_CODE_WRONG', `The code ${message}.`, 'invalid', [{ field: 'code', code: 'PICKUP_CODE_WRONG', message }]);
};
