import type { ReactNode } from 'react';
import { Mark } from '../marks/Mark';
import { useSpeech } from '../words/words';

/** What a person should look at. */
export const AlertMarks = ({ alerts }: { readonly alerts: readonly string[] }): ReactNode => {
  const { name } = useSpeech();
  return (
    <span className="marks">
      {alerts.map((kind) => (
        <Mark key={kind} tone={kind === 'negative' ? 'bad' : 'wary'}>
          {name('stock.concern', kind)}
        </Mark>
      ))}
    </span>
  );
};
