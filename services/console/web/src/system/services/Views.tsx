import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { FormDialog } from '../../forms/FormDialog';
import { Mark, Time } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import { Empty, Shown } from '../../states/states';
import { RowTable } from '../../tables/RowTable';
import type { Columns } from '../../tables/columns';
import { useSpeech } from '../../words/words';
import { UNTOLD } from '../untold';
import { viewStateOf, viewTones, type View } from './views';

interface RebuildProps {
  readonly service: string;
  readonly view: View;
}

const RebuildDialog = ({ service, view, onClose }: RebuildProps & { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [compare, setCompare] = useState(true);
  const send = (): Promise<Schemas['View']> =>
    bodyOf(api.POST('/operations/{service}/views/{view}/rebuild', { params: { path: { service, view: view.view } }, body: { compare } }));
  return (
    <FormDialog title={say('system.rebuild.title', { view: view.view })} deed={say('system.rebuild')} send={send} onClose={onClose}>
      <p>{say('system.rebuild.what')}</p>
      <label>
        <input type="checkbox" checked={compare} onChange={({ target }) => setCompare(target.checked)} /> {say('system.rebuild.compare')}
      </label>
    </FormDialog>
  );
};

const Rebuild = (props: RebuildProps): ReactNode => {
  const { say } = useSpeech();
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <button type="button" className="button" disabled={props.view.rebuilding} onClick={() => setAsked(true)}>
        {say('system.rebuild')}
      </button>
      {isAsked && <RebuildDialog {...props} onClose={() => setAsked(false)} />}
    </>
  );
};

const ViewState = ({ view }: { readonly view: View }): ReactNode => {
  const { say } = useSpeech();
  const state = viewStateOf(view);
  return (
    <span className="marks">
      <Mark tone={viewTones[state]}>{say(`system.view.${state}`)}</Mark>
      {view.rebuiltAlike === false && <Mark tone="wary">{say('system.view.other-than-before')}</Mark>}
      {view.error !== undefined && <span>{view.error}</span>}
    </span>
  );
};

const columnsOf = (service: string): Columns<View> => ({
  list: 'views',
  rowId: ({ view }) => view,
  of: [
    { id: 'view', heading: 'system.view', show: ({ view }) => <span className="code">{view}</span> },
    { id: 'state', heading: 'system.state', show: (view) => <ViewState view={view} /> },
    {
      id: 'until',
      heading: 'system.view.until',
      show: ({ shownUntil }) => shownUntil !== undefined && <Time at={shownUntil} as="since" />,
    },
    {
      id: 'rebuilt',
      heading: 'system.view.rebuilt',
      show: ({ rebuiltAt }) => rebuiltAt !== undefined && <Time at={rebuiltAt} as="since" />,
    },
    { id: 'deeds', heading: 'system.deeds', show: (view) => <Rebuild service={service} view={view} /> },
  ],
});

/** What a service keeps for those who ask, how fresh each is, and the way to have one made anew. */
export const Views = ({ service }: { readonly service: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [columns] = useState(() => columnsOf(service));
  const views = useQuery({
    queryKey: ['service', service, 'views'],
    queryFn: () => bodyOf(api.GET('/operations/{service}/views', { params: { path: { service } } })),
    refetchInterval: UNTOLD.everyMs,
  });
  return (
    <Section title={say('system.views')}>
      <Shown of={views} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('system.views.none')} />
          ) : (
            <RowTable columns={columns} rows={items} label={say('system.views')} />
          )
        }
      </Shown>
    </Section>
  );
};
