import { useEffect, useRef } from 'react';
import { keyReader, type Shortcut } from './shortcuts';

const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const hasOpenDialog = (): boolean => document.querySelector('dialog[open]') !== null;

/** Does what keys stand for, while no dialog is open that has keys of its own. */
export const useShortcuts = (does: Readonly<Record<Shortcut, () => void>>): void => {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  useEffect(() => {
    const read = keyReader();
    const press = (event: KeyboardEvent): void => {
      const shortcut = hasOpenDialog() ? undefined : read(event, writes(event.target), event.timeStamp);
      if (!shortcut) return;
      event.preventDefault();
      latest.current[shortcut]();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
};

/** Rows that j and k go through; Enter is the link's own. */
const rows = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-row]')];

export const stepRows = (by: 1 | -1): void => {
  const all = rows();
  const at = all.findIndex((row) => row === document.activeElement);
  const next = at < 0 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  all[next]?.focus();
};

/** As if somebody had pressed the button that the key stands for, if there is one on the page. */
export const pressButton = (shortcut: Shortcut): void => document.querySelector<HTMLElement>(`[data-shortcut="${shortcut}"]`)?.click();
