import { belongsToScan } from './keys-to-field';

const pressed = (key: string, more: object = {}) => belongsToScan({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

it('what a scanner types belongs to the scan, also where the field has lost the focus; keys that do something do not', () => {
  expect(['8', 'A', 'g', '-', '/', 'ä'].map((key) => pressed(key))).toEqual(Array.from({ length: 6 }, () => true));
  expect(['Enter', 'Tab', 'ArrowDown', ' ', 'Escape'].map((key) => pressed(key))).toEqual(Array.from({ length: 5 }, () => false));
  expect([pressed('k', { ctrlKey: true }), pressed('k', { metaKey: true }), pressed('x', { altKey: true })]).toEqual([false, false, false]);
});
