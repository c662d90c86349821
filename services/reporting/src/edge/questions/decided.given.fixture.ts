import type { Fact, Row } from '../../domain/table';
import { factOrderLine, factPromise } from '../../domain/order-tables';
import {
  activated,
  namedForLabel,
  namedPrices,
  namedPromise,
  namedReturns,
  namedRouting,
  namedRules,
  namedVerification,
  revised,
} from '../../domain/policies';
import { factReturn, factReturnLine } from '../../domain/return-tables';
import { factRoutingDecision, factShipment } from '../../domain/shipping-tables';
import { fact, idOf, order, paid, type Case } from './given.fixture';

const put = (rulesId: string, sequence: number, version: string, activatedAt: string): readonly Fact[] =>
  activated({ rulesId, version, activatedAt }, { id: idOf(1), time: activatedAt, sequence });

const judged = (n: number, kind: string, verdict: string, row: Row = {}): Fact =>
  paid(n, kind, 1_301, { order_id: idOf(n), happened_at: '2026-10-05T12:00:01Z', verdict, ...namedVerification('2'), ...row });

const routed = (n: number, rules: string, at: string, row: Row = {}): Fact =>
  fact(factRoutingDecision, { fulfillment_id: idOf(2_000 + n), order_id: idOf(n), rules, brokered_at: at, ...namedRouting(rules), ...row });

const labelled = (n: number, row: Row): Fact =>
  fact(factShipment, {
    ...{ shipment_id: idOf(3_000 + n), order_id: idOf(n), label_requested_at: '2026-10-06T08:00:00Z', ...namedRules('carriers@1') },
    ...row,
  });

const sentBack = (n: number, rules: string, row: Row): Fact =>
  fact(factReturn, {
    ...{ return_id: idOf(4_200 + n), order_id: idOf(n), label_requested_at: '2026-10-12T08:00:00Z', ...namedReturns('long') },
    ...namedForLabel(rules),
    ...row,
  });

const returned = (n: number, stage: string, version: string, at: string): Fact =>
  fact(factReturnLine, {
    ...{ event_id: idOf(4_000 + n), position: 0, stage, return_id: idOf(4_100 + n), order_id: idOf(1), line_id: '1', product_key: 'MUG' },
    ...{ units: 1, happened_at: at, ...namedReturns(version) },
  });

const promised = (n: number, row: Row = {}): Fact =>
  fact(factPromise, { order_id: idOf(n), ship_group_id: '1', ...namedPromise('standard-gb@1'), ...row });

const sold = (n: number, priceList: string | undefined, row: Row = {}): Fact =>
  fact(factOrderLine, { order_id: idOf(n), line_id: 'listed', product_key: 'MUG', units: 2, ...namedPrices(priceList), ...row });

const [first, second, third] = ['2026-10-01T00:00:00Z', '2026-10-10T00:00:00Z', '2026-10-20T00:00:00Z'] as const;
const since = (at: string): string => at.replace('Z', '.000Z');
const none = { decisions: 0, orders: 0, accepted: 0, held: 0, refused: 0, accepted_share: null, held_share: null, refused_share: null };
const shares = (accepted: number, held: number, refused: number): Row => ({
  accepted_share: accepted,
  held_share: held,
  refused_share: refused,
});
const allAccepted = (decisions: number, orders = decisions): Row => ({
  ...{ ...none, decisions, orders, accepted: decisions },
  ...shares(1, 0, 0),
});
const outOfThree = { decisions: 3, orders: 3, accepted: 1, held: 1, refused: 1, ...shares(0.3333, 0.3333, 0.3333) };

/** In force from then until then. */
type Period = readonly [from: string | null, to: string | null];

const named = (kind: string, revision: number, version: string | null, [from, to]: Period): Row => ({
  ...{ kind, policy: kind, revision, version, in_force_from: from, in_force_to: to },
});

