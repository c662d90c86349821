import { join } from 'node:path';
import { erasureAnswers } from '@cartage/contracts';
import { fold, specFor, type DataOf } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { answererOf, erasure, missingIn, type ErasureCommand, type ErasureEvent } from './erasure';

const { given } = specFor(erasure);

const [now, answerBy] = ['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z'];
const erasureId = 'e-1';
const who = { erasureId, orders: ['o-1'], customers: ['c-1'], by: 'dpo' };
const asked = { ...who, keys: ['c-1.k'], open: [], wait: false, answerBy, now };
const ask = (more: Partial<DataOf<ErasureCommand, 'RequestErasure'>> = {}): ErasureCommand => ({
  type: 'RequestErasure',
  data: { ...asked, ...more },
});
const requested: ErasureEvent = { type: 'PersonErasureRequested', data: { ...who, keys: ['c-1.k'], requestedAt: now, answerBy } };
const services = erasureAnswers.map(({ type }) => answererOf(type));
const said = (service: string): DataOf<ErasureCommand, 'RecordAnswer'> => ({
  ...{ erasureId, service, forgotten: [{ what: 'things', count: 1 }], kept: [], sentTo: [], erasedAt: now },
});
const answered = (service: string): ErasureEvent => ({ type: 'ErasureAnswered', data: said(service) });

describe('a person who is to be forgotten', () => {
  it('is told of to every service, once', () => given().when(ask()).thenOnce(requested));

  it('is not forgotten while goods of theirs are under way', () =>
    given()
      .when(ask({ open: ['o-1'] }))
      .thenRefused('PERSON_HAS_OPEN_ORDERS'));

  it('is forgotten later where it is to wait for them, whatever is ordered meanwhile', () => {
    const waits: ErasureEvent = { type: 'PersonErasureDeferred', data: { ...who, open: ['o-1'], deferredAt: now } };
    given()
      .when(ask({ open: ['o-1'], wait: true }))
      .thenOnce(waits);
    given(waits)
      .when(ask({ open: ['o-2'], wait: true }))
      .thenNothing();
    given(waits).when(ask()).thenOnce(requested);
  });

  it('is forgotten by each service once, and nothing is heard of an erasure that nobody asked for', () => {
    given(requested)
      .when({ type: 'RecordAnswer', data: said('shipping') })
      .thenOnce(answered('shipping'));
    given()
      .when({ type: 'RecordAnswer', data: said('shipping') })
      .thenRefused('ERASURE_UNKNOWN');
  });

  it('is missed where a service does not answer in time, and forgotten all the same when it does', () => {
    const late: ErasureEvent = { type: 'ErasureOverdue', data: { erasureId, missing: services.slice(1), noticedAt: answerBy } };
    given(requested, answered('order'))
      .when({ type: 'NoticeOverdue', data: { erasureId, now: answerBy } })
      .thenOnce(late);
    given(requested, ...services.map(answered))
      .when({ type: 'NoticeOverdue', data: { erasureId, now: answerBy } })
      .thenNothing();
    const complete: ErasureCommand = { type: 'CompleteErasure', data: { erasureId, hash: 'h', now } };
    given(requested, late, answered('order')).when(complete).thenNothing();
    given(requested, late, ...services.map(answered))
      .when(complete)
      .thenOnce({ type: 'ErasureCompleted', data: { erasureId, hash: 'h', completedAt: now } });
  });

  it('is forgotten by the same services in whatever order and however often they say so', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...services), { maxLength: 20 }), (told) => {
        let state = fold(erasure, [requested]);
        for (const service of told) state = fold(erasure, erasure.decide({ type: 'RecordAnswer', data: said(service) }, state), state);
        expect(state && missingIn(state)).toEqual(services.filter((service) => !told.includes(service)));
        expect(state?.answers.map(({ service }) => service)).toEqual(services.filter((service) => told.includes(service)));
      }),
      { numRuns: 50 },
    ));
});

it('folds for ever', () => {
  const samples = goldenSamples<ErasureEvent>(join(__dirname, 'golden-erasures'));
  const lived = ['PersonErasureDeferred', 'PersonErasureRequested', 'ErasureAnswered', 'ErasureOverdue', 'ErasureCompleted'] as const;
  expect(samples.types).toEqual(lived.toSorted());
  const over = fold(
    erasure,
    lived.map((type) => samples.of(type)),
  );
  expect(over).toMatchObject({ status: 'erased', customers: ['c-17'], keys: ['c-17.Zm9yZ290'], answers: [{ service: 'order' }], open: [] });
});
