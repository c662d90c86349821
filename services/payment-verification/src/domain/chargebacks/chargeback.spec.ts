import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { chargeback, type ChargebackCommand, type ChargebackEvent, type Outcome } from './chargeback';

const { given } = specFor(chargeback);
const now = '2026-11-24T10:00:00.000Z';
const base = {
  orderId: '0192f0c0-0000-7000-8000-000000000001',
  paymentId: '0192f0c0-0000-7000-8000-000000000002',
  chargebackId: '0192f0c0-0000-7000-8000-0000000000d1',
  captureId: '0192f0c0-0000-7000-8000-000000000004',
  reference: 'dp_1',
  currency: 'GBP',
  amount: 1167,
};
const disputed = {
  ...base,
  reason: { code: 'not-received', by: 'provider' },
  respondBy: '2026-12-07T23:59:59.000Z',
  openedAt: '2026-11-23T10:00:00.000Z',
};
const opened: ChargebackEvent = { type: 'ChargebackOpened', data: disputed };
const evidence = [{ kind: 'proof-of-delivery', reference: 'POD-4711' }];
const answered: ChargebackEvent = {
  type: 'ChargebackEvidenceGiven',
  data: { chargebackId: base.chargebackId, orderId: base.orderId, evidence, by: 'staff-17', givenAt: now },
};
const won: ChargebackEvent = { type: 'ChargebackWon', data: { ...base, decidedAt: now } };
const lost: ChargebackEvent = { type: 'ChargebackLost', data: { ...base, decidedAt: now } };
const open: ChargebackCommand = { type: 'OpenChargeback', data: disputed };
const give: ChargebackCommand = { type: 'GiveEvidence', data: { evidence, by: 'staff-17', now } };
const remind: ChargebackCommand = { type: 'RemindOfChargeback', data: { now } };
const decide = (outcome: Outcome): ChargebackCommand => ({ type: 'DecideChargeback', data: { outcome, now } });
const hear = (outcome?: Outcome): ChargebackCommand => ({
  type: 'HearChargeback',
  data: { ...disputed, now, ...(outcome === undefined ? {} : { outcome }) },
});

describe('a chargeback', () => {
  it('is opened once', () => given().when(open).thenOnce(opened));

  it('takes evidence until the bank has decided', () => {
    given(opened).when(give).then(answered);
    given(opened, answered, won).when(give).thenRefused('CHARGEBACK_DECIDED');
    given().when(give).thenRefused('CHARGEBACK_UNKNOWN');
  });

  it('reminds once of an answer that is missing', () =>
    given(opened)
      .when(remind)
      .thenOnce({ type: 'ChargebackResponseDue', data: { ...base, respondBy: disputed.respondBy, remindedAt: now } }));

  it('reminds of nothing that was answered or decided', () => {
    given(opened, answered).when(remind).thenNothing();
    given(opened, lost).when(remind).thenNothing();
  });

  it('is won or lost, and a bank may change its mind', () => {
    given(opened).when(decide('won')).thenOnce(won);
    given(opened, answered).when(decide('lost')).thenOnce(lost);
    given(opened, lost).when(decide('won')).then(won);
    given().when(decide('won')).thenRefused('CHARGEBACK_UNKNOWN');
  });

  it('that is heard of by its end was opened, too', () => given().when(hear('lost')).thenOnce(opened, lost));

  it('that has ended is not opened again by news that come late', () => given(opened, lost).when(hear()).thenNothing());

  it('is told by a provider in any order, and as often as it likes: what counts is the outcome', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(hear(), hear('lost'), remind), { maxLength: 12 }), (notices) => {
        const tell = (state: typeof chargeback.initial, command: ChargebackCommand) => {
          if (command.type === 'RemindOfChargeback' && state.status === 'none') return state;
          return fold(chargeback, chargeback.decide(command, state), state);
        };
        const end = [...notices, hear('lost'), hear()].reduce(tell, chargeback.initial);
        expect(end).toMatchObject({ status: 'lost', amount: 1167, reference: 'dp_1' });
      }),
    ));
});
