import type { ReactNode } from 'react';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { differenceOf, folded, isDifferent, type DiffLine } from './difference';
import { ChangesTable } from './forms/ChangesTable';
import type { PartName, RuleKind, RuleText } from './kinds/kind';
import { useText, type OfRules } from './looking';

const signs = { same: ' ', gone: '−', new: '+' } as const;

const numberOf = (line: Exclude<DiffLine, { kind: 'skipped' }>): number => (line.kind === 'gone' ? line.before : line.now);

/** A sign beside its colour, and a word for who does not see either. */
const Line = ({ line }: { readonly line: DiffLine }): ReactNode => {
  const { say } = useSpeech();
  if (line.kind === 'skipped')
    return (
      <tr className="skipped">
        <td colSpan={3}>{say('rules.difference.skipped', { count: line.count })}</td>
      </tr>
    );
  return (
    <tr className={line.kind}>
      <td className="number">{numberOf(line)}</td>
      <td>
        <span aria-hidden="true">{signs[line.kind]}</span>
        {line.kind !== 'same' && <span className="unseen">{say(`rules.difference.${line.kind}`)}</span>}
      </td>
      <td>
        <code>{line.text}</code>
      </td>
    </tr>
  );
};

interface DifferencePartProps {
  readonly kind: RuleKind;
  readonly part: PartName;
  readonly before: string;
  readonly now: string;
}

const DifferencePart = ({ kind, part, before, now }: DifferencePartProps): ReactNode => {
  const { say } = useSpeech();
  const lines = differenceOf(before, now);
  if (!isDifferent(lines)) return null;
  return (
    <div className="rule-part">
      {kind.parts.length > 1 && <h3>{say(`rules.part.${part}`)}</h3>}
      <div className="card code-lines" dir="ltr" tabIndex={0} role="region" aria-label={say('rules.view.difference')}>
        <table className="difference">
          <tbody>
            {folded(lines).map((line, at) => (
              <Line key={at} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};

/** A JSON text, for whoever compares fields; while it is none yet there is nothing to compare. */
const fieldsIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Rules differ field by field; the words of a message line by line. */
const PartDifference = (props: DifferencePartProps): ReactNode => {
  const { kind, part, before, now } = props;
  const [was, is] = [fieldsIn(before), fieldsIn(now)];
  if (part !== 'rules' || was === undefined || is === undefined) return <DifferencePart {...props} />;
  return <ChangesTable kind={kind.id} before={was} now={is} />;
};

/** Two texts part by part; only what differs. */
export const DifferenceOf = ({
  kind,
  before,
  now,
}: {
  readonly kind: RuleKind;
  readonly before: RuleText;
  readonly now: RuleText;
}): ReactNode => {
  const { say } = useSpeech();
  const parts = kind.parts.filter((part) => (before[part] ?? '') !== (now[part] ?? ''));
  if (parts.length === 0)
    return (
      <div className="card">
        <Empty title={say('rules.difference.none')} />
      </div>
    );
  return parts.map((part) => <PartDifference key={part} {...{ kind, part }} before={before[part] ?? ''} now={now[part] ?? ''} />);
};

/** How a version differs from another: gone lines and new ones, and a little of what is around them. */
export const DifferenceView = ({ kind, set, before, now }: OfRules & { readonly before: string; readonly now: string }): ReactNode => {
  const { say } = useSpeech();
  const [textBefore, textNow] = [useText({ kind, set }, before), useText({ kind, set }, now)];
  return (
    <>
      <p className="quiet">{say('rules.difference.to', { version: before })}</p>
      <Shown of={textBefore}>{(was) => <Shown of={textNow}>{(is) => <DifferenceOf kind={kind} before={was} now={is} />}</Shown>}</Shown>
    </>
  );
};
