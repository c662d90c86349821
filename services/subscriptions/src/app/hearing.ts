import type { Envelope } from '@cartage/contracts';
import { keepingTogether } from '@cartage/eventsourcing';
import type { FactLog } from './fact-log';

/** So many facts share their statements. */
const MOST_TOGETHER = 200;

/** Takes facts one by one, and keeps many at a time. */
export const hearing = (log: FactLog): ((fact: Envelope) => Promise<void>) =>
  keepingTogether((facts: readonly Envelope[]) => log.keep(facts), { maxBatch: MOST_TOGETHER });
