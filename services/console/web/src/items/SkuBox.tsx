import { useId, useImperativeHandle, useRef, useState, type ComponentProps, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { useSettled } from '../keys/useSettled';
import { useSpeech } from '../words/words';
import { pressed } from './choosing';
import { readingScans } from './scan-end';
import { LONGEST_SCAN, type Scanned } from './scanned';
import { useBarcodes } from './useBarcodes';
import { useItemsFound, type Item } from './useItemsFound';
import './items.css';

interface SkuBoxProps extends Pick<ComponentProps<'input'>, 'id' | 'required' | `aria-${'describedby' | 'invalid' | 'required'}`> {
  readonly value: string;
  readonly onChange: (sku: string) => void;
  /** Whatever was scanned or typed is handed over as it is, as soon as it is whole. Absent: a barcode becomes its item. */
  readonly onRead?: (text: string) => void;
  /** A barcode was scanned: the item that has it, and for how many of it the code stands. */
  readonly onScan?: (scanned: Scanned) => void;
  readonly ref?: Ref<{ focus(): void }>;
}

interface OptionsProps {
  readonly id: string;
  readonly items: readonly Item[];
  readonly at: number | undefined;
  readonly onTake: (item: Item) => void;
}

const Options = ({ id, items, at, onTake }: OptionsProps): ReactNode => (
  <ul id={id} role="listbox" aria-label={useSpeech().say('stock.items')} className="item-options">
    {items.map((item, n) => (
      <li
        key={item.sku}
        id={`${id}-${n}`}
        role="option"
        aria-selected={n === at}
        onPointerDown={(event) => {
          // The focus stays in the box.
          event.preventDefault();
          onTake(item);
        }}
      >
        <bdi className="code">{item.sku}</bdi> <bdi className="quiet">{item.title}</bdi>
      </li>
    ))}
  </ul>
);

/** What is offered for what is typed, once somebody typed; the list is there when it was answered, and nobody waits for it. */
const useOffered = (value: string, onChange: (sku: string) => void) => {
  const [isWanted, want] = useState(false);
  const [at, setAt] = useState<number>();
  const settled = useSettled(value);
  const { data } = useItemsFound(settled, isWanted && settled === value);
  const items = (isWanted && settled === value && data) || [];
  const close = (): void => want(false);
  const take = ({ sku }: Item): void => {
    close();
    onChange(sku);
  };
  const type = (text: string): void => {
    want(true);
    setAt(undefined);
    onChange(text);
  };
  const press = (event: KeyboardEvent): boolean => {
    const isForOthers = event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing;
    const doing = pressed({ key: event.key, isForOthers }, { isOpen: isWanted, count: items.length, at });
    if (!doing) return false;
    event.preventDefault();
    event.stopPropagation();
    if (doing.do === 'close') close();
    else if (doing.do === 'go') setAt(doing.at);
    else if (items[doing.at]) take(items[doing.at] as Item);
    return true;
  };
  return { items, at, close, take, type, press };
};

/** A box for a SKU, in which an item is found by its title and its barcode, too. It takes whatever a scanner types. */
export const SkuBox = ({ value, onChange, onRead, onScan, ref, ...described }: SkuBoxProps): ReactNode => {
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const { items, at, close, take, type, press } = useOffered(value, onChange);
  const barcodes = useBarcodes(value, (scanned) => {
    close();
    onChange(scanned.sku);
    onScan?.(scanned);
  });
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }), []);
  const isOpen = items.length > 0;
  const scans = onRead ? { ...readingScans(value, onRead), onLeave: () => undefined } : barcodes;
  return (
    <span className="item-box">
      <input
        {...described}
        ref={input}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? list : undefined}
        aria-activedescendant={isOpen && at !== undefined ? `${list}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={LONGEST_SCAN}
        value={value}
        onChange={({ target }) => type(target.value)}
        onBlur={() => (close(), scans.onLeave())}
        onPaste={scans.onPaste}
        onKeyDown={(event) => {
          // Whoever is offered something types by hand, and may go on.
          if (!press(event) && !(isOpen && event.key === 'Tab')) scans.onKeyDown(event);
        }}
      />
      {isOpen && <Options id={list} {...{ items, at }} onTake={take} />}
    </span>
  );
};
