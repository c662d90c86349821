import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { numberOf } from '../orders/numbers';
import type { Columns } from '../tables/columns';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import type { Example } from './trial';

const columns: Columns<Example> = {
  list: 'rule-examples',
  rowId: ({ id }) => id,
  of: [
    {
      id: 'order',
      heading: 'column.number',
      show: ({ id, orderId }) =>
        orderId === undefined ? (
          <span className="code">{numberOf({ orderId: id })}</span>
        ) : (
          <Link to="/orders/$orderId" params={{ orderId }} className="code" dir="ltr" data-row>
            {numberOf({ orderId })}
          </Link>
        ),
    },
    { id: 'before', heading: 'rules.column.was', show: ({ before }) => <bdi>{before}</bdi> },
    { id: 'now', heading: 'rules.column.would-be', show: ({ now }) => <bdi>{now}</bdi> },
  ],
};

/** Some of what would be otherwise. */
export const ExampleTable = ({ examples }: { readonly examples: readonly Example[] }): ReactNode => (
  <RowTable columns={columns} rows={examples} label={useSpeech().say('rules.examples')} />
);
