import type { ReactNode } from 'react';
import { Empty } from '../../states/states';
import { useSpeech, type Speech } from '../../words/words';
import type { FormKind } from './form-kind';
import { changesOf, listChange, type Change, type Difference } from './differences';
import { placeWords, valueWords } from './naming';
import { placeText } from './places';
import './rule-form.css';

interface ChangesProps {
  readonly kind: FormKind;
  readonly before: unknown;
  readonly now: unknown;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Of lists it is told what came and what went, so that nobody has to compare them. */
const listWords = (speech: Speech, props: ChangesProps, { place, before, now }: Difference): string | undefined => {
  if (!isList(before) || !isList(now)) return undefined;
  const { added, gone } = listChange(before, now);
  const words = (items: readonly unknown[]): string => valueWords(speech, { kind: props.kind, place, draft: props.now }, items);
  return [
    ...(added.length > 0 ? [speech.say('rules.difference.added', { items: words(added) })] : []),
    ...(gone.length > 0 ? [speech.say('rules.difference.removed', { items: words(gone) })] : []),
  ].join(' · ');
};

const Moved = ({ from, to }: { readonly from: number; readonly to: number }): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <td>{say('rules.difference.place', { number: from + 1 })}</td>
      <td>
        {say('rules.difference.place', { number: to + 1 })} <span className="quiet">{say('rules.difference.same-place')}</span>
      </td>
    </>
  );
};

const Differing = ({ kind, before, now, difference }: ChangesProps & { readonly difference: Difference }): ReactNode => {
  const speech = useSpeech();
  const { place } = difference;
  const summed = listWords(speech, { kind, before, now }, difference);
  return (
    <>
      <td className={difference.before === undefined ? 'quiet' : 'was'}>
        <bdi>{valueWords(speech, { kind, place, draft: before }, difference.before)}</bdi>
      </td>
      <td className={difference.now === undefined ? 'quiet' : 'is'}>
        <bdi>{valueWords(speech, { kind, place, draft: now }, difference.now)}</bdi>
        {summed !== undefined && summed !== '' && <span className="quiet rule-sum">{summed}</span>}
      </td>
    </>
  );
};

const ChangeRow = ({ change, ...props }: ChangesProps & { readonly change: Change }): ReactNode => {
  const speech = useSpeech();
  return (
    <tr>
      <th scope="row">{placeWords(speech, props.kind, change.place)}</th>
      {'from' in change ? <Moved from={change.from} to={Number(change.place.at(-1))} /> : <Differing {...props} difference={change} />}
    </tr>
  );
};

/** How two drafts differ, field by field, in the reader's words. */
export const ChangesTable = (props: ChangesProps): ReactNode => {
  const { say } = useSpeech();
  const changes = changesOf(props.before, props.now);
  if (changes.length === 0)
    return (
      <div className="card">
        <Empty title={say('rules.difference.none')} />
      </div>
    );
  return (
    <div className="card table-scroll" tabIndex={0} role="region" aria-label={say('rules.view.difference')}>
      <table className="rows rule-changes">
        <thead>
          <tr>
            {(['field', 'before', 'now'] as const).map((each) => (
              <th key={each} scope="col">
                {say(`rules.difference.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <ChangeRow key={`${placeText(change.place)} ${'from' in change ? 'moved' : String(change.now)}`} {...props} change={change} />
          ))}
        </tbody>
      </table>
    </div>
  );
};
