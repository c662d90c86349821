import { PaymentState, Topics, type PaymentEvent, type StateOf } from '@cartage/contracts';
import { changed, kindOf, type Folds } from './kind';

type State = Omit<StateOf<typeof PaymentState>, 'updatedAt'>;
type Sums = State['sums'][number];
type Way = State['ways'][number];
type Figure = Exclude<keyof Sums, 'currency'>;

interface Money {
  readonly orderId: string;
  readonly currency: string;
  readonly amount: number;
}

const nothing = { authorized: 0, accepted: 0, captured: 0, collected: 0, short: 0, remitted: 0, voided: 0, refunded: 0 };

const begun = (state: State | undefined, { orderId }: Pick<Money, 'orderId'>): State =>
  state ?? { orderId, sums: [], ways: [], chargebacks: [] };

const added = (before: State | undefined, money: Money, [figure, sign = 1]: readonly [Figure, (1 | -1)?]): State => {
  const state = begun(before, money);
  const sums = changed(
    state.sums,
    ({ currency }) => currency === money.currency,
    (each = { currency: money.currency, ...nothing }) => ({ ...each, [figure]: each[figure] + sign * money.amount }),
  );
  return { ...state, sums };
};

const sum =
  (figure: Figure, sign: 1 | -1 = 1) =>
  (state: State | undefined, data: Money): State =>
    added(state, data, [figure, sign]);

interface OfWay {
  readonly paymentId: string;
  readonly method?: string;
}

const said = (state: State, { paymentId, method }: OfWay, status: string): State => ({
  ...state,
  ways: changed<Way>(
    state.ways,
    (way) => way.paymentId === paymentId,
    (way) => ({ ...way, paymentId, ...(method === undefined ? {} : { method }), status }),
  ),
});

const saying =
  (status: string) =>
  (state: State | undefined, data: OfWay & Pick<Money, 'orderId'>): State =>
    said(begun(state, data), data, status);

const both =
  (status: string, figure: Figure) =>
  (state: State | undefined, data: OfWay & Money): State =>
    said(added(state, data, [figure]), data, status);

interface Chargeback extends Money {
  readonly chargebackId: string;
}

const chargeback =
  (status: string) =>
  (before: State | undefined, data: Chargeback): State => {
    const { chargebackId, currency, amount } = data;
    const state = begun(before, data);
    const chargebacks = changed(
      state.chargebacks,
      (each) => each.chargebackId === chargebackId,
      () => ({ chargebackId, currency, amount, status }),
    );
    return { ...state, chargebacks };
  };

const folds: Folds<State, PaymentEvent> = {
  PaymentPending: saying('pending'),
  ReviewRequired: saying('review'),
  PaymentAuthorized: both('authorized', 'authorized'),
  CodAccepted: both('accepted', 'accepted'),
  PaymentDeclined: saying('declined'),
  AuthorizationExpired: saying('expired'),
  PaymentVoided: both('voided', 'voided'),
  PaymentCaptured: sum('captured'),
  CodCollected: sum('collected'),
  CodShort: sum('short'),
  CodRemitted: sum('remitted'),
  RefundIssued: sum('refunded'),
  CreditReturned: sum('refunded', -1),
  AmountDueChanged: (state, data) => ({ ...begun(state, data), due: { currency: data.currency, amount: data.due } }),
  ChargebackOpened: chargeback('open'),
  ChargebackWon: chargeback('won'),
  ChargebackLost: chargeback('lost'),
};

export const paymentStates = kindOf<StateOf<typeof PaymentState>, PaymentEvent>(PaymentState, {
  hears: Topics.payment,
  keyOf: (data) => ('orderId' in data ? data.orderId : undefined),
  folds,
});
