import { Link } from '@tanstack/react-router';
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
import { endpointTones, type Endpoint } from './endpoint';
import { bodyOfDraft, EndpointFields, type EndpointDraft } from './EndpointFields';
import { SecretDialog } from './SecretDialog';

const EndpointLink = ({ endpoint: { endpointId, url } }: { readonly endpoint: Endpoint }): ReactNode => (
  <Link to="/system/webhooks/$endpointId" params={{ endpointId }} data-row className="code" dir="ltr">
    {url}
  </Link>
);

export const EndpointMark = ({ status }: Pick<Endpoint, 'status'>): ReactNode => (
  <Mark tone={endpointTones[status]}>{useSpeech().name('system.webhook.status', status)}</Mark>
);

const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;

const columns: Columns<Endpoint> = {
  list: 'webhooks',
  rowId: ({ endpointId }) => endpointId,
  of: [
    { id: 'url', heading: 'system.webhook.url', show: (endpoint) => <EndpointLink endpoint={endpoint} /> },
    { id: 'status', heading: 'system.state', show: ({ status }) => <EndpointMark status={status} /> },
    { id: 'note', heading: 'system.webhook.note', show: ({ note }) => <bdi>{note}</bdi> },
    { id: 'waiting', heading: 'system.webhook.waiting', show: ({ waiting }) => <Count count={waiting} />, isAmount: true },
    { id: 'delivered', heading: 'system.webhook.delivered', show: ({ delivered }) => <Count count={delivered} />, isAmount: true },
    { id: 'given-up', heading: 'system.webhook.given-up', show: ({ givenUp }) => <Count count={givenUp} />, isAmount: true },
    { id: 'made', heading: 'system.webhook.made', show: ({ madeAt }) => <Time at={madeAt} />, isUnseenAtFirst: true },
  ],
};

interface NewEndpointProps {
  readonly onSecret: (secret: string) => void;
  readonly onClose: () => void;
}

const NewEndpoint = ({ onSecret, onClose }: NewEndpointProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [draft, fill] = useState<EndpointDraft>({ url: '', note: '', types: '' });
  const send = async (key: string): Promise<void> => {
    const { secret } = await bodyOf(
      api.POST('/subscriptions/webhook-endpoints', { params: { header: { 'Idempotency-Key': key } }, body: bodyOfDraft(draft) }),
    );
    if (secret !== null) onSecret(secret);
  };
  return (
    <FormDialog
      title={say('system.webhook.new')}
      deed={say('system.webhook.make')}
      isReady={draft.url !== ''}
      send={send}
      onClose={onClose}
    >
      <EndpointFields draft={draft} fill={fill} />
    </FormDialog>
  );
};

/** Where events are posted to. */
export const WebhooksPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const pages = usePages<Endpoint>(
    ['webhooks'],
    (query) => bodyOf(api.GET('/subscriptions/webhook-endpoints', { params: { query } })),
    UNTOLD,
  );
  return (
    <SystemPage
      title={say('system.webhooks')}
      aside={
        <span className="system-deeds">
          <button type="button" className="button main" onClick={() => setMaking(true)}>
            {say('system.webhook.new')}
          </button>
        </span>
      }
    >
      <Listed
        pages={pages}
        columns={columns}
        label={say('system.webhooks')}
        none={{ title: say('system.webhooks.none'), hint: say('system.webhooks.none.hint') }}
        counted={(count) => say('system.webhooks.shown', { count })}
      />
      {isMaking && <NewEndpoint onSecret={setSecret} onClose={() => setMaking(false)} />}
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </SystemPage>
  );
};
