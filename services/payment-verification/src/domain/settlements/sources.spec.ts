import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { usualMapping } from './mapping';
import { settlementSources, sourceOfAccount, withAccounts, type SettlementSource, type SourceCommand, type SourceEvent } from './sources';

const { given } = specFor(settlementSources);
const now = '2026-11-24T10:00:00.000Z';
const courier: SettlementSource = {
  ...{ source: 'courier', overdueDays: 10, providers: [], channels: [], carriers: ['courier'] },
  mapping: { ...usualMapping, columns: { gross: 'Amount', settledAt: 'On' }, kind: 'cod-remittance', currency: 'INR' },
};
const register = (source: SettlementSource): SourceCommand => ({ type: 'RegisterSource', data: { source, by: 'staff-17', now } });

describe('the sources of settlements', () => {
  it('are registered once, with how their files are read', () =>
    given()
      .when(register(courier))
      .thenOnce({ type: 'SettlementSourceRegistered', data: { ...courier, by: 'staff-17', registeredAt: now } }));

  it('are one for each account at Stripe, unless another one settles it', () => {
    const accounts = ['stripe', 'stripe-de', 'stripe-us'];
    const both: SettlementSource = {
      ...courier,
      source: 'europe',
      providers: ['stripe-de'],
      mapping: { ...usualMapping, format: 'stripe' },
    };
    const known = withAccounts(fold(settlementSources, settlementSources.decide(register(both), settlementSources.initial)), accounts);
    expect([...known.keys()]).toEqual(['stripe', 'europe', 'stripe-us']);
    expect(accounts.map((account) => sourceOfAccount(known, account).source)).toEqual(['stripe', 'europe', 'stripe-us']);
  });

  it('begin with Stripe, and fold what was stored for ever', () => {
    const golden = goldenSamples<SourceEvent>(join(__dirname, 'golden-sources'));
    expect([...fold(settlementSources, [golden.of('SettlementSourceRegistered')]).keys()]).toEqual(['stripe', 'delhivery']);
  });
});
