import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, Refusal, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Time } from '../../marks/Mark';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { AtOnce } from '../AtOnce';
import { Deeds } from '../Deeds';
import { WORK_EVERY_MS } from './known-work';
import { Who } from './Who';
import { standingOf, type ItemWork, type Standing } from './standing';
import { giving, letGo, noting, snoozing, take, wake, type WorkedItem } from './work-deeds';

type WorkDone = Schemas['WorkDone'];

const LATEST = 50;

const Stands = ({ standing: { assignee, isMine, asleepUntil, snoozeReason } }: { readonly standing: Standing }): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <p>{assignee === null ? say('queues.work.nobody') : isMine ? say('queues.work.mine') : <Who actor={assignee} as="works" />}</p>
      {asleepUntil !== null && (
        <p>
          {say('queues.work.asleep')} <Time at={asleepUntil} /> · <bdi>{snoozeReason}</bdi>
        </p>
      )}
    </>
  );
};

/** What a deed is called, by the word that it is known by. */
const Done = ({ what }: { readonly what: string }): ReactNode => {
  const { name } = useSpeech();
  const dot = what.lastIndexOf('.');
  return <bdi>{name(what.slice(0, dot), what.slice(dot + 1))}</bdi>;
};

const Entry = ({ done: { kind, by, at, assignee, until, what, text } }: { readonly done: WorkDone }): ReactNode => {
  const { name } = useSpeech();
  return (
    <li>
      {text !== null && <p className="queue-note">{text}</p>}
      <p className="quiet">
        {name('queues.done', kind)}
        {what !== null && (
          <>
            {' '}
            <Done what={what} />
          </>
        )}
        {assignee !== null && assignee !== by && (
          <>
            {' '}
            <Who actor={assignee} />
          </>
        )}
        {until !== null && (
          <>
            {' '}
            <Time at={until} />
          </>
        )}
        {' · '}
        <Who actor={by} />
        {' · '}
        <Time at={at} as="since" />
      </p>
    </li>
  );
};

/** Who did what about it, and what they wrote. */
const History = ({ queue, item, version }: { readonly queue: string; readonly item: string; readonly version: number }): ReactNode => {
  const { api } = useServices();
  const history = useQuery({
    queryKey: ['work', queue, item, 'history', version],
    queryFn: () =>
      bodyOf(api.GET('/console/work/{queue}/{key}/history', { params: { path: { queue, key: item }, query: { limit: LATEST } } })),
  });
  return (
    <Shown of={history} rows={2}>
      {({ items }) => (
        <ol className="queue-history">
          {items.map((done) => (
            <Entry key={done.version} done={done} />
          ))}
        </ol>
      )}
    </Shown>
  );
};

const Working = ({ work, since }: { readonly work: ItemWork; readonly since: string | undefined }): ReactNode => {
  const standing = standingOf(work, since, Date.now());
  const item: WorkedItem = { queue: work.queue, key: work.key, since, version: work.version };
  const isAsleep = standing.asleepUntil !== null;
  return (
    <>
      <Stands standing={standing} />
      <Deeds deeds={[giving(item), ...(isAsleep ? [] : [snoozing(item)]), noting(item)]}>
        {standing.isMine ? (
          <AtOnce name="queues.work.let-go" send={letGo(item)} />
        ) : (
          <AtOnce name="queues.work.take" send={take(item)} shortcut="take" />
        )}
        {isAsleep && <AtOnce name="queues.work.wake" send={wake(item)} />}
      </Deeds>
      {work.version > 0 && <History queue={work.queue} item={work.key} version={work.version} />}
    </>
  );
};

interface WorkPartProps {
  readonly queue: string;
  readonly item: string;
  readonly since: string | undefined;
}

/** Who works on an item, until when it sleeps, and what was written about it. Whoever may not know that is shown nothing of it. */
export const WorkPart = ({ queue, item, since }: WorkPartProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const work = useQuery({
    queryKey: ['work', queue, item],
    queryFn: () => bodyOf(api.GET('/console/work/{queue}/{key}', { params: { path: { queue, key: item } } })),
    refetchInterval: WORK_EVERY_MS,
  });
  if (work.error instanceof Refusal && work.error.status === 403) return null;
  return (
    <section className="queue-part queue-work" aria-label={say('queues.work')}>
      <h3>{say('queues.work')}</h3>
      <Shown of={work} rows={2}>
        {(found) => <Working work={found} since={since} />}
      </Shown>
    </section>
  );
};
