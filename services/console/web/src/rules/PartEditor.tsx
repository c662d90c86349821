import { useId, useRef, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { lineRange, type TextFault } from './faults';
import type { PartName, RuleKind } from './kinds/kind';

interface PartEditorProps {
  readonly kind: RuleKind;
  readonly part: PartName;
  readonly text: string;
  readonly faults: readonly TextFault[];
  readonly onChange: (text: string) => void;
}

const FaultList = ({
  id,
  faults,
  show,
}: {
  readonly id: string;
  readonly faults: readonly TextFault[];
  readonly show: (line: number) => void;
}): ReactNode => {
  const { say } = useSpeech();
  return (
    <ul id={id} className="text-faults" role="alert">
      {faults.map(({ line, field, message }) => (
        <li key={`${field} ${message}`}>
          {line !== undefined && (
            <button type="button" className="as-link" onClick={() => show(line)}>
              {say('rules.line', { line })}
            </button>
          )}{' '}
          <bdi>
            {field} {message}
          </bdi>
        </li>
      ))}
    </ul>
  );
};

interface AboutProps extends Pick<PartEditorProps, 'kind' | 'part'> {
  readonly field: string;
}

/** The name of a part, and what there is to know about it. */
const About = ({ kind, part, field }: AboutProps): ReactNode => {
  const { say, find } = useSpeech();
  return (
    <>
      <label htmlFor={field} className={kind.parts.length > 1 ? 'part-name' : 'unseen'}>
        {say(`rules.part.${part}`)}
      </label>
      <p id={`${field}-help`} className="quiet">
        {find(`rules.help.${kind.id}.${part}`)}
      </p>
    </>
  );
};

/** A part of a version as it is written, with the numbers of its lines. */
export const PartEditor = ({ kind, part, text, faults, onChange }: PartEditorProps): ReactNode => {
  const area = useRef<HTMLTextAreaElement>(null);
  const [field, list] = [useId(), useId()];
  const lines = text.split('\n').length;
  const wrong = new Set(faults.map(({ line }) => line));
  const show = (line: number): void => {
    area.current?.focus();
    area.current?.setSelectionRange(...lineRange(text, line));
  };
  return (
    <div className="rule-part">
      <About {...{ kind, part, field }} />
      <div className="card editor" dir="ltr">
        <ol aria-hidden="true">
          {Array.from({ length: lines }, (_, at) => (
            <li key={at} className={wrong.has(at + 1) ? 'wrong' : undefined} />
          ))}
        </ol>
        <textarea
          ref={area}
          id={field}
          value={text}
          rows={lines}
          wrap="off"
          spellCheck={part !== 'rules' && part !== 'mjml'}
          aria-invalid={faults.length > 0}
          aria-describedby={faults.length > 0 ? `${field}-help ${list}` : `${field}-help`}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
      {faults.length > 0 && <FaultList id={list} faults={faults} show={show} />}
    </div>
  );
};
