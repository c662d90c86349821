import { handling, type EventStore, type Meta, type Send } from '@cartage/eventsourcing';
import type { SettlementLine } from '../../domain/settlements/line';
import {
  payout,
  payoutStream,
  type Payout,
  type PayoutCommand,
  type PayoutEvent,
  type PayoutStatus,
} from '../../domain/settlements/payout';

/** A payout as its provider tells of it, by a notice or when it is asked. */
export interface PayoutNotice {
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  readonly status: PayoutStatus;
  readonly reason?: string;
  readonly arrivesAt?: string;
}

export interface PayoutsNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
  readonly isPublic: (type: string) => boolean;
  /** Whose account a source settles. */
  readonly accountOf: (source: string) => Promise<string>;
}

/** What providers pay out: said by them, made of lines of a settlement, and come or not. */
export class Payouts {
  private readonly send: Send<PayoutCommand, Payout, PayoutEvent>;

  constructor(private readonly needs: PayoutsNeeds) {
    this.send = handling<PayoutCommand, Payout, PayoutEvent>(needs, payout);
  }

  /** What a provider tells of a payout. Its lines are fetched by and by. */
  async hear(provider: string, notice: PayoutNotice, meta: Meta): Promise<void> {
    const payoutId = this.idOf(notice.number);
    await this.send(payoutStream(payoutId), { type: 'HearPayout', data: { ...notice, payoutId, provider, now: this.now() } }, meta);
  }

  /** Money of a payout that failed is a part of another one: said by a line of a settlement. */
  async hearReturn({ references, source, currency, gross, lineId, settlementId }: SettlementLine, meta: Meta): Promise<void> {
    const [number] = references;
    if (number === undefined) return;
    const payoutId = this.idOf(number);
    const data = { payoutId, provider: await this.needs.accountOf(source), number, currency, amount: gross, lineId, settlementId };
    const command = { type: 'HearReturn', data: { ...data, now: this.now() } } as const;
    await this.send(payoutStream(payoutId), command, { ...meta, commandId: this.needs.idFor('payout-return', lineId) });
  }

  /** Its lines are in a settlement. */
  async reconciled(payoutId: string, settlementId: string, meta: Meta): Promise<void> {
    await this.send(payoutStream(payoutId), { type: 'RecordReconciliation', data: { payoutId, settlementId, now: this.now() } }, meta);
  }

  /** Providers’ numbers of payouts are unlike each other wherever they come from. */
  private idOf(number: string): string {
    return this.needs.idFor('payout', number);
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
