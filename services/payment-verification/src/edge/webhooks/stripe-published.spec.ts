import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { usualMapping } from '../../domain/settlements/mapping';
import { readLine } from '../../app/settlements/line-reading';
import { heardOfStripe, stripeNotices } from './stripe-notices';

type Resource = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Resource>>;

/** Beside the repository, or beside its worktrees. */
const file = ['..', '../..']
  .map((up) => join(process.cwd(), up, 'shared/data/payloads/stripe/fixtures3.json'))
  .find((path) => existsSync(path));
const resourcesIn = (path: string): Resources => (JSON.parse(readFileSync(path, 'utf8')) as { readonly resources: Resources }).resources;

/** `payment_intent.succeeded` is about a `payment_intent`, `charge.dispute.created` about a `dispute`. */
const subjectOf = (type: string): string => type.split('.').at(-2) ?? '';

const source = stripeNotices({ secrets: ['whsec'], toleranceSeconds: 300, now: () => new Date() });
const heard = (type: string, object: Resource) => {
  const payload = JSON.stringify({ id: 'evt_1', object: 'event', created: 1_700_000_000, type, data: { object } });
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec' });
  return source.read({ headers: { 'stripe-signature': header }, rawBody: Buffer.from(payload) }).map(({ fact }) => fact);
};

(file ? describe : describe.skip)(
  'what Stripe publishes as examples (skipped where ../shared/data/payloads/stripe/fixtures3.json is absent)',
  () => {
    const examples = file ? resourcesIn(file) : {};
    const of = (kind: string, changes: Resource = {}): Resource => ({ ...examples[kind], ...changes });

    it.each(heardOfStripe)('is heard in an event %s, with nothing that is not there', (type) => {
      // An example of a dispute is an inquiry, of which nothing is told.
      const facts = heard(type, of(subjectOf(type), subjectOf(type) === 'dispute' ? { status: 'needs_response' } : {}));
      expect(facts).toHaveLength(1);
      expect(JSON.stringify(facts)).not.toMatch(/null|undefined|NaN|Invalid/);
      for (const fact of facts) expect(Object.values(fact)).not.toContain(undefined);
    });

    it('is heard as it is meant', () => {
      const { id: intent, amount } = of('payment_intent');
      expect(heard('payment_intent.succeeded', of('payment_intent', { status: 'succeeded', amount_received: amount }))).toEqual([
        { kind: 'captured', reference: intent, number: intent, currency: 'USD', amount: 1_099 },
      ]);
      expect(heard('refund.updated', of('refund'))).toEqual([
        { kind: 'refunded', number: of('refund')['id'], currency: 'USD', amount: 100 },
      ]);
      expect(heard('charge.dispute.created', of('dispute'))).toEqual([]);
      expect(heard('charge.dispute.closed', of('dispute', { status: 'lost' }))).toMatchObject([
        { kind: 'disputed', captureReference: of('charge')['id'], amount: 1_000, outcome: 'lost', respondBy: '2024-08-14T23:59:59.000Z' },
      ]);
      expect(heard('payout.paid', of('payout'))).toEqual([
        {
          kind: 'payout',
          number: of('payout')['id'],
          currency: 'USD',
          amount: 1_100,
          status: 'on-its-way',
          arrivesAt: '2009-02-13T23:31:30.000Z',
        },
      ]);
    });

    it.each([
      ['charge', 'charge', 'charge'],
      ['refund', 'refund', 'refund'],
      ['adjustment', 'dispute', 'chargeback'],
      ['payout', 'payout', 'payout'],
      ['payout_failure', 'payout', 'payout-return'],
    ])('is read of a settlement: %s of a %s', (type, kind, line) => {
      const read = (about: unknown) =>
        readLine(of('balance_transaction', { type, source: about, ...(kind === 'dispute' ? { reporting_category: 'dispute' } : {}) }), {
          ...usualMapping,
          format: 'stripe',
        });
      const [named, whole] = [read(of(kind)['id']), read(of(kind))];
      expect(named).toMatchObject({ kind: line, currency: 'USD', gross: 100, fee: 0, net: 100, references: [of(kind)['id']] });
      expect({ ...whole, references: [] }).toEqual({ ...named, references: [] });
      expect(whole.references).toContain(of(kind)['id']);
    });

    it('says nothing here in an event of anything else', () => {
      for (const [kind, example] of Object.entries(examples)) expect(heard(`${kind}.created.elsewhere`, example)).toEqual([]);
    });
  },
);
