import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Part } from '../frame/Part';
import { withAnyNews } from '../live/live';
import { Mark, Time } from '../marks/Mark';
import type { Tone } from '../marks/tones';
import { Shown } from '../states/states';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { MoneyPage } from './MoneyPage';
import { SourceTable } from './SourceTable';
import { TakeFileDialog } from './TakeFileDialog';

export type SettlementFile = Schemas['SettlementFile'];

const tones: Readonly<Record<SettlementFile['status'], Tone>> = { running: 'going', done: 'good', 'broken-off': 'bad' };

const FileStatus = ({ status }: Pick<SettlementFile, 'status'>): ReactNode => (
  <Mark tone={tones[status]}>{useSpeech().name('money.file', status)}</Mark>
);

const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;

const FileLink = ({ file: { settlementId, startedAt } }: { readonly file: SettlementFile }): ReactNode => (
  <Link to="/money/settlements/$settlementId" params={{ settlementId }} data-row>
    <Time at={startedAt} />
  </Link>
);

/** A settlement file, in a list. */
export const fileColumns: Columns<SettlementFile> = {
  list: 'settlement-files',
  rowId: ({ fileId }) => fileId,
  of: [
    { id: 'taken', heading: 'money.column.taken', show: (file) => <FileLink file={file} /> },
    { id: 'source', heading: 'money.column.source', show: ({ source }) => <bdi>{source}</bdi> },
    { id: 'status', heading: 'column.status', show: (file) => <FileStatus {...file} /> },
    { id: 'records', heading: 'money.column.records', show: ({ records }) => <Count count={records} />, isAmount: true },
    { id: 'imported', heading: 'money.column.imported', show: ({ imported }) => <Count count={imported} />, isAmount: true },
    { id: 'unchanged', heading: 'money.column.unchanged', show: ({ unchanged }) => <Count count={unchanged} />, isAmount: true },
    { id: 'rejected', heading: 'money.column.rejected', show: ({ rejected }) => <Count count={rejected} />, isAmount: true },
    { id: 'by', heading: 'money.column.by', show: ({ by }) => <bdi>{by}</bdi>, isUnseenAtFirst: true },
  ],
};

const Files = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<SettlementFile>(['money', 'files'], (page) =>
    bodyOf(api.GET('/payments/settlements', { params: { query: page } })),
  );
  return (
    <Listed
      pages={pages}
      columns={fileColumns}
      label={say('money.files')}
      none={{ title: say('money.files.none'), hint: say('money.files.none.hint') }}
      counted={(count) => say('money.files.shown', { count })}
    />
  );
};

/** Files that say what was paid out, and how those of each source are read. */
export const SettlementsPage = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isTaking, setTaking] = useState(false);
  const sources = useQuery({
    queryKey: ['money', 'sources'],
    queryFn: () => bodyOf(api.GET('/payments/settlement-sources')),
    meta: withAnyNews,
  });
  const known = sources.data?.items ?? [];
  const take = (
    <button type="button" className="button main" onClick={() => setTaking(true)} disabled={known.length === 0}>
      {say('money.take')}
    </button>
  );
  return (
    <MoneyPage title={say('money.settlements')} aside={take}>
      <Part title={say('money.files')}>
        <Files />
      </Part>
      <Shown of={sources} rows={3}>
        {({ items }) => <SourceTable sources={items} />}
      </Shown>
      {isTaking && <TakeFileDialog sources={known.map(({ settlementSource }) => settlementSource)} onClose={() => setTaking(false)} />}
    </MoneyPage>
  );
};