export const decidedCases: readonly Case[] = [
  {
    question: 'policies_in_force',
    that: 'says what was in force when, of a version that was put back each time, and counts what was decided before the first by the settings',
    given: [
      ...[1, 2, 3, 4, 5].flatMap((n) => order(n)),
      ...[...put('routing', 1, '1', first), ...put('routing', 2, '2', second), ...put('routing', 3, '1', third)],
      routed(1, 'nearest-of-fewest-1/split-2/attempts-3', '2026-09-30T00:00:00Z'),
      // Decided by another process that did not know yet.
      routed(2, 'routing@1', '2026-09-30T23:59:59Z'),
      routed(3, 'routing@1', '2026-10-05T00:00:00Z', { rejected_at: '2026-10-05T01:00:00Z' }),
      routed(4, 'routing@1', '2026-10-10T00:00:01Z', { short_at: '2026-10-11T00:00:00Z' }),
      routed(5, 'routing@1', '2026-10-20T00:00:00Z'),
    ],
    rows: [
      { ...named('routing', 0, null, [null, since(first)]), ...allAccepted(1) },
      { ...named('routing', 1, '1', [since(first), since(second)]), ...outOfThree },
      { ...named('routing', 2, '2', [since(second), since(third)]), ...none },
      { ...named('routing', 3, '1', [since(third), null]), ...allAccepted(1) },
    ],
  },
  {
    question: 'policies_in_force',
    that: 'counts an order once, as its strictest verdict says, and a return by the policy of its sale',
    given: [
      ...[1, 2, 3].flatMap((n) => order(n)),
      ...[...put('verification', 1, '2', first), ...put('returns', 1, 'long', first), ...put('returns', 2, 'short', second)],
      ...[judged(1, 'authorised', 'accept'), judged(1, 'authorised', 'accept', { event_id: idOf(799) })],
      ...[judged(2, 'review-required', 'review'), judged(20, 'authorised', 'review', { order_id: idOf(2) })],
      judged(3, 'declined', 'reject'),
      // Money that moved later names no rules.
      paid(9, 'captured', 1_301),
      ...[returned(1, 'authorised', 'long', '2026-10-05T00:00:00Z'), returned(2, 'declined', 'short', '2026-10-12T00:00:00Z')],
      // Its order was sold under the policy before.
      returned(3, 'authorised', 'long', '2026-10-30T00:00:00Z'),
      returned(4, 'received', 'long', '2026-11-02T00:00:00Z'),
    ],
    rows: [
      { ...named('returns', 1, 'long', [since(first), since(second)]), ...allAccepted(2, 1) },
      { ...named('returns', 2, 'short', [since(second), null]), ...none, decisions: 1, orders: 1, refused: 1, ...shares(0, 0, 1) },
      { ...named('verification', 1, '2', [since(first), null]), ...outOfThree },
    ],
  },
  {
    question: 'policies_in_force',
    that: 'knows labels and promises by what became of them, and nothing in force that nothing is sold under',
    given: [
      ...[1, 2, 3].flatMap((n) => order(n, { placed_at: '2026-10-05T12:00:00Z' })),
      ...put('carriers', 1, '1', first),
      labelled(1, { labels: 1, label_failures: 0 }),
      labelled(2, { labels: 1, label_failures: 1 }),
      labelled(3, { labels: 0, label_failures: 2 }),
      ...revised('promise', { code: 'standard-gb', revision: 1, changedAt: first }),
      ...revised('promise', { code: 'standard-gb', revision: 2, changedAt: second }, { active: false }),
      ...revised('calendar', { code: 'GB', revision: 1, changedAt: third }),
      ...[promised(1), promised(2, { moves: 1 }), promised(3, { moves: 1, deliver_by_missed_at: '2026-10-09T00:00:00Z' })],
    ],
    rows: [
      { ...named('calendar', 1, '1', [since(third), null]), ...none, policy: 'calendar/GB' },
      { ...named('carriers', 1, '1', [since(first), null]), ...outOfThree },
      { ...named('promise', 1, '1', [since(first), since(second)]), ...outOfThree, policy: 'promise/standard-gb' },
    ],
  },
  {
    question: 'policies_in_force',
    that: 'counts labels of returns by the policy of carriers that they were asked for under, whatever the returns were judged by',
    given: [
      ...[1, 2, 3].flatMap((n) => order(n)),
      ...[...put('carriers', 1, '1', first), ...put('carriers', 2, '2', second), ...put('returns', 1, 'long', first)],
      labelled(1, { labels: 1 }),
      ...[sentBack(1, 'carriers@2', { labels: 1 }), sentBack(2, 'carriers@2', {})],
      // The policy left no carrier to ask.
      sentBack(3, 'carriers@2', { label_requested_at: undefined, label_failed_at: '2026-10-12T08:00:00Z', label_failures: 1 }),
      // Nobody knew where it comes from: no policy of carriers was looked at.
      fact(factReturn, { return_id: idOf(4_299), order_id: idOf(3), label_failures: 1 }),
    ],
    rows: [
      { ...named('carriers', 1, '1', [since(first), since(second)]), ...allAccepted(1) },
      { ...named('carriers', 2, '2', [since(second), null]), ...outOfThree },
      { ...named('returns', 1, 'long', [since(first), null]), ...none },
    ],
  },
  {
    question: 'policies_in_force',
    that: 'counts lines by the version of the list that their price is from now, and none whose price is its own',
    given: [
      ...[1, 2, 3, 4].flatMap((n) => order(n, { placed_at: '2026-10-05T12:00:00Z' })),
      ...revised('prices', { code: 'base', revision: 1, changedAt: first }),
      ...revised('prices', { code: 'base', revision: 2, changedAt: second }),
      ...[sold(1, 'base@1'), sold(2, 'base@1', { cancelled_units: 1 }), sold(3, 'base@1', { cancelled_units: 2 })],
      // Priced anew by an edit: by the version of then, and by none.
      ...[sold(4, 'base@1'), sold(4, 'base@2'), sold(1, 'base@1', { line_id: 'own' }), sold(1, undefined, { line_id: 'own' })],
    ],
    rows: [
      {
        ...{ ...named('prices', 1, '1', [since(first), since(second)]), policy: 'prices/base' },
        ...{ ...none, decisions: 3, orders: 3, accepted: 2, refused: 1, ...shares(0.6667, 0, 0.3333) },
      },
      { ...named('prices', 2, '2', [since(second), null]), ...allAccepted(1), policy: 'prices/base' },
    ],
  },
];
