import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { ChoiceField, NumberField, TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { Fault } from '../../states/states';
import { useSpeech } from '../../words/words';
import { Attempts } from './Attempts';
import type { Endpoint } from './endpoint';
import { bodyOfDraft, EndpointFields, type EndpointDraft } from './EndpointFields';
import { SecretDialog } from './SecretDialog';

interface DeedProps {
  readonly endpoint: Endpoint;
  readonly onClose: () => void;
}

const pathOf = ({ endpointId }: Endpoint) => ({ path: { endpointId } });

const Change = ({ endpoint, onClose }: DeedProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const { url, note, type } = endpoint;
  const [draft, fill] = useState<EndpointDraft>({ url, note: note ?? '', types: type?.join(', ') ?? '' });
  const send = (): Promise<unknown> =>
    bodyOf(api.PUT('/subscriptions/webhook-endpoints/{endpointId}', { params: pathOf(endpoint), body: bodyOfDraft(draft) }));
  return (
    <FormDialog title={say('system.webhook.change')} deed={say('form.send')} isReady={draft.url !== ''} send={send} onClose={onClose}>
      <EndpointFields draft={draft} fill={fill} />
    </FormDialog>
  );
};

const useResuming = (endpoint: Endpoint) => {
  const { api } = useServices();
  const client = useQueryClient();
  return async (): Promise<void> => {
    await bodyOf(api.POST('/subscriptions/webhook-endpoints/{endpointId}/resume', { params: pathOf(endpoint) }));
    await client.invalidateQueries();
  };
};

const Pause = ({ endpoint, onClose }: DeedProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const resume = useResuming(endpoint);
  const [reason, setReason] = useState('');
  const send = (): Promise<unknown> =>
    bodyOf(api.POST('/subscriptions/webhook-endpoints/{endpointId}/pause', { params: pathOf(endpoint), body: { reason } }));
  return (
    <FormDialog
      title={say('system.webhook.pause')}
      deed={say('system.webhook.pause')}
      isReady={reason.trim() !== ''}
      send={send}
      undo={resume}
      onClose={onClose}
    >
      <p>{say('system.webhook.pause.what')}</p>
      <TextField label={say('system.reason')} isRequired value={reason} onChange={setReason} />
    </FormDialog>
  );
};

const Rotate = ({ endpoint, onClose, onSecret }: DeedProps & { readonly onSecret: (secret: string) => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [keepHours, setKeepHours] = useState<number | undefined>(24);
  const send = async (): Promise<void> => {
    const { secret } = await bodyOf(
      api.POST('/subscriptions/webhook-endpoints/{endpointId}/secret', {
        params: pathOf(endpoint),
        body: keepHours === undefined ? {} : { keepHours },
      }),
    );
    if (secret !== null) onSecret(secret);
  };
  return (
    <FormDialog
      title={say('system.secret.rotate')}
      deed={say('system.secret.rotate')}
      isGrave={keepHours === 0}
      send={send}
      onClose={onClose}
    >
      <p>{say('system.secret.what')}</p>
      <NumberField
        label={say('system.secret.keep')}
        hint={say('system.secret.keep.hint')}
        most={168}
        value={keepHours}
        onChange={setKeepHours}
      />
    </FormDialog>
  );
};

const WEEK_MS = 7 * 24 * 3_600_000;
const localTime = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

const Again = ({ endpoint, onClose }: DeedProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [since, setSince] = useState(() => localTime(new Date(Date.now() - WEEK_MS)));
  const [which, setWhich] = useState<'given-up' | 'all'>('given-up');
  const send = (): Promise<Schemas['WebhookRedeliveries']> =>
    bodyOf(
      api.POST('/subscriptions/webhook-endpoints/{endpointId}/redeliveries', {
        params: pathOf(endpoint),
        body: { since: new Date(since).toISOString(), status: which === 'all' ? ['given-up', 'delivered'] : ['given-up'] },
      }),
    );
  return (
    <FormDialog title={say('system.redeliver.all')} deed={say('system.redeliver')} isReady={since !== ''} send={send} onClose={onClose}>
      <TextField label={say('system.redeliver.since')} kind="datetime-local" isRequired value={since} onChange={setSince} />
      <ChoiceField
        label={say('system.redeliver.which')}
        value={which}
        options={[
          ['given-up', say('system.redeliver.given-up')],
          ['all', say('system.redeliver.ended')],
        ]}
        onChange={setWhich}
      />
    </FormDialog>
  );
};

const Remove = ({ endpoint, onClose }: DeedProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const navigate = useNavigate();
  const send = async (): Promise<void> => {
    await bodyOf(api.DELETE('/subscriptions/webhook-endpoints/{endpointId}', { params: pathOf(endpoint) }));
    await navigate({ to: '/system/webhooks' });
  };
  return (
    <FormDialog title={say('system.webhook.remove')} deed={say('system.webhook.remove')} isGrave send={send} onClose={onClose}>
      <p>{say('system.webhook.remove.what', { url: endpoint.url })}</p>
    </FormDialog>
  );
};

/** Posts an event of the test's own at once, and shows what was answered. */
const Test = ({ endpoint }: Pick<DeedProps, 'endpoint'>): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const testing = useMutation({
    mutationFn: () => bodyOf(api.POST('/subscriptions/webhook-endpoints/{endpointId}/test', { params: pathOf(endpoint) })),
  });
  return (
    <div className="system-note form" role="status">
      <p>
        <button type="button" className="button" disabled={testing.isPending} onClick={() => testing.mutate()}>
          {say(testing.isPending ? 'system.webhook.testing' : 'system.webhook.test')}
        </button>
      </p>
      {testing.error && <Fault fault={testing.error} />}
      {testing.data && <Attempts attempts={[testing.data]} />}
    </div>
  );
};

const deeds = { change: Change, pause: Pause, again: Again, remove: Remove } as const;
type Deed = keyof typeof deeds | 'rotate';

const words = {
  change: 'system.webhook.change',
  pause: 'system.webhook.pause',
  rotate: 'system.secret.rotate',
  again: 'system.redeliver.all',
  remove: 'system.webhook.remove',
} as const;

const order: readonly Deed[] = ['change', 'pause', 'rotate', 'again', 'remove'];

const DeedDialog = ({ deed, ...props }: DeedProps & { readonly deed: Deed; readonly onSecret: (secret: string) => void }): ReactNode => {
  if (deed === 'rotate') return <Rotate {...props} />;
  const Asked = deeds[deed];
  return <Asked endpoint={props.endpoint} onClose={props.onClose} />;
};

/** What can be done with an endpoint. */
export const EndpointDeeds = ({ endpoint }: Pick<DeedProps, 'endpoint'>): ReactNode => {
  const { say } = useSpeech();
  const resume = useResuming(endpoint);
  const [deed, setDeed] = useState<Deed>();
  const [secret, setSecret] = useState<string>();
  const isPaused = endpoint.status !== 'active';
  return (
    <>
      <p className="choices system-note">
        {isPaused && (
          <button type="button" className="button main" onClick={() => void resume()}>
            {say('system.webhook.resume')}
          </button>
        )}
        {order.map((each) => (
          <button
            key={each}
            type="button"
            className="button"
            disabled={each === 'pause' && endpoint.status === 'paused'}
            onClick={() => setDeed(each)}
          >
            {say(words[each])}
          </button>
        ))}
      </p>
      <Test endpoint={endpoint} />
      {deed && <DeedDialog deed={deed} endpoint={endpoint} onSecret={setSecret} onClose={() => setDeed(undefined)} />}
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  );
};
