import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Mark } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { FactList, type NamedFact } from '../FactList';
import { SystemPage } from '../SystemPage';
import { Deadlines } from './Deadlines';
import { standingOf, toneOfStanding, type ServiceHealth } from './standing';
import { useHealth } from './useHealth';
import { Views } from './Views';

interface PartProps {
  readonly part: string;
  readonly found: ServiceHealth['checks'][string];
}

const Part = ({ part, found: { ok, vital, error, detail } }: PartProps): ReactNode => {
  const { say, name } = useSpeech();
  const trouble = vital ? 'bad' : 'wary';
  return (
    <li>
      <p className="system-part">
        <strong>{name('system.part', part)}</strong>
        <Mark tone={ok ? 'good' : trouble}>{say(ok ? 'system.part.works' : 'system.part.fails')}</Mark>
      </p>
      {error !== undefined && <p>{error}</p>}
      {detail !== undefined && detail !== null && (
        <details>
          <summary className="quiet">{say('system.part.detail')}</summary>
          <pre tabIndex={0} dir="ltr">
            {JSON.stringify(detail, undefined, 1)}
          </pre>
        </details>
      )}
    </li>
  );
};

const Parts = ({ health }: { readonly health: ServiceHealth }): ReactNode => (
  <Section title={useSpeech().say('system.parts.of-service')}>
    <ul className="system-list">
      {Object.entries(health.checks).map(([part, found]) => (
        <Part key={part} part={part} found={found} />
      ))}
    </ul>
  </Section>
);

/** How far its listeners are, and its publisher. */
const Followers = ({ followers }: Pick<ServiceHealth, 'followers'>): ReactNode => {
  const { say, count } = useSpeech();
  const facts = followers.map(({ name, behind }): NamedFact => [
    name,
    behind === 0 ? say('system.follower.there') : say('system.follower.behind', { count: behind, shown: count(behind) }),
  ]);
  return (
    <Section title={say('system.followers')}>
      {followers.length === 0 ? <p className="system-note quiet">{say('system.followers.none')}</p> : <FactList facts={facts} />}
    </Section>
  );
};

/** One service: what its parts say, what its views show, what it waits for. */
export const ServicePage = (): ReactNode => {
  const { name } = useSpeech();
  const { service } = useParams({ from: '/system/services/$service' });
  const health = useHealth(service);
  const standing = standingOf(health);
  return (
    <SystemPage
      title={name('system.service', service)}
      aside={<Mark tone={toneOfStanding(standing)}>{name('system.standing', standing)}</Mark>}
    >
      <div className="system">
        <Shown of={health} rows={4}>
          {(data) => (
            <>
              <Parts health={data} />
              <Followers followers={data.followers} />
              <Views service={service} />
              <Deadlines service={service} />
            </>
          )}
        </Shown>
      </div>
    </SystemPage>
  );
};
