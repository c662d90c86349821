import { specFor } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import type { ReturnPolicy } from './policy';
import { requireSound } from './policy-soundness';
import { returns } from './return';
import { authorized, delivered, fail, onReturn, now, policyWith, refundId, request, requested, sale } from './return.fixture';
import { isCarried, lostAt, refundBy, sentAt } from './scans';
import { nothing, type OrderReturns } from './state';

const { given } = specFor(returns);
const label = { by: 'label', to: 'LDN-1', carrier: 'simulated', service: 'standard' } as const;
const asked = (policy: ReturnPolicy, lineId = '1'): readonly ReturnEvent[] =>
  returns.decide(request(1, { policy, lineId }), returns.initial);
const allowedBy = (policy: ReturnPolicy) => asked(policy).find(({ type }) => type === 'ReturnAuthorized')?.data;
const after = (policy: ReturnPolicy, ...commands: readonly ReturnCommand[]): OrderReturns =>
  commands.reduce(
    (state, command) => returns.decide(command, state).reduce(returns.evolve, state),
    asked(policy).reduce(returns.evolve, nothing),
  );
const scan = (milestone: string, occurredAt: string): ReturnCommand => ({
  type: 'RecordScan',
  data: { ...onReturn, now, refundId, carrier: 'simulated', trackingNumber: 'CTG1', milestone, occurredAt },
});
const rmaOf = (state: OrderReturns) => {
  const rma = state.rmas.get(onReturn.returnId);
  if (!rma) throw new Error('There is no return.');
  return rma;
};
const noLabel = { type: 'RecordLabelFailure', data: { ...onReturn, now, reason: { code: 'closed', by: 'carrier' } } } as const;
const recorded: ReturnEvent = { type: 'LabelFailureRecorded', data: { ...onReturn, reason: noLabel.data.reason, recordedAt: now } };
const issue: Extract<ReturnCommand, { readonly type: 'IssueLabel' }> = {
  type: 'IssueLabel',
  data: { ...onReturn, now, labelId: refundId, carrier: 'simulated', trackingNumber: 'CTG1', format: 'label' },
};

describe('how a return is sent back', () => {
  it('says the policy: with a label, to where, by whom', () => {
    const { to, ...sendBack } = label;
    expect(allowedBy(policyWith({ sendBack: label }))).toMatchObject({ sendBack, receivingLocation: to });
    expect(allowedBy(policyWith({}))).not.toHaveProperty('sendBack');
  });

  it('is with a label for all of it where one of its lines has one', () => {
    const policy = policyWith(
      { sendBack: { by: 'own-way' } },
      { exceptions: [{ name: 'mugs', skus: ['MUG'], terms: { sendBack: label } }] },
    );
    const sold = sale({}).lines.map((line) => ({ ...line, finalSale: false }));
    const lines = sold.map(({ lineId }) => ({ lineId, quantity: 1, reason: 'too-small' }));
    const events = returns.decide(request(1, { policy, lines, sale: sale({ lines: sold }), delivered: delivered() }), returns.initial);
    expect(events.at(-1)).toMatchObject({ type: 'ReturnAuthorized', data: { lines: [{}, {}], sendBack: { by: 'label' } } });
  });

  it('comes with the paper for customs, where the label has one', () => {
    const customsUrl = 'https://shop.example/c';
    const { labels } = rmaOf(after(policyWith({ sendBack: label }), { ...issue, data: { ...issue.data, customsUrl } }));
    expect([...labels.values()]).toMatchObject([{ trackingNumber: 'CTG1', customsUrl }]);
  });

  it('is told though the refund at once has failed: the goods come back all the same', () => {
    const atOnce = after(policyWith({ sendBack: label, refundOn: 'request' }));
    const [[failedId] = []] = [...rmaOf(atOnce).refunds];
    const { labels } = rmaOf(after(policyWith({ sendBack: label, refundOn: 'request' }), fail(failedId), issue));
    expect([...labels.keys()]).toEqual(['CTG1']);
  });

  it('does not matter for what is kept', () => {
    const keeping = policyWith({ sendBack: label, keepUpTo: [{ currency: 'GBP', amount: 100_000 }] });
    expect(allowedBy(keeping)).not.toHaveProperty('sendBack');
  });

  it.each([
    [{ by: 'label' }, 'terms.sendBack.to'],
    [{ by: 'store', carrier: 'simulated' }, 'terms.sendBack.carrier'],
    [{ by: 'qr', to: 'LDN-1', service: 'standard' }, 'terms.sendBack.carrier'],
  ] as const)('is refused where it could not be: %j', (sendBack, field) =>
    expect(() => requireSound(policyWith({ sendBack }))).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] })),
  );
});

describe('a label that no carrier gives', () => {
  it('is said once, until there is one', () => {
    given(requested(2), authorized(2)).when(noLabel).thenOnce(recorded);
    const state = after(policyWith({ sendBack: label }), noLabel, issue);
    expect([rmaOf(state).labelFailure, rmaOf(state).labels.size]).toEqual([undefined, 1]);
    expect(returns.decide(noLabel, state)).toEqual([]);
  });
});

describe('a parcel on its way back', () => {
  const policy = policyWith({ refundOn: 'scan' }, { refundDays: 14 });

  it('is promised its money from the carrier’s first scan on', () => {
    const state = after(policy, scan('in-transit', '2026-11-25T10:00:00.000Z'), scan('picked-up', '2026-11-24T10:00:00.000Z'));
    expect([sentAt(rmaOf(state)), refundBy(state, rmaOf(state))]).toEqual(['2026-11-24T10:00:00.000Z', '2026-12-08T23:59:59.999Z']);
    expect(refundBy(after(policy), rmaOf(after(policy)))).toBeUndefined();
  });

  it('is lost until it is scanned again, and nothing is paid because nothing is heard', () => {
    const [lost, found] = [scan('lost', '2026-12-25T10:00:00.000Z'), scan('in-transit', '2026-12-26T10:00:00.000Z')];
    const silent = after(policy, lost);
    expect([rmaOf(silent).refunds.size, lostAt(rmaOf(silent))]).toEqual([0, '2026-12-25T10:00:00.000Z']);
    expect(lostAt(rmaOf(after(policy, lost, found)))).toBeUndefined();
    expect(rmaOf(after(policy, found, lost)).refunds.size).toBe(1);
    expect([isCarried({ milestone: 'exception' }), isCarried({ milestone: 'stuck' })]).toEqual([true, false]);
  });
});
