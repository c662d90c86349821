import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { ChoiceField, NumberField, TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { bodyOfReplay, type ReplayDraft } from './replay';

const MOST_ENDPOINTS = 200;
const USUAL_RATE = 50;
const MOST_RATE = 500;

const useEndpoints = () => {
  const { api } = useServices();
  return useQuery({
    queryKey: ['webhooks', 'all'],
    queryFn: () => bodyOf(api.GET('/subscriptions/webhook-endpoints', { params: { query: { limit: MOST_ENDPOINTS } } })),
  });
};

interface ReplayFieldsProps {
  readonly draft: ReplayDraft;
  readonly fill: (draft: ReplayDraft) => void;
}

const EndpointField = ({ draft, fill }: ReplayFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <Shown of={useEndpoints()} rows={1}>
      {({ items }) =>
        items.length === 0 ? (
          <p>{say('system.replay.no-endpoint')}</p>
        ) : (
          <ChoiceField
            label={say('system.replay.endpoint')}
            value={draft.endpointId}
            options={[['', say('system.replay.choose')] as const, ...items.map(({ endpointId, url }) => [endpointId, url] as const)]}
            onChange={(endpointId) => fill({ ...draft, endpointId })}
          />
        )
      }
    </Shown>
  );
};

const ReplayFields = ({ draft, fill }: ReplayFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <EndpointField draft={draft} fill={fill} />
      <div className="fields">
        <TextField
          label={say('system.replay.from')}
          kind="datetime-local"
          value={draft.from}
          onChange={(from) => fill({ ...draft, from })}
        />
        <TextField label={say('system.replay.to')} kind="datetime-local" value={draft.to} onChange={(to) => fill({ ...draft, to })} />
      </div>
      <TextField
        label={say('system.webhook.types')}
        hint={say('system.replay.types.hint')}
        longest={4_000}
        value={draft.types}
        onChange={(types) => fill({ ...draft, types })}
      />
      <NumberField
        label={say('system.replay.rate')}
        least={1}
        most={MOST_RATE}
        value={draft.rate}
        onChange={(rate) => fill({ ...draft, rate })}
      />
      <TextField label={say('system.replay.note')} value={draft.note} onChange={(note) => fill({ ...draft, note })} />
    </>
  );
};

/** Asks for past events to be sent once more. */
export const AskReplay = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [draft, fill] = useState<ReplayDraft>({ endpointId: '', from: '', to: '', types: '', rate: USUAL_RATE, note: '' });
  const send = (key: string): Promise<unknown> =>
    bodyOf(api.POST('/subscriptions/replays', { params: { header: { 'Idempotency-Key': key } }, body: bodyOfReplay(draft) }));
  return (
    <FormDialog
      title={say('system.replay.ask')}
      deed={say('system.replay.send')}
      isReady={draft.endpointId !== ''}
      send={send}
      onClose={onClose}
    >
      <p className="quiet">{say('system.replay.what')}</p>
      <ReplayFields draft={draft} fill={fill} />
    </FormDialog>
  );
};
