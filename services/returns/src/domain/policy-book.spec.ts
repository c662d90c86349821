import { join } from 'node:path';
import { specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import type { ReturnEvent } from './events';
import { firstPolicy, type PolicyDraft } from './policy';
import { policyBook, policyOfSale, type PolicyCommand, type PolicyEvent } from './policy-book';
import { publishedPolicies } from './published';

const { given } = specFor(policyBook);
const now = '2026-11-20T10:00:00.000Z';
const { version: _, ...terms } = firstPolicy;
const draft = (version: string, changes: Partial<PolicyDraft> = {}): PolicyCommand => ({
  type: 'DraftPolicy',
  data: { version, draft: { ...terms, ...changes }, note: 'n', by: 'staff-17', now },
});
const drafted = (version: string, changes: Partial<PolicyDraft> = {}): PolicyEvent => ({
  type: 'PolicyDrafted',
  data: { policy: { ...terms, ...changes, version }, note: 'n', by: 'staff-17', draftedAt: now },
});
const activate = (version: string): PolicyCommand => ({ type: 'ActivatePolicy', data: { version, note: 'n', by: 'staff-17', now } });
const activated = (version: string, replaces = firstPolicy.version, activatedAt = now): PolicyEvent => ({
  type: 'PolicyActivated',
  data: { version, replaces, note: 'n', by: 'staff-17', activatedAt },
});
const longer = { terms: { ...terms.terms, windowDays: 60 } };

describe('a version of the return policy', () => {
  it('is drafted under a name of its own, once', () => given().when(draft('v2', longer)).thenOnce(drafted('v2', longer)));
  it('says one thing for ever', () => {
    given(drafted('v2')).when(draft('v2', longer)).thenRefused('POLICY_EXISTS');
    given().when(draft(firstPolicy.version, longer)).thenRefused('POLICY_EXISTS');
  });
  it('is put in force, and again after another one was', () => {
    given(drafted('v2')).when(activate('v2')).thenOnce(activated('v2'));
    given(drafted('v2'), activated('v2')).when(activate(firstPolicy.version)).thenOnce(activated(firstPolicy.version, 'v2'));
  });
  it('is told of once it is in force: which, and in place of which; who did it and why stays here', () => {
    const golden = goldenSamples<PolicyEvent | ReturnEvent>(join(__dirname, 'golden')).of('PolicyActivated');
    const told = publishedPolicies.PolicyActivated?.({ ...golden, data: { ...golden.data, replaces: 'v2' } });
    const { version: put, activatedAt } = golden.data;
    expect(told).toEqual({ type: 'ReturnPolicyActivated', data: { rulesId: 'returns', version: put, replaces: 'v2', activatedAt } });
    expect(publishedPolicies).not.toHaveProperty('PolicyDrafted');
  });
  it('that nobody drafted cannot be put in force', () => given().when(activate('v9')).thenRefused('POLICY_UNKNOWN'));

  it.each<readonly [what: string, draft: Partial<PolicyDraft>]>([
    ['an exception of nothing in particular', { exceptions: [{ name: 'x', terms: { windowDays: 1 } }] }],
    ['an exception that changes nothing', { exceptions: [{ name: 'x', skus: ['A'], terms: {} }] }],
    [
      'a currency twice',
      {
        returnFee: [
          { currency: 'GBP', amount: 1 },
          { currency: 'GBP', amount: 2 },
        ],
      },
    ],
    ['a first limit of a currency whose worth nobody knows', { reviewAbove: [{ currency: 'XAU', amount: 1 }] }],
  ])('is refused with %s', (__, changes) => given().when(draft('v2', changes)).thenRefused('POLICY_INVALID'));
});

describe('the policy of an order', () => {
  const book = [
    drafted('v2', longer),
    activated('v2', firstPolicy.version, '2026-11-10T00:00:00.000Z'),
    activated(firstPolicy.version, 'v2', '2026-11-15T00:00:00.000Z'),
  ].reduce(policyBook.evolve, policyBook.initial);
  const of = (placedAt: string, policy?: string) =>
    policyOfSale(book, { orderId: 'o', placedAt, ...(policy === undefined ? {} : { policy }) }).version;

  it('is the one that it names, whichever is in force', () => expect(of('2026-11-16T00:00:00.000Z', 'v2')).toBe('v2'));
  it('is the one that was in force when it was placed, if it names none', () =>
    expect(['2026-11-09T23:59:59.999Z', '2026-11-10T00:00:00.000Z', '2026-11-15T00:00:00.000Z'].map((at) => of(at))).toEqual([
      firstPolicy.version,
      'v2',
      firstPolicy.version,
    ]));
  it('is never another one than it names: an unknown one is refused until it is known', () =>
    expect(() => of('2026-11-16T00:00:00.000Z', 'v9')).toThrow(expect.objectContaining({ code: 'RETURN_POLICY_UNKNOWN' })));
});
