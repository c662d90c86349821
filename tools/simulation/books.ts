import { Audit, lineOf, type Heard } from '@cartage/audit/domain';
import type { Envelope } from '@cartage/contracts';
import type { Witnessed } from './witnessed';

/** Of a published fact, as far as the books look at it. */
interface Booked {
  readonly orderId: string;
  readonly paymentId: string;
  readonly authorizationId: string;
  readonly captureId: string;
  readonly refundId: string;
  readonly labelId: string;
  readonly shipmentId: string;
  readonly returnId: string;
  readonly amount: number;
  readonly parcels: readonly { readonly parcelId: string }[];
}

interface Account {
  authorised: number;
  captured: number;
  refunded: number;
  collected: number;
}

const accountless: Account = { authorised: 0, captured: 0, refunded: 0, collected: 0 };

/** What may happen once only: by the type of the fact, what names the effect. */
const ONCE: Readonly<Record<string, (fact: Booked) => readonly string[]>> = {
  OrderPlaced: ({ orderId }) => [orderId],
  PaymentAuthorized: ({ authorizationId }) => [authorizationId],
  PaymentCaptured: ({ captureId }) => [captureId],
  RefundIssued: ({ refundId }) => [refundId],
  StockIssued: ({ shipmentId }) => [shipmentId],
  LabelPurchased: ({ labelId }) => [labelId],
  ShipmentDispatched: ({ shipmentId }) => [shipmentId],
  OrderCompleted: ({ orderId }) => [orderId],
  ReturnClosed: ({ returnId }) => [returnId],
};

const FAR = '9999-12-31T00:00:00.000Z';

/** What must be true after every single event, and at the end. Answers with what is not. */
export class Books {
  readonly accounts = new Map<string, Account>();
  private readonly sequences = new Map<string, number>();
  private readonly effects = new Set<string>();
  private readonly audit = new Audit();

  look({ envelopes }: Witnessed): readonly string[] {
    const [newest] = envelopes.slice(-1);
    if (!newest) return [];
    const fact = newest.data as Booked;
    this.audit.hear(newest as Heard);
    return [...this.counted(newest), ...this.once(newest, fact), ...this.booked(newest, fact)];
  }

  /** Once everybody has had the time that they need: what should have followed by itself, and has not. */
  owed(): readonly string[] {
    return this.audit.findings(FAR, { whose: ['services'] }).map(lineOf);
  }

  private counted({ topic, subject, sequence, type }: Envelope): readonly string[] {
    const key = `${topic} ${subject}`;
    const before = this.sequences.get(key) ?? 0;
    this.sequences.set(key, sequence);
    return sequence === before + 1 ? [] : [`${type} of ${key} has the number ${sequence}, after ${before}.`];
  }

  private once({ type }: Envelope, fact: Booked): readonly string[] {
    return (ONCE[type]?.(fact) ?? []).flatMap((name) => {
      const effect = `${type} ${name}`;
      if (this.effects.has(effect)) return [`${effect} happened twice.`];
      this.effects.add(effect);
      return [];
    });
  }

  private booked({ type }: Envelope, fact: Booked): readonly string[] {
    const field = MONEY[type];
    if (!field) return [];
    const account = { ...(this.accounts.get(fact.orderId) ?? accountless) };
    // What was refunded to a balance, and came back unspent, is refunded anew.
    account[field] += type === 'CreditReturned' ? -fact.amount : fact.amount;
    this.accounts.set(fact.orderId, account);
    const { authorised, captured, refunded, collected } = account;
    return [
      ...(captured > authorised ? [`Of order ${fact.orderId} ${captured} was captured, and ${authorised} authorised.`] : []),
      ...(refunded > captured + collected
        ? [`Of order ${fact.orderId} ${refunded} was refunded, and ${captured + collected} came in.`]
        : []),
    ];
  }
}

const MONEY: Readonly<Record<string, keyof Account>> = {
  PaymentAuthorized: 'authorised',
  PaymentCaptured: 'captured',
  RefundIssued: 'refunded',
  CreditReturned: 'refunded',
  CodCollected: 'collected',
};
