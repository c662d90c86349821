import type { Schemas } from '../api/client';

export type Freshness = Schemas['ReportingFigures']['freshness'];

/** Until then every table was fed; null where one was never. */
export const heardUntil = (freshness: Freshness): string | null => {
  const times = freshness.map((each) => each.heardUntil);
  return times.includes(null) ? null : (times.flatMap((time) => time ?? []).toSorted()[0] ?? null);
};

export const missingOf = (freshness: Freshness): number => freshness.reduce((sum, { missing }) => sum + missing, 0);
