import {
  handling,
  reading,
  Refused,
  type Deadline,
  type Deadlines,
  type EventStore,
  type Handled,
  type Meta,
  type Send,
} from '@cartage/eventsourcing';
import {
  chargeback,
  chargebackStream,
  type Chargeback,
  type ChargebackCommand,
  type ChargebackEvent,
  type Disputed,
  type Evidence,
  type Outcome,
} from '../domain/chargebacks/chargeback';
import type { ChargebackStanding } from '../domain/commands';

/** Money that came in, as far as a chargeback speaks of it. */
export interface ChargedCapture {
  readonly captureId: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
}

/** Finds a capture by our id, or by the provider’s own number of it. */
export type FindCapture = (by: { readonly captureId: string } | { readonly reference: string }) => Promise<ChargedCapture | undefined>;

export interface ChargebacksNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  /** The id of what another system named. */
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
  readonly isPublic: (type: string) => boolean;
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly findCapture: FindCapture;
  /** Tells the payment how a chargeback stands: what a bank has taken back is not refunded again. */
  readonly book: (standing: ChargebackStanding, meta: Meta) => Promise<unknown>;
}

/** A chargeback as a person enters it. */
export interface ChargebackEntry {
  readonly captureId: string;
  readonly amount: number;
  readonly reasonCode: string;
  readonly reference?: string | undefined;
  readonly respondBy?: string | undefined;
}

/** A chargeback as a provider tells of it. */
export interface ChargebackNotice {
  readonly provider: string;
  /** The provider’s own number of the chargeback. */
  readonly reference: string;
  /** The provider’s own number of the capture. */
  readonly captureReference: string;
  readonly currency: string;
  readonly amount: number;
  readonly reasonCode: string;
  readonly respondBy?: string;
  readonly openedAt: string;
  readonly outcome?: Outcome;
}

export type HandledChargeback = Handled<Chargeback, ChargebackEvent>;

const NAME = 'ChargebackResponseDue';
const BOOKING = 'ChargebackBooking';
/** Whoever told of a chargeback books it at once, and sets the reminder; who died in between is overtaken after this long. */
const BOOK_MS = 60_000;
/** Evidence has to be gathered: this long before the end somebody is reminded. */
const REMIND_MS = 2 * 86_400_000;

const reminder = ({ chargebackId }: Disputed, respondBy: string, correlationId: string): Deadline => ({
  id: `chargeback-${chargebackId}-respond`,
  stream: chargebackStream(chargebackId),
  name: NAME,
  dueAt: new Date(Date.parse(respondBy) - REMIND_MS).toISOString(),
  data: { chargebackId },
  correlationId,
});

/** How it stands in the books of its payment. */
const standingOf = (known: Chargeback, turn: number): ChargebackStanding | undefined => {
  if (known.status === 'none' || known.captureId === undefined) return undefined;
  const { orderId, chargebackId, captureId, amount, status } = known;
  return { orderId, chargebackId, captureId, amount, turn, status: status === 'answered' ? 'open' : status };
};

/** Chargebacks: by hand, and from the provider’s webhooks. */
export class Chargebacks {
  private readonly send: Send<ChargebackCommand, Chargeback, ChargebackEvent>;
  private readonly read: ReturnType<typeof reading<Chargeback, ChargebackEvent>>;

  constructor(private readonly needs: ChargebacksNeeds) {
    this.read = reading<Chargeback, ChargebackEvent>(needs.store, chargeback);
    this.send = handling<ChargebackCommand, Chargeback, ChargebackEvent>(needs, chargeback);
  }

