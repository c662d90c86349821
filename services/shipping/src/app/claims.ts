import { Refused, type Meta, type Send } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import { known, type Claim, type ClaimCommand, type ClaimEvent, type ClaimStatus, type KnownClaim } from '../domain/claims/claim';
import { unknownShipment } from '../domain/refusals';
import { isCarried } from '../domain/shipment';
import type { ShipmentLog } from './shipment-log';

export interface ClaimFilter {
  readonly carrier?: string;
  readonly status?: ClaimStatus;
}
export interface ClaimPage {
  readonly limit: number;
  /** The `filedAt` and `claimId` of the last one seen. */
  readonly after?: readonly [filedAt: string, claimId: string];
}

export interface Filing {
  readonly shipmentId: string;
  readonly parcelId: string;
  readonly currency: string;
  readonly amount: number;
  readonly reason: Reason;
  readonly reference?: string;
}

export interface ClaimsNeeds {
  readonly send: Send<ClaimCommand, Claim, ClaimEvent>;
  readonly read: (claimId: string) => Promise<Claim>;
  /** Newest first. */
  readonly list: (filter: ClaimFilter, page: ClaimPage) => Promise<readonly string[]>;
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly claimIdOf: (shipmentId: string, parcelId: string) => string;
  readonly now: () => Date;
}

/** What carriers are asked to pay for parcels that they lost or broke, and what came of it. One for each parcel. */
export interface Claims {
  file(filing: Filing, meta: Meta): Promise<KnownClaim>;
  accept(claimId: string, amount: number, meta: Meta): Promise<KnownClaim>;
  refuse(claimId: string, reason: Reason, meta: Meta): Promise<KnownClaim>;
  pay(claimId: string, amount: number, meta: Meta): Promise<KnownClaim>;
  /** A line of a settlement file has paid it. */
  hearPaid(
    claimId: string,
    paid: { readonly lineId: string; readonly amount: number; readonly at: string },
    meta: Meta,
  ): Promise<KnownClaim>;
  get(claimId: string): Promise<KnownClaim>;
  list(filter: ClaimFilter, page: ClaimPage): Promise<readonly KnownClaim[]>;
}

export const claimStream = (claimId: string): string => `claim-${claimId}`;

const parcelOf = async ({ log }: ClaimsNeeds, { shipmentId, parcelId }: Filing) => {
  const { shipment } = await log.read(shipmentId);
  if (shipment.status === 'none') throw unknownShipment();
  if (!isCarried(shipment)) throw new Refused('SHIPMENT_NOT_DISPATCHED', 'No carrier has it: there is nothing to claim.');
  const parcel = shipment.tracked.find((each) => each.parcelId === parcelId);
  if (parcel) return { orderId: shipment.plan.orderId, carrier: shipment.label.carrier, trackingNumber: parcel.trackingNumber };
  const message = 'is no parcel of this shipment';
  throw new Refused('PARCEL_UNKNOWN', `Parcel ${parcelId} ${message}.`, 'invalid', [
    { field: 'parcelId', code: 'PARCEL_UNKNOWN', message },
  ]);
};

export const createClaims = (needs: ClaimsNeeds): Claims => {
  const told = async (claimId: string, command: ClaimCommand, meta: Meta): Promise<KnownClaim> =>
    known((await needs.send(claimStream(claimId), command, meta)).state);
  const now = (): string => needs.now().toISOString();
  return {
    file: async (filing, meta) => {
      const claimId = needs.claimIdOf(filing.shipmentId, filing.parcelId);
      const data = { ...filing, ...(await parcelOf(needs, filing)), claimId, now: now() };
      return told(claimId, { type: 'FileClaim', data }, meta);
    },
    accept: (claimId, amount, meta) => told(claimId, { type: 'AcceptClaim', data: { amount, now: now() } }, meta),
    refuse: (claimId, reason, meta) => told(claimId, { type: 'RefuseClaim', data: { reason, now: now() } }, meta),
    pay: (claimId, amount, meta) => told(claimId, { type: 'PayClaim', data: { amount, now: now() } }, meta),
    hearPaid: (claimId, { at, ...paid }, meta) => told(claimId, { type: 'HearClaimPaid', data: { ...paid, now: at } }, meta),
    get: async (claimId) => known(await needs.read(claimId)),
    list: async (filter, page) => {
      const claims = await Promise.all((await needs.list(filter, page)).map((claimId) => needs.read(claimId)));
      return claims.flatMap((claim) => (claim.status === 'none' ? [] : [claim]));
    },
  };
};
