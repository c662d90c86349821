import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Mark } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import { Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { FactList, type NamedFact } from '../FactList';
import { SystemPage } from '../SystemPage';
import { serviceNames } from '../../api/service-names';
import { behindOf, standingOf, toneOfStanding, type ServiceHealth } from './standing';
import { useHealth } from './useHealth';

const Figure = ({ value }: { readonly value: number | undefined }): ReactNode => {
  const { count } = useSpeech();
  return <td className="amount number">{value === undefined ? '–' : count(value)}</td>;
};

const figuresOf = (health: ServiceHealth | undefined): readonly (number | undefined)[] => [
  health && behindOf(health),
  health?.overdueDeadlines,
  health?.deadLetters,
  health?.parked,
];

const ServiceRow = ({ service }: { readonly service: string }): ReactNode => {
  const { name } = useSpeech();
  const health = useHealth(service);
  const standing = standingOf(health);
  return (
    <tr>
      <th scope="row">
        <Link to="/system/services/$service" params={{ service }} data-row>
          {name('system.service', service)}
        </Link>
      </th>
      <td>
        <Mark tone={toneOfStanding(standing)}>{name('system.standing', standing)}</Mark>
      </td>
      {figuresOf(health.data).map((value, at) => (
        <Figure key={at} value={value} />
      ))}
    </tr>
  );
};

const figureNames = ['system.behind', 'system.overdue', 'system.dead-letters', 'system.parked'] as const;

const ServiceTable = (): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="card table-scroll" tabIndex={0} role="region" aria-label={say('system.services')}>
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">{say('system.service')}</th>
            <th scope="col">{say('system.state')}</th>
            {figureNames.map((each) => (
              <th key={each} scope="col" className="amount">
                {say(each)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {serviceNames.map((service) => (
            <ServiceRow key={service} service={service} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Terms = ({ login }: { readonly login: Schemas['ConsoleTerms']['login'] }): ReactNode => {
  const { say } = useSpeech();
  if (login === null) return <p className="system-note quiet">{say('system.access.open')}</p>;
  const facts: readonly NamedFact[] = [
    [say('system.access.issuer'), login.issuer],
    [say('system.access.client'), login.clientId],
    [say('system.access.audience'), login.audience],
    [say('system.access.scope'), login.scope],
  ];
  return <FactList facts={facts} />;
};

/** Who lets people and programs in. Keys and clients of programs are kept by that issuer, not here. */
const Access = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const terms = useQuery({ queryKey: ['terms'], queryFn: () => bodyOf(api.GET('/console/terms')) });
  return (
    <Section title={say('system.access')}>
      <Shown of={terms} rows={2}>
        {({ login }) => (
          <>
            <Terms login={login} />
            <p className="system-note quiet">{say('system.access.elsewhere')}</p>
          </>
        )}
      </Shown>
    </Section>
  );
};

/** Every service at a glance: how it is, and what waits in it. */
export const ServicesPage = (): ReactNode => (
  <SystemPage title={useSpeech().say('system.title')}>
    <div className="system">
      <ServiceTable />
      <Access />
    </div>
  </SystemPage>
);