  async open({ captureId, amount, reasonCode, reference, respondBy }: ChargebackEntry, meta: Meta): Promise<HandledChargeback> {
    const capture = await this.needs.findCapture({ captureId });
    if (!capture) throw new Refused('CAPTURE_UNKNOWN', `No capture ${captureId} is known here.`, 'unknown');
    if (amount > capture.amount) throw exceeds(capture.amount);
    const disputed = {
      ...{ ...capture, amount, chargebackId: this.needs.idFor('chargeback', meta.commandId), openedAt: this.now() },
      reason: { code: reasonCode, by: 'operator', actor: meta.actor },
      ...(reference === undefined ? {} : { reference }),
      ...(respondBy === undefined ? {} : { respondBy }),
    };
    return this.tell(disputed.chargebackId, { type: 'OpenChargeback', data: disputed }, meta);
  }

  /** What a webhook tells, however often and in whatever order. Refused as unknown while its capture is not known: it may only be early. */
  async hear({ provider, captureReference, reasonCode, ...notice }: ChargebackNotice, meta: Meta): Promise<HandledChargeback> {
    const capture = await this.needs.findCapture({ reference: captureReference });
    if (!capture) throw new Refused('CAPTURE_UNKNOWN', `No capture ${captureReference} of ${provider} is known here.`, 'unknown');
    const chargebackId = this.needs.idFor('chargeback', provider, notice.reference);
    const data = { ...capture, ...notice, chargebackId, reason: { code: reasonCode, by: 'provider' }, now: this.now() };
    return this.tell(chargebackId, { type: 'HearChargeback', data }, meta);
  }

  giveEvidence(chargebackId: string, evidence: readonly Evidence[], meta: Meta): Promise<HandledChargeback> {
    return this.tell(chargebackId, { type: 'GiveEvidence', data: { evidence, by: meta.actor, now: this.now() } }, meta);
  }

  decide(chargebackId: string, outcome: Outcome, meta: Meta): Promise<HandledChargeback> {
    return this.tell(chargebackId, { type: 'DecideChargeback', data: { outcome, now: this.now() } }, meta);
  }

  /** Tells of a chargeback that must be answered soon, and does what whoever told of one left undone; of other deadlines it knows nothing. */
  async onDue({ name, data }: Deadline, meta: Meta): Promise<void> {
    const { chargebackId } = data as { readonly chargebackId: string };
    if (name === NAME) await this.tell(chargebackId, { type: 'RemindOfChargeback', data: { now: this.now() } }, meta);
    if (name !== BOOKING) return;
    const { state, version } = await this.read.load(chargebackStream(chargebackId));
    await this.book(standingOf(state, version), meta);
    await this.remind(state, meta);
  }

  private async tell(chargebackId: string, command: ChargebackCommand, meta: Meta): Promise<HandledChargeback> {
    const { preview, correlationId, commandId } = meta;
    if (!preview) {
      const dueAt = new Date(this.needs.now().getTime() + BOOK_MS).toISOString();
      const id = `chargeback-${chargebackId}-book-${commandId}`;
      await this.needs.deadlines.set({
        id,
        stream: chargebackStream(chargebackId),
        name: BOOKING,
        dueAt,
        data: { chargebackId },
        correlationId,
      });
    }
    const handled = await this.send(chargebackStream(chargebackId), command, meta);
    await this.book(standingOf(handled.state, handled.version), meta);
    await this.remind(handled.current, meta);
    return handled;
  }

  private async remind(known: Chargeback, { correlationId }: Meta): Promise<void> {
    if (known.status === 'open' && known.respondBy !== undefined && known.remindedAt === undefined)
      await this.needs.deadlines.set(reminder(known, known.respondBy, correlationId));
  }

  /** Another command, of another stream, that follows from the first. */
  private async book(standing: ChargebackStanding | undefined, { fingerprint: _, ...meta }: Meta): Promise<void> {
    if (standing) await this.needs.book(standing, { ...meta, commandId: this.needs.idFor('book', meta.commandId) });
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}

const exceeds = (captured: number): Refused =>
  new Refused('CHARGEBACK_EXCEEDS_CAPTURE', `Only ${captured} was captured.`, 'invalid', [
    { field: 'amount', code: 'CHARGEBACK_EXCEEDS_CAPTURE', message: `At most ${captured}.` },
  ]);
