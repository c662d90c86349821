import {
  fold,
  handling,
  type Clock,
  type Deadlines,
  type EventStore,
  type Meta,
  type Send,
  type StoredEvent,
} from '@cartage/eventsourcing';
import type { PaymentCommand } from '../domain/commands';
import { payment, paymentStream } from '../domain/decider';
import type { PaymentEvent } from '../domain/events';
import type { ProviderCall } from '../domain/outstanding';
import type { Payment } from '../domain/payment';
import type { ReminderPolicy } from '../domain/reminders';
import { deadlinesOf, deadlinesOfSilence, waitsUnset } from './deadlines';
import { OutcomeUnknown, type OpenToken } from './payment-provider';
import { settling, type HandledPayment, type Providers, type SealAction, type Settled, type Settling } from './settling';

export interface DecisionsNeeds {
  readonly store: EventStore;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly clock: Pick<Clock, 'pause'>;
  readonly isPublic: (type: string) => boolean;
  readonly providers: Providers;
  readonly openToken: OpenToken;
  readonly sealAction: SealAction;
  readonly deadlines: Pick<Deadlines, 'set'>;
  /** Minutes until what failed is tried again by itself: after the first failure, the second, and so on. */
  readonly pauses: readonly number[];
  /** Absent: nobody is reminded. */
  readonly reminders?: ReminderPolicy;
  /** So many minutes a provider may be silent before what it was asked to promise is given up. */
  readonly silenceMinutes: number;
}

interface Following {
  readonly ifVersion?: number | undefined;
  /** Which of the calls that are to be made now it makes; absent: all of them. */
  readonly concerns?: ((call: ProviderCall) => boolean) | undefined;
  /**
   * For people: it answers with the decision, not with what the provider says to it, so that a repeat answers the same. A provider that is silent does not undo the
   * decision: recovery asks again.
   */
  readonly decisionOnly?: boolean;
  /** Nobody is certain to say it again: what then waits has its deadlines all the same. */
  readonly isWatched?: boolean;
}

/** How soon a provider that was silent is asked again, while what brought the decision is still in hand. */
const SOON_MS = [200, 1_000, 3_000] as const;

const requireSilence = (error: unknown): void => {
  if (!(error instanceof OutcomeUnknown)) throw error;
};

const requireAnswers = ({ handled, silences }: Settled): HandledPayment => {
  for (const silence of silences.values()) throw silence;
  return handled;
};

const NO_REMINDERS: ReminderPolicy = { afterPercent: 0, apartMinutes: 0 };

export const isInquiry = ({ operation }: ProviderCall): boolean => operation === 'inquire';

/** Decides about a payment, makes the calls to providers that follow, and sets the deadlines of what then waits. */
export class Decisions {
  private readonly send: Send<PaymentCommand, Payment, PaymentEvent>;
  private readonly settle: Settling;
  /** For whoever does not come again. */
  private readonly settleWatched: Settling;

  constructor(private readonly needs: DecisionsNeeds) {
    this.send = handling<PaymentCommand, Payment, PaymentEvent>(needs, payment);
    this.settle = settling({ ...needs, send: this.send });
    this.settleWatched = settling({ ...needs, send: (...sent) => this.sendWatched(...sent) });
  }

  /** What every command is decided with. */
  at(): { readonly now: string; readonly newId: string } {
    return { now: this.needs.now().toISOString(), newId: this.needs.newId() };
  }

  async decide(command: PaymentCommand, meta: Meta, following: Following = {}): Promise<HandledPayment> {
    const { ifVersion, concerns, decisionOnly, isWatched } = following;
    const decided = await this.send(paymentStream(command.data.orderId), command, meta, ifVersion);
    const followed = await this.follow(decided, meta, { concerns, settle: isWatched ? this.settleWatched : this.settle });
    if (!decisionOnly) return requireAnswers(followed);
    await this.limitSilence(followed, meta);
    return decided;
  }

