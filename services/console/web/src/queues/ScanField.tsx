import { useEffect, useId, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import { readingScans } from '../items/scan-end';
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

/** A field that a scanner types into: what is read ends with Enter or Tab, or is pasted, and the field is ready for the next. It has the focus as soon as it is there. */
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
  const read = (whole: string): void => {
    setText('');
    if (whole.trim() === '') onEmpty?.();
    else onRead(whole.trim());
  };
  return (
    <div className="field scan-field">
      <label htmlFor={id}>{label}</label>
      {isOfItems ? (
        <SkuBox ref={input} {...{ id, value: text, onChange: setText, onRead: read }} />
      ) : (
        <input
          ref={(box) => {
            input.current = box;
          }}
          {...{ id, value: text, maxLength: LONGEST_SCAN, autoComplete: 'off', spellCheck: false }}
          onChange={({ target }) => setText(target.value)}
          {...readingScans(text, read)}
        />
      )}
      {hint !== undefined && <span className="quiet">{hint}</span>}
    </div>
  );
};
