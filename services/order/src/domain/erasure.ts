import type { erasureAnswers, ErasureRequest, PersonErased } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/*
 * A person is forgotten: asked for once nothing of theirs is under way, told to every service, and over when each has answered. Nothing in it says who the
 * person was: it names orders, customer ids and the keys that were destroyed.
 */

/** Who has to answer, by the event that each answers with. */
const answerers = {
  PersonErasedFromOrders: 'order',
  PersonErasedFromInventory: 'inventory',
  PersonErasedFromPayments: 'payment-verification',
  PersonErasedFromFulfillment: 'fulfillment-routing',
  PersonErasedFromShipping: 'shipping',
  PersonErasedFromReturns: 'returns',
  PersonErasedFromNotifications: 'notifications',
} as const satisfies Readonly<Record<(typeof erasureAnswers)[number]['type'], string>>;

export type ErasureAnswerType = keyof typeof answerers;
export const answererOf = (type: ErasureAnswerType): string => answerers[type];

interface Asked {
  readonly erasureId: string;
  readonly orders: readonly string[];
  readonly customers: readonly string[];
  readonly by: string;
  readonly reason?: string;
}

export interface ServiceAnswer extends Omit<PersonErased, 'erasureId'> {
  readonly service: string;
}

export type ErasureEvent =
  | Named<'PersonErasureDeferred', Asked & { readonly open: readonly string[]; readonly deferredAt: string }>
  | Named<'PersonErasureRequested', ErasureRequest & Asked>
  | Named<'ErasureAnswered', ServiceAnswer & { readonly erasureId: string }>
  | Named<'ErasureOverdue', { readonly erasureId: string; readonly missing: readonly string[]; readonly noticedAt: string }>
  | Named<'ErasureCompleted', { readonly erasureId: string; readonly hash: string; readonly completedAt: string }>;

export type ErasureCommand =
  | Named<
      'RequestErasure',
      Asked & {
        readonly keys: readonly string[];
        /** Orders that are still under way. */
        readonly open: readonly string[];
        /** Whether it is to wait for them. */
        readonly wait: boolean;
        readonly answerBy: string;
        readonly now: string;
      }
    >
  | Named<'RecordAnswer', DataOf<ErasureEvent, 'ErasureAnswered'>>
  | Named<'NoticeOverdue', { readonly erasureId: string; readonly now: string }>
  | Named<'CompleteErasure', { readonly erasureId: string; readonly hash: string; readonly now: string }>;

export interface Erasure extends Asked {
  readonly status: 'waiting' | 'asked' | 'overdue' | 'erased';
  readonly deferredAt?: string;
  /** What it waits for. */
  readonly open: readonly string[];
  readonly keys: readonly string[];
  readonly requestedAt?: string;
  readonly answerBy?: string;
  /** In the order of the services, whoever answered first. */
  readonly answers: readonly ServiceAnswer[];
  readonly completedAt?: string;
  readonly hash?: string;
}

export type ErasureState = Erasure | undefined;

const all: readonly string[] = Object.values(answerers);

/** Who has not answered yet. */
export const missingIn = ({ answers }: Pick<Erasure, 'answers'>): readonly string[] =>
  all.filter((service) => !answers.some((answer) => answer.service === service));

const inOrder = (answers: readonly ServiceAnswer[]): readonly ServiceAnswer[] =>
  answers.toSorted((one, other) => all.indexOf(one.service) - all.indexOf(other.service));

export const requireErasure = (erasureId: string, state: ErasureState): Erasure => {
  if (state) return state;
  throw new Refused('ERASURE_UNKNOWN', `There is no erasure ${erasureId}.`, 'unknown');
};

const stillOpen = (open: readonly string[]): Refused =>
  new Refused(
    'PERSON_HAS_OPEN_ORDERS',
    `Goods or money of ${open.length} of their orders are still under way: ${open.slice(0, 10).join(', ')}. Cancel or complete them, or let the erasure wait for them (whenOpen: wait).`,
  );

const request = ({ open, wait, now, keys, answerBy, ...asked }: DataOf<ErasureCommand, 'RequestErasure'>, state: ErasureState) => {
  if (state && state.status !== 'waiting') return [];
  if (open.length === 0) return [{ type: 'PersonErasureRequested' as const, data: { ...asked, keys, requestedAt: now, answerBy } }];
  if (!wait) throw stillOpen(open);
  return state ? [] : [{ type: 'PersonErasureDeferred' as const, data: { ...asked, open, deferredAt: now } }];
};

const when = (state: ErasureState, change: (erasure: Erasure) => Partial<Erasure>): ErasureState => state && { ...state, ...change(state) };

export const erasure: Decider<ErasureCommand, ErasureState, ErasureEvent> = {
  initial: undefined,
  evolve: evolving<ErasureState, ErasureEvent>({
    PersonErasureDeferred: (_, data) => ({ ...data, status: 'waiting', keys: [], answers: [] }),
    PersonErasureRequested: (state, data) => ({ ...state, ...data, status: 'asked', open: [], answers: [] }),
    ErasureAnswered: (state, { erasureId: _, ...answer }) => when(state, ({ answers }) => ({ answers: inOrder([...answers, answer]) })),
    ErasureOverdue: (state) => when(state, () => ({ status: 'overdue' })),
    ErasureCompleted: (state, { hash, completedAt }) => when(state, () => ({ status: 'erased', hash, completedAt })),
  }),
  decide: deciding<ErasureCommand, ErasureState, ErasureEvent>({
    RequestErasure: request,
    RecordAnswer: (data, state) =>
      missingIn(requireErasure(data.erasureId, state)).includes(data.service) ? [{ type: 'ErasureAnswered', data }] : [],
    NoticeOverdue: ({ erasureId, now }, state) => {
      const missing = state?.status === 'asked' ? missingIn(state) : [];
      return missing.length > 0 ? [{ type: 'ErasureOverdue', data: { erasureId, missing, noticedAt: now } }] : [];
    },
    CompleteErasure: ({ erasureId, hash, now }, state) => {
      const isNothingToSay = missingIn(requireErasure(erasureId, state)).length > 0 || state?.status === 'erased';
      return isNothingToSay ? [] : [{ type: 'ErasureCompleted', data: { erasureId, hash, completedAt: now } }];
    },
  }),
};

export const erasureStream = (erasureId: string): string => `erasure-${erasureId}`;
