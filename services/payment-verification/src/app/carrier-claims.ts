import type { Reason } from '@cartage/contracts';
import { handling, reading, StreamCache, type EventStore, type Handled, type Meta, type Reading, type Send } from '@cartage/eventsourcing';
import {
  carrierClaim,
  carrierClaimStream,
  recordedOf,
  settledBy,
  type CarrierClaim,
  type CarrierClaimCommand,
  type CarrierClaimEvent,
  type OwedClaim,
} from '../domain/carrier-claims/carrier-claim';

export interface CarrierClaimsNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
  readonly now: () => Date;
}

export type HandledCarrierClaim = Handled<CarrierClaim, CarrierClaimEvent>;

/** What carriers owe for parcels that they lost or broke: told where parcels are, paid by their files, or written off. */
export class CarrierClaims {
  private readonly send: Send<CarrierClaimCommand, CarrierClaim, CarrierClaimEvent>;
  private readonly claims: Reading<CarrierClaim, CarrierClaimEvent>;

  constructor(private readonly needs: CarrierClaimsNeeds) {
    const cache = new StreamCache<CarrierClaim, CarrierClaimEvent>();
    this.send = handling<CarrierClaimCommand, CarrierClaim, CarrierClaimEvent>(needs, carrierClaim, { cache });
    this.claims = reading<CarrierClaim, CarrierClaimEvent>(needs.store, carrierClaim, { cache });
  }

  /** The carrier owes so much in all. */
  owed(claim: OwedClaim, owed: number, meta: Meta): Promise<HandledCarrierClaim> {
    return this.tell(claim.claimId, { type: 'HearClaim', data: { ...claim, owed, now: this.now() } }, meta);
  }

  /** A person recorded that it has paid. */
  paid(claim: OwedClaim, amount: number, meta: Meta): Promise<HandledCarrierClaim> {
    return this.tell(claim.claimId, { type: 'HearClaimPayment', data: { ...claim, amount, now: this.now() } }, meta);
  }

  /** A line of a file hands over what is owed; answers how much of the claim came by it. */
  async settle(claimId: string, { lineId, amount }: { readonly lineId: string; readonly amount: number }, meta: Meta): Promise<number> {
    const { current } = await this.tell(claimId, { type: 'SettleClaim', data: { claimId, lineId, amount, now: this.now() } }, meta);
    return settledBy(current, lineId);
  }

  /** What of these claims a person recorded as paid. */
  async recorded(claimIds: readonly string[]): Promise<number> {
    const claims = await Promise.all(claimIds.map((claimId) => this.claims.load(carrierClaimStream(claimId))));
    return claims.reduce((sum, { state }) => sum + recordedOf(state), 0);
  }

  writeOff(
    claimId: string,
    { amount, reason }: { readonly amount?: number; readonly reason: Reason },
    meta: Meta,
  ): Promise<HandledCarrierClaim> {
    const data = { claimId, reason, now: this.now(), ...(amount === undefined ? {} : { amount }) };
    return this.tell(claimId, { type: 'WriteOffClaim', data }, meta);
  }

  private tell(claimId: string, command: CarrierClaimCommand, meta: Meta): Promise<HandledCarrierClaim> {
    return this.send(carrierClaimStream(claimId), command, meta);
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
