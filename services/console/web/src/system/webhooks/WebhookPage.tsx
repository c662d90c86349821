import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { withAnyNews } from '../../live/live';
import { Time } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { FactList, type NamedFact } from '../FactList';
import { SystemPage } from '../SystemPage';
import { Deliveries } from './Deliveries';
import type { Endpoint } from './endpoint';
import { EndpointDeeds } from './EndpointDeeds';
import { EndpointMark } from './WebhooksPage';

const Since = ({ what, at }: { readonly what: string; readonly at: string }): ReactNode => (
  <>
    {what} · <Time at={at} as="since" />
  </>
);

interface FactsProps {
  readonly endpoint: Endpoint;
}

const Failing = ({ failing: { reason, failures, since } }: { readonly failing: NonNullable<Endpoint['failing']> }): ReactNode => {
  const { say } = useSpeech();
  return <Since what={reason ?? say('system.webhook.failures', { count: failures })} at={since} />;
};

const useTrouble = ({ pause, failing }: Endpoint): readonly NamedFact[] => {
  const { say } = useSpeech();
  return [
    [say('system.webhook.paused'), pause && <Since what={pause.reason} at={pause.at} />],
    [say('system.webhook.failing'), failing && <Failing failing={failing} />],
    [say('system.webhook.next'), failing?.nextTryAt && <Time at={failing.nextTryAt} as="since" />],
  ];
};

const Facts = ({ endpoint }: FactsProps): ReactNode => {
  const { say, count } = useSpeech();
  const trouble = useTrouble(endpoint);
  const { note, type, channel, madeAt, madeBy, waiting, delivered, failed, givenUp } = endpoint;
  const counted = { waiting: count(waiting), delivered: count(delivered), failed: count(failed), givenUp: count(givenUp) };
  const facts: readonly NamedFact[] = [
    [say('system.webhook.note'), note],
    [say('system.webhook.types'), type?.join(', ') ?? say('system.webhook.types.all')],
    [say('system.webhook.channels'), channel?.join(', ') ?? say('system.webhook.channels.all')],
    ...trouble,
    [say('system.webhook.made'), <Since key="made" what={madeBy} at={madeAt} />],
    [say('system.webhook.counts'), say('system.webhook.counted', counted)],
  ];
  return <FactList facts={facts} />;
};

/** One endpoint: how it takes what it is sent, all that it was sent, and what can be done. */
export const WebhookPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const { endpointId } = useParams({ from: '/system/webhooks/$endpointId' });
  const endpoint = useQuery({
    queryKey: ['webhooks', endpointId],
    queryFn: () => bodyOf(api.GET('/subscriptions/webhook-endpoints/{endpointId}', { params: { path: { endpointId } } })),
    meta: withAnyNews,
  });
  return (
    <SystemPage
      title={endpoint.data ? new URL(endpoint.data.url).host : say('system.webhook')}
      aside={endpoint.data && <EndpointMark status={endpoint.data.status} />}
    >
      <p className="way-back">
        <Link to="/system/webhooks">{say('system.webhooks.back')}</Link>
      </p>
      <div className="system">
        <Shown of={endpoint} rows={6}>
          {(data) => (
            <>
              <Section title={data.url}>
                <Facts endpoint={data} />
                <EndpointDeeds endpoint={data} />
              </Section>
              <Deliveries endpointId={endpointId} />
            </>
          )}
        </Shown>
      </div>
    </SystemPage>
  );
};
