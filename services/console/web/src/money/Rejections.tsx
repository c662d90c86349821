import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Part } from '../frame/Part';
import type { Columns } from '../tables/columns';
import { Listed, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';

type Rejection = Schemas['SettlementRejection'];

const Line = ({ line }: Pick<Rejection, 'line'>): ReactNode => <span className="number">{useSpeech().count(line)}</span>;

const columns: Columns<Rejection> = {
  list: 'settlement-rejections',
  rowId: ({ fileId, line, field, code }) => [fileId, line, field, code].join(' '),
  of: [
    { id: 'line', heading: 'money.column.line', show: (rejection) => <Line {...rejection} />, isAmount: true },
    { id: 'field', heading: 'money.column.field', show: ({ field }) => <bdi className="code">{field}</bdi> },
    { id: 'message', heading: 'money.column.why', show: ({ message }) => <bdi>{message}</bdi> },
  ],
};

/** Rows that could not be read: where, and why. */
export const Rejections = ({ settlementId }: { readonly settlementId: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<Rejection>(['money', 'rejections', settlementId], (query) =>
    bodyOf(api.GET('/payments/settlements/{settlementId}/rejections', { params: { path: { settlementId }, query } })),
  );
  return (
    <Part title={say('money.rejections')}>
      <Listed
        pages={pages}
        columns={columns}
        label={say('money.rejections')}
        none={{ title: say('money.rejections.none') }}
        counted={(count) => say('money.rejections.shown', { count })}
      />
    </Part>
  );
};
