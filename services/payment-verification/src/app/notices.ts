import { pauseAfter, Refused, type Meta } from '@cartage/eventsourcing';
import { isKnown, type Payment } from '../domain/payment';
import type { Chargebacks, FindCapture } from './chargebacks';
import type { Decisions } from './decisions';
import { commandOf } from './notice-commands';
import type { MoneyFact, NoticeSources, OfPromise, ProviderFact, ProviderNotice, SignedBody } from './provider-facts';
import type { Payouts } from './settlements/payouts';

/** `waiting`: for what it speaks of; `refused`: it will never fit, and a person looks at it. */
export const parkedStates = ['waiting', 'refused'] as const;
export type ParkedState = (typeof parkedStates)[number];

export interface ParkedNotice {
  readonly provider: string;
  readonly noticeId: string;
  readonly state: ParkedState;
  readonly fact: ProviderFact;
  /** Why it does not fit: a stable code, and words for people. */
  readonly reason: string;
  readonly detail: string;
  readonly tries: number;
  readonly occurredAt: string;
  readonly parkedAt: string;
}

export interface ParkedSlice {
  readonly limit: number;
  readonly after: readonly [parkedAt: string, provider: string, noticeId: string] | undefined;
}

/** Where notices wait. */
export interface ParkedNotices {
  /** Once, however often it is told. */
  park(notice: Omit<ParkedNotice, 'tries' | 'parkedAt'>, nextAt: string): Promise<void>;
  /** Those whose time has come, each for one caller until `leasedUntil`. */
  claim(now: string, leasedUntil: string, limit: number): Promise<readonly ParkedNotice[]>;
  /** It did not fit again. */
  keep(notice: Pick<ParkedNotice, 'provider' | 'noticeId' | 'state' | 'reason' | 'detail'>, nextAt: string): Promise<void>;
  /** Whether it was there. */
  drop(of: Pick<ParkedNotice, 'provider' | 'noticeId'>): Promise<boolean>;
  list(filter: { readonly state?: ParkedState | undefined }, slice: ParkedSlice): Promise<readonly ParkedNotice[]>;
}

/** Finds a promise by its provider’s own number. */
export type FindPromise = (reference: string) => Promise<{ readonly orderId: string; readonly authorizationId: string } | undefined>;

export interface ProviderNoticesNeeds {
  readonly decisions: Pick<Decisions, 'at' | 'decide' | 'stateOf'>;
  readonly chargebacks: Pick<Chargebacks, 'hear'>;
  readonly payouts: Pick<Payouts, 'hear'>;
  readonly sources: NoticeSources;
  readonly parked: ParkedNotices;
  readonly findPromise: FindPromise;
  readonly findCapture: FindCapture;
  readonly pauses: readonly number[];
  readonly newId: () => string;
  readonly now: () => Date;
  readonly onFault: (notice: ParkedNotice, error: unknown) => void;
}

/** What became of the notices of a webhook. */
export interface Received {
  readonly received: number;
  /** Their facts are known here, now or since an earlier webhook. */
  readonly applied: number;
  /** They wait for what they speak of, or for a person. */
  readonly parked: number;
}

const SECOND = 1_000;
const LEASE = 60 * SECOND;
const BATCH = 50;

/** Soon at first: what a notice speaks of is usually a moment behind it. */
const PAUSES = { firstMs: 2 * SECOND, longestMs: 300 * SECOND };

const unknownPromise = (provider: string, fact: OfPromise): Refused =>
  new Refused(
    'PROMISE_UNKNOWN',
    `No payment of ${provider} is known here as ${fact.authorizationId ?? fact.reference ?? 'nothing in particular'}.`,
    'unknown',
  );

const moverIn = (payment: Payment, authorizationId: string | undefined): string | undefined =>
  isKnown(payment) ? payment.ledger.authorizations.get(authorizationId ?? '')?.mover : undefined;

type Applied = { readonly fits: true } | { readonly fits: false; readonly state: ParkedState; readonly refusal: Refused };

/** What providers tell by webhooks: twice, late, in any order, before what it speaks of and after its end. */
export class ProviderNotices {
  constructor(private readonly needs: ProviderNoticesNeeds) {}

  /** When it has answered, each fact is in the log or parked. */
  async receive(account: string, body: SignedBody, meta: Meta): Promise<Received> {
    const source = this.needs.sources.get(account);
    if (!source) throw new Refused('PROVIDER_UNKNOWN', `No payment provider ${account} is connected here.`, 'unknown');
    const notices = source.read(body);
    let applied = 0;
    // One after the other: what a message tells of one payment is told in its order.
    for (const notice of notices) if (await this.applyOrPark(source.provider, notice, meta)) applied += 1;
    return { received: notices.length, applied, parked: notices.length - applied };
  }

