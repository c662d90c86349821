import type { Schemas } from '../api/client';
import type { Tone } from '../marks/tones';

export type Chargeback = Schemas['Chargeback'];

/** How a chargeback stands to its deadline. */
export type Urgency = 'waiting' | 'soon' | 'missed';

/** Somebody is reminded as long before. */
const SOON_MS = 2 * 86_400_000;

/** Nothing of one that is answered or decided, or that has to be answered by no time. */
export const urgencyOf = ({ status, respondBy }: Chargeback, now: number): Urgency | undefined => {
  if (status !== 'open' || respondBy === null) return undefined;
  const left = new Date(respondBy).getTime() - now;
  if (left < 0) return 'missed';
  return left < SOON_MS ? 'soon' : 'waiting';
};

export const urgencyTones: Readonly<Record<Urgency, Tone>> = { waiting: 'calm', soon: 'wary', missed: 'bad' };
