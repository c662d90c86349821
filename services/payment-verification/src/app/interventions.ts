import type { Reason } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { ShortWayOut } from '../domain/ledger';
import type { ChargebackStanding, OutcomeByHand, Payout, PaymentCommand, Remittance } from '../domain/commands';
import { isKnown, type ReviewDecision } from '../domain/payment';
import type { Decisions } from './decisions';
import type { WhenDue } from './deadlines';
import type { HandledPayment } from './settling';

export interface Review extends ReviewDecision {
  readonly orderId: string;
}

interface OfShipment {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly reason: Reason;
}

export interface ShortCollection extends OfShipment {
  readonly collected: number;
}

export interface ShortCollectionEnd extends OfShipment {
  readonly resolution: ShortWayOut;
  /** Absent: all that is missing. */
  readonly amount?: number;
}

export interface CaptureByHand {
  readonly orderId: string;
  readonly captureId: string;
  /** Absent: all that is due and was not taken. */
  readonly amount?: number;
}

export interface Goodwill {
  readonly orderId: string;
  readonly refundId: string;
  readonly currency: string;
  readonly amount: number;
  readonly tender: string;
}

/** What people do about payments, and what is done by itself when its time has come. */
export class Interventions {
  constructor(private readonly decisions: Decisions) {}

  assignReview(
    assignment: { readonly orderId: string; readonly assignee: string },
    meta: Meta,
    ifVersion?: number,
  ): Promise<HandledPayment> {
    return this.byHand({ type: 'AssignReview', data: { ...this.decisions.at(), ...assignment } }, meta, ifVersion);
  }

  review(review: Review, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'DecideReview', data: { ...this.decisions.at(), ...review, by: meta.actor } }, meta, ifVersion);
  }

  remit(remittance: Remittance, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RecordRemittance', data: { ...this.decisions.at(), ...remittance } }, meta, ifVersion);
  }

  codShort(short: ShortCollection, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RecordCodShort', data: { ...this.decisions.at(), ...short } }, meta, ifVersion);
  }

  resolveCodShort(end: ShortCollectionEnd, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'ResolveCodShort', data: { ...this.decisions.at(), ...end } }, meta, ifVersion);
  }

  capture(capture: CaptureByHand, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RequestCapture', data: { ...this.decisions.at(), ...capture } }, meta, ifVersion);
  }

  retryCapture(of: { readonly orderId: string; readonly captureId: string }, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RetryCapture', data: { ...this.decisions.at(), ...of } }, meta, ifVersion);
  }

  retryVoid(of: { readonly orderId: string; readonly voidId: string }, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RetryVoid', data: { ...this.decisions.at(), ...of } }, meta, ifVersion);
  }

  refund(goodwill: Goodwill, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RequestRefund', data: { ...this.decisions.at(), ...goodwill, cause: 'goodwill' } }, meta, ifVersion);
  }

  retryRefund(of: { readonly orderId: string; readonly refundId: string }, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RetryRefund', data: { ...this.decisions.at(), ...of } }, meta, ifVersion);
  }

  payOut(payout: Payout, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'PayOutRefund', data: { ...this.decisions.at(), ...payout } }, meta, ifVersion);
  }

  /** What became of a call that its provider never answered, as a person found out. */
  recordOutcome(outcome: OutcomeByHand, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.byHand({ type: 'RecordOutcome', data: { ...this.decisions.at(), ...outcome } }, meta, ifVersion);
  }

  /** How a chargeback stands: what the bank took back is not refunded again, and what it gives back is owed as before. */
  bookChargeback(standing: ChargebackStanding, meta: Meta): Promise<HandledPayment> {
    return this.byHand({ type: 'BookChargeback', data: { ...this.decisions.at(), ...standing } }, meta);
  }

  /** What is done when its time has come. */
  get whenDue(): WhenDue {
    const { decisions } = this;
    return {
      ReviewOverdue: (data, meta) => decisions.decide({ type: 'EscalateReview', data: { ...decisions.at(), ...data } }, meta),
      AuthorizationOver: async (data, meta) => {
        // The customer may have paid at the last moment: the provider is asked before the payment is given up. Its silence has a deadline of its own.
        const { silences } = await decisions.askAgain(data.orderId, meta.actor);
        return silences.has(data.authorizationId)
          ? undefined
          : decisions.decide({ type: 'ExpireAuthorization', data: { ...decisions.at(), ...data } }, meta, { decisionOnly: true });
      },
      ProviderSilent: async (data, meta) => {
        const { silences, handled } = await decisions.askAgain(data.orderId, meta.actor);
        const { orderId, key, silentSince: expiresAt } = data;
        if (silences.has(key))
          return decisions.decide({ type: 'GiveUpCall', data: { ...decisions.at(), ...data } }, meta, { decisionOnly: true });
        // What it says at last of a promise may be that it waits for a customer whose time is over.
        const ofPromise = isKnown(handled.current) && handled.current.ledger.authorizations.has(key);
        const over: PaymentCommand = { type: 'ExpireAuthorization', data: { ...decisions.at(), orderId, authorizationId: key, expiresAt } };
        return ofPromise ? decisions.decide(over, meta, { decisionOnly: true }) : undefined;
      },
      PaymentReminder: async (data, meta) => {
        // A webhook may be late or lost: nobody is reminded of what is paid.
        await decisions.resume(data.orderId, meta.actor);
        return decisions.decide({ type: 'RemindOfPayment', data: { ...decisions.at(), ...data } }, meta);
      },
      CaptureRetry: (data, meta) => decisions.decide({ type: 'RetryCapture', data: { ...decisions.at(), ...data } }, meta),
      VoidRetry: (data, meta) => decisions.decide({ type: 'RetryVoid', data: { ...decisions.at(), ...data } }, meta),
      ChannelRefundUnclaimed: (data, meta) => decisions.decide({ type: 'FreeChannelRefund', data: { ...decisions.at(), ...data } }, meta),
      RefundRetry: (data, meta) => decisions.decide({ type: 'RetryRefund', data: { ...decisions.at(), ...data } }, meta),
      WaitsUnset: ({ orderId }, meta) => decisions.setWaits(orderId, meta),
    };
  }

  private byHand(command: PaymentCommand, meta: Meta, ifVersion?: number): Promise<HandledPayment> {
    return this.decisions.decide(command, meta, { ifVersion, decisionOnly: true, isWatched: true });
  }
}