  /** Tries again what waits and whose time has come. */
  async retry(signal?: AbortSignal): Promise<void> {
    const { parked, newId } = this.needs;
    for (let claimed = await this.claim(); claimed.length > 0; claimed = await this.claim()) {
      for (const notice of claimed) {
        if (signal?.aborted) return;
        const meta: Meta = { commandId: newId(), correlationId: newId(), actor: `provider:${notice.provider}` };
        await this.tryAgain(notice, meta, parked).catch((error: unknown) => this.needs.onFault(notice, error));
      }
    }
  }

  list(filter: { readonly state?: ParkedState | undefined }, slice: ParkedSlice): Promise<readonly ParkedNotice[]> {
    return this.needs.parked.list(filter, slice);
  }

  /** A person has dealt with it. */
  async drop(of: Pick<ParkedNotice, 'provider' | 'noticeId'>): Promise<void> {
    if (await this.needs.parked.drop(of)) return;
    throw new Refused('NOTICE_UNKNOWN', `No notice ${of.noticeId} of ${of.provider} is parked here.`, 'unknown');
  }

  private claim(): Promise<readonly ParkedNotice[]> {
    const now = this.needs.now();
    return this.needs.parked.claim(now.toISOString(), new Date(now.getTime() + LEASE).toISOString(), BATCH);
  }

  private async applyOrPark(provider: string, notice: ProviderNotice, meta: Meta): Promise<boolean> {
    const outcome = await this.apply(provider, notice, meta);
    if (outcome.fits) return true;
    const { state, refusal } = outcome;
    await this.needs.parked.park({ ...notice, provider, state, reason: refusal.code, detail: refusal.message }, this.after(0));
    return false;
  }

  private async tryAgain(notice: ParkedNotice, meta: Meta, parked: ParkedNotices): Promise<void> {
    const outcome = await this.apply(notice.provider, notice, meta);
    if (outcome.fits) await parked.drop(notice);
    else {
      const { state, refusal } = outcome;
      await parked.keep({ ...notice, state, reason: refusal.code, detail: refusal.message }, this.after(notice.tries));
    }
  }

  private after(tries: number): string {
    return new Date(this.needs.now().getTime() + pauseAfter(tries, PAUSES)).toISOString();
  }

  /** Its own number is the command id: however often it comes, it decides once. */
  private async apply(provider: string, { noticeId, fact }: ProviderNotice, { fingerprint: _, ...meta }: Meta): Promise<Applied> {
    const told: Meta = { ...meta, commandId: `notice:${provider}:${noticeId}`, actor: `provider:${provider}` };
    try {
      await this.decide(provider, fact, told);
      return { fits: true };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { fits: false, state: error.kind === 'unknown' ? 'waiting' : 'refused', refusal: error };
    }
  }

  private decide(provider: string, fact: ProviderFact, meta: Meta): Promise<void> {
    if (fact.kind === 'disputed') return this.dispute(provider, fact, meta);
    if (fact.kind !== 'payout') return this.tell(provider, fact, meta);
    const { kind: _, ...notice } = fact;
    return this.needs.payouts.hear(provider, notice, meta);
  }

  private async dispute(provider: string, { kind: _, ...notice }: Extract<ProviderFact, { readonly kind: 'disputed' }>, meta: Meta) {
    const capture = await this.needs.findCapture({ reference: notice.captureReference });
    const payment = capture && (await this.needs.decisions.stateOf(capture.orderId));
    const promise = payment && isKnown(payment) ? payment.ledger.captures.get(capture.captureId)?.authorizationId : undefined;
    if (!payment || moverIn(payment, promise) !== provider)
      throw new Refused('CAPTURE_UNKNOWN', `No capture ${notice.captureReference} of ${provider} is known here.`, 'unknown');
    await this.needs.chargebacks.hear({ ...notice, provider }, meta);
  }

  private async tell(provider: string, fact: MoneyFact, meta: Meta): Promise<void> {
    const { decisions, pauses } = this.needs;
    const { orderId, authorizationId } = await this.promiseOf(provider, fact);
    const at = { ...decisions.at(), orderId, authorizationId };
    await decisions.decide(commandOf(fact, at, pauses), meta, { decisionOnly: true });
  }

  /** A provider speaks of its own payments only. */
  private async promiseOf(provider: string, fact: OfPromise): Promise<{ readonly orderId: string; readonly authorizationId: string }> {
    const { decisions, findPromise } = this.needs;
    const { orderId, authorizationId, reference } = fact;
    const named =
      orderId !== undefined && authorizationId !== undefined
        ? { orderId, authorizationId }
        : reference === undefined
          ? undefined
          : await findPromise(reference);
    const payment = named && (await decisions.stateOf(named.orderId));
    if (!named || !payment || moverIn(payment, named.authorizationId) !== provider) throw unknownPromise(provider, fact);
    return named;
  }
}
