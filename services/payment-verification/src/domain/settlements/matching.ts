import { isByCarrier, movedBy, standsAlone, type LineKind, type SettlementLine } from './line';

/** Money that moved or is owed, and is to be found in a file: a capture, a refund, collected cash, a chargeback, a claim on a carrier. It never changes. */
export interface Expectation {
  /** The movement, by the event that recorded it. */
  readonly id: string;
  readonly kind: Extract<LineKind, 'charge' | 'refund' | 'cod-remittance' | 'chargeback' | 'carrier-claim'>;
  /** The capture, refund, shipment, chargeback or claim. */
  readonly subject: string;
  /** Of which way of paying it is; a claim is of none. */
  readonly paymentId?: string;
  readonly currency: string;
  /** Above zero it is owed to us. */
  readonly amount: number;
  readonly at: string;
  /** By which names a file may call it. */
  readonly names: readonly string[];
  /** Below zero: a person recorded that it was handed over, which a file may say, too. What no file says of it is not missing. */
  readonly byHand?: true;
}

export const outcomeCodes = ['matched', 'short', 'over', 'double', 'wrong-currency', 'unmatched', 'alone'] as const;
export type OutcomeCode = (typeof outcomeCodes)[number];

/** What a line comes to. */
export interface Outcome {
  readonly code: OutcomeCode;
  /** The expectations that it answers. */
  readonly settles: readonly string[];
  /** What it should have said. */
  readonly expected: number;
  /** Of what it says, what was expected. */
  readonly covered: number;
}

/** What a person has closed: the line is out of the reckoning, and what was expected of it is not expected any more. */
export interface Closed {
  readonly lineId: string;
  readonly settles: readonly string[];
  readonly expected: number;
}

const inOrder = <Thing>(things: Iterable<Thing>, placeOf: (thing: Thing) => string): readonly Thing[] =>
  [...things].toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

const byTime = ({ at, id }: Expectation): string => at + id;
const bySettlement = ({ settledAt, lineId }: SettlementLine): string => settledAt + lineId;

export const inOrderOfSettlement = (lines: Iterable<SettlementLine>): readonly SettlementLine[] => inOrder(lines, bySettlement);

/** Of what is left of both, as much as one covers of the other; they have one sign. */
const smaller = (one: number, other: number): number => (Math.abs(one) < Math.abs(other) ? one : other);

const isNamed = ({ references }: SettlementLine, { names }: Expectation): boolean => names.some((name) => references.includes(name));

const fits = (line: SettlementLine, { kind, amount, byHand }: Expectation): boolean =>
  !byHand && kind === line.kind && Math.sign(amount) === Math.sign(movedBy(line).gross);

/** Who took how much of what: filled line by line, in an order that does not depend on when anything was heard. */
class Reckoning {
  private readonly left: Map<string, number>;
  private readonly lastTaker = new Map<string, string>();
  readonly outcomes = new Map<string, Outcome>();

  constructor(private readonly expectations: readonly Expectation[]) {
    this.left = new Map(expectations.map(({ id, amount }) => [id, amount]));
  }

  /** Cash that was found missing at the door is not expected of the same shipment, nor of a claim what is owed no more. */
  net(): void {
    for (const each of this.expectations) if (isByCarrier(each) && each.amount < 0 && !each.byHand) this.takeOff(each);
  }

  /** Takes what is expected no more of what was expected of the same shipment or claim. */
  private takeOff({ id, kind, subject, amount }: Expectation): void {
    const owed = this.expectations.filter((each) => each.subject === subject && each.kind === kind && each.amount > 0);
    const { rest } = this.take(owed, 0 - amount);
    this.left.set(id, 0 - rest);
  }

  close({ settles, expected }: Closed): void {
    this.take(
      this.expectations.filter(({ id }) => settles.includes(id)),
      expected,
    );
  }

  /** What the line names, or all of its order where it names nothing of it. */
  private candidates(line: SettlementLine): readonly Expectation[] {
    const fitting = this.expectations.filter((each) => fits(line, each));
    const named = fitting.filter((each) => isNamed(line, each));
    return named.length > 0 ? named : fitting;
  }

