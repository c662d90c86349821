import type { Envelope } from '@cartage/contracts';
import { keepingTogether } from '@cartage/eventsourcing';
import { factsOf } from '../domain/facts';
import type { Fact } from '../domain/table';
import { dimCustomer } from '../domain/dimensions';
import { tableNamed } from '../domain/star';
import type { PseudonymOf, Star, Extracted } from './star';

export interface FollowingNeeds {
  readonly star: Star;
  readonly pseudonymOf: PseudonymOf;
}

/** So many events share their statements. */
const MOST_TOGETHER = 500;

const customerColumnOf = (table: string): string | undefined =>
  Object.entries(tableNamed(table).columns).find(([, { dimension }]) => dimension === dimCustomer.name)?.[0];

/** Nothing that is kept names a customer as the channel does. */
const disguised = async (fact: Fact, pseudonymOf: PseudonymOf): Promise<Fact> => {
  const column = customerColumnOf(fact.table);
  const customerId = column === undefined ? undefined : fact.row[column];
  if (column === undefined || typeof customerId !== 'string') return fact;
  return { ...fact, row: { ...fact.row, [column]: await pseudonymOf(customerId) } };
};

/** Takes events one by one, and writes them many at a time. An event is done when what it says is kept. */
export const following = ({ star, pseudonymOf }: FollowingNeeds): ((envelope: Envelope) => Promise<void>) => {
  const keep = keepingTogether((batch: readonly Extracted[]) => star.keep(batch), { maxBatch: MOST_TOGETHER });
  return async (envelope) => {
    const facts = await Promise.all(factsOf(envelope).map((fact) => disguised(fact, pseudonymOf)));
    await keep({ envelope, facts });
  };
};
