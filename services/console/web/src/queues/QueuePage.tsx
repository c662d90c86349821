import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NoSuchPage } from '../frame/NoSuchPage';
import { Page } from '../frame/Page';
import { useSpeech } from '../words/words';
import { FindItem } from './FindItem';
import { queues } from './kinds';
import type { Filter } from './queue';
import { QueueFilters } from './QueueFilters';
import { QueueRail } from './QueueRail';
import { whoses } from './work/standing';
import './queues.css';

/** What every queue can be narrowed down to. */
const whoseFilter: Filter = { name: 'work', label: 'queues.work.filter', options: whoses, named: 'queues.whose' };

/** One queue beside all of them: what waits in it, as the address narrows it down, and the item that is looked at. */
export const QueuePage = (): ReactNode => {
  const { say } = useSpeech();
  const { queue: id } = useParams({ from: '/queues/$queue' });
  const { item, ...filters } = useSearch({ from: '/queues/$queue' });
  const queue = queues.find((each) => each.id === id);
  if (!queue) return <NoSuchPage />;
  return (
    <>
      <p className="way-back">
        <Link to="/queues">{say('queues.title')}</Link>
      </p>
      <Page key={queue.id} title={say(`queues.kind.${queue.id}`)}>
        <div className="queues chosen">
          <QueueRail />
          <div className="queue-body">
            <p className="quiet">{say(`queues.about.${queue.id}`)}</p>
            {queue.find && <FindItem find={queue.find} />}
            <QueueFilters of={[...(queue.isHandedOut ? [] : [whoseFilter]), ...queue.filters]} chosen={filters} />
            <queue.View filters={filters} item={item} />
          </div>
        </div>
      </Page>
    </>
  );
};
