import { useState, type ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { FormDialog } from '../../forms/FormDialog';
import { Mark, Time } from '../../marks/Mark';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { UNTOLD } from '../untold';
import { SystemPage } from '../SystemPage';
import { AskReplay } from './AskReplay';
import { replayTones, type Replay } from './replay';

const ReplayMark = ({ status }: Pick<Replay, 'status'>): ReactNode => (
  <Mark tone={replayTones[status]}>{useSpeech().say(`system.replay.${status}`)}</Mark>
);

const Progress = ({ replay: { progress } }: { readonly replay: Replay }): ReactNode => {
  const { say, locale } = useSpeech();
  const text = new Intl.NumberFormat(locale, { style: 'percent' }).format(progress);
  return (
    <span className="replay-progress">
      <progress max={1} value={progress} aria-label={say('system.replay.progress')} /> <span className="number">{text}</span>
    </span>
  );
};

const Cancel = ({ replay }: { readonly replay: Replay }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isAsked, setAsked] = useState(false);
  const send = (): Promise<Replay> =>
    bodyOf(api.POST('/subscriptions/replays/{replayId}/cancel', { params: { path: { replayId: replay.replayId } } }));
  if (replay.status !== 'running') return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setAsked(true)}>
        {say('system.replay.cancel')}
      </button>
      {isAsked && (
        <FormDialog
          title={say('system.replay.cancel')}
          deed={say('system.replay.cancel')}
          isGrave
          send={send}
          onClose={() => setAsked(false)}
        >
          <p>{say('system.replay.cancel.what')}</p>
        </FormDialog>
      )}
    </>
  );
};

const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;

const columns: Columns<Replay> = {
  list: 'replays',
  rowId: ({ replayId }) => replayId,
  of: [
    { id: 'asked', heading: 'system.replay.asked', show: ({ askedAt }) => <Time at={askedAt} /> },
    { id: 'note', heading: 'system.replay.note', show: ({ note }) => <bdi>{note}</bdi> },
    { id: 'status', heading: 'system.state', show: ({ status }) => <ReplayMark status={status} /> },
    { id: 'progress', heading: 'system.replay.progress', show: (replay) => <Progress replay={replay} /> },
    { id: 'entered', heading: 'system.replay.entered', show: ({ entered }) => <Count count={entered} />, isAmount: true },
    { id: 'waiting', heading: 'system.webhook.waiting', show: ({ waiting }) => <Count count={waiting} />, isAmount: true },
    { id: 'delivered', heading: 'system.webhook.delivered', show: ({ delivered }) => <Count count={delivered} />, isAmount: true },
    { id: 'given-up', heading: 'system.webhook.given-up', show: ({ givenUp }) => <Count count={givenUp} />, isAmount: true },
    { id: 'by', heading: 'system.replay.by', show: ({ askedBy }) => askedBy, isUnseenAtFirst: true },
    { id: 'deeds', heading: 'system.deeds', show: (replay) => <Cancel replay={replay} /> },
  ],
};

/** Past events that are sent once more to an endpoint. */
export const ReplaysPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isAsking, setAsking] = useState(false);
  const pages = usePages<Replay>(['replays'], (query) => bodyOf(api.GET('/subscriptions/replays', { params: { query } })), UNTOLD);
  return (
    <SystemPage
      title={say('system.replays')}
      aside={
        <span className="system-deeds">
          <button type="button" className="button main" onClick={() => setAsking(true)}>
            {say('system.replay.ask')}
          </button>
        </span>
      }
    >
      <Listed
        pages={pages}
        columns={columns}
        label={say('system.replays')}
        none={{ title: say('system.replays.none'), hint: say('system.replays.none.hint') }}
        counted={(count) => say('system.replays.shown', { count })}
      />
      {isAsking && <AskReplay onClose={() => setAsking(false)} />}
    </SystemPage>
  );
};