  /**
   * Decides on what was heard. A provider that is silent is no fault of the fact: it is asked again soon, and from then on by recovery, so that whatever else happens to the order,
   * such as its cancellation, is heard meanwhile.
   */
  async hear(command: PaymentCommand, meta: Meta, following: Pick<Following, 'concerns'> = {}): Promise<HandledPayment> {
    for (const ms of SOON_MS) {
      try {
        return await this.decide(command, meta, following);
      } catch (error) {
        requireSilence(error);
      }
      await this.needs.clock.pause(ms);
    }
    return this.decide(command, meta, { ...following, decisionOnly: true });
  }

  /** Asks again, or throws where somebody is silent still. */
  async resume(orderId: string, actor: string): Promise<HandledPayment> {
    return requireAnswers(await this.askAgain(orderId, actor));
  }

  /** Makes every call again whose answer is not known, and asks what has become of payments that wait for their customers. */
  async askAgain(orderId: string, actor: string): Promise<Settled> {
    const events = await this.eventsOf(orderId);
    const last = events.at(-1);
    const meta: Meta = { commandId: this.needs.newId(), correlationId: last?.meta.correlationId ?? this.needs.newId(), actor };
    const state = fold(payment, events);
    const begun = { state, current: state, version: events.length, position: last?.position ?? '', events: [], repeated: false };
    const inquired = await this.settleWatched.inquire(begun, meta);
    const { handled, silences } = await this.follow(inquired.handled, meta, { settle: this.settleWatched });
    const settled = { handled, silences: new Map([...inquired.silences, ...silences]) };
    await this.limitSilence(settled, meta);
    return settled;
  }

  async eventsOf(orderId: string): Promise<readonly StoredEvent<PaymentEvent>[]> {
    const [stream] = await this.needs.store.readMany([paymentStream(orderId)]);
    return (stream?.events ?? []) as readonly StoredEvent<PaymentEvent>[];
  }

  async stateOf(orderId: string): Promise<Payment> {
    return fold(payment, await this.eventsOf(orderId));
  }

  /** Sets the deadline of whatever waits: again, as a rule. */
  async setWaits(orderId: string, meta: Meta): Promise<void> {
    await this.limit({ current: await this.stateOf(orderId) }, meta);
  }

  /** What still waits for its customer is asked about again anyway. */
  private async sendWatched(...sent: Parameters<typeof this.send>): Promise<HandledPayment> {
    const [, { data }, meta] = sent;
    const isPending = 'answer' in data && data.answer.status === 'pending';
    if (!isPending) await this.setAll([waitsUnset(data.orderId, this.needs.newId(), this.needs.now())], meta);
    return this.send(...sent);
  }

  private async follow(
    decided: HandledPayment,
    meta: Meta,
    { concerns = () => true, settle }: Pick<Following, 'concerns'> & { readonly settle: Settling },
  ): Promise<Settled> {
    await this.limit(decided, meta);
    const settled = await settle.calls(decided, meta, (call) => !isInquiry(call) && concerns(call));
    if (settled.handled !== decided) await this.limit(settled.handled, meta);
    return settled;
  }

  /** Each wait has its deadline, set again with each repeat: none is lost to a crash. */
  private limit({ current }: Pick<HandledPayment, 'current'>, meta: Meta): Promise<void> {
    return this.setAll(deadlinesOf(current, this.needs.reminders ?? NO_REMINDERS), meta);
  }

  /** Only where somebody was silent: an order whose provider answers has no such deadline. */
  private async limitSilence({ handled: { current }, silences }: Settled, meta: Meta): Promise<void> {
    if (silences.size > 0) await this.setAll(deadlinesOfSilence(current, this.needs.silenceMinutes), meta);
  }

  private async setAll(deadlines: ReturnType<typeof deadlinesOf>, { correlationId }: Meta): Promise<void> {
    await Promise.all(deadlines.map((deadline) => this.needs.deadlines.set({ ...deadline, correlationId })));
  }
}
