import { fold, Refused, specFor, type DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { exchangeStatus } from './exchange';
import { returns } from './return';
import {
  anotherId,
  expiresAt,
  firstPolicy,
  gradingId,
  mugs,
  now,
  onReturn,
  orderId,
  paymentId,
  policyWith,
  receiptId,
  refundId,
  request,
  returnId,
  sale,
} from './return.fixture';

const { given } = specFor(returns);
const exchange = { exchangeId: anotherId, replacementOrderId: '0199a3c4-7b1e-7c3d-9f2a-0000000000f1' };
const wanted = [{ sku: 'MUG-BLUE', quantity: 1 }];
type Request = DataOf<ReturnCommand, 'RequestReturn'>;

const asking = (quantity = 1, changes: Partial<Request> = {}) =>
  request(quantity, { exchange, lines: [{ lineId: '1', quantity, reason: 'too-small', exchangeFor: wanted }], ...changes });
const on = { ...onReturn, now, refundId };
const receive = (quantity = 1): ReturnCommand => {
  const { sale: sold, policy, delivered } = asking().data;
  return {
    type: 'ReceiveReturn',
    data: { ...on, sale: sold, policy, delivered, receiptId, location: 'LDN', lines: [{ lineId: '1', quantity }] },
  };
};
const grade = (quality: 'A' | 'C' | 'scrap', quantity = 1): ReturnCommand => ({
  type: 'GradeItem',
  data: { ...on, gradingId, lineId: '1', quantity, grade: quality },
});
const refunded = (amount: number): ReturnCommand => ({ type: 'RecordRefund', data: { ...on, paymentId, amount } });
const expire: ReturnCommand = { type: 'ExpireReturn', data: { ...on, expiresAt } };

/** What these commands leave behind, one after the other. */
const told = (...commands: readonly ReturnCommand[]): readonly ReturnEvent[] =>
  commands.reduce<readonly ReturnEvent[]>((events, command) => [...events, ...returns.decide(command, fold(returns, events))], []);
const onlyOf = <Type extends ReturnEvent['type']>(events: readonly ReturnEvent[], type: Type): readonly DataOf<ReturnEvent, Type>[] =>
  events.flatMap((event) => (event.type === type ? [event.data as DataOf<ReturnEvent, Type>] : []));
const statusAfter = (...commands: readonly ReturnCommand[]) => [...fold(returns, told(...commands)).exchanges.values()].map(exchangeStatus);
const faultsOf = (command: ReturnCommand): readonly (string | undefined)[] => {
  try {
    returns.decide(command, returns.initial);
  } catch (error) {
    if (error instanceof Refused) return error.errors.map(({ field, code }) => `${field} ${code}`);
  }
  return [];
};

describe('an exchange', () => {
  it('is asked for with what is allowed: what was paid, what comes back, and until when it is waited for', () =>
    expect(onlyOf(told(asking(2)), 'ExchangeRequested')).toEqual([
      {
        ...{ orderId, returnId, ...exchange },
        lines: [{ lineId: '1', sku: 'MUG', quantity: 2, paid: mugs(2).amount, wanted }],
        ...{ currency: 'GBP', credit: mugs(2).amount, advance: false, settleBy: '2027-01-06T23:59:59.999Z', requestedAt: now },
      },
    ]));

  it('reckons with what the policy keeps, and not with what a person has not allowed yet', () => {
    const dear = policyWith({ restockingFeePercent: 10 }, { returnFee: [{ currency: 'GBP', amount: 50 }] });
    expect(onlyOf(told(asking(1, { policy: dear })), 'ExchangeRequested')).toMatchObject([{ credit: 850, lines: [{ paid: 1_000 }] }]);
    const careful = policyWith({}, { reviewAbove: [{ currency: 'GBP', amount: 10 }] });
    const waiting = asking(1, { policy: careful });
    expect(onlyOf(told(waiting), 'ExchangeRequested')).toEqual([]);
    const decide = (decision: 'authorize' | 'decline'): ReturnCommand => ({
      type: 'DecideReturn',
      data: { ...on, exchange, decision, note: 'n', by: 's' },
    });
    expect(onlyOf(told(waiting, decide('authorize')), 'ExchangeRequested')).toHaveLength(1);
    expect(onlyOf(told(waiting, decide('decline')), 'ExchangeRequested')).toEqual([]);
  });

  it('is paid with what came back, and settled when that has been paid into it', () => {
    const events = told(asking(), receive(), grade('A'), refunded(1_000));
    expect(onlyOf(events, 'RefundDue')).toMatchObject([{ ...mugs(1), tender: 'exchange', exchange, delivery: 0 }]);
    expect(onlyOf(events, 'ExchangeSettled')).toMatchObject([{ ...exchange, amount: 1_000, expected: 1_000, outcome: 'credited' }]);
    expect(statusAfter(asking(), receive(), grade('A'))).toEqual(['waiting']);
    expect(statusAfter(asking(), receive(), grade('A'), refunded(1_000))).toEqual(['settled']);
  });

  it('is short where it came in a worse condition, be it worth nothing', () => {
    expect(onlyOf(told(asking(), receive(), grade('C'), refunded(500)), 'ExchangeSettled')).toMatchObject([{ amount: 500 }]);
    expect(statusAfter(asking(), receive(), grade('C'), refunded(500))).toEqual(['short']);
    expect(onlyOf(told(asking(), receive(), grade('scrap')), 'ExchangeSettled')).toMatchObject([{ amount: 0, outcome: 'credited' }]);
  });

  it('lapses where nothing came, whether it expires or the customer keeps it; in advance that is short', () => {
    const cancel: ReturnCommand = { type: 'CancelReturn', data: { ...onReturn, now, reason: { code: 'customer', by: 'customer' } } };
    for (const end of [expire, cancel]) {
      expect(onlyOf(told(asking(), end), 'ExchangeSettled')).toMatchObject([{ amount: 0, outcome: 'lapsed' }]);
      expect(statusAfter(asking(), end)).toEqual(['lapsed']);
    }
    const lent = asking(1, { advance: true, policy: policyWith({ exchange: 'in-advance' }) });
    expect(onlyOf(told(lent), 'ExchangeRequested')).toMatchObject([{ advance: true }]);
    expect(statusAfter(lent, expire)).toEqual(['short']);
  });

  it('takes what comes late, and a part of it settles when the rest does not come', () => {
    const late = told(asking(), expire, receive(), grade('A'));
    expect(onlyOf(late, 'RefundDue')).toMatchObject([{ tender: 'exchange', amount: 1_000 }]);
    const close: ReturnCommand = { type: 'CloseReturn', data: { ...onReturn, now } };
    expect(onlyOf(told(asking(2), receive(), grade('A'), refunded(1_000), close), 'ExchangeSettled')).toMatchObject([
      { amount: 1_000, expected: 2_000 },
    ]);
  });

  it('is overdue once, while it is not settled', () => {
    const notice: ReturnCommand = { type: 'NoticeExchangeOverdue', data: { orderId, exchangeId: exchange.exchangeId, now } };
    given(...told(asking()))
      .when(notice)
      .thenOnce({
        type: 'ExchangeOverdue',
        data: { orderId, returnId, ...exchange, advance: false, settleBy: '2027-01-06T23:59:59.999Z', noticedAt: now },
      });
    expect(statusAfter(asking(), notice)).toEqual(['overdue']);
    given(...told(asking(), receive(), grade('A'), refunded(1_000)))
      .when(notice)
      .then();
  });

  it('keeps what was delivered: its charge does not go back though all of it came', () => {
    const whole = policyWith({}, { deliveryRefund: 'whole-return' });
    const sold = sale({ lines: sale().lines.slice(0, 1) });
    const both = { policy: whole, sale: sold };
    const lapsed = asking(3, both);
    expect(onlyOf(told(lapsed, receive(3), grade('A', 3)), 'RefundDue')).toMatchObject([{ tender: 'exchange', delivery: 0 }]);
  });

  it('is of one mind about units of one line', () => {
    const line = { lineId: '1', quantity: 1, reason: 'too-small' };
    const mixed = asking(1, { lines: [line, { ...line, exchangeFor: wanted }] });
    expect(faultsOf(mixed)).toEqual(['lines[1].exchangeFor EXCHANGE_MIXED']);
  });

  it('is refused where the policy does not exchange, and in advance where it waits for the goods', () => {
    expect(faultsOf(asking(1, { policy: policyWith({ exchange: 'never' }) }))).toEqual(['lines[0].exchangeFor EXCHANGE_NOT_ALLOWED']);
    expect(faultsOf(asking(1, { advance: true, policy: firstPolicy }))).toEqual(['advance ADVANCE_NOT_ALLOWED']);
  });
});
