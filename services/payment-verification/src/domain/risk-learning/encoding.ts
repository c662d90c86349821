export const featureKinds = ['up', 'down', 'number', 'category'] as const;
export type FeatureKind = (typeof featureKinds)[number];

export interface Feature {
  readonly name: string;
  /** Up: risk never falls as it rises. Down: risk never rises. Number: either. Category: by its words. */
  readonly kind: FeatureKind;
}

/** As many as there are features, in their order; undefined where nobody knows it. */
export type FeatureValues = readonly (number | string | undefined)[];

/** One number of the model, made of one feature. */
export interface Encoded {
  readonly feature: number;
  readonly sign: number;
  /** Of a category: this word. Absent: a number. */
  readonly word?: string;
  /** Whether it says that nobody knows the feature. */
  readonly isMissing?: true;
  /** What is beyond them is taken for them. */
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Of fewer orders a word says nothing: it counts as one that was never seen. */
const LEAST_ORDERS = 20;
const MOST_WORDS = 40;
const signs: Readonly<Record<FeatureKind, number>> = { up: 1, down: -1, number: 0, category: 0 };

/** Less its share: so the words of a category and the intercept stand in nobody's way, and the fit is quick. */
const flag = (feature: number, share: number, more: { readonly word: string } | { readonly isMissing: true }): Encoded => ({
  ...{ feature, sign: 0, least: 0, most: 1, mean: share, deviation: 1 },
  ...more,
});

const wordsOf = (feature: number, values: readonly (number | string | undefined)[]): readonly Encoded[] => {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= LEAST_ORDERS)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS)
    .map(([word, count]) => flag(feature, count / values.length, { word }));
};

const atShare = (sorted: ArrayLike<number>, share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;

/** One order that is a hundred times larger than all others is no more than the largest of a hundred. */
const numberOf = (feature: number, kind: FeatureKind, values: readonly (number | string | undefined)[]): readonly Encoded[] => {
  const known = Float64Array.from(values.filter((value) => typeof value === 'number')).sort();
  const [least, most] = [atShare(known, 0.01), atShare(known, 0.99)];
  const clipped = known.map((value) => Math.min(most, Math.max(least, value)));
  const mean = clipped.reduce((sum, value) => sum + value, 0) / Math.max(1, clipped.length);
  const variance = clipped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, clipped.length);
  if (variance === 0) return [];
  return [{ feature, sign: signs[kind], least, most, mean, deviation: Math.sqrt(variance) }];
};

/** How features become numbers, as what was known says it: standardised, words apart, and what is missing by itself. */
export const encodingOf = (features: readonly Feature[], known: readonly FeatureValues[]): readonly Encoded[] =>
  features.flatMap(({ kind }, feature) => {
    const values = known.map((each) => each[feature]);
    const missing = values.filter((value) => value === undefined).length;
    const isTold = missing >= LEAST_ORDERS && values.length - missing >= LEAST_ORDERS;
    return [
      ...(kind === 'category' ? wordsOf(feature, values) : numberOf(feature, kind, values)),
      ...(isTold ? [flag(feature, missing / values.length, { isMissing: true })] : []),
    ];
  });

export const encoded = ({ feature, word, isMissing, least, most, mean, deviation }: Encoded, values: FeatureValues): number => {
  const value = values[feature];
  if (isMissing) return (value === undefined ? 1 : 0) - mean;
  if (word !== undefined) return (value !== undefined && String(value) === word ? 1 : 0) - mean;
  return typeof value === 'number' ? (Math.min(most, Math.max(least, value)) - mean) / deviation : 0;
};
