import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { LONGEST_SCAN } from '../items/scanned';
import { SkuBox } from '../items/SkuBox';

export interface Scanner {
  focus(): void;
}

interface ScanFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly onRead: (text: string) => void;
  /** Enter with nothing written. */
  readonly onEmpty?: () => void;
  /** A SKU is read: who has no scanner finds it by its title. */
  readonly isOfItems?: boolean;
  readonly ref?: Ref<Scanner>;
}

/** A field that a scanner types into: what is read ends with Enter, and the field is ready for the next. It has the focus as soon as it is there. */
export const ScanField = ({ label, hint, onRead, onEmpty, isOfItems = false, ref }: ScanFieldProps): ReactNode => {
  const id = useId();
  const [text, setText] = useState('');
  const input = useRef<Scanner>(null);
  useEffect(() => {
    // After the page and the panel around it, whose headings take the focus when they come.
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }), []);
  const read = (): void => {
    setText('');
    if (text.trim() === '') onEmpty?.();
    else onRead(text.trim());
  };
  const readByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    read();
  };
  return (
    <div className="field scan-field">
      <label htmlFor={id}>{label}</label>
      {isOfItems ? (
        <SkuBox ref={input} {...{ id, value: text, onChange: setText, onKey: readByKey }} />
      ) : (
        <input
          ref={(box) => {
            input.current = box;
          }}
          {...{ id, value: text, maxLength: LONGEST_SCAN, autoComplete: 'off', spellCheck: false }}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={readByKey}
        />
      )}
      {hint !== undefined && <span className="quiet">{hint}</span>}
    </div>
  );
};
