import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { chartOfAccounts, type ChartCommand, type ChartEvent } from './chart';

const { given } = specFor(chartOfAccounts);
const now = '2026-11-02T10:00:00.000Z';
const assign = (code: string): ChartCommand => ({
  type: 'AssignAccount',
  data: { role: 'bank', code, name: 'House bank', by: 'staff-17', now },
});
const assigned: ChartEvent = {
  type: 'AccountAssigned',
  data: { role: 'bank', code: '1010', name: 'House bank', by: 'staff-17', assignedAt: now },
};

describe('the chart of accounts', () => {
  it('says which account a use is booked on, and who said so', () => given().when(assign('1010')).thenOnce(assigned));

  it('leaves the other uses as they are', () =>
    expect(fold(chartOfAccounts, [assigned])).toMatchObject({ bank: { code: '1010' }, revenue: { code: '4000' } }));

  it('folds what was stored, for ever', () => {
    const golden = goldenSamples<ChartEvent>(join(__dirname, 'golden'));
    expect(golden.types).toEqual(['AccountAssigned']);
    expect(fold(chartOfAccounts, [golden.of('AccountAssigned')])).toMatchObject({ bank: { code: '1010', name: 'House bank' } });
  });
});
