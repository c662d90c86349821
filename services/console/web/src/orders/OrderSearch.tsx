import { useEffect, useState, type ReactNode } from 'react';
import { useSettled } from '../keys/useSettled';
import { useSpeech } from '../words/words';

interface OrderSearchProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Finds while somebody types; the address follows once they pause. */
export const OrderSearch = ({ text, onText }: OrderSearchProps): ReactNode => {
  const { say } = useSpeech();
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (settled !== text && settled === typed) onText(settled);
    // Only what was typed moves the address: what the address becomes by itself is shown, and moves nothing.
  }, [settled]);
  return (
    <input
      type="search"
      className="order-search"
      aria-label={say('orders.search')}
      placeholder={say('orders.search.hint')}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
};
