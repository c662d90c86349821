import { useMemo, useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { jsonFaults, refusedFields } from './faults';
import { FaultSummary } from './forms/FaultSummary';
import { faultsByPlace } from './forms/field-faults';
import { RuleForm } from './forms/RuleForm';
import { TemplatePreview } from './forms/TemplatePreview';
import { jsonText, type RuleKind, type RuleText } from './kinds/kind';
import { PartEditor } from './PartEditor';

type Look = 'form' | 'text';

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};

interface LooksProps {
  readonly look: Look;
  readonly canBeForm: boolean;
  readonly choose: (look: Look) => void;
}

/** The same draft in two ways: nothing is lost from one to the other. */
const Looks = ({ look, canBeForm, choose }: LooksProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="rules-views" role="group" aria-label={say('rules.form.how')}>
      {(['form', 'text'] as const).map((each) => (
        <button
          key={each}
          type="button"
          className="button"
          aria-pressed={look === each}
          disabled={each === 'form' && !canBeForm}
          onClick={() => choose(each)}
        >
          {say(`rules.form.as-${each}`)}
        </button>
      ))}
      {!canBeForm && <span className="quiet">{say('rules.form.mend')}</span>}
    </div>
  );
};

interface WritingProps {
  readonly kind: RuleKind;
  readonly set: string;
  readonly text: RuleText;
  readonly fault: unknown;
  readonly onChange: (text: RuleText) => void;
}

const TextParts = ({ kind, text, fault, onChange }: WritingProps): ReactNode => {
  const faults = [...jsonFaults(kind, text), ...refusedFields(kind, text, fault)];
  return kind.parts
    .filter((part) => text[part] !== undefined)
    .map((part) => (
      <PartEditor
        key={part}
        {...{ kind, part }}
        text={text[part] ?? ''}
        faults={faults.filter((each) => each.part === part)}
        onChange={(next) => onChange({ ...text, [part]: next })}
      />
    ));
};

/** Rules as a form, or as their text. */
export const RulesWriting = (props: WritingProps): ReactNode => {
  const { kind, text, fault, onChange } = props;
  const [look, choose] = useState<Look>('form');
  const draft = useMemo(() => parsed(text.rules), [text.rules]);
  const faults = useMemo(() => faultsByPlace(kind, fault), [kind, fault]);
  const canBeForm = draft !== undefined;
  return (
    <>
      <Looks look={canBeForm ? look : 'text'} {...{ canBeForm, choose }} />
      {look === 'form' && canBeForm ? (
        <>
          <FaultSummary kind={kind.id} faults={faults} />
          <RuleForm kind={kind.id} {...{ draft, faults }} onChange={(next) => onChange({ ...text, rules: jsonText(next) })} />
        </>
      ) : (
        <TextParts {...props} />
      )}
    </>
  );
};

/** The words of a message, and how they would be read. */
export const MessageWriting = (props: WritingProps): ReactNode => (
  <>
    <TextParts {...props} />
    {props.kind.preview && <TemplatePreview kind={props.kind} template={props.set} text={props.text} />}
  </>
);
