import type { ReactNode } from 'react';
import { ChoiceField, TextField } from '../forms/fields';
import { useSpeech } from '../words/words';
import { lineKinds, type SourceFieldsProps } from './mapping';

const choices = {
  decimalMark: ['.', ','],
  units: ['major', 'minor'],
  signs: ['signed', 'unsigned'],
  fees: ['above-zero', 'below-zero'],
  delimiter: [',', ';', '\t', '|'],
} as const;

/** What stands in a file, in words: marks have none of their own. */
const marks: Readonly<Record<string, string>> = { '.': '12.50', ',': '12,50' };
const delimiters: Readonly<Record<string, string>> = { ',': ',', ';': ';', '\t': 'Tab', '|': '|' };

const Choices = ({ draft, change }: SourceFieldsProps): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <>
      <ChoiceField
        label={say('money.source.decimalMark')}
        value={draft.decimalMark}
        options={choices.decimalMark.map((each) => [each, marks[each] ?? each])}
        onChange={(decimalMark) => change({ decimalMark })}
      />
      <ChoiceField
        label={say('money.source.delimiter')}
        value={draft.delimiter}
        options={choices.delimiter.map((each) => [each, delimiters[each] ?? each])}
        onChange={(delimiter) => change({ delimiter })}
      />
      <ChoiceField
        label={say('money.source.units')}
        value={draft.units}
        options={choices.units.map((each) => [each, name('money.units', each)])}
        onChange={(units) => change({ units })}
      />
      <ChoiceField
        label={say('money.source.signs')}
        value={draft.signs}
        options={choices.signs.map((each) => [each, name('money.signs', each)])}
        onChange={(signs) => change({ signs })}
      />
      <ChoiceField
        label={say('money.source.fees')}
        value={draft.fees}
        options={choices.fees.map((each) => [each, name('money.fees', each)])}
        onChange={(fees) => change({ fees })}
      />
    </>
  );
};

const Texts = ({ draft, change }: SourceFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say('money.source.currency')}
        hint={say('money.source.currency.hint')}
        value={draft.currency}
        onChange={(currency) => change({ currency })}
        longest={3}
      />
      <TextField
        label={say('money.source.dateFormat')}
        hint={say('money.source.dateFormat.hint')}
        value={draft.dateFormat}
        onChange={(dateFormat) => change({ dateFormat })}
        longest={50}
        isRequired
      />
      <TextField label={say('money.source.zone')} value={draft.zone} onChange={(zone) => change({ zone })} longest={50} isRequired />
    </>
  );
};

/** How what stands in the columns is read. */
export const ReadingFields = ({ draft, change, unread }: SourceFieldsProps & { readonly unread: readonly string[] }): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <fieldset>
      <legend>{say('money.source.reading')}</legend>
      <div className="fields">
        <Texts draft={draft} change={change} />
        <Choices draft={draft} change={change} />
        <ChoiceField
          label={say('money.source.kind')}
          value={draft.kind}
          options={[['', say('money.source.kind.none')], ...lineKinds.map((each) => [each, name('money.kind', each)] as const)]}
          onChange={(kind) => change({ kind })}
        />
      </div>
      <TextField
        label={say('money.source.kinds')}
        hint={
          unread.length > 0
            ? say('money.source.kinds.unread', { line: unread[0] ?? '', kinds: lineKinds.join(', ') })
            : say('money.source.kinds.hint', { kinds: lineKinds.join(', ') })
        }
        value={draft.kinds}
        onChange={(kinds) => change({ kinds })}
        longest={5_000}
        isLong
      />
    </fieldset>
  );
};
