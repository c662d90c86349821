import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Time } from '../marks/Mark';
import { Empty } from '../states/states';
import { useSpeech } from '../words/words';
import { Count } from './OrdersByState';
import { queuesOf, type OrderCounts, type Queue } from './queues';

const QueueRow = ({ queue, upTo }: { readonly queue: Queue; readonly upTo: number }): ReactNode => {
  const speech = useSpeech();
  const { name, isHold, orders, oldest, list } = queue;
  return (
    <tr>
      <th scope="row">
        <Link to="/orders" search={list} data-row>
          {speech.name(isHold ? 'hold' : 'queue', name)}
        </Link>
      </th>
      <td className="amount">
        <Count count={orders} upTo={upTo} />
      </td>
      <td>{oldest !== null && <Time at={oldest} as="since" />}</td>
    </tr>
  );
};

/** Everything that stands still until somebody does something. */
export const WaitingForPeople = ({ counts }: { readonly counts: OrderCounts }): ReactNode => {
  const { say } = useSpeech();
  const queues = queuesOf(counts);
  return (
    <section aria-labelledby="needs-person">
      <h2 id="needs-person">{say('home.person')}</h2>
      <div className="card">
        {queues.length === 0 ? (
          <Empty title={say('home.person.none')} />
        ) : (
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
              {queues.map((queue) => (
                <QueueRow key={queue.name} queue={queue} upTo={counts.upTo} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
};
