import { gateScanOf } from './gate';

const found = { shipmentId: 's1', location: 'LDN', status: 'labelled' } as const;

describe('a label that is scanned at the gate', () => {
  it('is handed over if it waits here', () => expect(gateScanOf(found, 'LDN')).toEqual({ is: 'take', shipmentId: 's1' }));

  it('changes nothing if nobody knows it, if it leaves from elsewhere, and if the carrier has it already', () => {
    expect(gateScanOf(undefined, 'LDN')).toEqual({ is: 'unknown' });
    expect(gateScanOf(found, 'PAR')).toEqual({ is: 'elsewhere', location: 'LDN' });
    expect(gateScanOf({ ...found, status: 'dispatched' }, 'LDN')).toEqual({ is: 'not-now', status: 'dispatched' });
  });
});
