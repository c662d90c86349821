import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { payout, type PayoutCommand, type PayoutEvent, type PayoutSaid, type PayoutStatus } from './payout';

const { given } = specFor(payout);
const now = '2026-11-24T10:00:00.000Z';
const said: PayoutSaid = { payoutId: 'p', provider: 'stripe-de', number: 'po_1', currency: 'EUR', amount: 3_920 };
const hear = (status: PayoutStatus, changes: { readonly reason?: string } = {}): PayoutCommand => ({
  type: 'HearPayout',
  data: { ...said, status, now, ...changes },
});
const back: PayoutCommand = { type: 'HearReturn', data: { ...said, lineId: 'l', settlementId: 's2', now } };
const announced: PayoutEvent = { type: 'PayoutAnnounced', data: { ...said, announcedAt: now } };
const paid: PayoutEvent = { type: 'PayoutPaid', data: { ...said, paidAt: now } };
const failed = (reason: string): PayoutEvent => ({ type: 'PayoutFailed', data: { ...said, reason, failedAt: now } });
const returned: PayoutEvent = { type: 'PayoutReturned', data: { ...said, lineId: 'l', settlementId: 's2', returnedAt: now } };

describe('a payout of a provider', () => {
  it('is announced, then paid, each once however often it is told', () => {
    given().when(hear('on-its-way')).thenOnce(announced);
    given(announced).when(hear('paid')).thenOnce(paid);
  });

  it('that was paid can fail after all, with the reason', () =>
    given(paid)
      .when(hear('failed', { reason: 'account-closed' }))
      .thenOnce(failed('account-closed')));

  it('that has failed has not come, whatever is told late', () => {
    given(failed('no-account')).when(hear('paid')).thenNothing();
    given(failed('no-account')).when(hear('on-its-way')).thenNothing();
  });

  it('that has failed comes with another one, once', () => given(failed('no-account')).when(back).thenOnce(returned));

  it('that is in another one has failed, though nobody told it', () => {
    given(paid).when(back).then(failed('returned'), returned);
    given(failed('returned'), returned)
      .when(hear('failed', { reason: 'no-account' }))
      .thenNothing();
  });

  it('is in one settlement', () =>
    given(paid)
      .when({ type: 'RecordReconciliation', data: { payoutId: 'p', settlementId: 's', now } })
      .thenOnce({ type: 'PayoutReconciled', data: { payoutId: 'p', settlementId: 's', reconciledAt: now } }));
});

describe('what is told of a payout, in whatever order and however often', () => {
  const facts: readonly PayoutCommand[] = [hear('on-its-way'), hear('paid'), hear('failed', { reason: 'no-account' }), back];
  const after = (commands: readonly PayoutCommand[]) =>
    commands.reduce<readonly PayoutEvent[]>((events, command) => [...events, ...payout.decide(command, fold(payout, events))], []);

  it('ends in the same, and what the bank lost by it is booked once, and once given back', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: 1 }), (told) => {
        const events = after([...told, ...facts]);
        expect(fold(payout, events)).toMatchObject({ ...said, status: 'failed', returned: { settlementId: 's2' } });
        expect(events.filter(({ type }) => type === 'PayoutFailed')).toHaveLength(1);
        expect(events.filter(({ type }) => type === 'PayoutReturned')).toHaveLength(1);
      }),
      { numRuns: 100 },
    ));
});

describe('what was stored of payouts', () => {
  it('folds for ever', () => {
    const golden = goldenSamples<PayoutEvent>(join(__dirname, 'golden-payouts'));
    expect(golden.types).toEqual(['PayoutAnnounced', 'PayoutFailed', 'PayoutPaid', 'PayoutReconciled', 'PayoutReturned']);
    const types = ['PayoutAnnounced', 'PayoutPaid', 'PayoutReconciled', 'PayoutFailed', 'PayoutReturned'] as const;
    const folded = fold(
      payout,
      types.map((type) => golden.of(type)),
    );
    expect(folded).toMatchObject({ provider: 'stripe-de', amount: 3_920, status: 'failed', reason: 'account-closed' });
    expect(folded).toMatchObject({
      settlementId: expect.stringMatching(/f1$/) as string,
      returned: { settlementId: expect.stringMatching(/f2$/) as string },
    });
  });
});
