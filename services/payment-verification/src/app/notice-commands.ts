import type { PaymentCommand } from '../domain/commands';
import type { MoneyFact, Moved } from './provider-facts';

interface At {
  readonly orderId: string;
  readonly authorizationId: string;
  readonly now: string;
  readonly newId: string;
}

const movedOf = ({ number, currency, amount, attemptId }: Moved) => ({
  ...{ reference: number, currency, amount },
  ...(attemptId === undefined ? {} : { attemptId }),
});

type Of<Kind extends MoneyFact['kind']> = Extract<MoneyFact, { readonly kind: Kind }>;

const answers: {
  readonly [Kind in MoneyFact['kind']]: (fact: Of<Kind>, at: At, pauses: readonly number[]) => PaymentCommand;
} = {
  authorized: ({ reference, expiresAt }, at, pauses) => {
    const answer = { status: 'approved', reference, ...(expiresAt === undefined ? {} : { expiresAt }) } as const;
    return { type: 'RecordAuthorization', data: { ...at, answer, pauses } };
  },
  declined: ({ reason, suspected }, at, pauses) => {
    const answer = { status: 'declined', reason, suspected: suspected === true } as const;
    return { type: 'RecordAuthorization', data: { ...at, answer, pauses } };
  },
  ended: (_, at) => ({ type: 'HearAuthorizationEnded', data: at }),
  captured: (fact, at) => ({
    type: 'HearCapture',
    data: {
      ...{ ...at, ...movedOf(fact) },
      ...(fact.restEnded === undefined ? {} : { restEnded: fact.restEnded }),
      ...(fact.reference === undefined ? {} : { promise: fact.reference }),
    },
  }),
  refunded: (fact, at) => ({ type: 'HearRefund', data: { ...at, ...movedOf(fact), outcome: 'issued' } }),
  'refund-failed': (fact, at) => ({ type: 'HearRefund', data: { ...at, ...movedOf(fact), outcome: 'failed', reason: fact.reason } }),
};

/** What is decided about a fact. */
export const commandOf = (fact: MoneyFact, at: At, pauses: readonly number[]): PaymentCommand => {
  const answer = answers[fact.kind] as (fact: MoneyFact, at: At, pauses: readonly number[]) => PaymentCommand;
  return answer(fact, at, pauses);
};
