import type { BilledLabel, BilledParcel, InvoiceLine } from './invoice-line';
import type { AuditTerms } from './terms';

export const findingKinds = [
  'unknown-tracking',
  'void-label-billed',
  'billed-twice',
  'currency-differs',
  'surcharge-not-quoted',
  'amount-differs',
  'amount-within-tolerance',
  'weight-differs',
  'service-differs',
  'not-billed',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** What of a bill is not as the label says. */
export interface Finding {
  readonly kind: FindingKind;
  /** The line that it is found in; absent where none was billed. */
  readonly line?: InvoiceLine;
  readonly currency: string;
  /** The money that it is about, minor units; below zero in our favour. 0 where another finding has the money. */
  readonly amount: number;
  /** What of it the carrier’s invoices gave back. */
  readonly credited: number;
  /** What the label says, and what the bill says: a service, grams, minor units. */
  readonly expected?: string;
  readonly billed?: string;
}

const inOrder = (lines: readonly InvoiceLine[]): readonly InvoiceLine[] =>
  lines.toSorted((a, b) => (a.billedOn + a.lineId < b.billedOn + b.lineId ? -1 : 1));

const total = (amounts: readonly { readonly amount: number }[]): number => amounts.reduce((sum, { amount }) => sum + amount, 0);

const whole = (kind: FindingKind, line: InvoiceLine): Finding => ({
  ...{ kind, line, currency: line.currency, amount: line.amount, credited: 0 },
});

/** What is charged once for a parcel: carriage, and each surcharge by its name. */
const chargeOf = ({ trackingNumber, kind, charge }: InvoiceLine): string =>
  JSON.stringify([trackingNumber, kind, kind === 'carriage' ? '' : charge]);

/** Why a line as a whole is none that the label owes; nothing: it counts. */
const refusalOf = (
  line: InvoiceLine,
  { label, terms, charged }: { readonly label: BilledLabel | undefined; readonly terms: AuditTerms; readonly charged: Set<string> },
): FindingKind | undefined => {
  if (!label) return 'unknown-tracking';
  if (label.isVoid) return 'void-label-billed';
  if (line.currency !== label.currency) return 'currency-differs';
  const charge = chargeOf(line);
  if (charged.has(charge)) return 'billed-twice';
  charged.add(charge);
  return line.kind === 'surcharge' && !terms.included.includes(line.charge ?? '') ? 'surcharge-not-quoted' : undefined;
};

/** Carriers charge what is heavy by weight and what is bulky by volume. */
const expectedGrams = (
  { weightGrams, volumeMm3 = 0 }: BilledParcel,
  { volumetricDivisor }: Pick<AuditTerms, 'volumetricDivisor'>,
): number | undefined => {
  const byVolume = volumetricDivisor === undefined ? 0 : Math.ceil(volumeMm3 / volumetricDivisor);
  return weightGrams === undefined ? undefined : Math.max(weightGrams, byVolume);
};

const without = (kind: FindingKind, line: InvoiceLine, said: { readonly expected: string; readonly billed: string }): Finding => ({
  ...{ kind, line, currency: line.currency, amount: 0, credited: 0 },
  ...said,
});

const weightOf = (line: InvoiceLine, label: BilledLabel, terms: AuditTerms): readonly Finding[] => {
  const parcel = label.parcels.find(({ trackingNumber }) => trackingNumber === line.trackingNumber);
  const grams = parcel && expectedGrams(parcel, terms);
  if (line.weightGrams === undefined || grams === undefined || line.weightGrams <= grams + terms.weightToleranceGrams) return [];
  return [without('weight-differs', line, { expected: String(grams), billed: String(line.weightGrams) })];
};

const serviceOf = (line: InvoiceLine, label: BilledLabel, { services }: AuditTerms): readonly Finding[] => {
  if (line.service === undefined) return [];
  const billed = Object.hasOwn(services, line.service) ? services[line.service] : line.service;
  if (billed === undefined || billed.toLowerCase() === label.service.toLowerCase()) return [];
  return [without('service-differs', line, { expected: label.service, billed })];
};

const toleranceOf = ({ cost, currency }: BilledLabel, { tolerances, tolerancePercent }: AuditTerms): number =>
  Math.max(Object.hasOwn(tolerances, currency) ? (tolerances[currency] ?? 0) : 0, Math.floor((cost * tolerancePercent) / 100));

/** Less than the price is none as long as a parcel of the label may still be billed. */
const amountOf = (counted: readonly InvoiceLine[], label: BilledLabel, terms: AuditTerms): readonly Finding[] => {
  const line = counted.at(-1);
  const [billed, difference] = [total(counted), total(counted) - label.cost];
  const carried = new Set(counted.filter(({ kind }) => kind === 'carriage').map(({ trackingNumber }) => trackingNumber));
  const isWhole = label.parcels.every(({ trackingNumber }) => carried.has(trackingNumber));
  if (!line || difference === 0 || (difference < 0 && !isWhole)) return [];
  const kind = Math.abs(difference) <= toleranceOf(label, terms) ? 'amount-within-tolerance' : 'amount-differs';
  return [{ ...without(kind, line, { expected: String(label.cost), billed: String(billed) }), amount: difference }];
};

/** What was given back goes to what was charged too much, in its currency: to what is exactly as much, else to one after the other. */
const lessCredits = (findings: readonly Finding[], credits: readonly InvoiceLine[]): readonly Finding[] => {
  const credited = findings.map(() => 0);
  const openOf = (n: number): number => Math.max(0, (findings[n]?.amount ?? 0) - (credited[n] ?? 0));
  for (const { currency, amount } of inOrder(credits)) {
    const own = [...findings.keys()].filter((n) => findings[n]?.currency === currency);
    const exact = own.find((n) => openOf(n) === 0 - amount);
    let left = 0 - amount;
    for (const n of exact === undefined ? own : [exact]) {
      const taken = Math.min(openOf(n), left);
      credited[n] = (credited[n] ?? 0) + taken;
      left -= taken;
    }
  }
  return findings.map((finding, n) => ({ ...finding, credited: credited[n] ?? 0 }));
};

/**
 * Compares all that was billed for a label (or for a number that no label has) with what the label says. The result follows from the lines alone, whatever the order in
 * which they came; each amount is in one finding at most, so that what was billed is what was agreed, and taxes, and credits, and what was found.
 */
export const findingsOf = (label: BilledLabel | undefined, lines: readonly InvoiceLine[], terms: AuditTerms): readonly Finding[] => {
  const charged = new Set<string>();
  const charges = inOrder(lines)
    .filter(({ kind }) => kind === 'carriage' || kind === 'surcharge')
    .map((line) => ({ line, refusal: refusalOf(line, { label, terms, charged }) }));
  const refused = charges.flatMap(({ line, refusal }) => (refusal === undefined ? [] : [whole(refusal, line)]));
  const counted = charges.flatMap(({ line, refusal }) => (refusal === undefined ? [line] : []));
  const compared = label ? amountOf(counted, label, terms) : [];
  const told = label
    ? counted
        .filter(({ kind }) => kind === 'carriage')
        .flatMap((line) => [...weightOf(line, label, terms), ...serviceOf(line, label, terms)])
    : [];
  return lessCredits(
    [...refused, ...compared, ...told],
    lines.filter(({ kind }) => kind === 'credit'),
  );
};

/** What is due for a label that nobody has billed. */
export const notBilled = ({ currency, cost }: BilledLabel): Finding => ({
  ...{ kind: 'not-billed', currency, amount: 0, credited: 0, expected: String(cost) },
});
