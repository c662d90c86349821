import type { Capture } from './captures';
import { chargebackBody, chosenOf, type Recording } from './recording';

const capture = { source: 'c-1', amount: 2500, currency: 'GBP' } as Capture;
const recording: Recording = { order: 'WEB-1', reasonCode: ' not-received ', reference: '', respondBy: '' };

describe('a chargeback that somebody records', () => {
  it('is of all that was captured where nothing else is written', () =>
    expect(chargebackBody(recording, capture)).toEqual({ captureId: 'c-1', amount: 2500, reasonCode: 'not-received' }));

  it('says its amount, its number and the end of the last day to answer', () => {
    const written = { ...recording, amount: '9,99', reference: ' dp_1 ', respondBy: '2026-12-05' };
    expect(chargebackBody(written, capture)).toEqual({
      ...{ captureId: 'c-1', amount: 999, reasonCode: 'not-received', reference: 'dp_1' },
      respondBy: new Date(2026, 11, 6).toISOString(),
    });
  });

  it('is not sent while its amount is none', () => expect(chargebackBody({ ...recording, amount: '9.999' }, capture)).toBeUndefined());

  it('takes back the capture that was chosen, else the first', () => {
    const other = { ...capture, source: 'c-2' };
    expect(chosenOf([capture, other], 'c-2')).toBe(other);
    expect(chosenOf([capture, other], undefined)).toBe(capture);
    expect(chosenOf([], 'c-2')).toBeUndefined();
  });
});