  /** Whose word counts more: it comes first. */
  rank(line: SettlementLine): number {
    const candidates = this.candidates(line);
    if (!candidates.some(({ currency }) => currency === movedBy(line).currency)) return 2;
    return candidates.some((each) => isNamed(line, each)) ? 0 : 1;
  }

  settle(line: SettlementLine): void {
    const { lineId } = line;
    const { gross, currency } = movedBy(line);
    const all = this.candidates(line);
    const candidates = all.filter((each) => each.currency === currency);
    if (candidates.length === 0) {
      this.outcomes.set(lineId, this.elsewhere(all));
      return;
    }
    const exact = candidates.find(({ id }) => this.left.get(id) === gross);
    const { touched, rest } = this.take(exact ? [exact] : candidates, gross);
    for (const id of touched) this.lastTaker.set(id, lineId);
    const covered = gross - rest;
    const code = rest === 0 ? 'matched' : touched.length === 0 ? 'double' : 'over';
    this.outcomes.set(lineId, { code, settles: touched, expected: covered, covered });
  }

  private elsewhere(all: readonly Expectation[]): Outcome {
    const [first] = all;
    if (!first) return { code: 'unmatched', settles: [], expected: 0, covered: 0 };
    const others = all.filter(({ currency }) => currency === first.currency);
    const expected = others.reduce((sum, { id }) => sum + (this.left.get(id) ?? 0), 0);
    return { code: 'wrong-currency', settles: others.map(({ id }) => id), expected, covered: 0 };
  }

  private take(from: readonly Expectation[], amount: number): { readonly touched: readonly string[]; readonly rest: number } {
    const touched: string[] = [];
    let rest = amount;
    for (const { id } of from) {
      const taken = smaller(this.left.get(id) ?? 0, rest);
      if (taken === 0) continue;
      this.left.set(id, (this.left.get(id) ?? 0) - taken);
      touched.push(id);
      rest -= taken;
    }
    return { touched, rest };
  }

  /** What is left of something that was begun to be settled is missing in its last line. */
  finish(): void {
    for (const each of this.expectations) if (each.byHand) this.takeOff(each);
    for (const [id, lineId] of this.lastTaker) {
      const missing = this.left.get(id) ?? 0;
      const outcome = this.outcomes.get(lineId);
      if (missing === 0 || !outcome) continue;
      this.outcomes.set(lineId, { ...outcome, code: 'short', expected: outcome.expected + missing });
    }
  }

  isSettled(id: string): boolean {
    return this.left.get(id) === 0;
  }
}

export interface Matched {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Whether nothing of an expectation is missing. */
  readonly isSettled: (expectationId: string) => boolean;
}

const alone: Outcome = { code: 'alone', settles: [], expected: 0, covered: 0 };

/**
 * Compares what files say with what moved. The result follows from the two sets alone, whatever the order in which they were heard of: what is named comes before
 * what only the order speaks for, the right currency before another one, and what was settled earlier before what was settled later.
 */
export const match = (lines: Iterable<SettlementLine>, expectations: Iterable<Expectation>, closed: readonly Closed[] = []): Matched => {
  const reckoning = new Reckoning(inOrder(expectations, byTime));
  reckoning.net();
  for (const each of closed) reckoning.close(each);
  const done = new Set(closed.map(({ lineId }) => lineId));
  const open = inOrderOfSettlement([...lines].filter(({ lineId }) => !done.has(lineId)));
  for (const { lineId } of open.filter(standsAlone)) reckoning.outcomes.set(lineId, alone);
  const ranked = open.filter((line) => !standsAlone(line)).map((line) => ({ line, rank: reckoning.rank(line) }));
  for (const { line } of ranked.toSorted((a, b) => a.rank - b.rank)) reckoning.settle(line);
  reckoning.finish();
  return { outcomes: reckoning.outcomes, isSettled: (id) => reckoning.isSettled(id) };
};
