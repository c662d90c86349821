import { useState, type ReactNode } from 'react';
import type { Selection } from '../../tables/selection';
import { useSpeech } from '../../words/words';
import type { OrderRow } from '../finding';
import { bulkKinds, type BulkKind } from './bulk';
import { BulkDialog } from './BulkDialog';

interface BulkBarProps {
  readonly orders: readonly OrderRow[];
  readonly selection: Selection;
}

/** What can be done with all orders that somebody chose. */
export const BulkBar = ({ orders, selection }: BulkBarProps): ReactNode => {
  const { say, name } = useSpeech();
  const [kind, ask] = useState<BulkKind>();
  const chosen = orders.filter(({ orderId }) => selection.ids.has(orderId));
  if (chosen.length === 0) return null;
  return (
    <div className="bulk">
      <span role="status">{say('list.selected', { count: chosen.length })}</span>
      {bulkKinds.map((each) => (
        <button key={each} type="button" className="button" onClick={() => ask(each)}>
          {name('action', each)}
        </button>
      ))}
      <button type="button" className="button" onClick={selection.clear}>
        {say('list.unselect')}
      </button>
      {kind && <BulkDialog kind={kind} orders={chosen} onClose={() => ask(undefined)} onDone={selection.clear} />}
    </div>
  );
};
