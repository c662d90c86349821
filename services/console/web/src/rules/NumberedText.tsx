import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import type { PartName, RuleKind } from './kinds/kind';

interface NumberedTextProps {
  readonly kind: RuleKind;
  readonly part: PartName;
  readonly text: string;
}

/** A part of a version as it is, with the numbers of its lines. */
export const NumberedText = ({ kind, part, text }: NumberedTextProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="rule-part">
      {kind.parts.length > 1 && <h3>{say(`rules.part.${part}`)}</h3>}
      <div className="card code-lines" dir="ltr" tabIndex={0} role="region" aria-label={say(`rules.part.${part}`)}>
        <ol>
          {text.split('\n').map((line, at) => (
            <li key={at}>{line}</li>
          ))}
        </ol>
      </div>
    </div>
  );
};
