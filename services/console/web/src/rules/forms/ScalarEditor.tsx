import type { ComponentProps, ReactNode } from 'react';
import { SkuBox } from '../../items/SkuBox';
import { Title } from '../../items/Title';
import { useSettled } from '../../keys/useSettled';
import { useSpeech } from '../../words/words';
import { Amount, Chosen, Instant, Json, Numbered, Written } from './controls';
import { useDrafting } from './drafting';
import { Labelled, type Described } from './Labelled';
import { choiceName, currencyAt, isAmount } from './naming';
import { valueAt, type Place } from './places';
import type { Shape } from './shape';
import { useVocabulary, type Offer } from './useVocabulary';
import { vocabularyAt, type Vocabulary } from './vocabulary';

export interface EditorProps<Kind extends Shape['kind'] = Shape['kind']> {
  readonly shape: Extract<Shape, { readonly kind: Kind }>;
  readonly place: Place;
  readonly label: string;
  readonly hasHelp?: boolean;
  readonly isRequired: boolean;
  readonly isLabelUnseen?: boolean;
}

type Scalar = 'text' | 'number' | 'choice' | 'flag' | 'json';

interface Filled {
  readonly described: Described;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const NamedSku = (props: ComponentProps<typeof SkuBox>): ReactNode => {
  const sku = useSettled(props.value.trim());
  return (
    <>
      <SkuBox {...props} />
      <Title sku={sku} />
    </>
  );
};

type Own = Partial<
  Readonly<Record<Vocabulary, (filled: Described & { readonly value: string; readonly onChange: (next: string) => void }) => ReactNode>>
>;

/** What is neither chosen nor written as any text is. */
const own: Own = {
  sku: (filled) => <NamedSku {...filled} />,
  instant: (filled) => <Instant {...filled} />,
};

interface OpenTextProps {
  readonly vocabulary: Vocabulary | undefined;
  readonly options: Offer['options'] | undefined;
  readonly longest: number;
  readonly described: Described;
  readonly value: string;
  readonly onChange: (next: string) => void;
}

/** Anything may be written, whatever is offered. */
const OpenText = ({ vocabulary, options, longest, described, value, onChange }: OpenTextProps): ReactNode => {
  const drawn = vocabulary && own[vocabulary];
  if (drawn) return drawn({ ...described, value, onChange });
  return <Written {...described} {...{ value, longest, options, onChange }} kind={vocabulary === 'clock' ? 'time' : 'text'} />;
};

const TextControl = ({ shape, place, isRequired, described, value, onChange }: EditorProps<'text'> & Filled): ReactNode => {
  const vocabulary = vocabularyAt(useDrafting().kind, place);
  const offer = useVocabulary(vocabulary);
  const text = typeof value === 'string' ? value : '';
  if (offer?.isClosed)
    return (
      <Chosen {...described} value={text === '' ? undefined : text} options={offer.options} canBeUnset={!isRequired} {...{ onChange }} />
    );
  const put = (next: string): void => onChange(next === '' && !isRequired ? undefined : next);
  return <OpenText {...{ vocabulary, described }} options={offer?.options} longest={shape.longest} value={text} onChange={put} />;
};

const NumberControl = ({ shape, place, described, value, onChange }: EditorProps<'number'> & Filled): ReactNode => {
  const { kind, draft } = useDrafting();
  const number = typeof value === 'number' ? value : undefined;
  const currency = isAmount(kind, place) ? currencyAt(draft, place) : undefined;
  if (currency !== undefined) return <Amount {...described} value={number} {...{ currency, onChange }} />;
  return <Numbered {...described} value={number} isWhole={shape.isWhole} least={shape.least} most={shape.most} onChange={onChange} />;
};

const ChoiceControl = ({ shape, place, isRequired, described, value, onChange }: EditorProps<'choice'> & Filled): ReactNode => {
  const speech = useSpeech();
  const { kind } = useDrafting();
  const options = shape.options.map((option) => [option, choiceName(speech, kind, place, option)] as const);
  return (
    <Chosen {...described} value={typeof value === 'string' ? value : undefined} canBeUnset={!isRequired} {...{ options, onChange }} />
  );
};

const truths: Readonly<Record<string, boolean>> = { yes: true, no: false };

const FlagControl = ({ isRequired, described, value, onChange }: EditorProps<'flag'> & Filled): ReactNode => {
  const { say } = useSpeech();
  const chosen = Object.keys(truths).find((each) => truths[each] === value);
  const options = [['yes', say('rules.form.yes')] as const, ['no', say('rules.form.no')] as const];
  return (
    <Chosen
      {...described}
      value={chosen}
      canBeUnset={!isRequired}
      options={options}
      onChange={(next) => onChange(next === undefined ? undefined : truths[next])}
    />
  );
};

const JsonControl = ({ described, value, onChange }: EditorProps<'json'> & Filled): ReactNode => (
  <Json {...described} value={value} onChange={onChange} />
);

const Control = (props: EditorProps<Scalar> & Filled): ReactNode => {
  const { shape } = props;
  if (shape.kind === 'text') return <TextControl {...props} shape={shape} />;
  if (shape.kind === 'number') return <NumberControl {...props} shape={shape} />;
  if (shape.kind === 'choice') return <ChoiceControl {...props} shape={shape} />;
  return shape.kind === 'flag' ? <FlagControl {...props} shape={shape} /> : <JsonControl {...props} shape={shape} />;
};

/** One value. Where nothing has to be said, nothing can be. */
export const ScalarEditor = (props: EditorProps<Scalar>): ReactNode => {
  const { draft, put } = useDrafting();
  const { place, label, hasHelp = true, isRequired, isLabelUnseen = false } = props;
  return (
    <Labelled {...{ place, label, hasHelp, isRequired, isLabelUnseen }}>
      {(described) => <Control {...props} described={described} value={valueAt(draft, place)} onChange={(value) => put(place, value)} />}
    </Labelled>
  );
};
