import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { jsonFile, save } from '../../downloads/save';
import { Section } from '../../frame/Section';
import { Shown } from '../../states/states';
import type { Columns } from '../../tables/columns';
import { RowTable } from '../../tables/RowTable';
import { useSpeech } from '../../words/words';
import { EraseDialog } from './EraseDialog';
import { kindsOf, type KnownKind, type PersonAsked } from './person';

type PersonExport = Schemas['PersonExport'];

const ServiceName = ({ service }: Pick<KnownKind, 'service'>): ReactNode => useSpeech().name('system.service', service);
const Count = ({ count }: Pick<KnownKind, 'count'>): ReactNode => <span className="number">{useSpeech().count(count)}</span>;

const columns: Columns<KnownKind> = {
  list: 'known',
  rowId: ({ service, what }) => `${service} ${what}`,
  of: [
    { id: 'service', heading: 'system.service', show: ({ service }) => <ServiceName service={service} /> },
    { id: 'what', heading: 'system.known.what', show: ({ what }) => <span className="code">{what}</span> },
    { id: 'count', heading: 'system.known.count', show: ({ count }) => <Count count={count} />, isAmount: true },
  ],
};

interface FoundProps {
  readonly asked: PersonAsked;
  readonly found: PersonExport;
}

const Found = ({ asked, found }: FoundProps): ReactNode => {
  const { say } = useSpeech();
  const [isErasing, setErasing] = useState(false);
  const { orders, customers, items, missing } = found;
  return (
    <>
      <p className="system-note" role="status">
        {say('system.known.sum', { orders: orders.length, items: items.length })} <bdi className="code">{customers.join(', ')}</bdi>
      </p>
      {missing.length > 0 && (
        <p className="system-note" role="alert">
          {say('system.known.missing', { services: missing.join(', ') })}
        </p>
      )}
      <RowTable columns={columns} rows={kindsOf(items)} label={say('system.known')} />
      <p className="choices system-note">
        <button type="button" className="button" onClick={() => save(jsonFile(found), 'known.json')}>
          {say('system.known.download')}
        </button>
        <button type="button" className="button grave" onClick={() => setErasing(true)}>
          {say('system.erase')}
        </button>
      </p>
      {isErasing && <EraseDialog asked={asked} onClose={() => setErasing(false)} />}
    </>
  );
};

/** All that is known of a person, counted; it is shown to nobody who does not download it. */
export const Known = ({ asked }: { readonly asked: PersonAsked }): ReactNode => {
  const { api } = useServices();
  const found = useQuery({
    queryKey: ['person', asked],
    queryFn: () => bodyOf(api.POST('/customers/export', { body: asked })),
    // All services look through all that they have: not again by itself.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return (
    <Section title={useSpeech().say('system.known')}>
      <Shown of={found} rows={5}>
        {(data) => <Found asked={asked} found={data} />}
      </Shown>
    </Section>
  );
};
