import { shippingEvents } from '@cartage/contracts';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { join } from 'node:path';
import type { WayBackCommand, WayBackEvent } from './events';
import { publishedWayBack } from './published';
import { currentLabel, lastScan, returnLabelsToVoid, wayBack } from './way-back';

const samples = goldenSamples<WayBackEvent>(join(__dirname, 'golden'));
const fact = <Type extends WayBackEvent['type']>(type: Type) =>
  ({ type, data: samples.of(type).data }) as Extract<WayBackEvent, { type: Type }>;
const [wanted, requested, purchased] = [fact('ReturnLabelWanted'), fact('ReturnLabelRequested'), fact('ReturnLabelPurchased')] as const;
const [failed, ended, voided, scanned, overdue] = [
  ...([fact('ReturnLabelFailed'), fact('WayBackEnded'), fact('ReturnLabelVoided')] as const),
  ...([fact('ReturnParcelScanned'), fact('ReturnParcelOverdue')] as const),
] as const;
const { given } = specFor(wayBack);

const { wantedAt, ...asAllowed } = wanted.data;
const want = { type: 'WantReturnLabel', data: { ...asAllowed, now: wantedAt } } as const;
const { returnId: _r, orderId: _o, requestedAt, ...asked } = requested.data;
const request = { type: 'RequestReturnLabel', data: { ...asked, now: requestedAt } } as const;
const { returnId: _r2, orderId: _o2, carrier: _c, location: _l, purchasedAt, ...booking } = purchased.data;
const record = { type: 'RecordReturnLabel', data: { ...booking, now: purchasedAt } } as const;
const { labelId, trackingNumber } = purchased.data;
const { reason } = failed.data;
const fail = { type: 'FailReturnLabel', data: { labelId, carrier: 'simulated', reason, now: failed.data.failedAt } } as const;
const end = { type: 'EndWayBack', data: { reason: ended.data.reason, now: ended.data.endedAt } } as const;
const gone = { type: 'RecordReturnLabelVoided', data: { labelId, now: voided.data.voidedAt } } as const;
const { eventId, milestone, place, occurredAt, recordedAt } = scanned.data;
const said = { eventId, milestone, occurredAt, ...(place === undefined ? {} : { place }) };
const scan = { type: 'RecordReturnScan', data: { trackingNumber, scan: said, now: recordedAt } } as const;
const silent = {
  type: 'NoticeSilence',
  data: { trackingNumber, standing: 'stuck', since: occurredAt, now: overdue.data.noticedAt },
} as const;
const bought = [wanted, requested, purchased] as const;

describe('a label for the way back', () => {
  it('is wanted, asked for and bought once, however often that is told', () => {
    given().when(want).thenOnce(wanted);
    given(wanted).when(request).thenOnce(requested);
    given(wanted, requested).when(record).thenOnce(purchased);
    given(...bought)
      .when({ ...request, data: { ...request.data, labelId: 'another' } })
      .thenNothing();
  });

  it('that its carrier refused names the policy that chose it; where there was none to choose, that is told', () => {
    const chosen = { ...requested, data: { ...requested.data, policy: 'carriers@3' } };
    given(wanted, chosen)
      .when({ ...fail, data: { ...fail.data, policy: 'carriers@4' } })
      .thenOnce({ ...failed, data: { ...failed.data, policy: 'carriers@3' } });
    const { labelId: _l, carrier: _c2, ...nobody } = failed.data;
    given(wanted)
      .when({ type: 'FailReturnLabel', data: { reason, policy: 'carriers@3', now: failed.data.failedAt } })
      .then({ ...failed, data: { ...nobody, policy: 'carriers@3' } });
  });

  it('that its carrier refused may be asked for again', () => {
    given(wanted, requested).when(fail).thenOnce(failed);
    given(...bought)
      .when(fail)
      .thenNothing();
    const again = { ...request, data: { ...request.data, labelId: '0199a3c4-7b1e-7c3d-9f2a-0000000000b2' } };
    given(wanted, requested, failed)
      .when(again)
      .then({ ...requested, data: { ...requested.data, labelId: again.data.labelId } });
    given().when(request).thenRefused('RETURN_LABEL_UNKNOWN');
  });

  it('is void once nothing is to come, and none is bought after that', () => {
    given(...bought)
      .when(end)
      .thenOnce(ended);
    given().when(end).thenNothing();
    expect(returnLabelsToVoid(fold(wayBack, [...bought, ended]))).toMatchObject([{ bought: { trackingNumber } }]);
    given(wanted, requested, ended).when(record).thenRefused('LABEL_WITHDRAWN');
    given(wanted, ended).when(request).thenRefused('RETURN_ENDED');
    const { currency, cost } = purchased.data;
    given(...bought, ended)
      .when(gone)
      .thenOnce({ ...voided, data: { ...voided.data, currency, cost } });
    given(wanted, requested, ended).when(gone).thenOnce(voided);
    expect(returnLabelsToVoid(fold(wayBack, [...bought, ended, voided]))).toEqual([]);
  });

  it('is not void while its parcel is on its way: that is paid for', () =>
    expect(returnLabelsToVoid(fold(wayBack, [...bought, scanned, ended]))).toEqual([]));

  it('is another one where more is allowed after nothing was to come', () => {
    given(...bought, ended, voided)
      .when(want)
      .then(wanted);
    given(...bought, ended, voided, wanted)
      .when({ ...request, data: { ...request.data, labelId: 'another' } })
      .then({ ...requested, data: { ...requested.data, labelId: 'another' } });
  });
});

