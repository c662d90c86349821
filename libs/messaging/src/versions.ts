import type { Envelope } from '@cartage/contracts';

/** Of the versions in which an event is published: this one, another one that comes by itself, or none that is known here. */
export type Choice = 'this' | 'another' | 'unknown';

/** The newest version that is known is taken; the same event comes once for each version. */
export const choiceOf = ({ version, versions }: Pick<Envelope, 'version' | 'versions'>, isKnown: (version: number) => boolean): Choice => {
  if (!versions) return isKnown(version) ? 'this' : 'unknown';
  const known = versions.filter(isKnown);
  if (known.length === 0) return 'unknown';
  return Math.max(...known) === version ? 'this' : 'another';
};
