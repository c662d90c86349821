import type { PaymentEvent as PublicEvent } from '@cartage/contracts';
import type { Named, Translation } from '@cartage/eventsourcing';
import type { BalanceEvent } from './balance';

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });

/** Whose contact it is, and what was refused, stay inside. */
export const publishedOfBalances: Translation<BalanceEvent, PublicEvent> = {
  BalanceOpened: ({ type, data: { contact: _, ...data } }) => ({ type, data }),
  BalanceCredited: same,
  BalanceReserved: same,
  BalanceReleased: same,
  BalanceDebited: same,
  BalanceFrozen: same,
  BalanceUnfrozen: same,
};
