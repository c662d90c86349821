import { useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import type { PartName, RuleKind } from './kinds/kind';

interface NumberedTextProps {
  readonly kind: RuleKind;
  readonly part: PartName;
  readonly text: string;
}

/** A long text, such as a price list, is shown whole when somebody wants to see it so. */
const MOST_LINES = 2_000;

/** A part of a version as it is, with the numbers of its lines. */
export const NumberedText = ({ kind, part, text }: NumberedTextProps): ReactNode => {
  const { say, count } = useSpeech();
  const [isWhole, showWhole] = useState(false);
  const lines = text.split('\n');
  const shown = isWhole ? lines : lines.slice(0, MOST_LINES);
  return (
    <div className="rule-part">
      {kind.parts.length > 1 && <h3>{say(`rules.part.${part}`)}</h3>}
      <div className="card code-lines" dir="ltr" tabIndex={0} role="region" aria-label={say(`rules.part.${part}`)}>
        <ol>
          {shown.map((line, at) => (
            <li key={at}>{line}</li>
          ))}
        </ol>
      </div>
      {shown.length < lines.length && (
        <button type="button" className="button" onClick={() => showWhole(true)}>
          {say('rules.form.more', { count: count(lines.length) })}
        </button>
      )}
    </div>
  );
};
