/** What somebody fills in; a choice among several begins at what is chosen. */
const FIELDS = 'input:not([type=hidden], :disabled, [type=radio]:not(:checked)), select:not(:disabled), textarea:not(:disabled)';
/** What leaves a dialog without doing anything. */
const SAFE = '.choices button:not(.main, .grave, :disabled)';

/** Where somebody begins in a dialog: at its first field, else where nothing can go wrong. Nothing: it has neither. */
export const firstToFocus = (within: ParentNode): HTMLElement | null =>
  within.querySelector<HTMLElement>(FIELDS) ?? within.querySelector<HTMLElement>(SAFE);
