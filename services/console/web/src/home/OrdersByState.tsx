import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { StatusMark } from '../marks/Mark';
import { useSpeech } from '../words/words';
import type { OrderCounts } from './queues';

/** A number, and that there may be more where it was counted no further. */
export const Count = ({ count, upTo }: { readonly count: number; readonly upTo: number }): ReactNode => {
  const speech = useSpeech();
  const text = speech.count(count);
  return <span className="number">{count < upTo ? text : speech.say('home.more', { count: text })}</span>;
};

const ended: ReadonlySet<string> = new Set(['completed', 'cancelled']);

interface TileProps {
  readonly of: OrderCounts['statuses'][number];
  readonly upTo: number;
}

const Tile = ({ of: { status, orders, oldest }, upTo }: TileProps): ReactNode => {
  const speech = useSpeech();
  return (
    <Link to="/orders" search={{ status }} className="card tile">
      <span className="tile-count">
        <Count count={orders} upTo={upTo} />
      </span>
      <span>
        <StatusMark kind="status" status={status} />
      </span>
      {oldest !== null && !ended.has(status) && <span className="quiet">{speech.say('home.oldest.age', { age: speech.age(oldest) })}</span>}
    </Link>
  );
};

export const OrdersByState = ({ counts }: { readonly counts: OrderCounts }): ReactNode => (
  <section aria-labelledby="by-state">
    <h2 id="by-state">{useSpeech().say('home.states')}</h2>
    <ul className="tiles">
      {counts.statuses.map((each) => (
        <li key={each.status}>
          <Tile of={each} upTo={counts.upTo} />
        </li>
      ))}
    </ul>
  </section>
);
