import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { jsonFile, save } from '../../downloads/save';
import { Time } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { FactList, type NamedFact } from '../FactList';
import { SystemPage } from '../SystemPage';
import { ErasureMark } from './PeoplePage';
import { shortId } from '../../formats/ids';

type Certificate = Schemas['ErasureCertificate'];

const at = (time: string | null): ReactNode => time !== null && <Time at={time} />;

const Facts = ({ certificate }: { readonly certificate: Certificate }): ReactNode => {
  const { say, count } = useSpeech();
  const { completedAt, hash } = certificate;
  const facts: readonly NamedFact[] = [
    [say('system.replay.by'), certificate.requestedBy],
    [say('system.reason'), certificate.reason],
    [say('system.erasure.deferred'), at(certificate.deferredAt)],
    [say('system.erasure.requested'), at(certificate.requestedAt)],
    [say('system.erasure.answer-by'), completedAt === null && at(certificate.answerBy)],
    [say('system.erasure.completed'), at(completedAt)],
    [say('system.person.customer'), certificate.customers.join(', ')],
    [say('nav.orders'), count(certificate.orders.length)],
    [say('system.erasure.keys'), count(certificate.keys.length)],
    [say('system.erasure.waits-for'), certificate.waitsFor.join(', ')],
    [say('system.erasure.missing'), certificate.missing.join(', ')],
    [say('system.erasure.hash'), hash !== null && <Hash key="hash" hash={hash} />],
  ];
  return <FactList facts={facts} />;
};

const Hash = ({ hash }: { readonly hash: string }): ReactNode => (
  <span className="code" dir="ltr">
    {hash}
  </span>
);

const ServiceAnswer = ({ answer }: { readonly answer: Certificate['services'][number] }): ReactNode => {
  const { say, name, count } = useSpeech();
  const { service, erasedAt, forgotten, kept, sentTo } = answer;
  return (
    <li>
      <h3>
        {name('system.service', service)}{' '}
        <span className="quiet">
          · <Time at={erasedAt} />
        </span>
      </h3>
      <ul className="effects">
        {forgotten.map(({ what, count: many }) => (
          <li key={`forgotten ${what}`}>
            {say('system.certificate.forgotten')}: {what} (<span className="number">{count(many)}</span>)
          </li>
        ))}
        {kept.map(({ what, why }) => (
          <li key={`kept ${what}`}>
            {say('system.certificate.kept')}: {what}. <span className="quiet">{why}</span>
          </li>
        ))}
        {sentTo.map(({ who, what }) => (
          <li key={`sent ${who} ${what}`}>
            {say('system.certificate.sent')}: {who}. <span className="quiet">{what}</span>
          </li>
        ))}
      </ul>
    </li>
  );
};

const Whole = ({ certificate }: { readonly certificate: Certificate }): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <Section title={say('system.certificate')}>
        <Facts certificate={certificate} />
      </Section>
      <Section title={say('system.certificate.services')}>
        {certificate.services.length === 0 ? (
          <p className="system-note quiet">{say('system.certificate.nobody-yet')}</p>
        ) : (
          <ul className="system-list certificate-services">
            {certificate.services.map((answer) => (
              <ServiceAnswer key={answer.service} answer={answer} />
            ))}
          </ul>
        )}
      </Section>
      <Section title={say('system.certificate.out-of-reach')}>
        <ul className="system-list">
          {certificate.outOfReach.map(({ what, why }) => (
            <li key={what}>
              {what}. <span className="quiet">{why}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
};

const EVERY_MS = 2_000;
const isOver = (certificate: Certificate | undefined): boolean => certificate?.status === 'erased' || certificate?.status === 'waiting';

/** What became of an erasure, as it can be shown to whom it was about. */
export const CertificatePage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const { erasureId } = useParams({ from: '/system/people/$erasureId' });
  const certificate = useQuery({
    queryKey: ['erasures', erasureId],
    queryFn: () => bodyOf(api.GET('/customers/erasures/{erasureId}', { params: { path: { erasureId } } })),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : EVERY_MS),
  });
  const { data } = certificate;
  return (
    <SystemPage
      title={say('system.certificate.title', { id: shortId(erasureId) })}
      aside={
        data && (
          <>
            <ErasureMark status={data.status} />
            <span className="system-deeds">
              <button type="button" className="button" onClick={() => save(jsonFile(data), `erasure-${erasureId}.json`)}>
                {say('system.certificate.download')}
              </button>
            </span>
          </>
        )
      }
    >
      <p className="way-back">
        <Link to="/system/people">{say('system.people.back')}</Link>
      </p>
      <div className="system">
        <Shown of={certificate} rows={6}>
          {(found) => <Whole certificate={found} />}
        </Shown>
      </div>
    </SystemPage>
  );
};
