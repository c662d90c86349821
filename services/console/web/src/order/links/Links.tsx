import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Section } from '../../frame/Section';
import { Time } from '../../marks/Mark';
import { Deeds } from '../../queues/Deeds';
import { Who } from '../../queues/work/Who';
import { Empty, Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { revoking, revokingAll } from './link-deeds';
import { MakeLink } from './MakeLink';

type Link = Schemas['GivenOrderLink'];

const LATEST = 20;

const Use = ({ link: { lastUsedAt } }: { readonly link: Link }): ReactNode => {
  const { say } = useSpeech();
  return lastUsedAt === null ? (
    <>{say('order.links.unused')}</>
  ) : (
    <>
      {say('order.links.used')} <Time at={lastUsedAt} as="since" />
    </>
  );
};

const Entry = ({ orderId, link }: { readonly orderId: string; readonly link: Link }): ReactNode => {
  const { say } = useSpeech();
  const { linkId, madeBy, expiresAt, revokedAt, revokedBy } = link;
  return (
    <li>
      <p className={revokedAt === null ? undefined : 'over'}>
        {madeBy === null ? (
          say('order.links.message')
        ) : (
          <>
            {say('order.links.by')} <Who actor={madeBy} />
          </>
        )}
      </p>
      <p className="quiet">
        {say('order.links.until')} <Time at={expiresAt} /> · <Use link={link} />
      </p>
      {revokedAt === null ? (
        <Deeds deeds={[revoking({ orderId, linkId })]} />
      ) : (
        <p className="quiet">
          {say('order.links.revoked')} <Who actor={revokedBy ?? ''} /> · <Time at={revokedAt} as="since" />
        </p>
      )}
    </li>
  );
};

/** Links by which whoever bought the order sees it: who made them, whether anybody uses them, and their end. */
export const Links = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const links = useQuery({
    queryKey: ['order', orderId, 'links'],
    queryFn: () => bodyOf(api.GET('/orders/{orderId}/links', { params: { path: { orderId }, query: { limit: LATEST } } })),
  });
  return (
    <Section title={say('order.links')}>
      <Shown of={links} rows={1}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title={say('order.links.none')} />
          ) : (
            <ul className="facts">
              {items.map((link) => (
                <Entry key={link.linkId} orderId={orderId} link={link} />
              ))}
              {next !== null && <li className="quiet">{say('order.links.latest')}</li>}
            </ul>
          )
        }
      </Shown>
      <div className="note-form">
        <Deeds deeds={[revokingAll(orderId)]}>
          <MakeLink orderId={orderId} />
        </Deeds>
      </div>
    </Section>
  );
};
