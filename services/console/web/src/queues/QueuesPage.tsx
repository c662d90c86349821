import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { Empty } from '../states/states';
import { useSpeech } from '../words/words';
import { QueueRail } from './QueueRail';
import './queues.css';

/** All queues, before one is chosen. */
export const QueuesPage = (): ReactNode => {
  const { say } = useSpeech();
  return (
    <Page title={say('queues.title')}>
      <div className="queues">
        <QueueRail />
        <div className="card">
          <Empty title={say('queues.choose')}>{say('queues.choose.hint')}</Empty>
        </div>
      </div>
    </Page>
  );
};
