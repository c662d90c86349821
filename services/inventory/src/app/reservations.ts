import type { DataOf, Meta, Settled } from '@cartage/eventsourcing';
import { coalescing } from '@cartage/eventsourcing';
import { withParts, type LineQuantity } from '@cartage/contracts';
import type { ReservationCommand } from '../domain/reservation-command';
import { claimTogether, type ClaimingNeeds } from './claiming';
import type { Ask, Claimed } from './open-orders';
import { againWhenRaced } from './racing';

type CommandData<Type extends ReservationCommand['type']> = Omit<DataOf<ReservationCommand, Type>, 'now' | 'reservationId'>;
type Does<Type extends ReservationCommand['type']> = (asked: CommandData<Type>, meta: Meta) => Promise<Claimed>;

/** Orders' claims on stock. Callers share transactions: commands gather while one is in flight. */
export interface Reservations {
  /** Claims each line on the network's stock, whole; what is short waits. */
  readonly reserve: Does<'ReserveStock'>;
  /** The order wants more units of some lines, or fewer: claims what is new, gives back what is not wanted. */
  readonly change: Does<'ChangeDemand'>;
  /** Gives back all that the order has reserved, and what locations give back later. */
  readonly end: Does<'EndDemand'>;
  /** Claims what is there of a line that waits. */
  readonly split: Does<'SplitShortage'>;
  /** Turns reserved lines into a claim on one location's stock, or says what is short there. */
  readonly allocate: Does<'AllocateStock'>;
  /** Gives what a location will not ship back to the network, still reserved as far as it is wanted. */
  readonly releaseAllocation: Does<'ReleaseAllocation'>;
  /** Takes what left the location off its stock. */
  readonly issue: Does<'IssueStock'>;
  /** Takes what the customer has in hand, or gets by a link, off the books: all of it or nothing. */
  readonly handOver: Does<'HandOverStock'>;
  /** Books a returned unit at the location that received it. */
  readonly restock: Does<'RestockReturn'>;
}

export interface ReservationsNeeds extends ClaimingNeeds {
  readonly now: () => Date;
}

/** Orders in one transaction. More would make it long, and while it writes no follower passes it. */
const MAX_BATCH = 200;

export const createReservations = (needs: ReservationsNeeds): Reservations => {
  const claim = coalescing(
    oneByOneOnFault((asks) => againWhenRaced(() => claimTogether(needs, asks))),
    { maxBatch: MAX_BATCH, gather: needs.store.gather },
  );
  const ask = (command: ReservationCommand, meta: Meta): Promise<Claimed> => claim({ command, meta });
  const now = (): string => needs.now().toISOString();
  const settles = () => ({ now: now(), reservationId: needs.newId() });
  return {
    reserve: ({ orderId, lines, cart, channel }, meta) => {
      const known = { ...(cart === undefined ? {} : { cart }), ...(channel === undefined ? {} : { channel }) };
      return ask({ type: 'ReserveStock', data: { orderId, lines: lines.map(quantityOf), ...known, ...settles() } }, meta);
    },
    change: (data, meta) => ask({ type: 'ChangeDemand', data: { ...data, ...settles() } }, meta),
    end: (data, meta) => ask({ type: 'EndDemand', data: { ...data, ...settles() } }, meta),
    split: (data, meta) => ask({ type: 'SplitShortage', data: { ...data, ...settles() } }, meta),
    allocate: (data, meta) => ask({ type: 'AllocateStock', data: { ...data, now: now() } }, meta),
    releaseAllocation: (data, meta) => ask({ type: 'ReleaseAllocation', data: { ...data, ...settles() } }, meta),
    issue: (data, meta) => ask({ type: 'IssueStock', data: { ...data, ...settles() } }, meta),
    handOver: (data, meta) => ask({ type: 'HandOverStock', data: { ...data, ...settles() } }, meta),
    restock: (data, meta) => ask({ type: 'RestockReturn', data: { ...data, now: now() } }, meta),
  };
};

/** Prices and texts of an order line are no business of the stock. */
const quantityOf = ({ lineId, sku, quantity, parts }: LineQuantity): LineQuantity => withParts({ lineId, sku, quantity }, parts);

type Settle = (asks: readonly Ask[]) => Promise<readonly Settled<Claimed>[]>;

/** A fault must hurt only the command that brings it. Command ids make trying again safe, even if the batch had in truth landed. */
const oneByOneOnFault =
  (settle: Settle): Settle =>
  async (asks) => {
    try {
      return await settle(asks);
    } catch (error) {
      if (asks.length === 1) return [{ ok: false, error }];
      const answers: Settled<Claimed>[] = [];
      for (const ask of asks) answers.push(...(await settle([ask]).catch((reason: unknown) => [{ ok: false as const, error: reason }])));
      return answers;
    }
  };
