import type { StoredEvent } from '@cartage/eventsourcing';
import { isoTime, put, tableOf, type Change, type Sql, type View } from '@cartage/views';
import { carrierClaim, openOf, type CarrierClaim, type CarrierClaimEvent, type OwedClaim } from '../../domain/carrier-claims/carrier-claim';
import { rowsOf } from './rows-of';

/** When it became a receivable: what is to come ages from then on. */
interface Standing {
  readonly claim: CarrierClaim;
  readonly owedAt: string;
}

const standing = {
  initial: { claim: undefined, owedAt: '' } satisfies Standing as Standing,
  evolve: ({ claim, owedAt }: Standing, event: CarrierClaimEvent): Standing => ({
    claim: carrierClaim.evolve(claim, event),
    owedAt: owedAt === '' && event.type === 'CarrierClaimOwed' ? event.data.changedAt : owedAt,
  }),
};

const row = ({ version }: StoredEvent, { claim: known, owedAt }: Standing): Change | readonly Change[] => {
  if (!known) return [];
  const { claimId, orderId, shipmentId, carrier, trackingNumber, currency, reference } = known.claim;
  return put({
    ...{ claim_id: claimId, order_id: orderId, shipment_id: shipmentId, carrier, tracking_number: trackingNumber },
    ...{ reference: reference ?? null, currency, owed: known.owed, settled: known.settled, written_off: known.writtenOff },
    ...{ open: openOf(known), owed_at: owedAt, version },
  });
};
const shows = (event: StoredEvent, state: () => Standing) => row(event, state());

/** What does which carrier owe, and what of it came? */
export const carrierClaimList: View<CarrierClaimEvent, Standing> = {
  name: 'carrier_claim',
  about: 'One row for each claim that a carrier has accepted: what it owes, what came, what was written off.',
  columns: {
    claim_id: { type: 'uuid not null', about: 'The claim.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    carrier: { type: 'text not null', about: 'Who owes it.' },
    tracking_number: { type: 'text not null', about: 'The parcel, as the carrier’s files name it.' },
    reference: { type: 'text', about: 'The carrier’s own number of the claim.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    owed: { type: 'bigint not null', about: 'What it has accepted. Minor units of `currency`.' },
    settled: { type: 'bigint not null', about: 'What came of it. Minor units of `currency`.' },
    written_off: { type: 'bigint not null', about: 'What nobody waits for any more. Minor units of `currency`.' },
    open: { type: 'bigint not null', about: 'What is to come. Minor units of `currency`.' },
    owed_at: { type: 'timestamptz not null', about: 'Since when it is owed.' },
    version: { type: 'integer not null', about: 'Events of it so far.' },
  },
  key: ['claim_id'],
  indexes: [
    '(owed_at desc, claim_id desc)',
    '(owed_at, claim_id) where open > 0',
    '(tracking_number)',
    '(reference) where reference is not null',
    '(order_id)',
  ],
  revision: 1,
  fold: standing,
  on: { CarrierClaimOwed: shows, CarrierClaimSettled: shows, CarrierClaimWrittenOff: shows },
};

type Kind = 'claim-owed' | 'claim-paid' | 'claim-written-off';

const moved = (
  id: string,
  { claimId, orderId, currency }: OwedClaim,
  of: { readonly kind: Kind; readonly amount: number; readonly at: string },
) => put({ movement_id: id, claim_id: claimId, order_id: orderId, kind: of.kind, currency, amount: of.amount, moved_at: of.at });

/** When did claims on carriers come into the books, and leave them? */
export const carrierClaimMovement: View<CarrierClaimEvent> = {
  name: 'carrier_claim_movement',
  about: 'One row for each entry of the books that follows from a claim on a carrier. What a settlement file pays is booked by its line.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The event that recorded it.' },
    claim_id: { type: 'uuid not null', about: 'The claim.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    kind: {
      type: 'text not null',
      about: 'claim-owed (below zero: less than before), claim-paid (recorded by a person), claim-written-off.',
    },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When it was heard or done.' },
  },
  key: ['movement_id'],
  indexes: ['(moved_at, movement_id)', '(order_id)'],
  revision: 1,
  on: {
    CarrierClaimOwed: ({ id, data }) => moved(id, data, { kind: 'claim-owed', amount: data.change, at: data.changedAt }),
    CarrierClaimSettled: ({ id, data }) =>
      data.lineId === undefined ? moved(id, data, { kind: 'claim-paid', amount: data.amount, at: data.settledAt }) : [],
    CarrierClaimWrittenOff: ({ id, data }) => moved(id, data, { kind: 'claim-written-off', amount: data.amount, at: data.writtenOffAt }),
  },
};

export interface CarrierClaimRow extends Omit<OwedClaim, 'reference'> {
  readonly reference: string | null;
  readonly owed: number;
  readonly settled: number;
  readonly writtenOff: number;
  readonly open: number;
  readonly owedAt: string;
}

export interface CarrierClaimFilter {
  readonly carrier?: string | undefined;
  readonly open?: boolean | undefined;
}

export interface CarrierClaimSlice {
  readonly limit: number;
  readonly after?: readonly [owedAt: string, claimId: string] | undefined;
}

const shown = `json_build_object('claimId', claim_id, 'orderId', order_id, 'shipmentId', shipment_id, 'carrier', carrier, 'trackingNumber', tracking_number,
  'reference', reference, 'currency', currency, 'owed', owed, 'settled', settled, 'writtenOff', written_off, 'open', open, 'owedAt', ${isoTime('owed_at')}) as row`;

/** Newest first. */
export const listCarrierClaims = (sql: Sql, { carrier, open }: CarrierClaimFilter, { limit, after }: CarrierClaimSlice) =>
  rowsOf<CarrierClaimRow>(
    sql,
    `select ${shown} from ${tableOf(carrierClaimList)}
    where ($1::text is null or carrier = $1) and ($2::boolean is null or (open <> 0) = $2)
      and ($3::timestamptz is null or (owed_at, claim_id) < ($3, $4::uuid))
    order by owed_at desc, claim_id desc limit $5`,
    [carrier ?? null, open ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );

export const findCarrierClaim = async (sql: Sql, claimId: string): Promise<CarrierClaimRow | undefined> =>
  (await rowsOf<CarrierClaimRow>(sql, `select ${shown} from ${tableOf(carrierClaimList)} where claim_id = $1`, [claimId]))[0];
