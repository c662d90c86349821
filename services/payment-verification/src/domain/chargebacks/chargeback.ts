import type { PaymentEvent as PublicEvent, Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named, type Translation } from '@cartage/eventsourcing';

type Public<Type extends PublicEvent['type']> = Extract<PublicEvent, { type: Type }>;

/** A document of ours that speaks for us; the document itself stays where it is. */
export interface Evidence {
  /** Such as `proof-of-delivery`, `invoice`, `correspondence`. */
  readonly kind: string;
  /** Where it is kept, or its number. */
  readonly reference: string;
}

export type ChargebackEvent =
  | Public<'ChargebackOpened'>
  | Public<'ChargebackResponseDue'>
  | Public<'ChargebackWon'>
  | Public<'ChargebackLost'>
  | Named<
      'ChargebackEvidenceGiven',
      {
        readonly chargebackId: string;
        readonly orderId: string;
        readonly evidence: readonly Evidence[];
        readonly by: string;
        readonly givenAt: string;
      }
    >;

/** What a bank takes back, and of what. */
export interface Disputed {
  readonly chargebackId: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
  readonly captureId?: string;
  /** The bank’s or the provider’s own number of it. */
  readonly reference?: string;
  readonly reason: Reason;
  readonly respondBy?: string;
  readonly openedAt: string;
}

export type Outcome = 'won' | 'lost';

export type ChargebackCommand =
  | Named<'OpenChargeback', Disputed>
  | Named<'GiveEvidence', { readonly evidence: readonly Evidence[]; readonly by: string; readonly now: string }>
  | Named<'RemindOfChargeback', { readonly now: string }>
  | Named<'DecideChargeback', { readonly outcome: Outcome; readonly now: string }>
  /** A provider tells how it stands, whatever was told before. */
  | Named<'HearChargeback', Disputed & { readonly outcome?: Outcome; readonly now: string }>;

export type ChargebackStatus = 'open' | 'answered' | Outcome;

export type Chargeback =
  | { readonly status: 'none' }
  | (Disputed & {
      readonly status: ChargebackStatus;
      readonly evidence: readonly Evidence[];
      readonly remindedAt?: string;
      readonly decidedAt?: string;
    });
export type KnownChargeback = Exclude<Chargeback, { readonly status: 'none' }>;

type Command<Type extends ChargebackCommand['type']> = DataOf<ChargebackCommand, Type>;

export const chargebackStream = (chargebackId: string): string => `chargeback-${chargebackId}`;

export const unknownChargeback = (): Refused => new Refused('CHARGEBACK_UNKNOWN', 'No such chargeback is known here.', 'unknown');

export const requireChargeback = (chargeback: Chargeback): KnownChargeback => {
  if (chargeback.status === 'none') throw unknownChargeback();
  return chargeback;
};

/** The bank has spoken; it may speak again. */
export const isDecided = ({ status }: Chargeback): boolean => status === 'won' || status === 'lost';

/** What every event of it begins with. */
const base = ({ orderId, paymentId, currency, amount, chargebackId, reference, captureId }: Disputed) => ({
  orderId,
  paymentId,
  currency,
  amount,
  chargebackId,
  ...(reference === undefined ? {} : { reference }),
  ...(captureId === undefined ? {} : { captureId }),
});

const opened = (disputed: Disputed): ChargebackEvent => ({
  type: 'ChargebackOpened',
  data: {
    ...base(disputed),
    reason: disputed.reason,
    ...(disputed.respondBy === undefined ? {} : { respondBy: disputed.respondBy }),
    openedAt: disputed.openedAt,
  },
});

const decided = (disputed: Disputed, outcome: Outcome, now: string): ChargebackEvent => ({
  type: outcome === 'won' ? 'ChargebackWon' : 'ChargebackLost',
  data: { ...base(disputed), decidedAt: now },
});

const open = (command: Command<'OpenChargeback'>, chargeback: Chargeback): readonly ChargebackEvent[] =>
  chargeback.status === 'none' ? [opened(command)] : [];

const giveEvidence = ({ evidence, by, now }: Command<'GiveEvidence'>, chargeback: Chargeback): readonly ChargebackEvent[] => {
  const { orderId, chargebackId, status } = requireChargeback(chargeback);
  if (isDecided(chargeback)) throw new Refused('CHARGEBACK_DECIDED', `The bank has decided: ${status}. No evidence is taken any more.`);
  return [{ type: 'ChargebackEvidenceGiven', data: { chargebackId, orderId, evidence, by, givenAt: now } }];
};

/** Once, and only while nobody has answered. */
const remind = ({ now }: Command<'RemindOfChargeback'>, chargeback: Chargeback): readonly ChargebackEvent[] => {
  const known = requireChargeback(chargeback);
  if (known.status !== 'open' || known.remindedAt !== undefined || known.respondBy === undefined) return [];
  return [{ type: 'ChargebackResponseDue', data: { ...base(known), respondBy: known.respondBy, remindedAt: now } }];
};

/** A bank may change its mind: what it said last holds. */
const decide = ({ outcome, now }: Command<'DecideChargeback'>, chargeback: Chargeback): readonly ChargebackEvent[] => {
  const known = requireChargeback(chargeback);
  return known.status === outcome ? [] : [decided(known, outcome, now)];
};

/** An outcome may be heard before its beginning; a beginning that comes after it is no news. */
const hear = ({ outcome, now, ...disputed }: Command<'HearChargeback'>, chargeback: Chargeback): readonly ChargebackEvent[] => {
  const beginning = open(disputed, chargeback);
  if (outcome === undefined || chargeback.status === outcome) return beginning;
  return [...beginning, decided(chargeback.status === 'none' ? disputed : chargeback, outcome, now)];
};

const ifKnown = (chargeback: Chargeback, change: (known: KnownChargeback) => Chargeback): Chargeback =>
  chargeback.status === 'none' ? chargeback : change(chargeback);

/** Money that a customer’s bank takes back: opened, answered with evidence, won or lost. */
export const chargeback: Decider<ChargebackCommand, Chargeback, ChargebackEvent> = {
  initial: { status: 'none' },
  evolve: evolving<Chargeback, ChargebackEvent>({
    ChargebackOpened: (_, data) => ({ ...data, status: 'open', evidence: [] }),
    ChargebackEvidenceGiven: (state, { evidence }) =>
      ifKnown(state, (known) => ({
        ...known,
        status: isDecided(known) ? known.status : 'answered',
        evidence: [...known.evidence, ...evidence],
      })),
    ChargebackResponseDue: (state, { remindedAt }) => ifKnown(state, (known) => ({ ...known, remindedAt })),
    ChargebackWon: (state, { decidedAt }) => ifKnown(state, (known) => ({ ...known, status: 'won', decidedAt })),
    ChargebackLost: (state, { decidedAt }) => ifKnown(state, (known) => ({ ...known, status: 'lost', decidedAt })),
  }),
  decide: deciding<ChargebackCommand, Chargeback, ChargebackEvent>({
    OpenChargeback: open,
    GiveEvidence: giveEvidence,
    RemindOfChargeback: remind,
    DecideChargeback: decide,
    HearChargeback: hear,
  }),
};

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });

/** Evidence stays inside. */
export const publishedOfChargebacks: Translation<ChargebackEvent, PublicEvent> = {
  ChargebackOpened: same,
  ChargebackResponseDue: same,
  ChargebackWon: same,
  ChargebackLost: same,
};
