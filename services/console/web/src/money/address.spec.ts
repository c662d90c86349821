import { readChargebacks, readInvoices, readJournal, readLines, readOutstanding } from './address';

describe('the addresses of the lists of money', () => {
  it('are read as far as they say something', () => {
    const settlementId = '0198f0c2-7b1e-7c3d-9f2a-000000000001';
    expect(readLines({ settlementId, settlementSource: 'stripe', outcome: 'short', open: true })).toEqual({
      ...{ settlementId, settlementSource: 'stripe', outcome: 'short', open: true },
    });
    expect(readOutstanding({ carrier: 'delhivery', overdue: true })).toEqual({ carrier: 'delhivery', overdue: true });
    expect(readInvoices({ missing: true, legalEntity: 'uk' })).toEqual({ missing: true, legalEntity: 'uk' });
    expect(readJournal({ from: '2026-11-01', to: '2026-11-30' })).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(readChargebacks({ status: 'lost' })).toEqual({ status: 'lost' });
  });

  it('say nothing by what is no filter, or no value of it', () => {
    expect(readLines({ settlementId: '7', settlementSource: '<b>', outcome: 'gone', open: 'yes', colour: 'red' })).toEqual({});
    expect(readOutstanding({ overdue: false, carrier: 7 })).toEqual({});
    expect(readJournal({ from: 'yesterday', to: 20261130 })).toEqual({});
    expect(readChargebacks({ status: 'settled' })).toEqual({});
  });
});
