import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { idAt, useDrafting } from './drafting';
import { FieldEditor } from './FieldEditor';
import { Fields } from './GroupEditor';
import { Grouped } from './Grouped';
import { FaultsAt } from './Labelled';
import { moved, valueAt, type Place } from './places';
import type { EditorProps } from './ScalarEditor';
import { blankOf, isWhole, type Shape } from './shape';

/** Long lists are shown whole when somebody wants to see them so. */
const MOST_SHOWN = 50;

const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

interface ListProps {
  readonly of: Shape;
  readonly place: Place;
  readonly label: string;
  readonly items: readonly unknown[];
}

const useReordering = ({ place, items }: Pick<ListProps, 'place' | 'items'>) => {
  const { put } = useDrafting();
  /** The focus goes with what is moved. */
  const move = (from: number, to: number): void => {
    const focused = document.activeElement?.id ?? '';
    const [was, is] = [idAt([...place, from]), idAt([...place, to])];
    const followed = focused.startsWith(was) ? [`${is}${focused.slice(was.length)}`] : [];
    put(place, moved(items, from, to), [...followed, `${is}-down`, `${is}-up`]);
  };
  const remove = (at: number): void =>
    put(place, items.toSpliced(at, 1), [`${idAt([...place, at])}-remove`, `${idAt([...place, at - 1])}-remove`, `${idAt(place)}-add`]);
  return { move, remove };
};

interface ItemProps extends ListProps {
  readonly at: number;
}

const ItemTools = ({ place, items, at, item }: Pick<ItemProps, 'place' | 'items' | 'at'> & { readonly item: string }): ReactNode => {
  const { say } = useSpeech();
  const { move, remove } = useReordering({ place, items });
  const id = idAt([...place, at]);
  const tool = (name: 'up' | 'down' | 'remove', sign: string, act: () => void, isOff = false): ReactNode => (
    <button
      type="button"
      id={`${id}-${name}`}
      className="button"
      disabled={isOff}
      aria-label={say(`rules.form.${name}`, { item })}
      onClick={act}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <span className="rule-tools">
      {tool('up', '↑', () => move(at, at - 1), at === 0)}
      {tool('down', '↓', () => move(at, at + 1), at === items.length - 1)}
      {tool('remove', '×', () => remove(at))}
    </span>
  );
};

const Item = (props: ItemProps): ReactNode => {
  const { of, place, label, items, at } = props;
  const { say } = useSpeech();
  const { move } = useReordering(props);
  const item = say('rules.form.item', { field: label, number: at + 1 });
  const here = [...place, at];
  const moveByKey = (event: KeyboardEvent): void => {
    const step = event.altKey ? steps[event.key] : undefined;
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(at, at + step);
  };
  return (
    <li className={isWhole(of) ? 'rule-item' : 'rule-item has-parts'} onKeyDown={moveByKey}>
      {of.kind === 'group' ? (
        <div id={idAt(here)} className="rule-parts" role="group" aria-label={item} tabIndex={-1}>
          <p className="rule-item-name">{item}</p>
          <FaultsAt place={here} />
          <Fields fields={of.fields} place={here} />
        </div>
      ) : (
        <FieldEditor shape={of} place={here} label={item} hasHelp={false} isRequired isLabelUnseen />
      )}
      <ItemTools {...{ place, items, at, item }} />
    </li>
  );
};

const AddItem = ({ of, place, label, items }: ListProps): ReactNode => {
  const { say } = useSpeech();
  const { put } = useDrafting();
  return (
    <button
      type="button"
      id={`${idAt(place)}-add`}
      className="button"
      onClick={() => put(place, [...items, blankOf(of) ?? ''], [idAt([...place, items.length])])}
    >
      + {say('rules.form.add', { field: label })}
    </button>
  );
};

/** A list: items are added, removed, and moved by their buttons, or by Alt and an arrow key wherever the focus is in them. */
export const ListEditor = ({ shape, place, label, isRequired }: EditorProps<'list'>): ReactNode => {
  const { say, count } = useSpeech();
  const [isWholeList, showWhole] = useState(false);
  const value = valueAt(useDrafting().draft, place);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const shown = isWholeList ? items : items.slice(0, MOST_SHOWN);
  const list = { of: shape.of, place, label, items };
  return (
    <Grouped {...{ place, label }} canBeLeftOut={!isRequired}>
      {items.length === 0 && <p className="quiet">{say('rules.form.empty')}</p>}
      {items.length > 1 && <p className="quiet rule-keys">{say('rules.form.keys')}</p>}
      <ol className={isWhole(shape.of) ? 'rule-items' : 'rule-items has-parts'}>
        {shown.map((_, at) => (
          <Item key={at} {...list} at={at} />
        ))}
      </ol>
      <p className="rule-offered">
        {shown.length < items.length && (
          <button type="button" className="button" onClick={() => showWhole(true)}>
            {say('rules.form.more', { count: count(items.length) })}
          </button>
        )}
        <AddItem {...list} />
      </p>
    </Grouped>
  );
};
