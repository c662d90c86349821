import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Api } from '../api/client';
import { useServices } from '../api/services';
import { Count } from '../home/OrdersByState';
import { useSpeech } from '../words/words';
import { askingAgain } from './asking-again';
import { queues } from './kinds';
import type { Filters } from './queue';
import type { Queue } from './view';

/** Often enough for whoever works on them, seldom enough for who counts them. */
const PACE = { atMostEveryMs: 10_000, everyMs: 30_000 };

/** How a queue, or a part of it, is counted: how many wait in it and do not sleep, and since when. */
export const countingOf = (queue: Queue, api: Api, filters: Filters = {}) => {
  const { meta, everyMs } = askingAgain(queue, PACE);
  return queryOptions({
    queryKey: ['queue', queue.id, 'counted', filters],
    queryFn: ({ client }) => queue.count({ api, client }, filters),
    refetchInterval: everyMs,
    meta,
  });
};

const QueueLink = ({ queue }: { readonly queue: Queue }): ReactNode => {
  const speech = useSpeech();
  const { api } = useServices();
  const { data, error } = useQuery(countingOf(queue, api));
  return (
    <Link to="/queues/$queue" params={{ queue: queue.id }} className={data && data.count > 0 ? 'queue-link' : 'queue-link quiet'}>
      <span>{speech.say(`queues.kind.${queue.id}`)}</span>
      {data && <Count count={data.count} upTo={data.upTo} />}
      {error && !data && <span title={speech.say('fault.other')}>–</span>}
      {data?.oldest && <span className="queue-age">{speech.say('home.oldest.age', { age: speech.age(data.oldest) })}</span>}
    </Link>
  );
};

/** All queues, each with how many wait in it and for how long the oldest does. */
export const QueueRail = (): ReactNode => (
  <nav className="queue-rail card" aria-label={useSpeech().say('queues.title')}>
    <ul>
      {queues.map((queue) => (
        <li key={queue.id}>
          <QueueLink queue={queue} />
        </li>
      ))}
    </ul>
  </nav>
);
