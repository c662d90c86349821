import { useMemo, useState, type ReactNode } from 'react';
import { Part } from '../frame/Part';
import { Empty } from '../states/states';
import type { Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import type { Source } from './mapping';
import { SourceDialog } from './SourceDialog';

const Days = ({ days }: { readonly days: number }): ReactNode => useSpeech().say('money.days', { days });

const whoseOf = ({ providers, channels, carriers }: Source): string => [...providers, ...channels, ...carriers].join(', ');

const sourceColumns = (edit: (source: Source) => void): Columns<Source> => ({
  list: 'settlement-sources',
  rowId: ({ settlementSource }) => settlementSource,
  of: [
    {
      id: 'name',
      heading: 'money.column.source',
      show: (source) => (
        <button type="button" className="as-link" onClick={() => edit(source)} data-row>
          <bdi>{source.settlementSource}</bdi>
        </button>
      ),
    },
    { id: 'whose', heading: 'money.column.whose', show: (source) => <bdi>{whoseOf(source)}</bdi> },
    { id: 'due', heading: 'money.column.due', show: ({ overdueDays }) => <Days days={overdueDays} />, isAmount: true },
  ],
});

/** Who settles, whose money, and how their files are read. */
export const SourceTable = ({ sources }: { readonly sources: readonly Source[] }): ReactNode => {
  const { say } = useSpeech();
  const [edited, edit] = useState<Source | 'new'>();
  const columns = useMemo(() => sourceColumns(edit), []);
  const add = (
    <button type="button" className="button" onClick={() => edit('new')}>
      {say('money.source.add')}
    </button>
  );
  return (
    <Part title={say('money.sources')} aside={add}>
      {sources.length === 0 ? (
        <div className="card">
          <Empty title={say('money.sources.none')}>{say('money.sources.none.hint')}</Empty>
        </div>
      ) : (
        <RowTable columns={columns} rows={sources} label={say('money.sources')} />
      )}
      {edited !== undefined && <SourceDialog {...(edited === 'new' ? {} : { source: edited })} onClose={() => edit(undefined)} />}
    </Part>
  );
};
