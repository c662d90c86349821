import type { Scan } from './commands';
import type { ReturnPolicy } from './policy';
import type { Sale } from './sale';
import type { OrderReturns, Rma } from './state';
import { endOfDays } from './window';

const silences: ReadonlySet<string> = new Set(['stuck', 'lost']);

/** A carrier has it: that nothing is heard says nothing of the kind. */
export const isCarried = ({ milestone }: Pick<Scan, 'milestone'>): boolean => !silences.has(milestone);

const timesOf = (scans: readonly Scan[]): readonly string[] => scans.map(({ occurredAt }) => new Date(occurredAt).toISOString()).toSorted();

/** By the carrier's clock; scans come in any order. */
export const sentAt = ({ scans }: Pick<Rma, 'scans'>): string | undefined => timesOf(scans.filter(isCarried))[0];

/** Nobody waits for it any more; a later scan finds it again. */
export const lostAt = ({ scans }: Pick<Rma, 'scans'>): string | undefined => {
  const at = timesOf(scans.filter(({ milestone }) => milestone === 'lost')).at(-1);
  const seen = timesOf(scans.filter(isCarried)).at(-1);
  return at !== undefined && at >= (seen ?? '') ? at : undefined;
};

const promised = ({ refundDays }: ReturnPolicy, since: string | undefined, sale: Sale): string | undefined =>
  refundDays === undefined || since === undefined ? undefined : endOfDays(refundDays, since, sale.deliveries[0] ?? {});

/** Until when the customer is promised the money: from the carrier's first scan on, or from the dock where nobody scanned it. */
export const refundBy = ({ policy, sale }: OrderReturns, rma: Rma): string | undefined =>
  policy && sale ? promised(policy, sentAt(rma) ?? rma.arrivedAt, sale) : undefined;