describe('a parcel on its way back', () => {
  it('is scanned once for each scan of the carrier, also when its label was void', () => {
    given(...bought)
      .when(scan)
      .thenOnce(scanned);
    given(...bought, ended, voided)
      .when(scan)
      .thenOnce(scanned);
    given(wanted, requested).when(scan).thenRefused('RETURN_LABEL_UNKNOWN');
  });

  it.each([
    ['label-created', undefined],
    ['other', undefined],
    ['out-for-delivery', 'in-transit'],
    ['attempt-failed', 'exception'],
    ['returned', 'exception'],
    ['delivered', 'delivered'],
  ] as const)('is said to be what %s means for its way', (carriers, ours) => {
    const spec = given(...bought).when({ ...scan, data: { ...scan.data, scan: { ...said, milestone: carriers } } });
    if (ours) spec.then({ ...scanned, data: { ...scanned.data, milestone: ours } });
    else spec.thenNothing();
  });

  it('is overdue when nothing was heard since its last scan, and is not any more when something is', () => {
    given(...bought, scanned)
      .when(silent)
      .thenOnce(overdue);
    const arrived = {
      ...scanned,
      data: { ...scanned.data, eventId: 's-2', milestone: 'delivered' as const, occurredAt: '2026-12-01T09:00:00.000Z' },
    };
    given(...bought, scanned, arrived)
      .when(silent)
      .thenNothing();
    const [before, after] = [fold(wayBack, [...bought, scanned, overdue]), fold(wayBack, [...bought, scanned, overdue, arrived])];
    expect([currentLabel(before)?.overdue, currentLabel(after)?.overdue]).toEqual(['stuck', undefined]);
  });

  it('stands where its newest scan says, in whatever order and however often scans, the end and silences are told', () => {
    const at = (n: number) => ({
      ...scan,
      data: { ...scan.data, scan: { ...said, eventId: `s-${n}`, occurredAt: `2026-11-29T0${n}:00:00.000Z` } },
    });
    const commands: readonly WayBackCommand[] = [at(1), at(2), at(3), end, end, at(3)];
    fc.assert(
      fc.property(fc.shuffledSubarray([...commands], { minLength: commands.length }), (order) => {
        const state = order.reduce(
          (before, command) => wayBack.decide(command, before).reduce(wayBack.evolve, before),
          fold(wayBack, [...bought]),
        );
        const label = currentLabel(state);
        expect([label?.scans.length, label && lastScan(label)?.eventId, state.ended !== undefined]).toEqual([3, 's-3', true]);
        expect(returnLabelsToVoid(state)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('stored events of labels for the way back', () => {
  it('keep their names for ever', () =>
    expect(samples.types).toEqual([
      ...['ReturnLabelFailed', 'ReturnLabelPurchased', 'ReturnLabelRequested', 'ReturnLabelVoided', 'ReturnLabelWanted'],
      ...['ReturnParcelOverdue', 'ReturnParcelScanned', 'WayBackEnded'],
    ]));

  it('are told to others as their contracts say, and say nothing of who sends it', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    for (const type of Object.keys(publishedWayBack) as WayBackEvent['type'][]) {
      const told = publishedWayBack[type]?.({ ...samples.of(type) } as never);
      if (!told) throw new Error(`${type} is told to nobody.`);
      expect([type, ajv.validate(shippingEvents[told.type].data.json, told.data), ajv.errorsText()]).toEqual([type, true, 'No errors']);
      expect(JSON.stringify(told.data)).not.toContain('customer-17850');
    }
  });
});
