import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServices } from '../api/services';
import { Time } from '../marks/Mark';
import { queues } from '../queues/kinds';
import { countingOf } from '../queues/QueueRail';
import { Empty } from '../states/states';
import { useSpeech } from '../words/words';
import { Count } from './OrdersByState';
import { isBesideOrders, waitingIn, waitingOrders, type OrderCounts, type Waiting } from './queues';

const ListLink = ({ waiting: { name, named, list } }: { readonly waiting: Waiting }): ReactNode => {
  const words = useSpeech().name(named, name);
  return list.in === 'orders' ? (
    <Link to="/orders" search={list.filters} data-row>
      {words}
    </Link>
  ) : (
    <Link to="/queues/$queue" params={{ queue: list.queue }} search={list.filters} data-row>
      {words}
    </Link>
  );
};

const WaitingRow = ({ waiting }: { readonly waiting: Waiting }): ReactNode => {
  const { count, upTo, oldest } = waiting.counted;
  return (
    <tr>
      <th scope="row">
        <ListLink waiting={waiting} />
      </th>
      <td className="amount">
        <Count count={count} upTo={upTo} />
      </td>
      <td>{oldest !== null && <Time at={oldest} as="since" />}</td>
    </tr>
  );
};

const WaitingTable = ({ rows }: { readonly rows: readonly Waiting[] }): ReactNode => {
  const { say } = useSpeech();
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">{say('home.queue')}</th>
          <th scope="col" className="amount">
            {say('home.count')}
          </th>
          <th scope="col">{say('home.oldest')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((waiting) => (
          <WaitingRow key={waiting.name} waiting={waiting} />
        ))}
      </tbody>
    </table>
  );
};

const others = queues.filter(isBesideOrders);

/** Without what somebody let sleep, as its queue counts it; until it has, with that. */
const useAwake = (waiting: readonly Waiting[]): readonly Waiting[] => {
  const { api } = useServices();
  const asked = waiting.flatMap(({ list }) => {
    const queue = list.in === 'queue' ? queues.find(({ id }) => id === list.queue) : undefined;
    return list.in === 'queue' && queue ? [{ list, counting: countingOf(queue, api, list.filters) }] : [];
  });
  const counted = useQueries({ queries: asked.map(({ counting }) => counting) });
  return waiting
    .map((each) => ({ ...each, counted: counted[asked.findIndex(({ list }) => list === each.list)]?.data ?? each.counted }))
    .filter(({ counted: { count } }) => count > 0);
};

/** Everything that stands still until somebody does something. */
export const WaitingForPeople = ({ counts }: { readonly counts: OrderCounts }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const counted = useQueries({ queries: others.map((queue) => countingOf(queue, api)) });
  const waiting = [...useAwake(waitingOrders(counts)), ...others.flatMap(({ id }, at) => waitingIn(id, counted[at]?.data))];
  return (
    <section aria-labelledby="needs-person">
      <h2 id="needs-person">{say('home.person')}</h2>
      <div className="card">{waiting.length === 0 ? <Empty title={say('home.person.none')} /> : <WaitingTable rows={waiting} />}</div>
    </section>
  );
};
