import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { readingScans } from '../../items/scan-end';
import { LONGEST_SCAN } from '../../items/scanned';
import { belongsToScan } from './keys-to-field';

/** How the last scan ended. */
export interface Said {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

const isElsewhere = ({ target }: KeyboardEvent): boolean =>
  !(target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && document.querySelector('dialog[open]') === null;

/** What is typed where nobody writes goes into the field, from its first letter on. */
const useEveryKey = (field: RefObject<HTMLInputElement | null>): void =>
  useEffect(() => {
    field.current?.focus();
    const take = (event: KeyboardEvent): void => {
      if (!isElsewhere(event) || !belongsToScan(event)) return;
      event.stopPropagation();
      field.current?.focus();
    };
    document.addEventListener('keydown', take, true);
    return () => document.removeEventListener('keydown', take, true);
  }, [field]);

interface ScanFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly said: Said | undefined;
  readonly onScan: (code: string) => void;
}

/** Takes what a scanner types and ends with Enter or Tab, or pastes, and says what came of it. It has the focus, and gets it back. */
export const ScanField = ({ label, hint, said, onScan }: ScanFieldProps): ReactNode => {
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  useEveryKey(field);
  const read = (whole: string): void => {
    if (whole.trim() !== '') onScan(whole.trim());
    setCode('');
    field.current?.focus();
  };
  return (
    <form
      className="scan"
      onSubmit={(event) => {
        event.preventDefault();
        read(code);
      }}
    >
      <label className="field">
        {label}
        <input
          ref={field}
          className="scan-field code"
          value={code}
          placeholder={hint}
          maxLength={LONGEST_SCAN}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="done"
          onChange={({ target }) => setCode(target.value)}
          {...readingScans(code, read)}
        />
      </label>
      <p className={said ? `scan-said ${said.tone}` : 'scan-said'} role="status" aria-live="assertive">
        {said?.text}
      </p>
    </form>
  );
};
